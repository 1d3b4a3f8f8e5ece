"""At the end of a year: how its forecasts turned out. Computed from what was delivered, as often as one likes, with the same answer."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Min, QuerySet

from common.numbers import round_half_up
from organisation.models import Unit, User
from organisation.services import audit
from reporting.models import Balance, Delivery, ForecastAccuracy
from reporting.queries.owners import owners_of, trees_of
from reporting.queries.trials import DECEMBER, by_unit, finished_years, trials_of
from reporting.rules.accuracy import ENOUGH_MONTHS, Accuracy, Method, accuracy_of, with_combined
from reporting.rules.kinds import DeliveryKind

# So many years before the judged one lend their errors to the combined suggestion.
YEARS_BEFORE = 5
FIGURES = ("months", "bias", "error", "percent")


@transaction.atomic
def compute_year(*, district: Unit, year: int, actor: User | None, now: datetime) -> int:
    """Bias and mean error of the year for each unit and method. Gives how many rows stand; the year's earlier ones are replaced.

    A unit with fewer than three months is left out: that is chance.
    """
    years = [each for each in finished_years(district.pk) if year - YEARS_BEFORE <= each <= year]
    trials = trials_of(district_id=district.pk, years=years)
    judged = by_unit(with_combined(trials, [year])) if year in years else {}
    rows = [
        _row(unit_id, year, method, accuracy, now)
        for unit_id, told in judged.items()
        for method in Method
        if (accuracy := accuracy_of(told, method)) is not None and accuracy.months >= ENOUGH_MONTHS
    ]
    known = ForecastAccuracy.objects.filter(unit_id__in=_unit_ids(district.pk, year), year=year)
    before = _figures(known)
    known.delete()
    # Another process may do the same at the same moment: it has the same rows.
    ForecastAccuracy.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit", "year", "method"], update_fields=[*FIGURES, "computed_at"]
    )
    if before != _figures(rows):
        units = len({row.unit_id for row in rows})
        audit.record(actor=actor, action="accuracy.computed", target=district, unit=district, details={"year": year, "units": units})
    return len(rows)


def compute_due(*, now: datetime) -> int:
    """Every finished year that has a newer December, or a closing of the year, than its judgement. Gives how many years were computed.

    What was judged on a December that has been taken back is judged no more.
    """
    done = 0
    _forget_without_end()
    rows = Delivery.objects.filter(kind=DeliveryKind.ECONOMY, is_current=True, number__gte=DECEMBER)
    newest = rows.order_by().values_list("district_id", "year").annotate(at=Max("delivered_at"))
    for district_id, year, delivered_at in newest:
        known = ForecastAccuracy.objects.filter(unit_id__in=_unit_ids(district_id, year), year=year)
        judged = known.aggregate(at=Min("computed_at"))["at"]
        if judged is None or judged < delivered_at:
            district = Unit.objects.get(pk=district_id)
            done += bool(compute_year(district=district, year=year, actor=None, now=now))
    return done


def _forget_without_end() -> None:
    """Judgements of years whose December is there no more. Two SQL statements, and one for each year that has lost some."""
    judged: dict[int, set[int]] = defaultdict(set)
    for unit_id, year in ForecastAccuracy.objects.order_by().values_list("unit_id", "year").distinct():
        judged[year].add(unit_id)
    there = _with_ledger(Balance.objects.filter(month__month=DECEMBER, month__year__in=judged))
    for year, unit_ids in judged.items():
        if gone := unit_ids - there[year]:
            ForecastAccuracy.objects.filter(unit_id__in=gone, year=year).delete()


def _unit_ids(district_id: int, year: int) -> set[int]:
    return _with_ledger(Balance.objects.filter(district_id=district_id, month__year=year))[year]


def _with_ledger(balances: QuerySet[Balance]) -> dict[int, set[int]]:
    """By year, everybody who has a ledger, and in whose reports it stands."""
    rows = list(balances.filter(unit__isnull=False).order_by().values_list("unit_id", "month").distinct())
    trees = trees_of({month for _unit_id, month in rows})
    found: dict[int, set[int]] = defaultdict(set)
    for unit_id, month in rows:
        if unit_id is not None:
            found[month.year] |= {unit_id, *owners_of(trees[month], [unit_id])}
    return found


def _figures(rows: Iterable[ForecastAccuracy]) -> dict[tuple[int, str], tuple[object, ...]]:
    return {(row.unit_id, row.method): tuple(getattr(row, name) for name in FIGURES) for row in rows}


def _row(unit_id: int, year: int, method: Method, accuracy: Accuracy, now: datetime) -> ForecastAccuracy:
    return ForecastAccuracy(
        unit_id=unit_id,
        year=year,
        method=method,
        months=accuracy.months,
        bias=round_half_up(accuracy.bias, 2),
        error=round_half_up(accuracy.error, 2),
        percent=_percent(accuracy.percent),
        computed_at=now,
    )


def _percent(percent: Decimal | None) -> Decimal | None:
    """Rounded; None where a budget of next to nothing makes it say nothing."""
    return None if percent is None or percent >= 100_000 else round_half_up(percent, 2)
