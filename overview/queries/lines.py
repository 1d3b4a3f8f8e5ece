"""Each unit's line on «Bydelen nå»: made once, remembered until something about the unit is new."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language

from common import formats
from common.marks import STATUSES
from common.memory import Memory
from common.numbers import round_half_up
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from overview.queries.heat import CHANGED, AreaOfUnit, CellFacts, Placed, RowOfUnit, cells_of, deciding_cells, places_of, rows_of
from scorecard.models import Cell, Scorecard
from scorecard.queries.card_stamp import CardStamp, card_stamp
from scorecard.queries.figures import figure_text
from scorecard.queries.stamps import stamps_of
from scorecard.queries.standings import judged_value
from scorecard.queries.structure import scorecard_for
from scorecard.queries.targets import limits_of_cell
from scorecard.rules.statuses import Status, status_of

COLOURS = (Status.REACHED, Status.NEARLY, Status.NOT_REACHED)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One unit in one focus area, with the indicator that decided; `named` where that is another than the heading's."""

    status: str
    word: str
    shown: str
    name: str
    named: bool
    title: str
    url: str
    effect: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    name: str
    code: str
    url: str
    cells: tuple[HeatCell, ...]
    missed: int
    change: str


@dataclass(frozen=True, eq=False)
class Line:
    """One unit: what it is sorted and filtered by, and its finished line. `latest`: the start of its newest figure's period.

    Made once for the same facts, so that what is told of it can be remembered by the line itself.

    `turned`: a figure that is shown has another colour than the one before it would have today.
    """

    facts: RowOfUnit
    shown: HeatRow
    latest: date | None
    turned: bool


_remembered: Memory[Line] = Memory(5000)


@dataclass(frozen=True)
class Lines:
    """A unit and those right below it, on the card that applies to it. `leading`: the indicator that names each area's column."""

    unit: Node
    card: Scorecard
    leading: dict[int, Placed]
    whole: Line
    below: list[Line]

    @property
    def area_ids(self) -> list[int]:
        return list(self.leading)


@dataclass(frozen=True)
class _Card:
    """A card, what its parts rest on, and its places in reading order."""

    row: Scorecard
    stamp: CardStamp
    placed: Sequence[Placed]


def units_shown(access: Access, unit: Node) -> list[Node]:
    """The unit's own children that the reader may overview."""
    reached = access.unit_ids(Permission.SEE_OVERVIEW)
    return [child for child in access.tree.children(unit.id) if child.id in reached]


def lines_of(*, access: Access, unit: Node, day: date, hidden: Collection[int] = ()) -> Lines | None:
    """None where no card applies. At most six SQL statements (card, its stamp, places, stamps, cells, figures that decide), two more
    where deviations are accepted; only the lines of units with something new are made again.

    `hidden`: units whose restricted figures are not shown, although the reader may know them.
    """
    card = scorecard_for(unit.id, day.year) or scorecard_for(unit.id, day.year - 1)
    if card is None:
        return None
    units = [unit, *units_shown(access, unit)]
    stamp = card_stamp(card, [each.id for each in units], day)
    placed = places_of(card, stamp)
    may_see = {*access.unit_ids(Permission.SEE_RESTRICTED), unit.id} - set(hidden)
    whole, *below = _lines(units, _Card(card, stamp, placed), may_see, day)
    return Lines(unit, card, _leading(placed), whole, below)


def _lines(units: Sequence[Node], card: _Card, may_see: Collection[int], day: date) -> list[Line]:
    """Finished lines of these units: remembered where nothing about the unit is new, else made."""
    stamps = stamps_of([unit.id for unit in units])
    language = get_language()
    keys = {unit.id: (unit, stamps.get(unit.id), card.stamp.structure, day, unit.id in may_see, language) for unit in units}
    found = {unit.id: _remembered.get(keys[unit.id]) for unit in units}
    missing = [unit for unit in units if found[unit.id] is None]
    if missing:
        for line in _made(missing, card, may_see, day):
            found[line.facts.unit.id] = line
            _remembered.put(keys[line.facts.unit.id], line)
    return [line for line in found.values() if line is not None]


def _made(units: Sequence[Node], card: _Card, may_see: Collection[int], day: date) -> list[Line]:
    placed, indicators = card.placed, {place.indicator.pk: place.indicator for place in card.placed}
    cells = cells_of([unit.id for unit in units], indicators, day, any_accepted=bool(card.stamp.accepted))
    rows = rows_of(units, placed, cells, may_see=may_see, min_coverage=card.row.min_coverage)
    figures = deciding_cells(rows)
    areas = _leading(placed)
    area_ids = list(dict.fromkeys(place.area_id for place in placed))
    return [
        Line(
            facts=row,
            shown=_heat_row(row, area_ids, areas, card.row.year, figures),
            latest=max((cell.period_start for cell in cells.get(row.unit.id, {}).values()), default=None),
            turned=any(_turned(*area.deciding, figures) for area in row.areas.values() if area.deciding),
        )
        for row in rows
    ]


def _turned(place: Placed, cell: CellFacts, figures: Mapping[int, Cell]) -> bool:
    figure = figures[cell.cell_id]
    if figure.previous is None or cell.status not in COLOURS:
        return False
    return status_of(figure.previous, cell.limits or limits_of_cell(figure, place.indicator.direction)) is not cell.status


def _leading(placed: Sequence[Placed]) -> dict[int, Placed]:
    """The heaviest indicator of every area, the first of equals: named in the heading, so that only others are named in cells."""
    found: dict[int, Placed] = {}
    for place in placed:
        if place.area_id not in found or place.weight > found[place.area_id].weight:
            found[place.area_id] = place
    return found


def _heat_row(row: RowOfUnit, area_ids: Sequence[int], areas: dict[int, Placed], year: int, figures: Mapping[int, Cell]) -> HeatRow:
    url = reverse("scorecard:card", args=[row.unit.code, year])
    return HeatRow(
        name=row.unit.name,
        code=row.unit.code,
        url=url,
        cells=tuple(_heat_cell(row.areas[area_id], areas[area_id], f"{url}#omrade-{area_id}", figures) for area_id in area_ids),
        missed=row.missed,
        change=formats.number(round_half_up(row.worst_change, 0), signed=True) if row.worst_change is not None else "",
    )


def _heat_cell(area: AreaOfUnit, place: Placed, url: str, figures: Mapping[int, Cell]) -> HeatCell:
    if area.deciding is None:
        code = "masked" if area.masked else "no_value"
        return HeatCell(code, str(STATUSES[code].word), formats.MISSING, "", False, place.area_name, url, "")
    decided, cell = area.deciding
    figure = figures[cell.cell_id]
    limits = cell.limits or limits_of_cell(figure, decided.indicator.direction)
    value = judged_value(figure)
    shown = figure_text(decided.indicator, value, limits, cell.quality)
    # Without a figure there is nothing that could have changed.
    effect = cell.effect if cell.effect in CHANGED and value is not None else ""
    word = str(STATUSES[cell.status.value].word)
    return HeatCell(cell.status.value, word, shown, decided.indicator.name, decided is not place, place.area_name, url, effect)
