"""Rows of a ledger as columns, beside what is known of their codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

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
        self.columns = list(zip(*rows, strict=True))
        self.centre_keys, self.account_keys = self._keys(codes.centre_key), self._keys(codes.account_key)
        self.centres: list[Centre | None] = list(map(codes.centres.get, self.centre_keys))
        self.accounts: list[Account | None] = list(map(codes.accounts.get, self.account_keys))

    def missing(self) -> Iterable[int]:
        """Places of rows with a code that was not known."""
        if all(self.centres) and all(self.accounts):
            return ()
        pairs = zip(self.centres, self.accounts, strict=True)
        return [place for place, (centre, account) in enumerate(pairs) if centre is None or account is None]

    def look_again(self, place: int) -> bool:
        """Whether another row of this block has taught both codes meanwhile."""
        centre = self.centres[place] = self.codes.centres.get(self.centre_keys[place])
        account = self.accounts[place] = self.codes.accounts.get(self.account_keys[place])
        return centre is not None and account is not None

    def take(self, place: int) -> Stretch:
        """The rows up to this one that were not taken yet."""
        first, self.done = self.done, place
        return Stretch(self.start, self.columns, self.centres, self.accounts).cut(first, place)

    def _keys(self, places: Sequence[int]) -> Sequence[object]:
        """What every row is looked up by: a cell, or several together."""
        if len(places) == 1:
            return self.columns[places[0]]
        return list(zip(*(self.columns[place] for place in places), strict=True)) if places else [()] * len(self.rows)
