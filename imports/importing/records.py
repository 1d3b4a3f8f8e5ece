"""Tables of figures by unit as typed rows: what sick leave, indicators, surveys and benchmarks have in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from common.numbers import AmbiguousNumber, NotANumber, ParsedNumber, parse_number
from common.periods import InvalidPeriod, Period, parse_period_text
from imports.importing.table import Table, cell_text
from imports.rules.context import Context, Refused
from imports.rules.findings import MAX_UNKNOWN, Findings, UnknownCode
from imports.rules.ledger_periods import month_of, parse_ledger_period
from imports.rules.profile import FIGURES, Profile
from imports.rules.rows import Row, Sink

_BLOCK = 2000


class BadCell(Exception):
    """A cell that cannot be read; the row is told about."""

    def __init__(self, code: str, column: str, text: str = "", **params: object) -> None:
        super().__init__(code)
        self.code, self.column, self.text = code, column, text
        self.params: dict[str, Any] = params


class RecordReader(ABC):
    """Reads one table. A kind says what a row becomes, and what there is to say at the end."""

    # fields a row must have something in to be a row at all
    keys: tuple[str, ...] = ()

    def __init__(self, table: Table, profile: Profile, context: Context, findings: Findings, sink: Sink | None) -> None:
        self.table, self.profile, self.context, self.findings, self.sink = table, profile, context, findings, sink
        self.points = {name: table.decimal_point([name], context.decimal_point) for name in FIGURES & table.places.keys()}
        self.block: list[Row] = []
        self.unknown: dict[tuple[str, str], UnknownCode] = {}
        self.units: dict[tuple[str, Any], int | None] = {}
        self.first: dict[object, int] = {}
        self.periods: set[Period] = set()
        self.number = 0

    def read(self) -> None:
        """Go through all rows."""
        for number, row in self.table.rows():
            self.number = number
            cells = {name: cell_text(row[place]) if place < len(row) else "" for name, place in self.table.places.items()}
            reason = self._reason_to_skip(row, cells)
            if reason:
                self.findings.skip(reason, number)
                continue
            cells |= self.profile.constants
            try:
                typed = self.row(cells)
            except BadCell as bad:
                heading = self.findings.columns.get(bad.column, bad.column)
                self.findings.add(bad.code, row=number, column=heading, text=bad.text, **bad.params)
                continue
            if typed is not None:
                self.take(typed)
        self.give()
        self._settle()
        self.finish()

    @abstractmethod
    def row(self, cells: dict[str, str]) -> Row | None:
        """What the row becomes; None when it is kept for later. Raises BadCell."""

    def finish(self) -> None:  # noqa: B027 - most kinds have nothing to say
        """What there is to say when all has been read."""

    def sum_row(self, text: str, cells: dict[str, str]) -> None:  # noqa: B027 - most kinds have no sums
        """A printed sum."""

    def take(self, typed: Row) -> None:
        """Hand a row on."""
        self.findings.rows += 1
        if self.findings.rows > self.context.max_rows:
            raise Refused("too_many_rows", limit=self.context.max_rows)
        self.block.append(typed)
        if len(self.block) >= _BLOCK:
            self.give()

    def give(self) -> None:
        """Hand on what has been gathered."""
        if self.sink is not None and self.block:
            self.sink.write_many(self.block)
        self.block = []

    def once(self, key: object) -> None:
        """Raises BadCell when an earlier row has the same key."""
        if self.first.setdefault(key, self.number) != self.number:
            raise BadCell("duplicate_row", "", first=self.first[key])

    def figure(self, name: str, cells: dict[str, str]) -> Decimal | None:
        """A figure, or None where there is none. Raises BadCell."""
        return self.parsed(name, cells).value

    def parsed(self, name: str, cells: dict[str, str]) -> ParsedNumber:
        """A figure and its mark. Raises BadCell."""
        text = cells.get(name, "")
        try:
            return parse_number(text, decimal_point=self.points.get(name))
        except AmbiguousNumber as error:
            self.points[name] = self.table.decimal_point([name], None, whole=True)
            if self.points[name] is None:
                raise BadCell("ambiguous", name, text) from error
            return parse_number(text, decimal_point=self.points[name])
        except NotANumber as error:
            raise BadCell("not_an_amount", name, text) from error

    def whole(self, name: str, cells: dict[str, str]) -> int | None:
        """A count. Raises BadCell."""
        value = self.figure(name, cells)
        if value is None:
            return None
        if value != value.to_integral_value() or not 0 <= value < 10**9:
            raise BadCell("whole_number_needed", name, cells.get(name, ""))
        return int(value)

    def period(self, cells: dict[str, str]) -> Period:
        """The row's period, else the file's. Raises BadCell, Refused."""
        try:
            period = self._read_period(cells)
        except InvalidPeriod as error:
            raise BadCell(
                "period_not_read", "period" if cells.get("period") else "year", cells.get("period") or cells.get("year", "")
            ) from error
        if period.kind.value not in self.profile.period_kinds:
            raise BadCell("other_kind_of_period", "period", cells.get("period", ""), kind=period.kind.value)
        self.periods.add(period)
        return period

    def _read_period(self, cells: dict[str, str]) -> Period:
        text, year, quarter = cells.get("period", ""), cells.get("year", ""), cells.get("quarter", "")
        if text:
            try:
                return parse_period_text(text)
            except InvalidPeriod:
                return month_of(*parse_ledger_period(text))
        if year and quarter:
            return Period.quarter(_number(year), _number(quarter))
        if year:
            return Period.of_year(_number(year))
        if self.table.period is None:
            raise Refused("period_missing")
        return month_of(*self.table.period)

    def unit(self, code: str, name: str, period: Period) -> int | None:
        """The unit of a code on the period's last day; an unknown one is put on the list."""
        place = (code, period)
        if place not in self.units:
            self.units[place] = self.context.unit_of(code, period.last_day)
        if self.units[place] is None:
            self.count_unknown(code, name, "unit")
        return self.units[place]

    def count_unknown(self, code: str, name: str, kind: str) -> None:
        """One more row with a code nobody knows."""
        self.unknown.setdefault((kind, code), UnknownCode(code[:80], name[:120], kind=kind)).rows += 1

    def _reason_to_skip(self, row: Sequence[Any], cells: dict[str, str]) -> str:
        if not any(cell_text(cell) for cell in row):
            return "blank"
        if self.table.is_heading(row):
            return "header"
        text = self.table.sum_text(row, cells)
        if text:
            self.sum_row(text, cells)
            return "sum"
        if any(not cells.get(name) for name in self.keys if name not in self.profile.constants):
            return self._without_key(cells)
        for name, kept in self.profile.only.items():
            if cells.get(name, "") not in kept:
                return "not_wanted"
        return ""

    def _without_key(self, cells: dict[str, str]) -> str:
        if any(cells.get(name) for name in FIGURES & cells.keys()):
            self.findings.add("amounts_without_key", row=self.number, text="; ".join(filter(None, cells.values())))
            return "no_key"
        return "footer"

    def _settle(self) -> None:
        self.findings.unknown_count = len(self.unknown)
        self.findings.unknown = list(self.unknown.values())[:MAX_UNKNOWN]
        last = max(self.periods, default=None)
        if last is not None:
            self.findings.year, self.findings.number = last.year, last.last_day.month


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise InvalidPeriod(f"{text[:20]!r} is not a number")
    return int(text)


Reader = Callable[[Table, Profile, Context, Findings, Sink | None], RecordReader]
