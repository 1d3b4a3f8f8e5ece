"""Which report an action was agreed in, and the overspend it shall cover."""

from datetime import date
from decimal import Decimal

import pytest

from organisation.queries.access import access_of
from organisation.rules.access import Role
from reporting.models import ReportAction
from reporting.queries.actions import cover, evidence
from reporting.rules.kinds import ReportState
from tests.factories.actions import ActionFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import BalanceFactory, MonthlyReportFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)


@pytest.fixture
def unit():
    return UnitFactory(code="402", parent=DistrictFactory())


def test_the_newest_forecast_over_the_budget_is_what_is_to_be_covered(unit):
    MonthlyReportFactory(unit=unit, month=date(2026, 8, 1), forecast=Decimal(90000000))
    MonthlyReportFactory(unit=unit, forecast=Decimal(69500000))
    BalanceFactory(unit=unit, group="vikarer", revised=Decimal(60000000))
    BalanceFactory(unit=unit, group="annet", revised=Decimal(8000000))
    BalanceFactory(unit=unit, group="annet", earmarked=True, revised=Decimal(900000))

    found = cover([unit.pk], on=TODAY, access=None)[unit.pk]

    assert (found.overspend, found.label, found.url) == (1500000, "Prognosen for september 2026", "/rapportering/402/2026-09/les/")


@pytest.mark.parametrize("state", [ReportState.NOT_STARTED, ReportState.BEGUN])
def test_a_draft_is_told_to_nobody(unit, state):
    MonthlyReportFactory(unit=unit, state=state)
    BalanceFactory(unit=unit)
    assert cover([unit.pk], on=TODAY, access=None) == {}


@pytest.mark.parametrize("forecast", ["68000000", "67000000", None])
def test_within_the_budget_there_is_nothing_to_cover(unit, forecast):
    MonthlyReportFactory(unit=unit, forecast=Decimal(forecast) if forecast else None)
    BalanceFactory(unit=unit)
    assert cover([unit.pk], on=TODAY, access=None) == {}


def test_without_a_budget_nothing_is_claimed(unit):
    MonthlyReportFactory(unit=unit)
    assert cover([unit.pk], on=TODAY, access=None) == {}


def test_who_does_not_see_the_ledger_does_not_see_the_overspend(unit):
    MonthlyReportFactory(unit=unit)
    BalanceFactory(unit=unit)

    def seen(role, where):
        return cover([unit.pk], on=TODAY, access=access_of(person(role, where), TODAY))

    assert seen(Role.EMPLOYEE, unit) == {}
    assert seen(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory())) == {}
    assert seen(Role.UNIT_LEADER, unit)[unit.pk].overspend == 1500000


def test_an_action_tells_its_report_and_leads_there_only_who_reads_it(unit):
    report, draft = MonthlyReportFactory(unit=unit), MonthlyReportFactory(unit=unit, month=date(2026, 8, 1), state=ReportState.BEGUN)
    agreed, own = ActionFactory(unit=unit), ActionFactory(unit=unit)
    ReportAction.objects.create(report=report, action=agreed, part="actions", agreed_by_director=True)
    ReportAction.objects.create(report=draft, action=own, part="actions")

    found = evidence([agreed.pk, own.pk], access=access_of(person(Role.UNIT_LEADER, unit), TODAY))
    assert [(each.label, each.url) for each in (found[agreed.pk][0], found[own.pk][0])] == [
        ("Avtalt i rapporten for september 2026", "/rapportering/402/2026-09/les/"),
        ("Laget i rapporten for august 2026", ""),
    ]
    assert evidence([agreed.pk], access=access_of(person(Role.EMPLOYEE, unit), TODAY))[agreed.pk][0].url == ""
