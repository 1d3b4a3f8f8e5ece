"""Monthly sick leave for four years. The twelve months to September of the live year come to the plan's figures exactly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache

from alna.demo.chance import Chance
from alna.demo.data_files import rows
from alna.demo.figures import Figure
from alna.demo.plan import Plan
from common.numbers import round_half_up
from common.periods import Period, period_range
from reporting.queries.feed import not_in_file
from scorecard.models import Measurement
from scorecard.rules.statuses import Quality

INDICATOR = "sykefravaer"
YEARS = 4
# Row of the first unit: below the headings.
FIRST_ROW = 2
# Contracted working days by month: 230 in all, few in July.
DAYS = (21, 20, 21, 18, 18, 20, 8, 19, 22, 22, 21, 20)
SEASON = tuple(Decimal(share) for share in ["1.14", "1.18", "1.10", "0.98", "0.92", "0.86", "0.80", "0.90", "1.00", "1.04", "1.08", "1.06"])
# How fast the rate changes from month to month; the others hardly move.
DRIFT = {"402": Decimal("0.009"), "102": Decimal("0.005"), "202": Decimal("0.006"), "104": Decimal("-0.010"), "404": Decimal("0.004")}
# The system did not deliver September for this unit; its other months make up for the days.
WITHOUT_SEPTEMBER, EXTRA_DAYS = "302", 2
CORRECTED_UNIT, LATE_DAYS = "201", Decimal("6.5")


@dataclass(frozen=True, slots=True)
class Days:
    """One unit's row in the file of a month, in person days; no days where the system had none."""

    unit: str
    fte: Decimal
    contracted: Decimal
    lost: Decimal | None
    self_certified: Decimal | None = None
    short: Decimal | None = None
    persons: int | None = None

    @property
    def certified(self) -> Decimal | None:
        return None if self.lost is None or self.self_certified is None else self.lost - self.self_certified

    @property
    def long(self) -> Decimal | None:
        return None if self.lost is None or self.short is None else self.lost - self.short


def days_of(plan: Plan, period: Period, *, first: bool = True) -> list[Days]:
    """The file of the month as it first came, or as it was corrected."""
    return [_days(plan, row, period, first=first) for row in rows("units")]


def _days(plan: Plan, row: Mapping[str, str], period: Period, *, first: bool) -> Days:
    code, fte = row["code"], Decimal(row["fte"])
    contracted = _contracted(plan, row, period)
    if code == WITHOUT_SEPTEMBER and period == plan.month(9):
        return Days(code, fte, contracted, None)
    lost = _lost_days(plan, code)[period]
    if first and code == CORRECTED_UNIT and period == plan.month(8):
        lost -= LATE_DAYS
    chance = Chance("split", code, plan.year - period.year, period.number)
    by_self = round_half_up(lost * chance.between(17, 28) / 100, 1)
    short = round_half_up(lost * chance.between(29, 43) / 100, 1)
    return Days(code, fte, contracted, lost, by_self, max(short, by_self), max(1, int(lost * chance.between(18, 30) / 100)))


def file_name(period: Period) -> str:
    return f"sykefravaer_{period.year}_{period.number:02}.csv"


def figures(plan: Plan) -> Iterator[Figure]:
    """Lost and contracted days of every closed month and unit. The newest month waits for late sick notes."""
    for period in plan.months(years_ago=YEARS - 1):
        for number, days in enumerate(days_of(plan, period)):
            yield _figure(plan, days, period, f"rad {number + FIRST_ROW}")


def _figure(plan: Plan, days: Days, period: Period, place: str) -> Figure:
    quality, note = Quality.FINAL, ""
    if days.lost is None:
        quality, note = Quality.MISSING, not_in_file()
    elif period == plan.last_closed or (days.unit == CORRECTED_UNIT and period == plan.month(8)):
        quality = Quality.PRELIMINARY
    return Figure(
        INDICATOR,
        days.unit,
        period,
        plan.ready(period),
        numerator=days.lost,
        denominator=None if days.lost is None else days.contracted,
        quality=quality,
        note=note,
        source=file_name(period),
        place=place,
        origin=Measurement.Origin.FILE,
    )


def corrected_at(plan: Plan) -> datetime:
    """When August was read again, after the late sick notes had come."""
    return plan.ready(plan.month(8)).replace(day=24, hour=10, minute=30)


def correction(plan: Plan) -> Figure:
    """August of one unit, when the late sick notes had come."""
    period = plan.month(8)
    number, days = next((number, days) for number, days in enumerate(days_of(plan, period, first=False)) if days.unit == CORRECTED_UNIT)
    return Figure(
        INDICATOR,
        CORRECTED_UNIT,
        period,
        corrected_at(plan),
        numerator=days.lost,
        denominator=days.contracted,
        source=file_name(period),
        place=f"rad {number + FIRST_ROW}",
        origin=Measurement.Origin.FILE,
    )


def _window(plan: Plan) -> list[Period]:
    """The twelve months that the plan's yearly rates are of."""
    return period_range(plan.month(10, years_ago=1), plan.month(9))


def _contracted(plan: Plan, row: Mapping[str, str], period: Period) -> Decimal:
    days = DAYS[period.number - 1]
    if row["code"] == WITHOUT_SEPTEMBER and period in _window(plan):
        days += EXTRA_DAYS
    return days * Decimal(row["fte"])


@cache
def _lost_days(plan: Plan, code: str) -> dict[Period, Decimal]:
    """Shaped by season, drift and chance, then scaled so that the window comes to the rate of the plan."""
    row = next(row for row in rows("units") if row["code"] == code)
    chance = Chance(INDICATOR, row["code"])
    drift = DRIFT.get(row["code"], Decimal(chance.between(-2, 2)) / 1000)
    shaped = {}
    september = plan.month(9)
    for period in period_range(plan.month(1, years_ago=YEARS - 1), plan.month(12)):
        months_away = (period.year - september.year) * 12 + period.number - september.number
        level = SEASON[period.number - 1] * (1 + drift * months_away) * chance.around("0.12")
        shaped[period] = level * DAYS[period.number - 1] * Decimal(row["fte"])
    window = [period for period in _window(plan) if row["code"] != WITHOUT_SEPTEMBER or period != september]
    wanted = Decimal(row["lost_days"])
    scale = wanted / sum(shaped[period] for period in window)
    lost = {period: round_half_up(amount * scale, 1) for period, amount in shaped.items()}
    lost[window[-1]] += wanted - sum(lost[period] for period in window)
    return lost
