"""Budget, accounts and forecast by month for three years, in 1000 kr. September of the live year is the plan's figures exactly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from alna.demo.chance import Chance
from alna.demo.data_files import rows
from alna.demo.figures import Figure
from alna.demo.plan import Plan
from alna.demo.report_states import state_of
from common.numbers import round_half_up
from common.periods import Period
from reporting.queries.feed import report_name
from reporting.rules.states import HANDED_IN, SETTLED
from scorecard.models import Measurement
from scorecard.rules.statuses import Quality

Origin = Measurement.Origin

FORECAST, SPENT = "okonomisk_resultat", "forbruk_hittil"
SEPTEMBER, DECEMBER = 9, 12
YEARS = 3
# How much of the budget to September is spent by the end of each month: little in June, when holiday pay replaces wages.
TO_SEPTEMBER = tuple(Decimal(share) for share in ["0.118", "0.229", "0.340", "0.451", "0.562", "0.655", "0.772", "0.886", "1"])
AFTER_SEPTEMBER = {10: Decimal("0.34"), 11: Decimal("0.67"), 12: Decimal(1)}
# Of the budget of the live year.
EARLIER_BUDGETS = {1: Decimal("0.97"), 2: Decimal("0.94")}
# The forecast's distance to the budget by month, where it tells a story; others grow evenly to September's.
FORECAST_STORIES = {
    "202": (0, -300, -600, -1000, -1800, -2600, -3700, -5000, -6500, -6600, -6300, -6100),
    "102": (0, 0, 0, -50, -100, -150, -200, -300, -400, -400, -450, -400),
    "301": (0, -200, -500, -900, -1300, -1700, -2100, -2500, -3000, -3100, -3200, -3200),
    "402": (0, 0, -200, -400, -600, -800, -1000, -1300, -1500, -1600, -1600, -1550),
}
# Last year of one unit, told by what was spent to September, what the year ended at, and the forecasts: the share is 0.752.
LAST_YEAR = {
    ("402", 1): (
        Decimal("50647.2"),
        Decimal(67350),
        [Decimal(each) for each in (65960, 65960, 66000, 66100, 66300, 66500, 66600, 66800, 66900, 67000, 67200, 67350)],
    )
}
# How a large overspend grows to September's; others follow the budget with some chance.
GROWING, LARGE = tuple(Decimal(share) for share in ["0.04", "0.10", "0.18", "0.28", "0.40", "0.53", "0.67", "0.83", "1"]), -1000
# A unit whose budget was raised in May: what was added, until then not there.
RAISED_UNIT, RAISED_BY, RAISED_IN = "402", 800, 5
PERIOD_13_UNIT, PERIOD_13 = "401", Decimal(180)


@dataclass(frozen=True)
class Line:
    """One unit at the end of one month; `original` is the year's budget as it was decided."""

    original: Decimal
    budget: Decimal
    budget_to_date: Decimal
    deviation_to_date: Decimal
    forecast_deviation: Decimal


def figures(plan: Plan) -> Iterator[Figure]:
    """The year's forecast over its budget, from the reports, and what is spent over what was planned to date, from the ledger."""
    for row in rows("units"):
        for period in plan.months(years_ago=YEARS - 1):
            line = line_of(plan, row, period)
            ready = plan.ready(period)
            yield _forecast(plan, row, period, line)
            spent = line.budget_to_date - line.deviation_to_date
            file = economy_name(period)
            yield Figure(
                SPENT, row["code"], period, ready, numerator=spent, denominator=line.budget_to_date, source=file, origin=Origin.FILE
            )


def _forecast(plan: Plan, row: Mapping[str, str], period: Period, line: Line) -> Figure:
    """What the report says; a report that has not come leaves the month before. When the year is over, the accounts."""
    code, ready = row["code"], plan.ready(period)
    if period.number == DECEMBER:
        spent = line.budget_to_date - line.deviation_to_date
        file = economy_name(period)
        return Figure(FORECAST, code, period, ready, numerator=spent, denominator=line.budget, source=file, origin=Origin.FILE)
    state = state_of(plan, code, period)
    told = period
    if state not in HANDED_IN and period.number > 1:
        told = period.previous()
    forecast = line_of(plan, row, told)
    return Figure(
        FORECAST,
        code,
        period,
        ready,
        numerator=forecast.budget - forecast.forecast_deviation,
        denominator=line.budget,
        quality=Quality.FINAL if state in SETTLED else Quality.PRELIMINARY,
        source=report_name(),
        place=told.code,
        origin=Origin.REPORT,
    )


