"""What the leaders have reported month by month: forecasts, causes and words, delivered, approved and locked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from alna.demo import economy
from alna.demo.actions import overdue_lines
from alna.demo.chance import Chance
from alna.demo.data_files import rows
from alna.demo.economy import Line, line_of
from alna.demo.people import DIRECTOR, STAFF_REPORTER
from alna.demo.plan import Plan
from alna.demo.report_states import RETURNS, state_of
from alna.demo.world import World, add_with_history
from common.periods import Period
from common.versions import dated
from organisation.models import RoleAssignment, User
from reporting.models import Delivery, MonthlyReport, ReportEvent, ReportReturn
from reporting.rules.kinds import DeliveryKind, FeedKind, ForecastMethod, ReportState
from reporting.rules.states import HANDED_IN, answer_due
from reporting.services.feed import month_changed

S = ReportState
THOUSAND = Decimal(1000)
# Who is looked after: overspend that must be explained, and a year that ends far below its budget.
LARGE, FAR_BELOW = Decimal(100), Decimal("0.03")
HIGH_SICK_LEAVE = Decimal("10.9")


@dataclass(frozen=True)
class Told:
    """What one unit says in one month. `unchanged` is for how many months."""

    text: str
    causes: list[str]
    unchanged: int


def fill(world: World) -> None:
    """One report per unit and closed month that is not there; those nobody has opened yet have no row."""
    plan = world.plan
    leaders = _leaders(world)
    lines = overdue_lines(world)
    there = set(MonthlyReport.objects.values_list("unit_id", "month"))
    new = [
        report
        for row in rows("units")
        for period in plan.months(years_ago=economy.YEARS - 1)
        if (world.units[row["code"]].pk, period.start) not in there
        for report in _report(world, row, period, leaders[row["code"]])
    ]
    for report in new:
        if report.state in HANDED_IN and plan.is_in_progress(report.period):
            report.action_lines = lines.get(report.unit_id, {})
    added = add_with_history(world, new, "unit_id", "month")
    found = {(row.unit_id, row.month): row for row in MonthlyReport.objects.filter(month__in={row.month for row in added})}
    kept = [found[row.unit_id, row.month] for row in added]
    world.told = kept
    events = [event for report in kept for event in _events(world, report)]
    if events:
        ReportEvent.objects.bulk_create(events, batch_size=1000)
        ReportReturn.objects.bulk_create([each for report in kept for each in _returns(world, report)])
        world.count("reportevent", len(events))


def measure(world: World) -> None:
    """What the newest month's reports say becomes measured, when all is derived; where none has come, the forecast before stands."""
    plan, period = world.plan, world.plan.last_closed
    if "batch" not in world.added:
        return
    told = [report.approved_at or report.submitted_at for report in world.told if report.month == period.start]
    delivery = Delivery.objects.filter(kind=DeliveryKind.ECONOMY, year=period.year, number=period.number, is_current=True).first()
    month_changed(
        district=world.district,
        month=period.start,
        kinds=[FeedKind.FORECAST_RESULT],
        delivery=delivery,
        actor=None,
        now=max([plan.ready(period), *(at for at in told if at)]),
        today=plan.today,
    )


def _leaders(world: World) -> dict[str, User]:
    codes = {unit.pk: code for code, unit in world.units.items()}
    roles = RoleAssignment.objects.filter(role="unit_leader", deputy_for=None).select_related("user")
    found = {codes[role.unit_id]: role.user for role in roles}
    return {**found, "900": world.people[STAFF_REPORTER]}


def _report(world: World, row: Mapping[str, str], period: Period, leader: User) -> Iterator[MonthlyReport]:
    plan, code = world.plan, row["code"]
    state = state_of(plan, code, period)
    if state == S.NOT_STARTED:
        return
    line = line_of(plan, row, period)
    chance = Chance("report", code, plan.year - period.year, period.number)
    opened = _opened(plan, period, chance)
    report = MonthlyReport(unit=world.units[code], month=period.start, state=state, opened_at=opened, saved_at=opened)
    report.causes = _told(plan, row, period, "economy").causes
    report.sick_causes = _told(plan, row, period, "sick_leave").causes
    if state == S.BEGUN:
        yield dated(report, opened)
        return
    seconds = chance.between(95, 420)
    report.seconds_spent = seconds
    report.submitted_at = report.saved_at = opened + timedelta(seconds=seconds)
    report.submitted_by = leader
    report.forecast = (line.budget - line.forecast_deviation) * THOUSAND
    report.method = _method(plan, row, period, line)
    _explain(report, plan, row, period, line)
    if state in (S.APPROVED, S.LOCKED):
        report.approved_at = _approved(plan, period, report.submitted_at)
        report.approved_by = world.people[DIRECTOR]
    yield dated(report, report.approved_at or report.submitted_at)


