"""Everything derived from measurements, targets and the tree is kept right from here: by difference, or by building it again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from common.periods import Period
from organisation.queries import tree as organisation_tree
from organisation.rules.tree import UnitTree
from scorecard.models import Cell, Indicator, Measurement, PeriodValue
from scorecard.queries.formula_parts import resting_on
from scorecard.rules.formulas import parse
from scorecard.rules.rollup import Part
from scorecard.rules.statuses import Quality
from scorecard.services import cells, period_values
from scorecard.services.stamps import touch, touch_upward

Place = tuple[int, Period]


@transaction.atomic
def values_changed(figures: Mapping[Indicator, Mapping[Place, Part | None]]) -> None:
    """The own figures at these places are now these: moves sums, recomputes cells and formulas, marks pages."""
    touched: set[int] = set()
    for indicator, places in figures.items():
        changed = period_values.change_own(indicator, places)
        touched |= _refresh(indicator, changed)
        touched |= _calculate_dependents(indicator, changed)
    touch_upward(touched)


@transaction.atomic
def values_removed(places: Mapping[Indicator, Collection[Place]]) -> None:
    """The own figures at these places are gone: what rested on them moves, and what has nothing left goes too."""
    touched: set[int] = set()
    for indicator, gone in places.items():
        changed = period_values.change_own(indicator, dict.fromkeys(gone))
        touched |= rows_replaced(indicator, changed)
    touch_upward(touched)


def _refresh(indicator: Indicator, places: Iterable[Place]) -> set[int]:
    newest: dict[int, date] = {}
    for unit_id, period in places:
        newest[unit_id] = max(period.start, newest.get(unit_id, period.start))
    cells.refresh(indicator, sorted(newest), newest=newest)
    return set(newest)


def rows_replaced(indicator: Indicator, places: Collection[Place]) -> set[int]:
    """The kept rows at these places are others now, or gone: makes cells and formulas again. The units; their pages are not marked."""
    units = {unit_id for unit_id, _ in places}
    cells.rebuild(indicator, sorted(units))
    return units | _calculate_dependents(indicator, places)


def _calculate_dependents(indicator: Indicator, places: Collection[Place]) -> set[int]:
    """Indicators with a formula that names this one are computed again in the same units and periods. Formulas never go in a ring."""
    touched: set[int] = set()
    dependents = Indicator.objects.filter(formula__contains=f"[{indicator.code}]") if places else []
    for dependent in dependents:
        figures = _evaluated(dependent, places)
        calculated = period_values.set_calculated(dependent, figures)
        if any(figures[place] is None for place in calculated):
            touched |= rows_replaced(dependent, calculated)
        else:
            touched |= _refresh(dependent, calculated) | _calculate_dependents(dependent, calculated)
    return touched


def _evaluated(dependent: Indicator, places: Collection[Place]) -> dict[Place, Part | None]:
    formula = parse(dependent.formula)
    rows = PeriodValue.objects.filter(
        indicator__code__in=formula.codes,
        unit_id__in={unit_id for unit_id, _ in places},
        period_start__in={period.start for _, period in places},
    ).select_related("indicator")
    parts: dict[Place, dict[str, tuple[Decimal | None, Quality]]] = defaultdict(dict)
    for row in rows:
        parts[row.unit_id, row.period][row.indicator.code] = (row.value, Quality(row.quality))
    results = {place: formula.result(parts[place]) for place in places}
    return {place: Part(None, None, result[0], quality=result[1]) if result else None for place, result in results.items()}


@transaction.atomic
def targets_changed(*, indicator_ids: Collection[int], unit_ids: Collection[int]) -> None:
    """Targets of these units are others now: recomputes the cells of the units and everything that inherits from them."""
    below = {below for unit_id in unit_ids for tree in _trees_of(unit_id) for below in tree.subtree(unit_id)}
    for indicator in Indicator.objects.filter(pk__in=indicator_ids):
        cells.refresh(indicator, sorted(below))
    touch_upward({*below, *unit_ids})


def _trees_of(unit_id: int) -> list[UnitTree]:
    """The trees a unit's target may matter in: as long as it exists, the newest and the one of its last day."""
    history = organisation_tree.history()
    unit = history.by_id[unit_id]
    return [history.on(unit.valid_to)] if unit.valid_to else [history.on(date.max)]


@transaction.atomic
def structure_changed(*, unit_id: int) -> None:
    """A scorecard of this unit looks different now: marks its page, those below that use it, and the overviews above."""
    tree = organisation_tree.history().on(date.max)
    touch({*tree.subtree(unit_id), *tree.path(unit_id), unit_id})


@transaction.atomic
def rebuild(*, indicators: Iterable[Indicator] | None = None) -> int:
    """Builds period values and cells again from the measurements, and every formula that rests on them; the number of period values."""
    chosen = list(Indicator.objects.order_by("pk") if indicators is None else indicators)
    count = 0
    touched: set[int] = set()
    for indicator in chosen:
        if not indicator.formula:
            count += len(period_values.build(indicator, _measured(indicator)))
            touched |= _rebuild_cells(indicator)
    for indicator in resting_on(chosen):
        count += _rebuild_formula(indicator)
        touched |= _rebuild_cells(indicator)
    touch_upward(touched)
    return count


def _measured(indicator: Indicator) -> dict[Period, dict[int, Part]]:
    found: dict[Period, dict[int, Part]] = defaultdict(dict)
    for row in Measurement.objects.filter(indicator=indicator).iterator(chunk_size=5000):
        found[row.period][row.unit_id] = period_values.part_of_measurement(row)
    return found


def _rebuild_formula(indicator: Indicator) -> int:
    PeriodValue.objects.filter(indicator=indicator).delete()
    named = PeriodValue.objects.filter(indicator__code__in=parse(indicator.formula).codes)
    places = {(row.unit_id, row.period) for row in named.only("unit_id", "period_start", "period_kind")}
    return len(period_values.set_calculated(indicator, _evaluated(indicator, places)))


def _rebuild_cells(indicator: Indicator) -> set[int]:
    now = PeriodValue.objects.filter(indicator=indicator).order_by().values_list("unit_id", flat=True).distinct()
    before = Cell.objects.filter(indicator=indicator).order_by().values_list("unit_id", flat=True)
    units = {*now, *before}
    cells.rebuild(indicator, sorted(units))
    return units
