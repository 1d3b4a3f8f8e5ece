"""Rows of a ledger as columns, beside what is known of their codes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from imports.importing.cells import columns_of
from imports.importing.ledger_codes import LedgerCodes
from imports.rules.ledger_block import Account, Centre


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that follow each other; `start` is the first one's number in the file."""

    start: int
    columns: Sequence[Sequence[Any]]
    centres: Sequence[Any]
    accounts: Sequence[Any]

    def __len__(self) -> int:
        return len(self.centres)

    def cut(self, first: int, last: int) -> "Stretch":
        """Some of them."""
        if first == 0 and last == len(self.centres):
            return self
        columns = [column[first:last] for column in self.columns]
        return Stretch(self.start + first, columns, self.centres[first:last], self.accounts[first:last])


class LedgerRows:
    """One block of rows of equal width. `done` is how many of them have been taken."""

    def __init__(self, start: int, rows: Sequence[Sequence[Any]], codes: LedgerCodes) -> None:
        self.start, self.rows, self.codes, self.done = start, rows, codes, 0
        self.columns = columns_of(rows)
        self.centres, self.accounts = self._centres(), self._accounts()

    def first_rows(self) -> list[int]:
        """Places where a code stands that is not known, the first of each."""
        places: set[int] = set()
        for found, key, known in self._both():
            if all(found):
                continue
            # From the last to the first, so that the first stays.
            firsts = dict(zip(self._keys([self.columns[place][::-1] for place in key]), range(len(found) - 1, -1, -1), strict=False))
            places |= {firsts[each] for each in firsts.keys() - known.keys()}
        return sorted(places)

    def look_again(self) -> None:
        """What has been learnt meanwhile."""
        if not all(self.centres):
            self.centres = self._centres()
        if not all(self.accounts):
            self.accounts = self._accounts()

    def missing(self) -> Iterator[int]:
        """Places of rows with a code that is not known, each asked for when the ones before have been looked at."""
        if all(self.centres) and all(self.accounts):
            return
        codes, centres, accounts = self.codes, self.centres, self.accounts
        pairs = enumerate(zip(centres, accounts, strict=True))
        for place in [place for place, (centre, account) in pairs if centre is None or account is None]:
            # Another row of this block may have taught both codes meanwhile.
            centre = centres[place] = codes.centres.get(self.key(codes.centre_key, place))
            account = accounts[place] = codes.accounts.get(self.key(codes.account_key, place))
            if centre is None or account is None:
                yield place

    def key(self, key: Sequence[int], place: int) -> object:
        """What a row is looked up by: a cell, or several together."""
        return self.columns[key[0]][place] if len(key) == 1 else tuple(self.columns[each][place] for each in key)

    def take(self, place: int) -> Stretch:
        """The rows up to this one that were not taken yet."""
        first, self.done = self.done, place
        return Stretch(self.start, self.columns, self.centres, self.accounts).cut(first, place)

    def _both(self) -> tuple[tuple[Sequence[object], Sequence[int], Mapping[object, object]], ...]:
        codes = self.codes
        return (self.centres, codes.centre_key, codes.centres), (self.accounts, codes.account_key, codes.accounts)

    def _centres(self) -> list[Centre | None]:
        return list(map(self.codes.centres.get, self._keys([self.columns[place] for place in self.codes.centre_key])))

    def _accounts(self) -> list[Account | None]:
        return list(map(self.codes.accounts.get, self._keys([self.columns[place] for place in self.codes.account_key])))

    def _keys(self, columns: Sequence[Sequence[Any]]) -> Iterable[object]:
        """What every row is looked up by. Of several cells one row at a time: kept together they would cost more than the search."""
        if not columns:
            return repeat((), len(self.rows))
        return columns[0] if len(columns) == 1 else zip(*columns, strict=True)
