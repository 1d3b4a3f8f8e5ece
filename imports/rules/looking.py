"""Which rows of a file a finding is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from imports.rules.states import SourceKind

# Rows with figures or codes. Titles and what stands below the table are free text, and are named by their numbers alone.
SHOWN_REASONS = ("sum", "no_key", "period_00", "not_wanted")


@dataclass(frozen=True)
class Wanted:
    """Rows by their numbers (with why), or those whose code `is_about` says is meant: (code, last day of the row's period).

    `field` holds the code; without something in `also` a row is none.
    """

    numbers: Mapping[int, str] | None = None
    is_about: Callable[[str, date | None], bool] = lambda _code, _day: False
    field: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownRow:
    """One row as it stands in the file. `why` is empty where the page says it once for all."""

    number: int
    cells: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True)
class Shown:
    """`columns`: (field, heading) of those that are kept, in the file's order. `goes_on_at` is the row from which one looks on; 0 where
    all of the file has been gone through."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[ShownRow, ...]
    goes_on_at: int = 0


def with_code(kind: str, code: str) -> Wanted:
    """Rows with this code."""
    return _about(kind, lambda found, _day: found == code)


def of_unit(kind: str, unit_of: Callable[[str, date], int | None], unit_id: int | None) -> Wanted:
    """Rows of this unit, or of nobody."""
    return _about(kind, lambda code, day: bool(code) and day is not None and unit_of(code, day) == unit_id)


def _about(kind: str, is_about: Callable[[str, date | None], bool]) -> Wanted:
    if kind == SourceKind.ECONOMY:
        return Wanted(is_about=is_about, field="cost_centre", also=("account",))
    return Wanted(is_about=is_about, field="code")
