"""«Bydelen nå» as a page shows it: tiles per focus area, and units against focus areas, sorted and filtered."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common import formats
from common.marks import STATUSES
from common.memory import Memory
from common.numbers import round_half_up
from common.periods import Period, PeriodKind
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from overview.queries.heat import AreaOfUnit, Placed, RowOfUnit, cells_of, deciding_cells, places_of, rows_of
from scorecard.models import Cell, Scorecard
from scorecard.queries.figures import figure_text
from scorecard.queries.stamps import stamps_of
from scorecard.queries.standings import judged_value
from scorecard.queries.structure import scorecard_for
from scorecard.queries.targets import limits_of_cell
from scorecard.rules.scores import WORST_FIRST
from scorecard.rules.statuses import Status

HUNDRED = Decimal(100)
SORTS = ("enhet", "endring", "rode")
ONLY = ("alle", "ikke-nadd", "verre", "uten-tall")
COUNTED = (Status.REACHED, Status.NEARLY, Status.NOT_REACHED, Status.ACCEPTED, Status.NO_VALUE, Status.NO_TARGET)


@dataclass(frozen=True)
class Tile:
    """One focus area of the whole unit, for components/area.html."""

    label: str
    url: str
    value: str
    goal: str
    counts: list[tuple[str, int]]
    note: str


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


@dataclass(frozen=True)
class Heading:
    """A column one can sort by."""

    key: str
    label: str
    small: str
    url: str
    current: bool


@dataclass(frozen=True)
class NowPage:
    """Everything on the page, as text."""

    unit: Node
    card: Scorecard | None
    tiles: list[Tile]
    headings: list[Heading]
    rows: list[HeatRow]
    total: int
    sentence: str
    latest: str
    counts: dict[str, int]


@dataclass(frozen=True)
class Line:
    """One unit: what it is sorted and filtered by, and its finished line. `latest`: the start of its newest figure's period."""

    facts: RowOfUnit
    shown: HeatRow
    latest: date | None


_remembered: Memory[Line] = Memory(5000)


def units_shown(access: Access, unit: Node) -> list[Node]:
    """The unit's own children that the reader may overview."""
    reached = access.unit_ids(Permission.SEE_OVERVIEW)
    return [child for child in access.tree.children(unit.id) if child.id in reached]


def now_page(*, access: Access, unit: Node, day: date, sort: str, only: str, base_url: str) -> NowPage:
    """The overview of a unit and the units right below it.

    At most six SQL statements (card, places, stamps, cells, accepted deviations, figures that decide); only the lines of units with
    something new are made again.
    """
    card = scorecard_for(unit.id, day.year) or scorecard_for(unit.id, day.year - 1)
    if card is None:
        return NowPage(unit, None, [], [], [], 0, "", "", {})
    placed = places_of(card)
    whole, *lines = _lines([unit, *units_shown(access, unit)], card, placed, access, day, top=unit.id)
    areas = _leading(placed)
    area_ids = list(dict.fromkeys(place.area_id for place in placed))
    kept = {name: [line for line in lines if _wanted(name)(line.facts)] for name in ONLY}
    order = _order(sort, area_ids)
    rows = [line.facts for line in lines]
    latest = max((line.latest for line in (whole, *lines) if line.latest), default=None)
    return NowPage(
        unit=unit,
        card=card,
        tiles=[_tile(areas[area_id], whole.facts.areas[area_id], rows, unit, card.year) for area_id in area_ids],
        headings=_headings(areas, area_ids, sort, only, base_url, unit.code),
        rows=[line.shown for line in sorted(kept[only], key=lambda line: order(line.facts))],
        total=len(rows),
        sentence=_sentence(rows),
        latest=formats.period_label(Period.containing(latest, PeriodKind.MONTH)) if latest else "",
        counts={name: len(kept[name]) for name in ONLY},
    )


def _lines(units: Sequence[Node], card: Scorecard, placed: Sequence[Placed], access: Access, day: date, *, top: int) -> list[Line]:
    """Finished lines of these units: remembered where nothing about the unit is new, else made."""
    stamps = stamps_of([unit.id for unit in units])
    may_see = {*access.unit_ids(Permission.SEE_RESTRICTED), top}
    form = (card.pk, card.version, tuple((place.area_id, place.indicator.pk, place.indicator.version, place.weight) for place in placed))
    keys = {unit.id: (unit, stamps.get(unit.id), form, day, unit.id in may_see, get_language()) for unit in units}
    found = {unit.id: _remembered.get(keys[unit.id]) for unit in units}
    missing = [unit for unit in units if found[unit.id] is None]
    if missing:
        for line in _made(missing, card, placed, may_see, day):
            found[line.facts.unit.id] = line
            _remembered.put(keys[line.facts.unit.id], line)
    return [line for line in found.values() if line is not None]