def corrections(plan: Plan) -> Iterator[Figure]:
    """Period 13 of last year: a late invoice of one unit."""
    row = next(row for row in rows("units") if row["code"] == PERIOD_13_UNIT)
    period = plan.month(DECEMBER, years_ago=1)
    line = line_of(plan, row, period)
    recorded, file = period_13_read(plan), economy_name(period, number=13)
    year_end = line.budget_to_date - line.deviation_to_date + PERIOD_13
    for code, whole in ((FORECAST, line.budget), (SPENT, line.budget_to_date)):
        yield Figure(code, PERIOD_13_UNIT, period, recorded, numerator=year_end, denominator=whole, source=file, origin=Origin.FILE)


def period_13_read(plan: Plan) -> datetime:
    return plan.ready(plan.month(DECEMBER, years_ago=1)).replace(day=26, hour=13, minute=20)


def economy_name(period: Period, *, number: int = 0) -> str:
    return f"budsjettoppfolging_{period.year}{number or period.number:02}.csv"


def line_of(plan: Plan, row: Mapping[str, str], period: Period) -> Line:
    ago, month = plan.year - period.year, period.number
    share = EARLIER_BUDGETS.get(ago, Decimal(1))
    budget, to_september = _scaled(row["budget"], share), _scaled(row["budget_ytd"], share)
    if ago:
        chance = Chance("economy", row["code"], ago)
        september = round_half_up(to_september * (chance.around("0.016") - 1), 0)
        forecasts = _evenly(round_half_up(september * Decimal("1.2"), 0))
        if (row["code"], ago) in LAST_YEAR:
            spent, ended, forecasts = LAST_YEAR[row["code"], ago]
            return _told(budget, to_september, (spent, ended), [budget - each for each in forecasts], month)
    else:
        september = to_september - Decimal(row["actual_ytd"])
        forecasts = [Decimal(each) for each in FORECAST_STORIES.get(row["code"], ())] or _evenly(Decimal(row["forecast_deviation"]))
    planned = _to_date(to_september, budget, month)
    deviation = _deviation(september, forecasts[-1], month, Chance("deviation", row["code"], ago, month))
    original = budget
    if not ago and row["code"] == RAISED_UNIT:
        original = budget - RAISED_BY
        if month < RAISED_IN:
            planned, budget = round_half_up(planned * original / budget, 0), original
    return Line(original, budget, planned, deviation, forecasts[month - 1])


def _told(budget: Decimal, to_september: Decimal, spent: tuple[Decimal, Decimal], deviations: Sequence[Decimal], month: int) -> Line:
    """A year whose ends are given: spent evenly with the budget up to September, and on to what it ended at."""
    planned = _to_date(to_september, budget, month)
    if month <= SEPTEMBER:
        actual = round_half_up(spent[0] * TO_SEPTEMBER[month - 1], 1)
    else:
        actual = round_half_up(spent[0] + (spent[1] - spent[0]) * AFTER_SEPTEMBER[month], 1)
    return Line(budget, budget, planned, planned - actual, deviations[month - 1])


def _scaled(amount: str, share: Decimal) -> Decimal:
    return round_half_up(Decimal(amount) * share, 0)


def _evenly(september: Decimal) -> list[Decimal]:
    """From 0 in January to September's, then the same; in steps of 50."""
    steps = [round_half_up(september * month / (8 * 50), 0) * 50 for month in range(8)]
    return [*steps, *[september] * 4]


def _to_date(to_september: Decimal, budget: Decimal, month: int) -> Decimal:
    if month <= SEPTEMBER:
        return round_half_up(to_september * TO_SEPTEMBER[month - 1], 0)
    return round_half_up(to_september + (budget - to_september) * AFTER_SEPTEMBER[month], 0)


def _deviation(september: Decimal, year_end: Decimal, month: int, chance: Chance) -> Decimal:
    """Budget minus accounts to date: grows to September's with some chance, then to the year's."""
    if month == SEPTEMBER:
        return september
    if month < SEPTEMBER:
        share = GROWING[month - 1] if september <= LARGE else chance.around("0.1") * month / SEPTEMBER
        return round_half_up(september * share, 0)
    return round_half_up(september + (year_end - september) * AFTER_SEPTEMBER[month], 0)
