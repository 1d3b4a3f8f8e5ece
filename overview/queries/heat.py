"""Units against focus areas: the figures behind the director's overview. A fixed number of SQL statements, whatever the history."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.memory import Memory
from organisation.rules.tree import Node
from scorecard.models import Cell, Indicator, Scorecard
from scorecard.queries.agreements import acceptances_on
from scorecard.queries.card_stamp import CardStamp, kept_places
from scorecard.queries.masking import shielded_ids
from scorecard.queries.older import judged_today
from scorecard.rules.acceptance import apply
from scorecard.rules.scores import WORST_FIRST, Index, Scored, area_status, index_of, with_weights
from scorecard.rules.statuses import Limits, Quality, Status

STATUSES = {status.value: status for status in Status}
CHANGED = ("better", "worse")
FIGURE = ("value", "previous", "newest_quality", "target", "yellow_limit", "low", "high", "tolerance")


@dataclass(frozen=True, slots=True)
class Placed:
    """An indicator's place on the card, with what its figures need to be read."""

    area_id: int
    area_name: str
    indicator: Indicator
    weight: Decimal
    critical: bool
    # Its figures, or what its formula rests on, may betray persons.
    shielded: bool


_remembered: Memory[tuple[Placed, ...]] = Memory(200)


@dataclass(frozen=True, slots=True)
class CellFacts:
    """What a status is decided from; the figure itself is read for the few cells that decide (`deciding_cells`)."""

    cell_id: int
    quality: str
    status: Status
    score: Decimal | None
    score_change: Decimal | None
    effect: str
    period_start: date
    # For how many figures in a row the target has been missed.
    run: int
    # What an older figure is held against now; None: what stands in the cell.
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class AreaOfUnit:
    """How one unit stands in one focus area. `deciding` is the cell that gave the status, with its indicator."""

    index: Index
    status: Status
    deciding: tuple[Placed, CellFacts] | None
    worst_change: Decimal | None
    masked: bool
    # Every target that is not reached, as far as the reader may know.
    red: tuple[tuple[Placed, CellFacts], ...] = ()


@dataclass(frozen=True, slots=True)
class RowOfUnit:
    """One unit across all focus areas, by area id."""

    unit: Node
    areas: Mapping[int, AreaOfUnit]
    missed: int
    measured: int
    worst_change: Decimal | None

    @property
    def red(self) -> tuple[tuple[Placed, CellFacts], ...]:
        return tuple(pair for area in self.areas.values() for pair in area.red)


def places_of(card: Scorecard, stamp: CardStamp) -> tuple[Placed, ...]:
    """Every placed indicator in reading order; remembered, else one SQL statement (and those that formulas need)."""
    places = _remembered.get(stamp.structure)
    if places is None:
        placed = kept_places(card, stamp)
        shielded = shielded_ids([each.indicator for each in placed])
        places = tuple(
            Placed(area.pk, area.name, each.indicator, each.weight, each.critical, each.indicator_id in shielded)
            for each, area in ((each, each.factor.area) for each in placed)
        )
        _remembered.put(stamp.structure, places)
    return places


def cells_of(
    unit_ids: Collection[int], indicators: Mapping[int, Indicator], day: date, *, any_accepted: bool
) -> dict[int, dict[int, CellFacts]]:
    """Kept cells by unit and indicator, with accepted deviations of the day applied.

    One SQL statement, two more where there are accepted deviations, two more where figures are from before the day's year.
    """
    indicator_ids = list(indicators)
    accepted = acceptances_on(day, unit_ids=unit_ids, indicator_ids=indicator_ids) if any_accepted else {}
    found: dict[int, dict[int, CellFacts]] = defaultdict(dict)
    values: dict[tuple[int, int], Decimal | None] = {}
    rows = Cell.objects.filter(unit_id__in=unit_ids, indicator_id__in=indicator_ids).order_by()
    if accepted:
        values = {(row.unit_id, row.indicator_id): row.value for row in rows.filter(indicator_id__in={key[1] for key in accepted})}
    fields = ("unit_id", "indicator_id", "pk", "quality", "status", "score", "score_change", "effect", "period_start", "red_run")
    kept = list(rows.values_list(*fields))
    older = {row[2]: (row[0], row[1]) for row in kept if row[8].year < day.year and row[4] != Status.NO_VALUE}
    judged = judged_today(older, indicators, day)
    for unit_id, indicator_id, cell_id, quality, word, points, change, effect, start, run in kept:
        status, points, limits = judged.get(cell_id, (STATUSES[word], points, None))
        acceptance = accepted.get((unit_id, indicator_id)) if accepted else None
        if acceptance is not None:
            status = apply(status, acceptance, today=day, value=values[unit_id, indicator_id])
        found[unit_id][indicator_id] = CellFacts(cell_id, quality, status, points, change, effect, start, run, limits)
    return found