def _made(units: Sequence[Node], card: Scorecard, placed: Sequence[Placed], may_see: Collection[int], day: date) -> list[Line]:
    cells = cells_of([unit.id for unit in units], {place.indicator.pk: place.indicator for place in placed}, day)
    rows = rows_of(units, placed, cells, may_see=may_see, min_coverage=card.min_coverage)
    figures = deciding_cells(rows)
    areas = _leading(placed)
    area_ids = list(dict.fromkeys(place.area_id for place in placed))
    return [
        Line(
            facts=row,
            shown=_heat_row(row, area_ids, areas, card.year, figures),
            latest=max((cell.period_start for cell in cells.get(row.unit.id, {}).values()), default=None),
        )
        for row in rows
    ]


def _leading(placed: Sequence[Placed]) -> dict[int, Placed]:
    """The heaviest indicator of every area, the first of equals: named in the heading, so that only others are named in cells."""
    found: dict[int, Placed] = {}
    for place in placed:
        if place.area_id not in found or place.weight > found[place.area_id].weight:
            found[place.area_id] = place
    return found


def _wanted(only: str) -> Callable[[RowOfUnit], bool]:
    return {
        "alle": lambda row: True,
        "ikke-nadd": lambda row: row.missed > 0,
        "verre": lambda row: row.worst_change is not None and row.worst_change < 0,
        "uten-tall": lambda row: row.measured == 0,
    }[only]


def _order(sort: str, area_ids: Sequence[int]) -> Callable[[RowOfUnit], tuple[object, ...]]:
    """Unit code by default; the worst first in every other order, those without a figure last."""
    if sort == "endring":
        return lambda row: (row.worst_change is None, row.worst_change or 0, row.unit.code)
    if sort == "rode":
        return lambda row: (-row.missed, row.unit.code)
    if sort.isdigit() and int(sort) in area_ids:
        area_id = int(sort)
        return lambda row: (WORST_FIRST.index(row.areas[area_id].status), row.areas[area_id].index.value or Decimal(101), row.unit.code)
    return lambda row: (row.unit.code,)


def _headings(areas: dict[int, Placed], area_ids: Sequence[int], sort: str, only: str, base_url: str, unit_code: str) -> list[Heading]:
    def heading(key: str, label: str, small: str = "") -> Heading:
        query = urlencode({"sorter": key, "vis": only, "enhet": unit_code})
        return Heading(key, label, small, f"{base_url}?{query}", sort == key)

    return [
        heading("enhet", _("Enhet")),
        *(heading(str(area_id), areas[area_id].area_name, areas[area_id].indicator.name) for area_id in area_ids),
        heading("rode", _("Ikke nådd"), _("antall mål")),
        heading("endring", _("Største endring til det verre"), _("poeng av 100")),
    ]


def _tile(place: Placed, area: AreaOfUnit, rows: Sequence[RowOfUnit], unit: Node, year: int) -> Tile:
    missed = sum(1 for row in rows if row.areas[place.area_id].status is Status.NOT_REACHED)
    note = _("Ikke nådd i %(missed)s av %(all)s enheter") % {"missed": missed, "all": len(rows)} if rows else ""
    based = _("Basert på %(covered)s av %(total)s indikatorer") % {"covered": area.index.covered_count, "total": area.index.total_count}
    return Tile(
        label=place.area_name,
        url=f"{reverse('scorecard:card', args=[unit.code, year])}#omrade-{place.area_id}",
        value=_index_text(area.index.value),
        goal=based if area.index.enough else _("For få målinger til å vise poeng"),
        counts=[(status.value, area.index.counts[status]) for status in COUNTED if area.index.counts.get(status)],
        note=note,
    )


def _index_text(value: Decimal | None) -> str:
    """A whole number, with a decimal where rounding would claim that all is reached."""
    return "" if value is None else formats.number(value, formats.distance_places(value, HUNDRED, 0))


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
    shown = figure_text(decided.indicator, judged_value(figure), limits, cell.quality)
    effect = cell.effect if cell.effect in ("better", "worse") else ""
    word = str(STATUSES[cell.status.value].word)
    return HeatCell(cell.status.value, word, shown, decided.indicator.name, decided is not place, place.area_name, url, effect)


def _sentence(rows: Sequence[RowOfUnit]) -> str:
    missed = sum(1 for row in rows if row.missed)
    worse = sum(1 for row in rows if row.worst_change is not None and row.worst_change < 0)
    if not missed:
        return _("Alle målte mål er nådd eller nesten nådd.")
    first = ngettext("%(n)s enhet har minst ett mål som ikke er nådd.", "%(n)s enheter har minst ett mål som ikke er nådd.", missed)
    second = ngettext("%(n)s enhet har gått ned siden forrige måling.", "%(n)s enheter har gått ned siden forrige måling.", worse)
    text = first % {"n": formats.count_word(missed).capitalize()}
    return f"{text} {second % {'n': formats.count_word(worse).capitalize()}}" if worse else text
