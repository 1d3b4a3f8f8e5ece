"""Planned local initiatives that are done or on their way, month by month."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from alna.demo.chance import Chance
from alna.demo.data_files import rows
from alna.demo.figures import Figure
from alna.demo.plan import Plan
from common.periods import Period
from scorecard.rules.statuses import Quality

INDICATOR = "lokale_satsinger"
YEARS = 3
SEPTEMBER = 9
# Done or on their way in August, where September tells of a change.
AUGUST = {"404": (15, 17), "501": (19, 24)}
# Nothing came from this unit in September; the months before it came as these.
LATE_UNIT, LATE_USUAL = "106", (17, 19)
ESTIMATING_UNIT = "402"


def figures(plan: Plan) -> Iterator[Figure]:
    """Units that plan initiatives, every closed month."""
    for row in rows("units"):
        if row["initiatives"] or row["code"] == LATE_UNIT:
            for period in plan.months(years_ago=YEARS - 1):
                yield _figure(plan, row, period)


def _figure(plan: Plan, row: Mapping[str, str], period: Period) -> Figure:
    code, ready = row["code"], plan.ready(period)
    is_september = period == plan.month(SEPTEMBER)
    if code == LATE_UNIT and is_september:
        return Figure(INDICATOR, code, period, ready, quality=Quality.MISSING, note="Enheten har ikke levert for september.")
    done, planned = _counts(plan, row, period)
    quality = Quality.ESTIMATE if code == ESTIMATING_UNIT and is_september else Quality.FINAL
    return Figure(INDICATOR, code, period, ready, numerator=Decimal(done), denominator=Decimal(planned), quality=quality)


def _counts(plan: Plan, row: Mapping[str, str], period: Period) -> tuple[int, int]:
    """What was done of what was planned since January. More is planned as the year goes on."""
    code = row["code"]
    done, planned = map(int, row["initiatives"].split("/")) if row["initiatives"] else LATE_USUAL
    if period == plan.month(SEPTEMBER):
        return done, planned
    if period == plan.month(SEPTEMBER - 1) and code in AUGUST:
        return AUGUST[code]
    chance = Chance(INDICATOR, code, plan.year - period.year, period.number)
    now = max(2, planned * period.number // SEPTEMBER)
    left = max(0, round(now * (planned - done) / planned) + chance.between(-1, 1))
    return now - min(left, now), now
