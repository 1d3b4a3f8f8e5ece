"""A ledger's table as typed rows: a quick loop for rows as one expects them, and a slow way for all others."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from operator import sub
from typing import Any

from common.numbers import AmbiguousNumber, NotANumber
from common.periods import InvalidPeriod
from imports.importing.cells import width_of
from imports.importing.ledger_codes import CODES, MAX_CODE, LedgerCodes
from imports.importing.ledger_rows import LedgerRows, Stretch
from imports.importing.table import Table, cell_text
from imports.rules.amounts import AmountReader, ore_text, rounding
from imports.rules.context import Context, Refused
from imports.rules.control_sums import AMOUNTS, KEPT, VARIANCE, SumCheck, add_up
from imports.rules.findings import WARNING, Findings
from imports.rules.ledger_block import Account, Centre, EconomyBlock, turn
from imports.rules.ledger_checks import LedgerRead, finish_ledger
from imports.rules.profile import Profile
from imports.rules.repeated import RepeatedKeys
from imports.rules.rows import Sink

BLOCK = 4096
_MANY = 1000


class EconomyReader:
    """Reads one table. What it learns about codes is kept, so that a code is looked at once and not once per row."""

    def __init__(self, table: Table, profile: Profile, context: Context, findings: Findings, sink: Sink | None) -> None:
        self.table, self.profile, self.context, self.findings, self.sink = table, profile, context, findings, sink
        self.amounts = AmountReader(unit=profile.unit, decimal_point=table.decimal_point(AMOUNTS, context.decimal_point))
        self.codes = LedgerCodes(table, profile, context)
        self.sums = SumCheck(self.codes.all_buckets)
        self.sign = 1 if profile.variance == "budget_minus_actual" else -1
        self.odd: list[int] = []
        self.no_budget: set[str] = set()
        self.names = [name for name in CODES if name in table.places]
        self.present = [name for name in AMOUNTS if name in table.places]
        if not set(self.present) - {"variance"}:
            raise Refused("no_header", missing="actual")
        self.keys = RepeatedKeys() if profile.duplicates == "error" else None

    def read(self) -> None:
        """Go through all rows, some thousands at a time."""
        for start, rows in self.table.blocks():
            self._block(start, rows)
        for row, first in self.keys.found() if self.keys is not None else ():
            self.findings.add("duplicate_row", row=row, first=first)
        buckets = list(self.codes.all_buckets())
        read = LedgerRead(buckets, self.sums, self.codes.periods, self.amounts.decimals, self.table.period, self.no_budget)
        finish_ledger(self.findings, read, self.profile, self.context)

    def _give(self, block: EconomyBlock) -> None:
        self.findings.rows += len(block)
        if self.findings.rows > self.context.max_rows:
            raise Refused("too_many_rows", limit=self.context.max_rows)
        if self.sink is not None:
            self.sink.write_many(block)

    def _block(self, start: int, rows: Sequence[Sequence[Any]]) -> None:
        """The rows of a block, in stretches that end before a row that is no ledger row."""
        if width_of(rows) != self.table.width:
            self._unequal(start, rows)
            return
        block = LedgerRows(start, rows, self.codes)
        self._learn_ahead(block)
        for place in block.missing():
            learnt = self._learn(block, place)
            if learnt is None:
                self._flush(block, place)
                block.done = place + 1
            else:
                block.centres[place], block.accounts[place] = learnt
        self._flush(block, len(rows))

    def _flush(self, block: LedgerRows, place: int) -> None:
        if block.done < place:
            for each in self._stretch(block.take(place)):
                self._give(each)

    def _unequal(self, start: int, rows: Sequence[Sequence[Any]]) -> None:
        """Shorter rows are filled up; longer ones are looked at one by one, and those between them together."""
        width = self.table.width
        rows = [row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in rows]
        done = 0
        for place in [*(place for place, row in enumerate(rows) if len(row) > width), len(rows)]:
            if done < place:
                self._block(start + done, rows[done:place])
            if place < len(rows) and self._fits(start + place, rows[place]):
                self._block(start + place, [rows[place][:width]])
            done = place + 1

    def _stretch(self, rows: Stretch) -> list[EconomyBlock]:
        """Rows whose codes are known, column by column."""
        places, columns, centres, accounts = self.table.places, rows.columns, rows.centres, rows.accounts
        try:
            amounts = [self.amounts.column(columns[places[name]]) if name in places else None for name in KEPT]
            # What the file says of the variance is compared and not kept.
            variance = self.amounts.ores(columns[places[VARIANCE]]) if VARIANCE in places else None
        except NotANumber:
            return self._apart(rows)
        ores: list[Any] = [*(None if amount is None else amount[0] for amount in amounts), variance]
        texts: list[Any] = [None if amount is None else amount[1] for amount in amounts]
        if self.profile.income == "positive":
            turn(accounts, ores, texts)
        self._add(rows, ores)
        functions, projects = (
            self.codes.others(name, columns[places[name]]) if name in places else [""] * len(rows) for name in ("function", "project")
        )
        numbers = range(rows.start, rows.start + len(rows))
        if self.keys is not None:
            for number, centre, account, function, project in zip(numbers, centres, accounts, functions, projects, strict=True):
                self.keys.add(number, (centre.number, centre.code, account.code, function, project))
        return [EconomyBlock(numbers, centres, accounts, functions, projects, texts, ores[: len(KEPT)])]

    def _apart(self, rows: Stretch) -> list[EconomyBlock]:
        """A stretch where some cell is no amount: the half before and the half after, until the row is found."""
        if len(rows) == 1:
            settled = self._complain_of_amounts(rows.start, [column[0] for column in rows.columns])
            return self._stretch(rows) if settled else []
        half = len(rows) // 2
        return self._stretch(rows.cut(0, half)) + self._stretch(rows.cut(half, len(rows)))

    def _add(self, rows: Stretch, ores: list[Any]) -> None:
        """Add up what was read, and compare each row's variance with its budget and actual."""
        plain = [None if column is None else [ore or 0 for ore in column] if None in column else column for column in ores]
        add_up([centre[3][account[2]] for centre, account in zip(rows.centres, rows.accounts, strict=True)], plain)
        budget, actual = (column or [0] * len(rows) for column in plain[2:4])
        if not all(budget):
            for account, planned, spent in zip(rows.accounts, budget, actual, strict=True):
                if spent and not planned:
                    self._without_budget(account[0])
        if ores[4] is not None:
            worked_out = list(map(sub, budget, actual) if self.sign == 1 else map(sub, actual, budget))
            if worked_out != ores[4]:
                for place, (value, variance) in enumerate(zip(worked_out, ores[4], strict=True)):
                    if variance is not None and value != variance:
                        self._odd(rows.start + place, value * self.sign, variance * self.sign)

    def _learn_ahead(self, block: LedgerRows) -> None:
        """Codes whose first row is a ledger row beyond doubt; what is left over is looked at row by row."""
        places = block.first_rows()
        for place in places:
            row = block.rows[place]
            cells = self._cells(row)
            if not self._is_plainly_ledger(row, cells):
                continue
            with suppress(InvalidPeriod):
                period = self.codes.period(cells)
                if period[1]:
                    self.codes.learn_centre(block.key(self.codes.centre_key, place), cells, period)
                    self.codes.learn_account(block.key(self.codes.account_key, place), cells)
        if places:
            block.look_again()

    def _is_plainly_ledger(self, row: Sequence[Any], cells: dict[str, str]) -> bool:
        """Whether nothing speaks against it: a short code of both sorts, no heading, no sum, nothing to be left out."""
        codes = cells.get("cost_centre", ""), cells.get("account", "")
        if not all(codes) or max(map(len, codes)) > MAX_CODE or not codes[1].startswith(self.profile.accounts or ""):
            return False
        if any(cells.get(name, "") not in kept for name, kept in self.profile.only.items()):
            return False
        return not self.table.is_heading(row) and not self.table.sum_text(row, cells)

    def _cells(self, row: Sequence[Any]) -> dict[str, str]:
        return {name: cell_text(row[self.table.places[name]]) for name in self.names}

    def _learn(self, block: LedgerRows, place: int) -> tuple[Centre, Account] | None:
        """Look at a cost centre or an account for the first time; None when the row is no ledger row."""
        number, row = block.start + place, block.rows[place]
        cells = self._cells(row)
        reason = self._reason_to_skip(number, row, cells, lambda: self._flush(block, place))
        if reason is not None:
            self.findings.skip(reason, number)
            return None
        try:
            period = self.codes.period(cells)
        except InvalidPeriod:
            self._complain(number, "period_not_read", "period" if "period" in cells else "year", cells)
            return None
        if period[1] == 0:
            self.findings.skip("period_00", number)
            return None
        for name in ("cost_centre", "account"):
            if len(cells.get(name, "")) > MAX_CODE:
                self._complain(number, "code_too_long", name, cells)
                return None
        return (
            self.codes.learn_centre(block.key(self.codes.centre_key, place), cells, period),
            self.codes.learn_account(block.key(self.codes.account_key, place), cells),
        )

    def _reason_to_skip(self, number: int, row: Sequence[Any], cells: dict[str, str], flush: Callable[[], None]) -> str | None:
        """Why the row is no ledger row; None when it is one. A sum is compared on the way."""
        if not any(cell_text(cell) for cell in row):
            return "blank"
        if self.table.is_heading(row):
            return "header"
        words = self.table.sum_text(row, cells)
        if words:
            printed = self._printed(row)
            if printed is None:
                return "footer"
            flush()
            self.sums.compare(number, words, printed)
            return "sum"
        if not cells.get("account") or (
            not cells.get("cost_centre") and self.profile.column("cost_centre") is not None and self.table.needs_centre
        ):
            flush()
            return self._without_key(number, row, cells)
        for name, kept in self.profile.only.items():
            if cells.get(name, "") not in kept:
                return "not_wanted"
        if self.profile.accounts and not cells["account"].startswith(self.profile.accounts):
            return "not_wanted"
        return None

    def _without_key(self, number: int, row: Sequence[Any], cells: dict[str, str]) -> str:
        """A title, a footer, or a sum that does not say so; a row with amounts that fit nothing is told about."""
        printed = self._printed(row)
        if printed is None or not any(value is not None for value in printed):
            return "footer"
        scope = self.table.padded("cost_centre", cells.get("cost_centre", ""))
        tolerance = rounding(self.profile.unit, self.amounts.decimals, self.findings.rows + BLOCK)
        if self.sums.fits("", printed, scope=scope, tolerance=tolerance):
            self.sums.compare(number, "", printed, scope=scope)
            return "sum"
        self.findings.add("amounts_without_key", row=number, text="; ".join(cell_text(cell) for cell in row if cell_text(cell)))
        return "no_key"

    def _printed(self, row: Sequence[Any]) -> list[int | None] | None:
        """The amounts of a sum row in their five places; None when one of them is no amount."""
        values: list[int | None] = []
        for name in AMOUNTS:
            try:
                values.append(self.amounts.read(row[self.table.places[name]])[0] if name in self.table.places else None)
            except NotANumber:
                return None
        return values

    def _fits(self, number: int, row: Sequence[Any]) -> bool:
        """A row with more cells than the heading has a separator inside a text."""
        width = self.table.width
        if self.profile.extra_cells == "error" and any(cell_text(cell) for cell in row[width:]):
            self.findings.add("too_many_cells", row=number, text=str(len(row)), expected=width)
            return False
        return True

    def _complain_of_amounts(self, number: int, row: Sequence[Any]) -> bool:
        """Say which cells are no amounts; True when it is now known what a point means, and the row can be read after all."""
        settled = False
        for name in self.present:
            cell = row[self.table.places[name]]
            try:
                if self.amounts.decimal_point is None:
                    self.amounts.decimal_point = self._settled(cell)
                    settled = settled or self.amounts.decimal_point is not None
                self.amounts.read(cell)
            except AmbiguousNumber:
                self._complain(number, "ambiguous", name, {name: cell_text(cell)})
            except NotANumber:
                self._complain(number, "not_an_amount", name, {name: cell_text(cell)})
        return settled

    def _settled(self, cell: object) -> bool | None:
        """What a point means in the whole file, looked up only when a cell leaves it open."""
        try:
            self.amounts.read(cell)
        except AmbiguousNumber:
            return self.table.decimal_point(AMOUNTS, None, whole=True)
        return None

    def _complain(self, number: int, code: str, name: str, cells: dict[str, str]) -> None:
        self.findings.add(code, row=number, column=self.findings.columns.get(name, name), text=cells.get(name, ""))

    def _odd(self, number: int, worked_out: int, printed: int) -> None:
        """The row's variance is not its budget minus its actual. Of a file with the other sign that is every row."""
        allowed = rounding(self.profile.unit, self.amounts.decimals, 3)
        if abs(worked_out - printed) <= allowed:
            return
        if abs(worked_out + printed) <= allowed:
            return
        if len(self.odd) < 20:
            self.odd.append(number)
            self.findings.add("variance_differs", severity=WARNING, row=number, text=ore_text(printed), worked_out=ore_text(worked_out))

    def _without_budget(self, account: str) -> None:
        if len(self.no_budget) < _MANY:
            self.no_budget.add(account)
