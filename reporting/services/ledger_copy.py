"""Ledger lines into their table, streaming: COPY on PostgreSQL, many rows a statement on SQLite. Memory does not grow with the file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from typing import Protocol, runtime_checkable

from django.db import DatabaseError, connection

from reporting.models import LedgerLine

BLOCK = 2000
# SQLite takes at most 32 766 parameters in one statement.
ROWS_AT_ONCE = 2048
# Bytes that are handed to the driver at a time.
COPY_BYTES = 1 << 16
COLUMNS = (
    *("delivery_id", "row", "number", "cost_centre", "unit_id", "account", "account_name", "function", "project"),
    *("original", "revised", "budget", "actual"),
)
NULL = "\\N"
SEPARATORS = len(COLUMNS) - 1
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class Line:
    """One ledger row as it was read; `unit_id` is None where the cost centre belongs to nobody."""

    row: int
    number: int
    cost_centre: str
    unit_id: int | None
    account: str
    account_name: str
    function: str
    project: str
    original: Decimal | None
    revised: Decimal | None
    budget: Decimal | None
    actual: Decimal | None


# What COPY and executemany take without another look: the columns from `row` on, amounts as plain text or None.
PlainLine = tuple[object, ...]


@runtime_checkable
class Block(Protocol):
    """Ready rows that know how to be text."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[PlainLine]: ...

    def as_text(self, begin: str) -> str:
        """All rows in PostgreSQL's text form, `begin` before each."""


Lines = Iterable[Line | Block | Sequence[PlainLine]]


def store_lines(delivery_id: int, lines: Lines) -> int:
    """Writes the lines of a delivery; how many. `lines` may hold blocks of plain rows beside single lines."""
    counter = _Counter()
    blocks = counter.through(_blocks(lines))
    if connection.vendor == "postgresql":
        _copy(delivery_id, blocks)
    else:
        _insert(delivery_id, blocks)
    return counter.rows


class _Counter:
    def __init__(self) -> None:
        self.rows = 0

    def through(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            self.rows += len(block)
            yield block


class _Gathered(list[PlainLine]):
    """Rows that came one by one."""

    def as_text(self, begin: str) -> str:
        return "".join(begin + "\t".join(map(_cell, row)) + "\n" for row in self)


def _blocks(lines: Lines) -> Iterator[Block]:
    """Single lines gathered into blocks; ready blocks go straight on."""
    gathered = _Gathered()
    for line in lines:
        if isinstance(line, Line):
            gathered.append(_plain(line))
            if len(gathered) < BLOCK:
                continue
        if gathered:
            yield gathered
            gathered = _Gathered()
        if not isinstance(line, Line):
            yield line if isinstance(line, Block) else _Gathered(line)
    if gathered:
        yield gathered


def _plain(line: Line) -> PlainLine:
    return (
        *(line.row, line.number, line.cost_centre, line.unit_id, line.account, line.account_name, line.function, line.project),
        *(None if each is None else str(each) for each in (line.original, line.revised, line.budget, line.actual)),
    )


def _copy(delivery_id: int, blocks: Iterable[Block]) -> None:
    table = connection.ops.quote_name(LedgerLine._meta.db_table)
    columns = ", ".join(map(connection.ops.quote_name, COLUMNS))
    text = _CopyText(delivery_id, blocks)
    with connection.cursor() as cursor:
        try:
            with connection.wrap_database_errors:
                cursor.cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", text, size=COPY_BYTES)
        except DatabaseError as error:
            # The driver tells of its own cancelling only; what stopped the rows is the reason.
            raise text.stopped_by or error from None


class _CopyText:
    """What the driver reads from: rows in PostgreSQL's text form, made block by block when it asks."""

    def __init__(self, delivery_id: int, blocks: Iterable[Block]) -> None:
        self._prefix = f"{delivery_id}\t"
        self._blocks = iter(blocks)
        self._left = memoryview(b"")
        self.stopped_by: Exception | None = None

    def read(self, size: int = COPY_BYTES) -> bytes:
        while not self._left:
            try:
                block = next(self._blocks, None)
            except Exception as error:
                self.stopped_by = error
                raise
            if block is None:
                return b""
            self._left = memoryview(self._text(block).encode())
        piece, self._left = self._left[:size], self._left[size:]
        return bytes(piece)

    def _text(self, block: Block) -> str:
        """As the block says it; row by row with escapes where some text holds a sign that means something."""
        text, rows = block.as_text(self._prefix), len(block)
        if text.count("\t") == rows * SEPARATORS and text.count("\n") == rows and text.count("\\") == text.count(NULL) and "\r" not in text:
            return text
        return _Gathered(block).as_text(self._prefix)


def _cell(value: object) -> str:
    if value is None:
        return NULL
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)


def _insert(delivery_id: int, blocks: Iterable[Block]) -> None:
    table = connection.ops.quote_name(LedgerLine._meta.db_table)
    columns = ", ".join(map(connection.ops.quote_name, COLUMNS))
    one = f"({delivery_id}, {', '.join(['?'] * SEPARATORS)})"
    statement = f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608 - names from the model
    with connection.cursor() as cursor:
        # The driver's own cursor: Django's would rewrite every statement's signs for parameters.
        plain = cursor.cursor
        execute = super(type(plain), plain).execute
        many = statement + ", ".join([one] * ROWS_AT_ONCE)
        rows = chain.from_iterable(blocks)
        # One statement for many rows is a third quicker than executemany, as long as the driver has seen that very statement before.
        while piece := list(chain.from_iterable(islice(rows, ROWS_AT_ONCE))):
            count = len(piece) // SEPARATORS
            execute(many if count == ROWS_AT_ONCE else statement + ", ".join([one] * count), piece)
