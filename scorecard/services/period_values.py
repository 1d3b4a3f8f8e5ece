"""Keeps PeriodValue: a changed figure moves its ancestors by the difference, without reading its siblings."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from common.periods import Period
from organisation.queries import tree as organisation_tree
from organisation.rules.tree import OrganisationHistory
from scorecard.models import Indicator, Measurement, PeriodValue
from scorecard.rules import rollup
from scorecard.rules.aggregate import Aggregate, carries_on, contribution, effective, is_empty, roll_up
from scorecard.rules.rollup import Method, Part, Sums
from scorecard.rules.statuses import Quality
from scorecard.rules.stored import stored

COUNTS = ("covered", "excluded", "preliminary", "estimates", "sum_count")
FIELDS = ("value", "numerator", "denominator", "quality", "own_quality", "sum_numerator", "sum_denominator", "restated", *COUNTS)
Place = tuple[int, Period]


def part_of_measurement(row: Measurement) -> Part:
    """The measured figure as the rules read it."""
    return Part(row.numerator, row.denominator, row.value, quality=Quality(row.quality))


class Ledger:
    """The kept rows of one indicator that one change touches: loaded in one statement, changed in memory, stored in at most three."""

    def __init__(self, indicator: Indicator, history: OrganisationHistory) -> None:
        self.indicator = indicator
        self.method = Method(indicator.rollup)
        self.factor = indicator.factor
        self.history = history
        self.rows: dict[Place, PeriodValue] = {}
        self.kept: dict[Place, Aggregate] = {}
        self.changed: set[Place] = set()

    def load(self, places: Iterable[Place]) -> None:
        """Loads these places and everything that adds them up."""
        wanted = set(places)
        for unit_id, period in list(wanted):
            wanted.update((above, period) for above in self._upward(unit_id, period))
        units, starts = {unit_id for unit_id, _ in wanted}, {period.start for _, period in wanted}
        for row in PeriodValue.objects.filter(indicator=self.indicator, unit_id__in=units, period_start__in=starts):
            self.rows[row.unit_id, row.period] = row
        for place, row in self.rows.items():
            self.kept[place] = aggregate_of(row)

    def _upward(self, unit_id: int, period: Period) -> list[int]:
        """Everything that the unit is part of, also what ancestors were merged into later."""
        queue = [unit_id]
        for current in queue:
            above, successors = self._next(current, period)
            queue.extend(next_id for next_id in (*above, *successors) if next_id not in queue)
        return queue[1:]

    def _next(self, unit_id: int, period: Period) -> tuple[tuple[int, ...], list[int]]:
        """What adds the unit up: the unit right above it in the period, and the units that carry on from it."""
        return self.history.on(period.last_day).path(unit_id)[1:2], carries_on(self.history, unit_id, period)

    def set_own(self, unit_id: int, period: Period, own: Part | None) -> None:
        """The unit's own figure is now this one (None: it has none)."""
        before = self.kept.get((unit_id, period))
        self._put(unit_id, period, replace(before or Aggregate(None), own=own), before)

    def _put(self, unit_id: int, period: Period, after: Aggregate, before: Aggregate | None) -> None:
        self.kept[unit_id, period] = after
        self.changed.add((unit_id, period))
        old, old_excluded = contribution(self.method, before, self.factor)
        new, new_excluded = contribution(self.method, after, self.factor)
        if (old, old_excluded) == (new, new_excluded):
            return
        difference, excluded = rollup.subtract(self.method, new, old), new_excluded - old_excluded
        above, successors = self._next(unit_id, period)
        for next_id in (*above, *successors):
            known = self.kept.get((next_id, period))
            moved = known or Aggregate(None, restated=next_id not in above)
            moved = replace(moved, sums=rollup.add(self.method, moved.sums, difference), excluded=moved.excluded + excluded)
            self._put(next_id, period, moved, known)

    def store(self) -> set[Place]:
        """Writes what changed; the places whose figure is another now."""
        new, old, gone = [], [], []
        for place in self.changed:
            aggregate, row = self.kept[place], self.rows.get(place)
            if is_empty(aggregate):
                if row is not None:
                    gone.append(row.pk)
                continue
            if row is None:
                row = _new_row(self.indicator, place)
                new.append(row)
            else:
                old.append(row)
            fill(row, aggregate, self.method, self.factor)
        if gone:
            PeriodValue.objects.filter(pk__in=gone).delete()
        PeriodValue.objects.bulk_create(new, batch_size=1000)
        if old:
            PeriodValue.objects.bulk_update(old, FIELDS, batch_size=200)
        return self.changed


