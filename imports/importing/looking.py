"""Rows of a kept file as they stand: the ones a finding is about. Nothing is decided and nothing is stored.

Only columns the profile asks for are shown: what nobody asked for may be about persons, and is never kept either.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from common.periods import InvalidPeriod
from imports.importing.delimited import DelimitedRows, TextFile
from imports.importing.fixed_width import FixedRows, fixed_headings
from imports.importing.table import RowFile, Table, cell_text, open_table
from imports.importing.workbook import WorkbookRows
from imports.rules.context import Context
from imports.rules.findings import Findings
from imports.rules.ledger_periods import last_day, parse_ledger_period
from imports.rules.looking import Shown, ShownRow, Wanted
from imports.rules.persons import holds_national_number
from imports.rules.profile import FIGURES, Profile

TABLES = frozenset({"delimited", "workbook", "fixed_width"})
# So many rows are shown at a time, and so many are gone through to find them.
PAGE, MOST_LINES = 50, 200_000
LONGEST = 120
HIDDEN = "•••"
_DIGITS_OF_PERSON = 11

Finder = Callable[[int, Sequence[Any]], bool]


def look(
    *, path: Path, file_name: str, profile: Profile, found: Findings, period: tuple[int, int] | None, wanted: Wanted, first: int = 1
) -> Shown:
    """A page of rows from `first` on. `found` is what was found when the file was read. Raises UnreadableFile, Refused, OSError."""
    table = _table(path, file_name, profile, found)
    named = sorted(table.places.items(), key=lambda each: each[1])
    columns = tuple((name, table.headings.texts[place]) for name, place in named)
    is_wanted = _finder(table, wanted, period)
    rows: list[ShownRow] = []
    for number, row in table.rows():
        if number < first:
            continue
        if len(rows) == PAGE or number - first >= MOST_LINES:
            return Shown(columns, tuple(rows), number)
        if is_wanted(number, row):
            cells = tuple(_shown(name, row[place]) if place < len(row) else "" for name, place in named)
            rows.append(ShownRow(number, cells, wanted.numbers[number] if wanted.numbers else ""))
    return Shown(columns, tuple(rows))


def _table(path: Path, file_name: str, profile: Profile, found: Findings) -> Table:
    if found.format == "workbook":
        file: RowFile = WorkbookRows(path, profile.sheet)
    else:
        text = TextFile(path, found.encoding, path.stat().st_size)
        if found.format == "fixed_width":
            return Table(FixedRows(text, profile), profile, fixed_headings(profile), None)
        file = DelimitedRows(text, found.delimiter, profile.escape or None)
    again = Findings(kind=found.kind, profile=found.profile)
    return open_table(file, file_name=file_name, profile=profile, context=Context(), findings=again, progress=None)


def _finder(table: Table, wanted: Wanted, period: tuple[int, int] | None) -> Finder:
    """Whether a row is one of those; each code is looked up once per period."""
    numbers = wanted.numbers
    if numbers is not None:
        return lambda number, _row: number in numbers
    code_place, period_place = table.places.get(wanted.field), table.places.get("period")
    if code_place is None:
        return lambda _number, _row: False
    known: dict[tuple[object, object], bool] = {}

    def is_wanted(_number: int, row: Sequence[Any]) -> bool:
        width = len(row)
        # As they stand: the same cells say the same, and few rows are looked at closely.
        key = row[code_place] if code_place < width else "", row[period_place] if period_place is not None and period_place < width else ""
        if key not in known:
            code = table.padded(wanted.field, cell_text(key[0]))
            known[key] = wanted.is_about(code, _day(cell_text(key[1]), period))
        return known[key] and _is_row(table, wanted, row)

    return is_wanted


def _is_row(table: Table, wanted: Wanted, row: Sequence[Any]) -> bool:
    """Whether it is neither a sum nor lacks what a row must have."""
    names = (wanted.field, *wanted.also)
    places = {name: table.places[name] for name in names if name in table.places}
    cells = {name: cell_text(row[place]) if place < len(row) else "" for name, place in places.items()}
    return all(cells.get(name) for name in wanted.also) and not table.sum_text(row, cells)


def _day(text: str, period: tuple[int, int] | None) -> date | None:
    """The last day of the row's own period, else of the file's."""
    with suppress(InvalidPeriod):
        return last_day(*parse_ledger_period(text))
    return last_day(*period) if period else None


def _shown(name: str, cell: object) -> str:
    """The cell as text; a number of a person that stands in a text is nobody's to read."""
    text = cell_text(cell)
    if name not in FIGURES and len(text) >= _DIGITS_OF_PERSON and holds_national_number(text):
        return HIDDEN
    return text[:LONGEST]
