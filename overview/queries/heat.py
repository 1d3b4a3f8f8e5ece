"""Units against focus areas: the figures behind the director's overview. A fixed number of SQL statements, whatever the history."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F

from organisation.rules.tree import Node
from scorecard.models import AcceptedDeviation, Cell, Indicator, PlacedIndicator, Scorecard
from scorecard.queries.masking import shielded_ids
from scorecard.rules.acceptance import Acceptance, apply
from scorecard.rules.scores import Index, Scored, area_status, index_of
from scorecard.rules.statuses import Direction, Limits, Quality, Status

STATUSES = {status.value: status for status in Status}
SEVERITY = {Status.NOT_REACHED: 0, Status.NEARLY: 1, Status.ACCEPTED: 2, Status.REACHED: 3, Status.NO_VALUE: 4, Status.NO_TARGET: 5}


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


@dataclass(frozen=True, slots=True)
class AreaOfUnit:
    """How one unit stands in one focus area. `deciding` is the cell that gave the status, with its indicator."""

    index: Index
    status: Status
    deciding: tuple[Placed, CellFacts] | None
    worst_change: Decimal | None
    masked: bool


@dataclass(frozen=True, slots=True)
class RowOfUnit:
    """One unit across all focus areas, by area id."""

    unit: Node
    areas: Mapping[int, AreaOfUnit]
    missed: int
    measured: int
    worst_change: Decimal | None


def placed_on(card: Scorecard) -> list[Placed]:
    """Every placed indicator in reading order. One SQL statement (and those that formulas need)."""
    rows = (
        PlacedIndicator.objects.filter(factor__area__scorecard=card)
        .select_related("indicator")
        .annotate(area_id=F("factor__area"), area_name=F("factor__area__name"))
        .order_by("factor__area__order", "factor__area", "factor__order", "factor", "order", "pk")
    )
    placements = list(rows)
    shielded = shielded_ids([placement.indicator for placement in placements])
    return [Placed(row.area_id, row.area_name, row.indicator, row.weight, row.critical, row.indicator_id in shielded) for row in placements]


def cells_of(unit_ids: Collection[int], indicator_ids: Collection[int], day: date) -> dict[int, dict[int, CellFacts]]:
    """Kept cells by unit and indicator, with accepted deviations of the day applied. Two SQL statements, three where there are any."""
    accepted = _acceptances(unit_ids, indicator_ids, day)
    found: dict[int, dict[int, CellFacts]] = defaultdict(dict)
    values: dict[tuple[int, int], Decimal | None] = {}
    rows = Cell.objects.filter(unit_id__in=unit_ids, indicator_id__in=indicator_ids).order_by()
    if accepted:
        values = {(row.unit_id, row.indicator_id): row.value for row in rows.filter(indicator_id__in={key[1] for key in accepted})}
    for unit_id, indicator_id, cell_id, quality, word, *facts in rows.values_list(
        *("unit_id", "indicator_id", "pk", "quality", "status", "score", "score_change", "effect", "period_start")
    ):
        status = STATUSES[word]
        acceptance = accepted.get((unit_id, indicator_id)) if accepted else None
        if acceptance is not None:
            status = apply(status, acceptance, today=day, value=values[unit_id, indicator_id])
        found[unit_id][indicator_id] = CellFacts(cell_id, quality, status, *facts)
    return found


def deciding_cells(rows: Sequence["RowOfUnit"]) -> dict[int, Cell]:
    """The figures of the cells that decided, by key. One SQL statement, of as many rows as the page shows."""
    wanted = [area.deciding[1].cell_id for row in rows for area in row.areas.values() if area.deciding]
    return Cell.objects.defer("trend").in_bulk(wanted)


def limits_of(cell: Cell, direction: str) -> Limits:
    """What the figure was judged against."""
    return Limits(Direction(direction), cell.target, cell.yellow_limit, cell.low, cell.high, cell.tolerance)


def _acceptances(unit_ids: Collection[int], indicator_ids: Collection[int], day: date) -> dict[tuple[int, int], Acceptance]:
    rows = AcceptedDeviation.objects.filter(
        unit_id__in=unit_ids, indicator_id__in=indicator_ids, valid_from__lte=day, valid_to__gte=day
    ).select_related("indicator")
    found = {}
    for row in rows:
        interim = None if row.interim_target is None else Limits(Direction(row.indicator.direction), row.interim_target)
        found[row.unit_id, row.indicator_id] = Acceptance(row.valid_from, row.valid_to, interim)
    return found


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
    if not any(item.weight for item in scored):
        # Without any weight all indicators count alike.
        scored = [Scored(item.status, item.score, Decimal(1), item.critical, item.relevant) for item in scored]
    index = index_of(scored, min_coverage=min_coverage)
    deciding = min(known, key=_urgency, default=None)
    return AreaOfUnit(index, area_status(index), deciding, min(changes, default=None), masked)


def _urgency(pair: tuple[Placed, CellFacts]) -> tuple[int, Decimal, Decimal]:
    """The worst status first, then the lowest score, then the heaviest weight."""
    place, cell = pair
    return SEVERITY[cell.status], cell.score if cell.score is not None else Decimal(101), -place.weight
