"""A file of rows with its heading found: where each field stands, which rows are sums, and what period the file is of."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any, Protocol

from common.numbers import decide_decimal_point
from imports.rules.context import Context, Refused
from imports.rules.findings import Findings
from imports.rules.headings import LOOK_AT, Headings, find_headings
from imports.rules.ledger_periods import find_in_name, find_in_title
from imports.rules.persons import holds_national_number, person_columns
from imports.rules.profile import Profile, plain

_SAMPLE = 2000
_DIGITS_OF_PERSON, _SMALL = 11, 1e9
_ONES = str.maketrans("023456789", "111111111")
_FIRST = tuple("123456789")
_LETTERS = re.compile("[^0-9 \\xa0.,-]")
_ENOUGH = 3

Progress = Callable[[int, int], None]


class RowFile(Protocol):
    """A file that can be gone through more than once."""

    def blocks(self, progress: Progress | None = None, /) -> Iterator[Sequence[Sequence[Any]]]:
        """Every row as cells, some thousands at a time."""


def cell_text(cell: object) -> str:
    """A cell as text: 402.0 is «402», a date is ISO."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(Decimal(f"{cell:.15g}"), "f").replace(".", ",")
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


@dataclass(slots=True)
class Table:
    """The rows below the heading."""

    file: RowFile
    profile: Profile
    headings: Headings
    period: tuple[int, int] | None
    progress: Progress | None = None
    lines: int = 0
    sample: list[Sequence[Any]] = field(default_factory=list)
    _heading: tuple[str, ...] = ()
    _words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Prepare what every row is compared with."""
        self._heading = tuple(plain(text) for text in self.headings.texts)
        self._words = tuple(word.casefold() for word in self.profile.sum_words)

    @property
    def places(self) -> dict[str, int]:
        """Field -> its place in a row."""
        return self.headings.places

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.headings.texts)

    @property
    def needs_centre(self) -> bool:
        """Whether a row without a cost centre is no ledger row."""
        column = self.profile.column("cost_centre")
        return column is not None and column.required

    def blocks(self) -> Iterator[tuple[int, Sequence[Sequence[Any]]]]:
        """The rows below the heading, some thousands at a time, with the number of the first in the file, from 1."""
        number, first = 1, self.headings.index + 1
        for block in self.file.blocks(self.progress):
            rows = block if number > first else block[first + 1 - number :]
            if rows:
                yield number + len(block) - len(rows), rows
            number += len(block)
            self.lines = number - 1

    def rows(self) -> Iterator[tuple[int, Sequence[Any]]]:
        """Every row below the heading with its number in the file."""
        for start, block in self.blocks():
            yield from enumerate(block, start)

    def decimal_point(self, names: Iterable[str], given: bool | None, *, whole: bool = False) -> bool | None:
        """What a point means in these columns: what a person said, what the profile says, else what other cells show."""
        if given is not None:
            return given
        if self.profile.decimal_point is not None:
            return self.profile.decimal_point
        places = [self.places[name] for name in names if name in self.places]
        rows = (row for _number, row in self.rows()) if whole else iter(self.sample[self.headings.index + 1 :])
        cells = {row[place] for row in rows for place in places if place < len(row) and isinstance(row[place], str)}
        return decide_decimal_point(set(map(_alike, cells)))

    def is_heading(self, row: Sequence[Any]) -> bool:
        """Whether the heading is printed once more, as on every page of a report."""
        return all(plain(cell_text(row[place])) == self._heading[place] for place in self.places.values() if place < len(row))

    def sum_text(self, row: Sequence[Any], cells: dict[str, str]) -> str:
        """The text that makes the row a sum: «Sum 402100», «Totalt», or a code with a star; empty when it is none."""
        for name in ("cost_centre", "account", "code"):
            text = cells.get(name, "")
            if text and ("*" in text or self._is_sum_word(text)):
                return text
        if cells.get("cost_centre") and cells.get("account"):
            return ""
        return next((text for cell in row[:3] if (text := cell_text(cell)) and self._is_sum_word(text)), "")

    def padded(self, name: str, text: str) -> str:
        """A code as it should be: without a spreadsheet's «,0», with the zeros a spreadsheet took."""
        text = text.strip()
        column = self.profile.column(name)
        if text.endswith((".0", ",0")) and text[:-2].isdigit():
            text = text[:-2]
        if "e+" in text.casefold() and text[:1].isdigit():
            text = _written_out(text)
        return text.zfill(column.pad) if column and column.pad and text.isdigit() else text

    def _is_sum_word(self, text: str) -> bool:
        first = text.casefold().replace(":", " ").split()
        return bool(first) and first[0] in self._words