def aggregate_of(row: PeriodValue) -> Aggregate:
    """The row as the rules read it; an own figure always is what counts, so it stands in the row itself."""
    own: Part | None = None
    if row.own_quality:
        quality = Quality(row.own_quality)
        own = (
            Part(row.numerator, row.denominator, row.value, quality=quality)
            if quality.has_figure
            else Part(None, None, None, quality=quality)
        )
    sums = Sums(
        numerator=Decimal(row.sum_numerator),
        denominator=Decimal(row.sum_denominator),
        weight_count=row.sum_count,
        units=row.covered,
        preliminary=row.preliminary,
        estimates=row.estimates,
    )
    return Aggregate(own, sums, row.excluded, row.restated)


def fill(row: PeriodValue, aggregate: Aggregate, method: Method, factor: Decimal) -> None:
    """Puts an aggregate into a row."""
    part = effective(method, aggregate, factor)
    row.value, row.numerator, row.denominator = stored(part.value), stored(part.numerator), stored(part.denominator)
    row.quality = part.quality.value
    row.own_quality = aggregate.own.quality.value if aggregate.own else ""
    sums = aggregate.sums
    row.sum_numerator, row.sum_denominator = _plain(sums.numerator), _plain(sums.denominator)
    row.sum_count, row.covered, row.excluded = sums.weight_count, sums.units, aggregate.excluded
    row.preliminary, row.estimates, row.restated = sums.preliminary, sums.estimates, aggregate.restated


def _plain(value: Decimal) -> str:
    """Without trailing zeros, so that the same sum is the same text whichever way it came about."""
    return format(value.normalize(), "f") if value else "0"


def change_own(indicator: Indicator, figures: Mapping[Place, Part | None]) -> set[Place]:
    """The own figures of one indicator are now these. Two to five SQL statements, however much history and however many siblings.

    Returns every place whose figure may be another now: the units themselves, their ancestors, and units that carry on from them.
    """
    ledger = Ledger(indicator, organisation_tree.history())
    ledger.load(figures)
    for (unit_id, period), part in figures.items():
        ledger.set_own(unit_id, period, part)
    return ledger.store()


def set_calculated(indicator: Indicator, figures: Mapping[Place, Part | None]) -> set[Place]:
    """What a formula came to, at every unit for itself; never rolled up. None: nothing, and no row is kept. The places that changed."""
    kept = {
        (row.unit_id, row.period): row
        for row in PeriodValue.objects.filter(
            indicator=indicator,
            unit_id__in={unit_id for unit_id, _ in figures},
            period_start__in={period.start for _, period in figures},
        )
    }
    new: list[PeriodValue] = []
    old: list[PeriodValue] = []
    gone = [kept[place] for place, part in figures.items() if part is None and place in kept]
    for place, part in figures.items():
        if part is not None:
            row = kept.get(place) or _new_row(indicator, place)
            fill(row, Aggregate(part), Method.NONE, Decimal(1))
            (old if place in kept else new).append(row)
    if gone:
        PeriodValue.objects.filter(pk__in=[row.pk for row in gone]).delete()
    PeriodValue.objects.bulk_create(new, batch_size=1000)
    if old:
        PeriodValue.objects.bulk_update(old, FIELDS, batch_size=200)
    return {(row.unit_id, row.period) for row in (*new, *old, *gone)}


def _new_row(indicator: Indicator, place: Place) -> PeriodValue:
    return PeriodValue(indicator=indicator, unit_id=place[0], period_start=place[1].start, period_kind=place[1].kind.value)


def build(indicator: Indicator, measured: Mapping[Period, Mapping[int, Part]]) -> list[PeriodValue]:
    """All kept rows of one indicator, built from its measurements in place of those there were."""
    rows = computed(indicator, measured, organisation_tree.history())
    PeriodValue.objects.filter(indicator=indicator).delete()
    PeriodValue.objects.bulk_create(rows, batch_size=2000)
    return rows


def computed(indicator: Indicator, measured: Mapping[Period, Mapping[int, Part]], history: OrganisationHistory) -> list[PeriodValue]:
    """The rows as they should be, not stored."""
    method, rows = Method(indicator.rollup), []
    for period, own in measured.items():
        for unit_id, aggregate in roll_up(method, indicator.factor, own, period=period, history=history).items():
            row = _new_row(indicator, (unit_id, period))
            fill(row, aggregate, method, indicator.factor)
            rows.append(row)
    return rows