def deciding_cells(rows: Sequence["RowOfUnit"]) -> dict[int, Cell]:
    """The figures of the cells that decided, by key. One SQL statement, of as many rows as the page shows."""
    wanted = [area.deciding[1].cell_id for row in rows for area in row.areas.values() if area.deciding]
    return figures_of(wanted)


def figures_of(cell_ids: Collection[int]) -> dict[int, Cell]:
    """What is told of a figure, by the cell's key. One SQL statement."""
    return {cell.pk: cell for cell in Cell.objects.filter(pk__in=cell_ids).only(*FIGURE).order_by()}


def rows_of(
    units: Sequence[Node],
    placed: Sequence[Placed],
    cells: Mapping[int, Mapping[int, CellFacts]],
    *,
    may_see: Collection[int],
    min_coverage: Decimal,
) -> list[RowOfUnit]:
    """What every unit comes to in every area. `may_see`: the units whose restricted figures the reader may know."""
    by_area: dict[int, list[Placed]] = defaultdict(list)
    for place in placed:
        by_area[place.area_id].append(place)
    return [_row(unit, by_area, cells.get(unit.id, {}), sees_all=unit.id in may_see, min_coverage=min_coverage) for unit in units]


def _row(
    unit: Node, by_area: Mapping[int, list[Placed]], cells: Mapping[int, CellFacts], *, sees_all: bool, min_coverage: Decimal
) -> RowOfUnit:
    areas = {area_id: _area(places, cells, sees_all=sees_all, min_coverage=min_coverage) for area_id, places in by_area.items()}
    changes = [area.worst_change for area in areas.values() if area.worst_change is not None]
    missed = sum(area.index.counts.get(Status.NOT_REACHED, 0) for area in areas.values())
    measured = sum(area.index.covered_count for area in areas.values())
    return RowOfUnit(unit, areas, missed, measured, min(changes, default=None))


def _area(places: Sequence[Placed], cells: Mapping[int, CellFacts], *, sees_all: bool, min_coverage: Decimal) -> AreaOfUnit:
    scored, known, masked, changes = [], [], False, []
    for place in places:
        cell = cells.get(place.indicator.pk)
        if place.shielded and not sees_all:
            masked = masked or cell is not None
            cell = None
        if cell is None:
            scored.append(Scored(Status.NO_VALUE, None, place.weight, place.critical))
            continue
        scored.append(Scored(cell.status, cell.score, place.weight, place.critical, cell.quality != Quality.NOT_RELEVANT))
        known.append((place, cell))
        if cell.score_change is not None and cell.effect:
            changes.append(cell.score_change)
    index = index_of(with_weights(scored), min_coverage=min_coverage)
    deciding = min(known, key=_urgency, default=None)
    red = tuple((place, cell) for place, cell in known if cell.status is Status.NOT_REACHED)
    return AreaOfUnit(index, area_status(index), deciding, min(changes, default=None), masked, red)


def _urgency(pair: tuple[Placed, CellFacts]) -> tuple[int, Decimal, Decimal]:
    """The worst status first, then the lowest score, then the heaviest weight."""
    place, cell = pair
    return WORST_FIRST.index(cell.status), cell.score if cell.score is not None else Decimal(101), -place.weight
