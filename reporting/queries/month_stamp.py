"""What the figures of a district's month rest on, as short values: the same again mean that nothing is another."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from common.memory import Memory

Value = TypeVar("Value")
# code, name, first year, last year and order of each area, in the order of its rows.
AreaRow = tuple[str, str, int, int | None, int]
_remembered: Memory[tuple[object]] = Memory(200)


@dataclass(frozen=True)
class MonthStamp:
    """`earlier` and `reports` are the reports of the year's months before this one and of this one; `organisation` is its version."""

    earlier: tuple[str, ...]
    reports: tuple[str, ...]
    balances: tuple[str, ...]
    setting: tuple[str, ...]
    deadlines: tuple[str, ...]
    areas: tuple[AreaRow, ...]
    organisation: str

    def area_names(self, year: int) -> dict[str, str]:
        """The areas of the year, in the order an administrator gave them."""
        rows = [row for row in self.areas if row[2] <= year and (row[3] is None or row[3] >= year)]
        return {code: name for code, name, *_rest in sorted(rows, key=lambda row: (row[4], row[0], row[2]))}


def remembered(what: str, month: date, parts: Hashable, make: Callable[[], Value]) -> Value:
    """The value as it was made last time for these parts. It is shared between requests, so nobody changes it."""
    kept = _remembered.get((what, month, parts))
    if kept is None:
        kept = (make(),)
        _remembered.put((what, month, parts), kept)
    return cast(Value, kept[0])
