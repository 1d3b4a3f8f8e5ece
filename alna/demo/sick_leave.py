"""Monthly sick leave for four years. The twelve months to September of the live year come to the plan's figures exactly."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from alna.demo.chance import Chance
from alna.demo.data_files import rows
from alna.demo.figures import Figure
from alna.demo.plan import Plan
from common.numbers import round_half_up
from common.periods import Period, period_range
from scorecard.rules.statuses import Quality

INDICATOR = "sykefravaer"
YEARS = 4
# Contracted working days by month: 230 in all, few in July.
DAYS = (21, 20, 21, 18, 18, 20, 8, 19, 22, 22, 21, 20)
SEASON = tuple(Decimal(share) for share in ["1.14", "1.18", "1.10", "0.98", "0.92", "0.86", "0.80", "0.90", "1.00", "1.04", "1.08", "1.06"])
# How fast the rate changes from month to month; the others hardly move.
DRIFT = {"402": Decimal("0.009"), "102": Decimal("0.005"), "202": Decimal("0.006"), "104": Decimal("-0.010"), "404": Decimal("0.004")}
# The system did not deliver September for this unit; its other months make up for the days.
WITHOUT_SEPTEMBER, EXTRA_DAYS = "302", 2
CORRECTED_UNIT, LATE_DAYS = "201", Decimal("6.5")


def figures(plan: Plan) -> Iterator[Figure]:
    """Lost and contracted days of every closed month and unit."""
    for row in rows("units"):
        lost = _lost_days(plan, row)
        for period in plan.months(years_ago=YEARS - 1):
            yield _figure(plan, row, period, lost)


def _figure(plan: Plan, row: Mapping[str, str], period: Period, lost: Mapping[Period, Decimal]) -> Figure:
    code = row["code"]
    if code == WITHOUT_SEPTEMBER and period == plan.month(9):
        note = "Personalsystemet leverte ikke tall for enheten i september."
        return Figure(INDICATOR, code, period, plan.ready(period), quality=Quality.MISSING, note=note)
    numerator, quality = lost[period], Quality.FINAL
    if code == CORRECTED_UNIT and period == plan.month(8):
        numerator, quality = numerator - LATE_DAYS, Quality.PRELIMINARY
    return Figure(
        INDICATOR, code, period, plan.ready(period), numerator=numerator, denominator=_contracted(plan, row, period), quality=quality
    )


def correction(plan: Plan) -> Figure:
    """August of one unit, when the late sick notes had come."""
    row = next(row for row in rows("units") if row["code"] == CORRECTED_UNIT)
    period = plan.month(8)
    recorded = plan.ready(period).replace(day=24, hour=10, minute=30)
    return Figure(
        INDICATOR,
        CORRECTED_UNIT,
        period,
        recorded,
        numerator=_lost_days(plan, row)[period],
        denominator=_contracted(plan, row, period),
    )


def _window(plan: Plan) -> list[Period]:
    """The twelve months that the plan's yearly rates are of."""
    return period_range(plan.month(10, years_ago=1), plan.month(9))


def _contracted(plan: Plan, row: Mapping[str, str], period: Period) -> Decimal:
    days = DAYS[period.number - 1]
    if row["code"] == WITHOUT_SEPTEMBER and period in _window(plan):
        days += EXTRA_DAYS
    return days * Decimal(row["fte"])


def _lost_days(plan: Plan, row: Mapping[str, str]) -> dict[Period, Decimal]:
    """Shaped by season, drift and chance, then scaled so that the window comes to the rate of the plan."""
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
