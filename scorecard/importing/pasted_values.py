"""Pasted text to figures: every row read, known or not, and nothing stored."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from typing import TypeVar

from common.numbers import AmbiguousNumber, NotANumber, ParsedNumber, decide_decimal_point, parse_number
from common.periods import Period
from common.uploads import read_rows
from organisation.rules.tree import Node
from scorecard.models import Indicator
from scorecard.rules.pasted_columns import FIGURES, QUALITY_WORDS, Layout, UnreadableTable, is_sum, layout_of, period_in
from scorecard.rules.statuses import Quality
from scorecard.rules.typed_values import EMPTY

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5000
LONGEST_NOTE = 500
NEAREST = 3


@dataclass(frozen=True)
class Fault:
    """Why a cell cannot be read: a code, and what stood there."""

    code: str
    shown: str = ""


@dataclass
class PastedRow:
    """One figure of the pasted table. `line` is the row's number as a spreadsheet counts."""

    line: int
    unit_text: str
    indicator_text: str
    period_text: str
    unit: Node | None = None
    indicator: Indicator | None = None
    period: Period | None = None
    figures: dict[str, ParsedNumber] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    quality: Quality | None = None
    note: str = ""
    faults: list[Fault] = field(default_factory=list)

    def figure(self, name: str) -> ParsedNumber:
        return self.figures.get(name, EMPTY)


@dataclass(frozen=True)
class Pasted:
    """The table as read. `skipped` counts rows that carry no figure: sums, repeated headings, nothing written. `unknown_units` and
    `unknown_indicators` have the lines they stand in and the nearest names. `asks_point`: nobody can say what a point means."""

    rows: list[PastedRow]
    skipped: int
    unread: tuple[str, ...]
    unknown_units: dict[str, tuple[list[int], list[str]]]
    unknown_indicators: dict[str, tuple[list[int], list[str]]]
    asks_point: bool


class Known:
    """What a pasted name may stand for: only the units the person may enter figures in. Two things of the same name stand for nothing."""

    def __init__(self, units: Sequence[Node], indicators: Sequence[Indicator]) -> None:
        self.units, self.indicators = units, indicators
        self._units = [
            _single((unit.code.casefold(), unit) for unit in units),
            _single((unit.code.casefold().lstrip("0"), unit) for unit in units),
            _single((unit.name.casefold(), unit) for unit in units),
        ]
        self._indicators = [_single((each.code, each) for each in indicators), _single((each.name.casefold(), each) for each in indicators)]

    def unit(self, text: str) -> Node | None:
        """By code, also one that a spreadsheet has made a number of, else by the whole name."""
        wanted = text.strip().casefold()
        code = wanted.removesuffix(".0").removesuffix(",0")
        by_code, by_digits, by_name = self._units
        return by_code.get(code) or (by_digits.get(code.lstrip("0")) if code.strip("0") else None) or by_name.get(wanted)

    def indicator(self, text: str) -> Indicator | None:
        wanted = text.strip().casefold()
        by_code, by_name = self._indicators
        return by_code.get(wanted) or by_name.get(wanted)


Thing = TypeVar("Thing")


def _single(pairs: Iterable[tuple[str, Thing]]) -> dict[str, Thing]:
    grouped: dict[str, list[Thing]] = defaultdict(list)
    for name, thing in pairs:
        grouped[name].append(thing)
    return {name: things[0] for name, things in grouped.items() if len(things) == 1}


def read_values(text: str, known: Known, *, chosen: Indicator | None, decimal_point: bool | None) -> Pasted:
    """Reads all rows. `chosen` is the indicator of a table without that column; `decimal_point` settles «1.234» where nothing else does.

    Raises UnreadableTable, or UnreadableFile where the text is no table.
    """
    data = text.encode("utf-8", "replace")
    if len(data) > MOST_BYTES:
        raise UnreadableTable("too_large")
    # Read as a file is: what separates the cells is seen from the text, also where a note holds a tab or a semicolon.
    cells = read_rows(data, "")
    layout = layout_of(cells, chosen.kind if chosen else None)
    body = [(number, row) for number, row in enumerate(cells[layout.head + 1 :], layout.head + 2) if any(row)]
    kept = [(number, row) for number, row in body if not _is_no_figure(row, layout, cells[layout.head])]
    rows = list(chain.from_iterable(_rows(number, row, layout) for number, row in kept))
    if len(body) > MOST_ROWS or len(rows) > MOST_ROWS:
        raise UnreadableTable("too_many_rows")
    asks = _read_figures(rows, layout, decimal_point)
    for row in rows:
        _name(row, known, chosen)
    written = [row for row in rows if row.faults or row.quality or any(figure != EMPTY for figure in row.figures.values())]
    return Pasted(
        rows=written,
        skipped=len(body) - len(kept) + len(rows) - len(written),
        unread=layout.unread,
        unknown_units=_unknown(written, "unit", [name for unit in known.units for name in (unit.name, unit.code)]),
        unknown_indicators=_unknown(written, "indicator", [name for each in known.indicators for name in (each.name, each.code)]),
        asks_point=asks,
    )


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _unit_text(row: Sequence[str], layout: Layout) -> str:
    return _cell(row, layout.columns.get("unit_code")) or _cell(row, layout.columns.get("unit"))


