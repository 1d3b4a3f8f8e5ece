"""Ledger rows kept a column at a time, as they were read: made into rows or into text only where somebody asks for these."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple

from imports.rules.amounts import ore_text
from imports.rules.control_sums import Bucket
from imports.rules.rows import EconomyRow

_NULL = "\\N"
_ROW = partial(tuple.__new__, EconomyRow)
# the last part of a centre and of an account
_TEXT = itemgetter(4)


class Centre(NamedTuple):
    """A cost centre in a period: its columns, where wages, incomes and other accounts are added, and its columns as text."""

    number: int
    code: str
    unit_id: int | None
    buckets: tuple[Bucket, ...]
    text: str


class Account(NamedTuple):
    """An account: its columns, which of the buckets it goes to, whether its sign is to be turned, and its columns as text."""

    code: str
    name: str
    sort: int
    turned: bool
    text: str


def centre_of(number: int, code: str, unit_id: int | None, buckets: tuple[Bucket, ...]) -> Centre:
    """A cost centre with its text."""
    return Centre(number, code, unit_id, buckets, f"{number}\t{code}\t{_NULL if unit_id is None else unit_id}")


def account_of(code: str, name: str, sort: int, *, turned: bool = False) -> Account:
    """An account with its text."""
    return Account(code, name, sort, turned, f"{code}\t{name}")


@dataclass(frozen=True, slots=True, eq=False)
class EconomyBlock:
    """So many rows, one sequence for each column; of an amount the file does not have, None. Goes through as EconomyRows."""

    numbers: Sequence[int]
    centres: Sequence[Centre]
    accounts: Sequence[Account]
    functions: Sequence[str]
    projects: Sequence[str]
    # original, revised, budget and actual
    amounts: Sequence[Sequence[str | None] | None]
    # the same in øre
    ores: Sequence[Sequence[int | None] | None]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[EconomyRow]:
        columns = (
            self.numbers,
            *(map(itemgetter(place), self.centres) for place in range(3)),
            *(map(itemgetter(place), self.accounts) for place in range(2)),
            self.functions,
            self.projects,
            *(repeat(None) if column is None else column for column in self.amounts),
        )
        return map(_ROW, zip(*columns, strict=False))

    def codes_and_amounts(
        self,
    ) -> tuple[Iterable[int | None], Iterable[str], Iterable[str], Iterable[str], Sequence[Sequence[int | None] | None]]:
        """Unit, account, function and project of every row, and the columns of amounts in øre."""
        return map(itemgetter(2), self.centres), map(itemgetter(0), self.accounts), self.functions, self.projects, self.ores

    def as_text(self, begin: str) -> str:
        """Every row in PostgreSQL's text form, after `begin`: tabs between columns, and nothing where there is none."""
        nothing = repeat(_NULL)
        amounts = [
            nothing if column is None else [_NULL if each is None else each for each in column] if None in column else column
            for column in self.amounts
        ]
        columns = (
            map(str, self.numbers),
            map(_TEXT, self.centres),
            map(_TEXT, self.accounts),
            self.functions,
            self.projects,
            *amounts,
        )
        # The first column is the shortest that ends.
        return begin + ("\n" + begin).join(map("\t".join, zip(*columns, strict=False))) + "\n"


def turn(accounts: Sequence[Account], ores: list[Any], texts: list[Any]) -> None:
    """Incomes that the file shows as positive become negative, in columns of amounts."""
    for which, amounts in enumerate(ores):
        if amounts is None:
            continue
        ores[which] = [-ore if ore and account.turned else ore for ore, account in zip(amounts, accounts, strict=True)]
        if which < len(texts):
            texts[which] = [
                ore_text(ore) if ore is not None and account.turned else text
                for ore, account, text in zip(ores[which], accounts, texts[which], strict=True)
            ]
