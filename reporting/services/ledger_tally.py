"""What a delivery's lines come to, added up while they are stored: the database need not read a million rows it has just written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Protocol, cast, runtime_checkable

from reporting.services.balances import AMOUNTS, Amounts, Classes, Key
from reporting.services.ledger_copy import Line, Lines, PlainLine

_KEPT = 50_000


@runtime_checkable
class Summed(Protocol):
    """A block of rows that knows its amounts in øre."""

    def codes_and_amounts(
        self,
    ) -> tuple[Iterable[int | None], Iterable[str], Iterable[str], Iterable[str], Sequence[Sequence[int | None] | None]]:
        """Unit, account, function and project of every row, and columns of the four amounts; None for one the file does not have."""


class Tally:
    """Adds up what goes through it. `is_whole` as long as every line could be added."""

    def __init__(self, classes: Classes) -> None:
        self.is_whole = True
        self._areas, self._groups = _Known(classes.areas.of), _Known(classes.groups.of)
        self._earmarked = _Known(classes.projects.of) if classes.projects.classes else None
        self._sums = _Sums()

    def through(self, lines: Lines) -> Iterator[Line | Sequence[PlainLine]]:
        """The same lines."""
        for each in lines:
            if self.is_whole and isinstance(each, Summed):
                units, accounts, functions, projects, amounts = each.codes_and_amounts()
                areas, groups = map(self._areas.__getitem__, functions), map(self._groups.__getitem__, accounts)
                earmarked = repeat("") if self._earmarked is None else map(self._earmarked.__getitem__, projects)
                self._add(zip(units, areas, groups, earmarked, strict=False), amounts)
            else:
                self.is_whole = False
            yield cast("Line | Sequence[PlainLine]", each)

    def totals(self) -> Iterator[tuple[Key, Amounts]]:
        """What each unit, area and group come to. An amount that no line states is None."""
        for (unit_id, area, group, earmarked), sums in self._sums.items():
            stated = sums[-1]
            yield (unit_id, area, group, earmarked != ""), [sums[at] if stated >> at & 1 else None for at in range(len(AMOUNTS))]

    def _add(self, keys: Iterable["_ByCode"], amounts: Sequence[Sequence[int | None] | None]) -> None:
        rows = list(map(self._sums.__getitem__, keys))
        distinct = dict(zip(map(id, rows), rows, strict=True)).values()
        for at, column in enumerate(amounts):
            if column is None:
                continue
            if None in column:
                for sums, amount in zip(rows, column, strict=True):
                    if amount is not None:
                        sums[at] += amount
                        sums[-1] |= 1 << at
                continue
            for sums, amount in zip(rows, cast("Sequence[int]", column), strict=True):
                sums[at] += amount
            for sums in distinct:
                sums[-1] |= 1 << at


# unit, area, group and the class of the project
_ByCode = tuple[int | None, str, str, str]


class _Known(dict[str, str]):
    """The classes of codes, each looked up once."""

    def __init__(self, find: Callable[[str], str]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, code: str) -> str:
        if len(self) > _KEPT:
            self.clear()
        found = self[code] = self._find(code)
        return found


class _Sums(dict[_ByCode, list[int]]):
    """The four amounts in øre, and a bit for each that some line states."""

    def __missing__(self, key: _ByCode) -> list[int]:
        sums = self[key] = [0] * (len(AMOUNTS) + 1)
        return sums
