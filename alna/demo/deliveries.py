"""What the systems delivered month by month: ledger lines and sick leave with their rows, and the balances that follow.

The past is written in few statements; the files of the live year lie where files that were read in are kept.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from alna.demo import economy, ledger, sick_leave
from alna.demo.ledger import PROJECT, PROJECT_NAME, LedgerRow
from alna.demo.people import CONTROLLER, DIRECTOR
from alna.demo.plan import moment
from alna.demo.source_files import SourceFile, economy_file, numbered, sick_leave_file
from alna.demo.units import FOUNDED
from alna.demo.world import World, add_missing
from common.periods import Period
from reporting.models import Delivery, EarmarkedProject, ReportingMonth, SickLeaveMonth
from reporting.rules.kinds import DeliveryKind
from reporting.services.defaults import install_defaults
from reporting.services.ledger import rebuild_balances
from reporting.services.ledger_copy import Line, store_lines
from reporting.services.printed import keep_printed

LEDGER_YEARS = economy.YEARS
PERIOD_13_NUMBER = 13


def fill(world: World) -> None:
    """The rows of an administrator first, then every month that is not there yet. The newest comes as files do, after these."""
    plan = world.plan
    install_defaults(actor=None, now=moment(FOUNDED), today=plan.today)
    add_missing(world, [EarmarkedProject(prefix=PROJECT, name=PROJECT_NAME, first_year=plan.year - LEDGER_YEARS + 1)], "prefix")
    there = set(Delivery.objects.values_list("kind", "year", "number"))
    newest = plan.last_closed
    there |= {("economy", newest.year, newest.number), ("sick_leave", newest.year, newest.number)}
    months = [_economy(world, period) for period in plan.months(years_ago=LEDGER_YEARS - 1) if _is_new(there, "economy", period)]
    if _corrects_last_year(world, there):
        months.append(_period_13(world))
    if months:
        rebuild_balances(district=world.district, months=set(months))
    for period in plan.months(years_ago=sick_leave.YEARS - 1):
        if _is_new(there, "sick_leave", period):
            _sick_leave(world, period)
    added = add_missing(world, [_month(world, period) for period in plan.months(years_ago=LEDGER_YEARS - 1)], "district_id", "month")
    # The newest is kept when its files have come.
    keep_printed(district=world.district, months=[row.month for row in added if row.locked_at and row.month != newest.start])


def _is_new(there: set[tuple[str, int, int]], kind: str, period: Period) -> bool:
    return (kind, period.year, period.number) not in there


def _corrects_last_year(world: World, there: set[tuple[str, int, int]]) -> bool:
    plan = world.plan
    return ("economy", plan.year - 1, PERIOD_13_NUMBER) not in there and economy.period_13_read(plan).date() <= plan.today


def _economy(world: World, period: Period) -> date:
    kind = DeliveryKind.ECONOMY
    entries = list(ledger.ledger(world.plan, period))
    file = economy_file(world.plan, period, entries) if period.year == world.plan.year else None
    delivery = _delivery(world, kind, period, economy.economy_name(period), file, world.plan.ready(period))
    delivery.rows = store_lines(delivery.pk, _lines(world, period, numbered(entries)))
    delivery.save(update_fields=["rows"])
    world.count("ledgerline", delivery.rows)
    return period.start


def _lines(world: World, period: Period, rows: Sequence[tuple[int, LedgerRow]]) -> Iterator[Line]:
    for number, row in rows:
        yield Line(
            number, period.number, row.cost_centre, world.units[row.unit].pk, row.account, row.name, row.function, row.project,
            row.original, row.revised, row.budget, row.actual,
        )  # fmt: skip


def _period_13(world: World) -> date:
    """One late invoice, in the closing of last year."""
    plan, unit = world.plan, world.units[economy.PERIOD_13_UNIT]
    period = plan.month(economy.DECEMBER, years_ago=1)
    name = economy.economy_name(period, number=PERIOD_13_NUMBER)
    delivery = _delivery(world, DeliveryKind.ECONOMY, period, name, None, economy.period_13_read(plan), number=PERIOD_13_NUMBER)
    line = Line(
        6, PERIOD_13_NUMBER, f"{unit.code}100", unit.pk, "13701", "Kjøp av plasser fra private", ledger.FUNCTIONS[unit.code], "",
        None, None, None, economy.PERIOD_13 * 1000,
    )  # fmt: skip
    store_lines(delivery.pk, [line])
    Delivery.objects.filter(pk=delivery.pk).update(rows=1, cumulative=False)
    return period.start


def _delivery(
    world: World,
    kind: DeliveryKind,
    period: Period,
    name: str,
    file: SourceFile | None,
    at: datetime,
    *,
    number: int = 0,
    replaces: Delivery | None = None,
) -> Delivery:
    world.count("delivery", 1)
    return Delivery.objects.create(
        kind=kind,
        district=world.district,
        year=period.year,
        number=number or period.number,
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
        cumulative=kind is DeliveryKind.ECONOMY,
        file_name=name,
        sha256=file.sha256 if file else "",
        delivered_at=at,
        delivered_by=world.people[CONTROLLER],
    )


def _sick_leave(world: World, period: Period) -> None:
    """August of the live year came twice: the second time with late sick notes."""
    plan = world.plan
    first = _sick_leave_version(world, period, plan.ready(period))
    if period == plan.month(8) and sick_leave.corrected_at(plan).date() <= plan.today:
        Delivery.objects.filter(pk=first.pk).update(is_current=False)
        _sick_leave_version(world, period, sick_leave.corrected_at(plan), replaces=first)


def _sick_leave_version(world: World, period: Period, at: datetime, *, replaces: Delivery | None = None) -> Delivery:
    plan = world.plan
    file = sick_leave_file(plan, period, first=replaces is None)
    delivery = _delivery(world, DeliveryKind.SICK_LEAVE, period, file.name, file, at, replaces=replaces)
    days = sick_leave.days_of(plan, period, first=replaces is None)
    rows = [
        SickLeaveMonth(
            delivery=delivery,
            row=number,
            unit=world.units[each.unit],
            month=period.start,
            fte=each.fte,
            contracted=each.contracted,
            lost=each.lost,
            self_certified=each.self_certified,
            certified=each.certified,
            short=each.short,
            long=each.long,
            persons_absent=each.persons,
        )
        for number, each in enumerate(days, start=sick_leave.FIRST_ROW)
    ]
    SickLeaveMonth.objects.bulk_create(rows)
    delivery.rows = len(rows)
    delivery.save(update_fields=["rows"])
    return delivery


def _month(world: World, period: Period) -> ReportingMonth:
    """Leaders are told the same morning; the fifteenth the month is locked."""
    plan = world.plan
    ready = plan.ready(period)
    locked = None if plan.is_in_progress(period) else min(plan.locked(period), moment(plan.today, 5))
    return ReportingMonth(
        district=world.district,
        month=period.start,
        figures_ready_at=ready,
        leaders_told_at=ready.replace(hour=8),
        locked_at=locked,
        locked_by=world.people[DIRECTOR] if locked else None,
    )