def _is_no_figure(row: Sequence[str], layout: Layout, head: Sequence[str]) -> bool:
    """A sum, or the headings once more."""
    names = [_cell(row, layout.columns.get(name)) for name in ("unit_code", "unit")]
    return list(row) == list(head) or any(is_sum(name) for name in names if name)


def _rows(line: int, row: Sequence[str], layout: Layout) -> list[PastedRow]:
    unit = _unit_text(row, layout)
    if layout.is_cross:
        return [
            PastedRow(line, unit, "", period.code, period=period, texts={"value": _cell(row, at)}) for at, period in layout.periods.items()
        ]
    texts = {name: _cell(row, layout.columns[name]) for name in (*FIGURES, "quality", "note") if name in layout.columns}
    return [PastedRow(line, unit, _cell(row, layout.columns.get("indicator")), _cell(row, layout.columns["period"]), texts=texts)]


def _read_figures(rows: list[PastedRow], layout: Layout, decimal_point: bool | None) -> bool:
    """Reads every figure by what a point means in its own column; whether somebody must say it."""
    asks = False
    for name in ("value",) if layout.is_cross else FIGURES:
        meant = decide_decimal_point(row.texts.get(name, "") for row in rows)
        point = decimal_point if meant is None else meant
        for row in rows:
            asks |= _read_figure(row, name, point)
    for row in rows:
        _read_words(row)
    return asks


def _read_figure(row: PastedRow, name: str, decimal_point: bool | None) -> bool:
    text = row.texts.get(name, "")
    try:
        row.figures[name] = parse_number(text, decimal_point=decimal_point)
    except AmbiguousNumber:
        row.faults.append(Fault("ambiguous", text[:40]))
        return True
    except NotANumber:
        row.faults.append(Fault("no_number", text[:40]))
    return False


def _read_words(row: PastedRow) -> None:
    row.note = row.texts.get("note", "")
    if len(row.note) > LONGEST_NOTE:
        row.faults.append(Fault("note_too_long"))
    word = row.texts.get("quality", "")
    row.quality = QUALITY_WORDS.get(word.casefold())
    if word and row.quality is None:
        row.faults.append(Fault("no_quality", word[:40]))


def _name(row: PastedRow, known: Known, chosen: Indicator | None) -> None:
    """Finds what the row's names stand for."""
    row.unit = known.unit(row.unit_text)
    row.indicator = known.indicator(row.indicator_text) if row.indicator_text else chosen
    if row.period is None:
        row.period = period_in(row.period_text, row.indicator.kind if row.indicator else None)
    if row.unit is None:
        row.faults.append(Fault("unknown_unit", row.unit_text[:60]))
    if row.indicator is None:
        row.faults.append(Fault("unknown_indicator", row.indicator_text[:60]))
    if row.period is None:
        row.faults.append(Fault("no_period", row.period_text[:40]))


def _unknown(rows: list[PastedRow], what: str, names: list[str]) -> dict[str, tuple[list[int], list[str]]]:
    found: dict[str, tuple[list[int], list[str]]] = {}
    by_small = {name.casefold(): name for name in names}
    for row in rows:
        text = row.unit_text if what == "unit" else row.indicator_text
        if getattr(row, what) is not None:
            continue
        if text not in found:
            near = get_close_matches(text[:60].casefold(), by_small, n=NEAREST) if len(found) < NEAREST * 10 else []
            found[text] = ([], [by_small[name] for name in near])
        found[text][0].append(row.line)
    return found
