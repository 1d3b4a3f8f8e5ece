"""Everything derived from measurements, targets and the tree is kept right from here: by difference, or by building it again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from common.periods import Period
from organisation.queries import tree as organisation_tree
from organisation.rules.tree import UnitTree
from scorecard.models import Indicator, Measurement, PeriodValue
from scorecard.rules.formulas import parse
from scorecard.rules.rollup import Part
from scorecard.rules.statuses import Quality
from scorecard.services import cells, period_values
from scorecard.services.stamps import touch

Place = tuple[int, Period]


@transaction.atomic
def values_changed(figures: Mapping[Indicator, Mapping[Place, Part | None]]) -> None:
    """The own figures at these places are now these: moves sums, recomputes cells and formulas, marks pages."""
    touched: set[int] = set()
    for indicator, places in figures.items():
        changed = period_values.change_own(indicator, places)
        touched |= _refresh(indicator, changed)
        touched |= _calculate_dependents(indicator, changed)
    touch(touched)


def _refresh(indicator: Indicator, places: Iterable[Place]) -> set[int]:
    newest: dict[int, date] = {}
    for unit_id, period in places:
        newest[unit_id] = max(period.start, newest.get(unit_id, period.start))
    cells.refresh(indicator, sorted(newest), newest=newest)
    return set(newest)


def _calculate_dependents(indicator: Indicator, places: Collection[Place], depth: int = 0) -> set[int]:
    """Indicators with a formula that names this one are computed again in the same units and periods."""
    touched: set[int] = set()
    dependents = Indicator.objects.filter(formula__contains=f"[{indicator.code}]") if places else []
    for dependent in dependents:
        calculated = period_values.set_calculated(dependent, _evaluated(dependent, places))
        touched |= _refresh(dependent, calculated)
        if depth < 5:  # cycles are refused where formulas are written; this only bounds a chain
            touched |= _calculate_dependents(dependent, calculated, depth + 1)
    return touched


def _evaluated(dependent: Indicator, places: Collection[Place]) -> dict[Place, Part]:
    formula = parse(dependent.formula)
    rows = PeriodValue.objects.filter(
        indicator__code__in=formula.codes,
        unit_id__in={unit_id for unit_id, _ in places},
        period_start__in={period.start for _, period in places},
    ).select_related("indicator")
    values: dict[Place, dict[str, Decimal | None]] = defaultdict(dict)
    soft: set[Place] = set()
    for row in rows:
        place = (row.unit_id, row.period)
        values[place][row.indicator.code] = row.value
        if row.quality in (Quality.PRELIMINARY, Quality.ESTIMATE):
            soft.add(place)
    found: dict[Place, Part] = {}
    for place in places:
        value = formula.evaluate({code: values[place].get(code) for code in formula.codes})
        quality = Quality.MISSING if value is None else Quality.PRELIMINARY if place in soft else Quality.FINAL
        found[place] = Part(None, None, value, quality=quality)
    return found


@transaction.atomic
def targets_changed(*, indicator_ids: Collection[int], unit_ids: Collection[int]) -> None:
    """Targets of these units are others now: recomputes the cells of the units and everything that inherits from them."""
    history = organisation_tree.history()
    below = {below for unit_id in unit_ids for tree in _trees_of(unit_id) for below in tree.subtree(unit_id)}
    for indicator in Indicator.objects.filter(pk__in=indicator_ids):
        cells.refresh(indicator, sorted(below))
    above = {above for unit_id in unit_ids for above in history.on(date.max).path(unit_id)}
    touch(below | above)


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
    """Builds period values and cells again from the measurements; the number of period values."""
    chosen = list(Indicator.objects.order_by("pk") if indicators is None else indicators)
    count = 0
    touched: set[int] = set()
    for indicator in sorted(chosen, key=lambda indicator: bool(indicator.formula)):
        if indicator.formula:
            continue
        rows = period_values.build(indicator, _measured(indicator))
        count += len(rows)
        touched |= _rebuild_cells(indicator)
    for indicator in chosen:
        if indicator.formula:
            count += _rebuild_formula(indicator)
            touched |= _rebuild_cells(indicator)
    touch(touched)
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
    units = set(PeriodValue.objects.filter(indicator=indicator).order_by().values_list("unit_id", flat=True).distinct())
    cells.drop(indicator)
    cells.refresh(indicator, sorted(units))
    return units
