"""The codes of a ledger file, each looked at once: cost centres with their units, accounts, functions and projects."""

from collections.abc import Iterable, Sequence
from itertools import chain

from common.periods import InvalidPeriod
from imports.importing.table import Table, cell_text
from imports.rules.context import Context, Refused
from imports.rules.control_sums import INCOME, INVESTMENT, OTHER, SORTS, WAGES, Bucket
from imports.rules.ledger_block import Account, Centre, account_of, centre_of
from imports.rules.ledger_periods import last_day, parse_ledger_period, period_number
from imports.rules.profile import Profile

_CENTRE = ("cost_centre", "period", "year", "quarter")
_ACCOUNT = ("account", "account_name", "ledger_class")
CODES = ("cost_centre", "account", "cost_centre_name", "account_name", "function", "project", "period", "year", "quarter", "ledger_class")
MAX_CODES = 30_000
MAX_CODE, MAX_NAME = 20, 80
_UNTIDY = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "\\": "/", "\x00": " "})
_QUARTER = 3


class LedgerCodes:
    """Everything learnt about codes so far. The keys are cells as they stand in the file."""

    def __init__(self, table: Table, profile: Profile, context: Context) -> None:
        self.table, self.profile, self.context = table, profile, context
        self.centres: dict[object, Centre] = {}
        self.accounts: dict[object, Account] = {}
        self.codes: dict[str, dict[object, str]] = {"function": {}, "project": {}}
        # Whatever a row may be left out by belongs to what its account is looked up by.
        left_out_by = [name for name in profile.only if name in CODES and name not in _ACCOUNT + _CENTRE]
        self.centre_key, self.account_key = (
            [table.places[name] for name in names if name in table.places] for names in (_CENTRE, (*_ACCOUNT, *left_out_by))
        )
        self.buckets: dict[tuple[str, int], tuple[Bucket, ...]] = {}
        self.periods: set[tuple[int, int]] = set()

    def all_buckets(self) -> Iterable[Bucket]:
        """Everything that has been added up."""
        return chain.from_iterable(self.buckets.values())

    def learn_centre(self, key: object, cells: dict[str, str], period: tuple[int, int]) -> Centre:
        """The cost centre of a row. Raises Refused when there are more than a municipality has."""
        code = self.table.padded("cost_centre", cells.get("cost_centre", "").translate(_UNTIDY))
        buckets = self.buckets.get((code, period[1]))
        if buckets is None:
            name = cells.get("cost_centre_name", "").translate(_UNTIDY)[:MAX_NAME]
            unit_id = self.context.unit_of(code, last_day(*period)) if code else None
            buckets = self.buckets[code, period[1]] = tuple(Bucket(code, name, unit_id, sort) for sort in SORTS)
        self.periods.add(period)
        centre = self.centres[key] = centre_of(period[1], code, buckets[0].unit_id, buckets)
        self._count(len(self.centres))
        return centre

    def learn_account(self, key: object, cells: dict[str, str]) -> Account:
        """The account of a row."""
        code = self.table.padded("account", cells["account"].translate(_UNTIDY))
        mark = self.profile.class_marks.get(cells.get("ledger_class", ""), "")
        sort = INVESTMENT if mark else sort_of(code)
        code = mark + code
        name = cells.get("account_name", "").translate(_UNTIDY)[:MAX_NAME]
        account = self.accounts[key] = account_of(code, name, sort, turned=sort == INCOME and self.profile.income == "positive")
        self._count(len(self.accounts))
        return account

    def others(self, name: str, cells: Sequence[object]) -> list[str]:
        """Functions or projects, as texts that fit their column."""
        known = self.codes[name]
        try:
            return list(map(known.__getitem__, cells))
        except KeyError:
            found = list(map(known.get, cells))
            new = {cell: self.table.padded(name, cell_text(cell).translate(_UNTIDY))[:MAX_CODE] for cell in set(cells) - known.keys()}
            if len(known) < MAX_CODES:
                known |= new
            return [new[cell] if code is None else code for cell, code in zip(cells, found, strict=True)]

    def period(self, cells: dict[str, str]) -> tuple[int, int]:
        """The period of a row: its own, or the file's. Raises InvalidPeriod, Refused."""
        text, year, given = cells.get("period", ""), cells.get("year", ""), self.table.period
        if cells.get("quarter"):
            return _year(year), period_number(cells["quarter"]) * _QUARTER
        if len(text) > 2:
            return parse_ledger_period(text)
        if text:
            return _year(year or (str(given[0]) if given else "")), period_number(text)
        if given is None:
            raise Refused("period_missing")
        return given

    @staticmethod
    def _count(codes: int) -> None:
        if codes > MAX_CODES:
            raise Refused("too_many_codes", limit=MAX_CODES)


def sort_of(account: str) -> int:
    """Which of a cost centre's buckets the account is added to."""
    return WAGES if is_wages(account) else INCOME if is_income(account) else OTHER


def is_wages(account: str) -> bool:
    """Whether the account is a wage: art 0xx, where five digits have the ledger class in front."""
    return _art(account).startswith("0")


def is_income(account: str) -> bool:
    """Whether the account is an income: art 6xx to 9xx."""
    return _art(account)[:1] in {"6", "7", "8", "9"}


def _art(account: str) -> str:
    return account[1:] if len(account) == 5 and account[0] in "01" else account


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise InvalidPeriod(f"{text[:20]!r} is not a year")
    return int(text)
