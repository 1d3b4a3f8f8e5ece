"""Deliveries, ledger lines, balances and reports for tests. Amounts are Hjemmetjenesten's at the end of September 2026, in kroner."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from organisation.models import Unit
from reporting.models import (
    AccountGroup,
    Balance,
    Delivery,
    FunctionArea,
    LedgerLine,
    MonthlyReport,
    ReportingMonth,
    SickLeaveMonth,
)
from reporting.rules.kinds import DeliveryKind, ReportState
from reporting.services.printed import keep_printed
from tests.factories.organisation import DistrictFactory, UnitFactory

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 1)


def _district_of(unit: Unit | None) -> Unit:
    """The unit's parent, or a district of its own where nobody says."""
    link = unit.parent_links.select_related("parent").first() if unit else None
    return link.parent if link else DistrictFactory()


class DeliveryFactory(factory.django.DjangoModelFactory[Delivery]):
    """The current ledger of a district's September, from January on."""

    class Meta:
        model = Delivery

    kind = DeliveryKind.ECONOMY
    district = factory.SubFactory(DistrictFactory)
    year = 2026
    number = 9
    file_name = "okonomi_2026_09.csv"
    sha256 = factory.Sequence(lambda number: f"{number:064x}")
    delivered_at = NOW


class LedgerLineFactory(factory.django.DjangoModelFactory[LedgerLine]):
    """One row of the file: temporary staff in one unit. `delivery=` places it in a file."""

    class Meta:
        model = LedgerLine

    delivery = factory.SubFactory(DeliveryFactory)
    row = factory.Sequence(lambda number: number + 2)
    number = factory.SelfAttribute("delivery.number")
    cost_centre = "402100"
    unit = factory.LazyAttribute(lambda line: UnitFactory(parent=line.delivery.district))
    account = "10300"
    account_name = "Vikarer"
    function = "254"
    original = Decimal("67200000.00")
    revised = Decimal("68000000.00")
    budget = Decimal("50660000.00")
    actual = Decimal("52130000.00")


class BalanceFactory(factory.django.DjangoModelFactory[Balance]):
    """A unit's sums at the end of September; the district is the unit's parent. `unit=None, district=…` is «Ikke fordelt»."""

    class Meta:
        model = Balance

    unit = factory.LazyFunction(lambda: UnitFactory(parent=DistrictFactory()))
    district = factory.LazyAttribute(lambda balance: _district_of(balance.unit))
    month = SEPTEMBER
    area = "FO3"
    group = "vikarer"
    original = Decimal("67200000.00")
    revised = Decimal("68000000.00")
    budget = Decimal("50660000.00")
    actual = Decimal("52130000.00")


class SickLeaveMonthFactory(factory.django.DjangoModelFactory[SickLeaveMonth]):
    """A unit's September: 884 of 7 560 person days."""

    class Meta:
        model = SickLeaveMonth

    delivery = factory.SubFactory(DeliveryFactory, kind=DeliveryKind.SICK_LEAVE, file_name="sykefravaer_2026_09.csv")
    row = factory.Sequence(lambda number: number + 2)
    unit = factory.LazyAttribute(lambda row: UnitFactory(parent=row.delivery.district))
    month = SEPTEMBER
    fte = Decimal("120.00")
    contracted = Decimal("7560.00")
    lost = Decimal("884.00")


class ReportingMonthFactory(factory.django.DjangoModelFactory[ReportingMonth]):
    """September, its figures ready and not locked."""

    class Meta:
        model = ReportingMonth
        skip_postgeneration_save = True

    district = factory.SubFactory(DistrictFactory)
    month = SEPTEMBER
    figures_ready_at = NOW

    @factory.post_generation
    def printed(self, create, extracted, **kwargs):
        """A month that is made locked has printed what its district's ledger says."""
        if self.locked_at is not None:
            keep_printed(district=self.district, months=[self.month])


class MonthlyReportFactory(factory.django.DjangoModelFactory[MonthlyReport]):
    """A delivered report with the leader's own forecast."""

    class Meta:
        model = MonthlyReport

    unit = factory.LazyFunction(lambda: UnitFactory(parent=DistrictFactory()))
    month = SEPTEMBER
    state = ReportState.DELIVERED
    forecast = Decimal("69500000.00")
    method = "own"
    explanation = "Vikarbruken er høyere enn budsjettert."
    submitted_at = NOW


class FunctionAreaFactory(factory.django.DjangoModelFactory[FunctionArea]):
    class Meta:
        model = FunctionArea
        django_get_or_create = ("code", "first_year")

    code = "FO3"
    name = "Pleie og omsorg"
    first_year = 2004
    order = factory.Sequence(int)


class AccountGroupFactory(factory.django.DjangoModelFactory[AccountGroup]):
    class Meta:
        model = AccountGroup
        django_get_or_create = ("code",)

    code = "vikarer"
    name = "Vikarer, overtid og innleie"
    prefixes = "1030,1040"
    order = factory.Sequence(int)
