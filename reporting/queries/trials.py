"""What each method said of a year in each of its months, beside what the year came to: the ground that forecasts are judged on."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from common.numbers import round_half_up
from reporting.models import Balance, Delivery, MonthlyReport
from reporting.models.sums import KronerSum
from reporting.queries.owners import owner_of, trees_of
from reporting.rules.accuracy import SUGGESTED, Method, Trial
from reporting.rules.economy import Amounts
from reporting.rules.forecast import YearSoFar, suggestions
from reporting.rules.kinds import DeliveryKind, ForecastMethod
from reporting.rules.states import HANDED_IN

DECEMBER = 12
SUMS = ("original", "revised", "budget", "actual")
# Of ordinary operation, by unit and month.
Ledger = Mapping[tuple[int, date], Amounts]
Told = Mapping[tuple[int, date], Decimal]


def finished_years(district_id: int) -> list[int]:
    """Years whose December is delivered, oldest first. One SQL statement."""
    rows = Delivery.objects.filter(kind=DeliveryKind.ECONOMY, district_id=district_id, is_current=True, number__gte=DECEMBER)
    return sorted(set(rows.order_by().values_list("year", flat=True)))


def trials_of(*, district_id: int, years: Collection[int]) -> list[Trial]:
    """One for each unit and month from January to November that has a ledger: in December the forecast is the result itself.

    The result is what December stands at with the closing of the year in it. Two SQL statements besides the tree's.
    """
    ledger = _ledger(district_id, {*years, *(year - 1 for year in years)})
    told = _told({unit_id for unit_id, _month in ledger}, years)
    return [
        trial
        for unit_id, month in sorted(ledger)
        if month.year in years and month.month < DECEMBER
        if (trial := _trial(unit_id, month, ledger, told)) is not None
    ]


def _trial(unit_id: int, month: date, ledger: Ledger, told: Told) -> Trial | None:
    end = ledger.get((unit_id, month.replace(month=DECEMBER)), Amounts())
    if end.actual is None:
        return None
    amounts = ledger[unit_id, month]
    before = ledger.get((unit_id, month.replace(year=month.year - 1)))
    before_end = ledger.get((unit_id, date(month.year - 1, DECEMBER, 1)))
    past = YearSoFar(before.actual, before_end.actual) if before and before_end else None
    offered = suggestions(amounts, past)
    forecasts = {method: said for method in SUGGESTED if (said := offered.of(ForecastMethod(method.value))) is not None}
    if (unit_id, month) in told:
        forecasts[Method.LEADER] = told[unit_id, month]
    return Trial(unit_id, month.year, month.month, forecasts, amounts.revised, end.actual)


def _ledger(district_id: int, years: Collection[int]) -> dict[tuple[int, date], Amounts]:
    rows = (
        Balance.objects.filter(district_id=district_id, unit__isnull=False, earmarked=False, month__year__in=years)
        .order_by()
        .values_list("unit_id", "month")
        .annotate(*(KronerSum(name) for name in SUMS))
    )
    found: dict[tuple[int, date], Amounts] = {}
    sums_of = list(rows)
    trees = trees_of({month for _unit_id, month, *_sums in sums_of})
    for unit_id, month, *sums in sums_of:
        # SQLite adds decimals as floating point; what stood there had two decimals.
        amounts = Amounts(*(None if each is None else round_half_up(each, 2) for each in sums))
        # A unit that reports is judged with what stands below it; above those units nobody forecasts.
        owner = owner_of(trees[month], unit_id)
        if owner is not None:
            found[owner, month] = found.get((owner, month), Amounts()) + amounts
    return found


def _told(unit_ids: Collection[int], years: Collection[int]) -> dict[tuple[int, date], Decimal]:
    """Forecasts that leaders stood behind; what was carried over for them is nobody's forecast."""
    rows = MonthlyReport.objects.filter(
        unit_id__in=unit_ids, month__year__in=years, state__in=HANDED_IN, is_unconfirmed=False, forecast__isnull=False
    )
    return {(unit_id, month): forecast for unit_id, month, forecast in rows.order_by().values_list("unit_id", "month", "forecast")}


def by_unit(trials: Collection[Trial]) -> dict[int, list[Trial]]:
    grouped: dict[int, list[Trial]] = defaultdict(list)
    for trial in trials:
        grouped[trial.unit_id].append(trial)
    return grouped
