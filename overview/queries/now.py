"""«Bydelen nå» as a page shows it: tiles per focus area, and units against focus areas, sorted and filtered."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.periods import Period, PeriodKind
from organisation.rules.tree import Node
from overview.queries.heat import AreaOfUnit, Placed, RowOfUnit
from overview.queries.lines import HeatRow, Line, Lines
from scorecard.models import Scorecard
from scorecard.rules.scores import WORST_FIRST
from scorecard.rules.statuses import Status

HUNDRED = Decimal(100)
SORTS = ("enhet", "endring", "rode")
ONLY = ("alle", "ikke-nadd", "uten-tiltak", "endret", "verre", "uten-tall")
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


def now_page(*, unit: Node, lines: Lines | None, answered: Collection[tuple[int, int]], sort: str, only: str, base_url: str) -> NowPage:
    """The overview of a unit and the units right below it. No SQL. `answered`: (unit, indicator) that somebody has an open action for."""
    if lines is None:
        return NowPage(unit, None, [], [], [], 0, "", "", {})
    areas, area_ids, year = lines.leading, lines.area_ids, lines.card.year
    kept = {name: [line for line in lines.below if _wanted(name, answered)(line)] for name in ONLY}
    order = _order(sort, area_ids)
    rows = [line.facts for line in lines.below]
    return NowPage(
        unit=unit,
        card=lines.card,
        tiles=[_tile(areas[area_id], lines.whole.facts.areas[area_id], rows, unit, year) for area_id in area_ids],
        headings=_headings(areas, area_ids, sort, only, base_url, unit.code),
        rows=[line.shown for line in sorted(kept[only], key=lambda line: order(line.facts))],
        total=len(rows),
        sentence=_sentence(rows),
        latest=latest_month(lines),
        counts={name: len(kept[name]) for name in ONLY},
    )


def latest_month(lines: Lines | None) -> str:
    """«september 2026»: the month of the newest figure; empty without figures. No SQL."""
    found = [line.latest for line in (lines.whole, *lines.below) if line.latest] if lines else []
    return formats.period_label(Period.containing(max(found), PeriodKind.MONTH)) if found else ""


def _wanted(only: str, answered: Collection[tuple[int, int]]) -> Callable[[Line], bool]:
    """`endret`: a figure that is shown has got another colour since the one before."""
    return {
        "alle": lambda _line: True,
        "ikke-nadd": lambda line: line.facts.missed > 0,
        "uten-tiltak": lambda line: any((line.facts.unit.id, place.indicator.pk) not in answered for place, _cell in line.facts.red),
        "endret": lambda line: line.turned,
        "verre": lambda line: line.facts.worst_change is not None and line.facts.worst_change < 0,
        "uten-tall": lambda line: line.facts.measured == 0,
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


def _sentence(rows: Sequence[RowOfUnit]) -> str:
    missed = sum(1 for row in rows if row.missed)
    worse = sum(1 for row in rows if row.worst_change is not None and row.worst_change < 0)
    if not missed:
        return _("Alle målte mål er nådd eller nesten nådd.")
    first = ngettext("%(n)s enhet har minst ett mål som ikke er nådd.", "%(n)s enheter har minst ett mål som ikke er nådd.", missed)
    second = ngettext("%(n)s enhet har gått ned siden forrige måling.", "%(n)s enheter har gått ned siden forrige måling.", worse)
    text = first % {"n": formats.count_word(missed).capitalize()}
    return f"{text} {second % {'n': formats.count_word(worse).capitalize()}}" if worse else text
