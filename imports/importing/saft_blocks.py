"""Lines of SAF-T a few thousand at a time, column by column, where nothing about them is out of the ordinary."""

from collections.abc import Callable, Sequence
from itertools import compress, repeat
from operator import itemgetter, not_
from typing import cast

from common.numbers import NotANumber
from imports.importing.saft_lines import SaftLines
from imports.rules.control_sums import add_up
from imports.rules.ledger_block import Account, Centre, EconomyBlock

_BLOCK = 4096
_KEPT = 50_000
CREDIT = b"Credit"

# A period, and the analyses of a line as they stand.
_Key = tuple[tuple[int, int], bytes]


class SaftBlocks:
    """Gathers lines as they stand in the file, and gives them to `lines`: together where that can be, else one by one."""

    def __init__(self, lines: SaftLines, text: Callable[[bytes], str], dimensions: Callable[[bytes], dict[str, str]]) -> None:
        self.lines, self.text, self.dimensions = lines, text, dimensions
        self.accounts: dict[bytes, Account] = {}
        self.is_wanted: dict[bytes, bool] = {}
        self.places: dict[_Key, tuple[Centre, str, str]] = {}
        self.periods: list[tuple[int, int]] = []
        # account, analyses, side and amount of every line
        self.columns: tuple[list[bytes], ...] = ([], [], [], [])

    def take(self, period: tuple[int, int], columns: Sequence[Sequence[bytes]]) -> None:
        """Some lines of one transaction."""
        self.periods.extend(repeat(period, len(columns[0])))
        for column, more in zip(self.columns, columns, strict=True):
            column += more
        if len(self.periods) >= _BLOCK:
            self.give()

    def give(self) -> None:
        """Hand over what was gathered."""
        if not self.periods:
            return
        if not self._together():
            for period, account, analyses, side, amount in zip(self.periods, *self.columns, strict=True):
                self.lines.add(period, self.text(account), f"{side.decode()}Amount", amount.decode(), self.dimensions(analyses))
        self.periods, self.columns = [], ([], [], [], [])

    def _together(self) -> bool:
        """All at once; False, and nothing done, where an amount is not a plain one, or a period is none of the year's."""
        accounts, analyses, sides, amounts = self.columns
        if not all(map(itemgetter(1), set(self.periods))):
            return False
        found = self._amounts(amounts)
        if found is None:
            return False
        ores, texts = found
        is_credit = [side == CREDIT for side in sides]
        credit = sum(compress(ores, is_credit))
        self.lines.credit += credit
        self.lines.debit += sum(ores) - credit
        signed = [-ore if turned else ore for ore, turned in zip(ores, is_credit, strict=True)]
        texts = ["-" + text if turned else text for text, turned in zip(texts, is_credit, strict=True)]
        first = self.lines.findings.lines + 1
        self.lines.findings.lines += len(ores)
        numbers: Sequence[int] = range(first, first + len(ores))
        keys = list(zip(self.periods, analyses, strict=True))
        wanted = self._wanted(accounts)
        if not all(wanted):
            for number in compress(numbers, map(not_, wanted)):
                self.lines.findings.skip("not_wanted", number)
            numbers, accounts, keys = list(compress(numbers, wanted)), list(compress(accounts, wanted)), list(compress(keys, wanted))
            signed, texts = list(compress(signed, wanted)), list(compress(texts, wanted))
        if keys:
            self._hand_over(numbers, list(map(self.accounts.__getitem__, accounts)), keys, signed, texts)
        return True

    def _hand_over(
        self, numbers: Sequence[int], accounts: Sequence[Account], keys: Sequence[_Key], ores: Sequence[int], texts: Sequence[str]
    ) -> None:
        if len(self.places) > _KEPT:
            self.places.clear()
        for key in set(keys) - self.places.keys():
            self.places[key] = self._place(*key)
        centres, functions, projects = zip(*map(self.places.__getitem__, keys), strict=True)
        add_up([centre[3][account[2]] for centre, account in zip(centres, accounts, strict=True)], [None, None, None, ores, None])
        self.lines.give(EconomyBlock(numbers, centres, accounts, functions, projects, (None, None, None, texts), (None, None, None, ores)))

    def _place(self, period: tuple[int, int], analyses: bytes) -> tuple[Centre, str, str]:
        dimensions = self.dimensions(analyses)
        return (self.lines.centre(dimensions.get("cost_centre", ""), period), *self.lines.others(dimensions))

    def _amounts(self, amounts: Sequence[bytes]) -> tuple[list[int], list[str]] | None:
        joined = b"\n".join(amounts)
        if b"-" in joined or not joined.isascii():
            return None
        try:
            ores, texts = self.lines.amounts.column(joined.decode().split("\n"))
        except NotANumber:
            return None
        return None if None in ores or None in texts else (cast("list[int]", ores), cast("list[str]", texts))

    def _wanted(self, accounts: Sequence[bytes]) -> list[bool]:
        for raw in set(accounts) - self.accounts.keys():
            account = self.accounts[raw] = self.lines.account(self.text(raw))
            self.is_wanted[raw] = self.lines.is_wanted(account)
        return list(map(self.is_wanted.__getitem__, accounts))