def _opened(plan: Plan, period: Period, chance: Chance) -> datetime:
    """The morning after the figures, at the latest the day before today."""
    ready = plan.ready(period)
    at = ready.replace(hour=8) + timedelta(minutes=chance.between(5, 420))
    return at if plan.is_in_progress(period) else at + timedelta(days=chance.between(0, 1))


def _approved(plan: Plan, period: Period, submitted: datetime) -> datetime:
    if plan.is_in_progress(period):
        return submitted + timedelta(minutes=50)
    return plan.locked(period) - timedelta(days=2)


def _method(plan: Plan, row: Mapping[str, str], period: Period, line: Line) -> ForecastMethod:
    if line.forecast_deviation == 0:
        return ForecastMethod.BUDGET
    before = line_of(plan, row, period.previous()) if period.number > 1 else None
    same = before is not None and before.budget - before.forecast_deviation == line.budget - line.forecast_deviation
    return ForecastMethod.KEPT if same else ForecastMethod.OWN


def _explain(report: MonthlyReport, plan: Plan, row: Mapping[str, str], period: Period, line: Line) -> None:
    told = _told(plan, row, period, "economy")
    if _needs_words(line):
        report.explanation, report.unchanged_months = told.text, told.unchanged
    else:
        report.causes = []
    before = line_of(plan, row, period.previous()) if period.number > 1 else None
    if before is not None and abs(_forecast(line) - _forecast(before)) > Decimal(250):
        report.change_text = "Vi har regnet på nytt etter månedens regnskap."
    if Decimal(row["sick_leave"]) > HIGH_SICK_LEAVE:
        report.sick_text = _told(plan, row, period, "sick_leave").text
    else:
        report.sick_causes = []


def _forecast(line: Line) -> Decimal:
    return line.budget - line.forecast_deviation


def _needs_words(line: Line) -> bool:
    """As the rules of the month ask for them."""
    off = abs(line.deviation_to_date) > LARGE and abs(line.deviation_to_date) > line.budget_to_date / 50
    over = line.forecast_deviation < -LARGE or line.forecast_deviation < -line.budget / 200
    return off or over or line.forecast_deviation > line.budget * FAR_BELOW


@cache
def _texts() -> dict[tuple[str, str], list[tuple[int, str, list[str]]]]:
    found: dict[tuple[str, str], list[tuple[int, str, list[str]]]] = {}
    for row in rows("report_texts"):
        found.setdefault((row["unit"], row["part"]), []).append((int(row["from_month"]), row["text"], row["causes"].split("|")))
    return found


def _told(plan: Plan, row: Mapping[str, str], period: Period, part: str) -> Told:
    """The words in force that month; earlier years use what is said of January."""
    texts = _texts().get((row["code"], part), [])
    month = period.number if period.year == plan.year else 1
    chosen = [each for each in texts if each[0] <= month]
    if not chosen:
        return Told("Avviket følger av periodiseringen og jevner seg ut.", ["periodisering"] if part == "economy" else ["fravaer_annet"], 0)
    since, text, causes = chosen[-1]
    return Told(text, list(causes), max(0, period.number - since))


def _events(world: World, report: MonthlyReport) -> Iterator[ReportEvent]:
    """Every step the report has taken, by whom."""
    director = world.people[DIRECTOR]
    plan = world.plan
    steps: list[tuple[S, datetime | None, User | None]] = [(S.BEGUN, report.opened_at, report.submitted_by)]
    if report.state in HANDED_IN:
        steps.append((S.DELIVERED, report.submitted_at, report.submitted_by))
    if report.state == S.RETURNED and report.submitted_at:
        steps.append((S.RETURNED, report.submitted_at + timedelta(hours=1), director))
    if report.approved_at:
        steps.append((S.APPROVED, report.approved_at, director))
    if report.state == S.LOCKED:
        steps.append((S.LOCKED, plan.locked(report.period), director))
    before = S.NOT_STARTED
    for state, at, by in steps:
        if at is not None:
            yield ReportEvent(report=report, at=at, by=by, from_state=before, to_state=state)
        before = state


def _returns(world: World, report: MonthlyReport) -> Iterable[ReportReturn]:
    """What the director asks about in the newest month."""
    if report.state != S.RETURNED or report.submitted_at is None:
        return
    at = report.submitted_at + timedelta(hours=1)
    codes = {unit.pk: code for code, unit in world.units.items()}
    due = at.replace(hour=15, minute=0, second=0)
    for part, reason in RETURNS[codes[report.unit_id]]:
        yield ReportReturn(
            report=report, part=part, reason=reason, at=at, by=world.people[DIRECTOR], due_at=_on(answer_due(at.date()), due)
        )


def _on(day: date, at: datetime) -> datetime:
    return at.replace(year=day.year, month=day.month, day=day.day)
