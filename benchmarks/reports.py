"""Years of ledgers and reports of the first district, and a district of one unit beside it to compare with."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from benchmarks.worlds import BORN, NEWEST, TODAY
from common.periods import Period
from organisation.models import ParentLink, RoleAssignment, Unit, User
from organisation.queries.tree import mark_changed, tree_on
from organisation.rules.access import Role
from reporting.models import AccountGroup, Balance, Delivery, FunctionArea, MonthlyReport, ReportingMonth
from reporting.rules.kinds import DeliveryKind, ForecastMethod, ReportState
from reporting.services.defaults import install_defaults
from scorecard.services.stamps import touch

SMALL, ONLY = "L0001", "L0002"
BUDGET = Decimal(50_000_000)


@transaction.atomic
def add(months: int) -> None:
    """What the month's pages read; nothing where it is there."""
    if MonthlyReport.objects.exists():
        return
    install_defaults(actor=None, now=timezone.now(), today=TODAY)
    _small_district()
    tree = tree_on(TODAY)
    for code in ("B0001", SMALL):
        district = Unit.objects.get(code=code)
        units = list(Unit.objects.filter(pk__in=[node.id for node in tree.children(district.pk)]))
        for back in range(months):
            _month(district, units, NEWEST.previous(back) if back else NEWEST, is_newest=not back)
    touch(Unit.objects.values_list("pk", flat=True))


def _small_district() -> None:
    district = Unit.objects.create(code=SMALL, name="Bydel med én enhet", kind=Unit.Kind.DISTRICT, valid_from=BORN)
    unit = Unit.objects.create(code=ONLY, name="Den eneste enheten", kind=Unit.Kind.RESULT_UNIT, valid_from=BORN)
    ParentLink.objects.create(unit=district, parent=Unit.objects.get(code="by"), valid_from=BORN)
    ParentLink.objects.create(unit=unit, parent=district, valid_from=BORN)
    person = User.objects.create_user("small@bench.test", "Prøve Person")
    RoleAssignment.objects.create(user=person, role=Role.DIRECTOR, unit=district, valid_from=BORN)
    mark_changed()


def _month(district: Unit, units: list[Unit], period: Period, *, is_newest: bool) -> None:
    """Every unit has every group of accounts, and has reported; in the newest month the first one has only begun."""
    moment = datetime.combine(period.last_day + timedelta(days=6), datetime.min.time(), UTC)
    Delivery.objects.create(
        kind=DeliveryKind.ECONOMY, district=district, year=period.year, number=period.number, cumulative=True,
        file_name=f"{period.code}.csv", delivered_at=moment, rows=1000,
    )  # fmt: skip
    locked = None if is_newest else moment + timedelta(days=9)
    ReportingMonth.objects.create(district=district, month=period.start, figures_ready_at=moment, leaders_told_at=moment, locked_at=locked)
    groups = list(AccountGroup.objects.values_list("code", flat=True))
    area = FunctionArea.objects.order_by("pk").values_list("code", flat=True).first() or ""
    year, to_date = BUDGET / len(groups), BUDGET / len(groups) * period.number / 12
    Balance.objects.bulk_create(
        [
            Balance(
                district=district, unit=unit, month=period.start, area=area, group=group,
                original=year, revised=year, budget=to_date, actual=to_date + 10_000 * (place - 3),
            )
            for unit in units
            for place, group in enumerate(groups)
        ],
        batch_size=1000,
    )  # fmt: skip
    MonthlyReport.objects.bulk_create([_report(unit, period, moment, begun=is_newest and unit is units[0]) for unit in units])


def _report(unit: Unit, period: Period, moment: datetime, *, begun: bool) -> MonthlyReport:
    state = ReportState.BEGUN if begun else ReportState.DELIVERED if period == NEWEST else ReportState.LOCKED
    row = MonthlyReport(unit=unit, month=period.start, state=state, opened_at=moment, saved_at=moment)
    if not begun:
        row.forecast, row.method = BUDGET + 700_000, ForecastMethod.OWN
        row.explanation = "To stillinger er ledige til november, og vikarer er dyrere enn budsjettert."
        row.submitted_at, row.seconds_spent = moment, 180
    return row
