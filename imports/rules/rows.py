"""What a row of a file has become once it is read: one typed row per kind. Amounts are in kroner with KOSTRA signs."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol

from common.periods import Period


class EconomyRow(NamedTuple):
    """One ledger row, in the order of the ledger's columns.

    Amounts are plain text with a point and two decimals («-130500.00»), or None: ready for COPY and for a decimal column.
    No text holds a tab, a line break or a backslash. `number` is the ledger's period, 1-15; the year is the file's.
    """

    row: int
    number: int
    cost_centre: str
    unit_id: int | None
    account: str
    account_name: str
    function: str
    project: str
    original: str | None
    revised: str | None
    budget: str | None
    actual: str | None


class SickLeaveRow(NamedTuple):
    """One unit's sick leave in one period, in person days. `contracted` is always there; the rest as far as the file has it."""

    row: int
    code: str
    unit_id: int | None
    period: Period
    contracted: Decimal
    fte: Decimal | None = None
    lost: Decimal | None = None
    self_certified: Decimal | None = None
    certified: Decimal | None = None
    short: Decimal | None = None
    long: Decimal | None = None
    persons_absent: int | None = None


class FigureRow(NamedTuple):
    """One unit's figure for one indicator. Without value, numerator and denominator the quality says why."""

    row: int
    indicator: str
    code: str
    unit_id: int | None
    period: Period
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    quality: str


class SurveyRow(NamedTuple):
    """One published result of a survey. Without `answers` it may be shown, but never added to others."""

    row: int
    survey: str
    year: int
    code: str
    unit_id: int | None
    theme: str
    mean: Decimal | None
    answers: int | None
    country: Decimal | None
    highest: Decimal | None
    lowest: Decimal | None


class BenchmarkRow(NamedTuple):
    """One figure of another area to compare with: a value, or what it is divided out of."""

    row: int
    indicator: str
    area: str
    period: Period
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


Row = EconomyRow | SickLeaveRow | FigureRow | SurveyRow | BenchmarkRow


class Rows(Protocol):
    """Some thousands of rows: a list, or a block that makes them when it is gone through."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Row]: ...


class Sink(Protocol):
    """Takes good rows as they are read, in the order of the file."""

    def write_many(self, rows: Rows, /) -> None:
        """Take one block."""