def _alike(cell: str) -> str:
    """A figure that says the same of points and commas as this one: of plain digits only the first one's being a nought matters."""
    return cell.translate(_ONES) if cell[:1] in _FIRST and not _LETTERS.search(cell) else cell


def _written_out(text: str) -> str:
    """«4,021E+05» as «402100»; left alone when it is no whole number."""
    try:
        value = Decimal(text.replace(",", "."))
    except ArithmeticError:
        return text
    return str(int(value)) if value == value.to_integral_value() and 0 <= value < 10**15 else text


def open_table(
    file: RowFile, *, file_name: str, profile: Profile, context: Context, findings: Findings, progress: Progress | None
) -> Table:
    """Find the heading and the period. Raises Refused: person_columns, no_header, other_period."""
    sample = list(islice(chain.from_iterable(file.blocks()), _SAMPLE))
    texts = [[cell_text(cell) for cell in row] for row in sample[:LOOK_AT]]
    refuse_persons(texts)
    headings = find_headings(texts, profile)
    if headings is None or headings.missing:
        raise Refused("no_header", missing=", ".join(headings.missing if headings else _required(profile)))
    _refuse_numbers_of_persons(sample, headings)
    period, found_in = _period(profile, context, file_name, texts[: headings.index], has_column="period" in headings.places)
    if period and context.period and period != context.period:
        raise Refused("other_period", file=_shown(period), chosen=_shown(context.period))
    findings.header_row = headings.index + 1
    findings.columns, findings.ignored = headings.named, headings.ignored[:50]
    findings.first_rows = [row for row in texts[headings.index :] if any(row)][:6]
    findings.period_from = found_in
    for number, row in enumerate(texts[: headings.index], 1):
        findings.skip("title" if any(row) else "blank", number)
    return Table(file, profile, headings, period or context.period, progress, sample=sample)


def refuse_persons(rows: Sequence[Sequence[str]]) -> None:
    """Raises Refused when a line with several texts, as a heading is, names persons."""
    for row in rows:
        if sum(1 for cell in row if cell) >= _ENOUGH and (found := person_columns(list(row))) and not _holds_figures(row):
            raise Refused("person_columns", columns=", ".join(heading[:40] for heading in found[:10]))


def _refuse_numbers_of_persons(sample: Sequence[Sequence[Any]], headings: Headings) -> None:
    """A column of fødselsnummer is refused whatever it is called."""
    found = [0] * len(headings.texts)
    for row in sample[headings.index + 1 :]:
        for place, cell in enumerate(row[: len(found)]):
            if len(cell) < _DIGITS_OF_PERSON if isinstance(cell, str) else _is_small_amount(cell):
                continue
            if len(text := cell_text(cell)) >= _DIGITS_OF_PERSON and holds_national_number(text):
                found[place] += 1
    columns = [headings.texts[place] for place, count in enumerate(found) if count >= _ENOUGH]
    if columns:
        raise Refused("person_columns", columns=", ".join(columns))


def _is_small_amount(cell: object) -> bool:
    return isinstance(cell, float) and abs(cell) < _SMALL and round(cell, 2) == cell


def _holds_figures(row: Sequence[str]) -> bool:
    return sum(any(character.isdigit() for character in cell) for cell in row) > len(row) / 2


def _period(
    profile: Profile, context: Context, file_name: str, above: list[list[str]], *, has_column: bool
) -> tuple[tuple[int, int] | None, str]:
    """The period of the whole file, and where it was found. A column says it row by row."""
    if has_column and "column" in profile.period:
        return None, "column"
    if "title" in profile.period:
        for row in above:
            if found := find_in_title(row):
                return found, "title"
    if "name" in profile.period and (found := find_in_name(file_name)):
        return found, "name"
    return context.period, "given"


def _required(profile: Profile) -> list[str]:
    return [column.aliases[0] for column in profile.columns if column.required and column.aliases]


def _shown(period: tuple[int, int]) -> str:
    return f"{period[0]}{period[1]:02}"
