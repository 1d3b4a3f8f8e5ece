"""The lines of a SAF-T file as ledger rows, however they were found in the XML."""

from imports.importing.ledger_codes import sort_of
from imports.rules.amounts import AmountReader, ore_text
from imports.rules.context import Context, Refused
from imports.rules.control_sums import SORTS, Bucket, SumCheck, as_control_sum
from imports.rules.findings import Findings
from imports.rules.ledger_block import Account, Centre, EconomyBlock, account_of, centre_of
from imports.rules.ledger_checks import LedgerRead, finish_ledger
from imports.rules.ledger_periods import LAST_NUMBER, last_day
from imports.rules.profile import Profile
from imports.rules.rows import Sink

_BLOCK = 4096
_MAX_CODES = 30_000
_DEFAULT_ANALYSIS = {"cost_centre": "A", "project": "P"}


class SaftLines:
    """Takes one line after another: its account, its side, its amount as it stands, and its dimensions."""

    def __init__(self, profile: Profile, context: Context, findings: Findings, sink: Sink | None) -> None:
        self.profile, self.context, self.findings, self.sink = profile, context, findings, sink
        self.fields = {analysis: name for name, analysis in (profile.analysis or _DEFAULT_ANALYSIS).items()}
        self.amounts = AmountReader(decimal_point=True)
        self.centres: dict[tuple[str, int], Centre] = {}
        self.accounts: dict[str, Account] = {}
        self.account_names: dict[str, str] = {}
        self.periods: set[tuple[int, int]] = set()
        self.block: list[tuple[int, Centre, Account, str, str, str, int]] = []
        self.stated: dict[str, str] = {}
        self.debit = self.credit = 0

    def add(self, period: tuple[int, int], account_id: str, side: str, text: str, dimensions: dict[str, str]) -> None:
        """One line."""
        self.findings.lines += 1
        number = self.findings.lines
        digits = text.replace(".", "")
        if text[-3:-2] == "." and len(digits) == len(text) - 1 and digits.isdigit() and digits.isascii():
            amount = int(digits)
            if side == "CreditAmount":
                text = "-" + text
        else:
            found = (self.amounts.seen.get(text) or self.amounts.attempt(text))[0]
            if found is None:
                self.findings.add("not_an_amount", row=number, column="Amount", text=text)
                return
            amount = found
            text = ore_text(-amount if side == "CreditAmount" else amount)
        if side == "CreditAmount":
            self.credit += amount
            amount = -amount
        else:
            self.debit += amount
        account = self.account(account_id)
        if not self.is_wanted(account):
            self.findings.skip("not_wanted", number)
            return
        if period[1] == 0:
            self.findings.skip("period_00", number)
            return
        code = dimensions.get("cost_centre", "")
        centre = self.centre(code, period)
        sums = centre[3][account[2]].sums
        sums[0] += 1
        sums[4] += amount
        self.block.append((number, centre, account, *self.others(dimensions), text, amount))
        if len(self.block) >= _BLOCK:
            self._give()

    def is_wanted(self, account: Account) -> bool:
        """Whether lines of the account are kept."""
        return bool(account[0]) and (not self.profile.accounts or account[0].startswith(self.profile.accounts))

    @staticmethod
    def others(dimensions: dict[str, str]) -> tuple[str, str]:
        """Function and project."""
        return _code(dimensions.get("function", "")), _code(dimensions.get("project", ""))

    def period(self, number: str, year: str) -> tuple[int, int]:
        """A transaction's period. Raises Refused."""
        number, year = number.strip(), year.strip()
        if not (number.isdigit() and year.isdigit() and len(year) == 4 and len(number) < 3 and int(number) <= LAST_NUMBER):
            raise Refused("period_missing")
        period = int(year), int(number)
        if period[1]:
            self.periods.add(period)
        return period

    def name_account(self, account_id: str, name: str) -> None:
        """What an account is called."""
        if len(self.account_names) < _MAX_CODES:
            self.account_names[account_id] = name[:200]

    def finish(self) -> None:
        """Debit is credit, in the file's own sums and in what was read."""
        self._give()
        self.findings.columns = {"actual": "Amount", "account": "AccountID", "period": "Period"}
        buckets = [bucket for centre in self.centres.values() for bucket in centre.buckets]
        read = LedgerRead(buckets, SumCheck(lambda: buckets), self.periods, self.amounts.decimals)
        finish_ledger(self.findings, read, self.profile, self.context)
        for what, stated, total in (("debit", "TotalDebit", self.debit), ("credit", "TotalCredit", self.credit)):
            printed = self.amounts.attempt(self.stated.get(stated, ""))[0]
            if printed is not None:
                self.findings.sums.append(as_control_sum(what, printed, total, tolerance=0))
        self.findings.sums.append(as_control_sum("debit_is_credit", self.debit, self.credit, tolerance=0))

    def give(self, block: EconomyBlock) -> None:
        """Rows that are ready and added up; those that were added one by one go before them."""
        self._give()
        self._given(block)

    def _give(self) -> None:
        if self.block:
            numbers, centres, accounts, functions, projects, texts, ores = zip(*self.block, strict=True)
            self._given(EconomyBlock(numbers, centres, accounts, functions, projects, (None, None, None, texts), (None, None, None, ores)))
        self.block = []

    def _given(self, block: EconomyBlock) -> None:
        self.findings.rows += len(block)
        if self.findings.rows > self.context.max_rows:
            raise Refused("too_many_rows", limit=self.context.max_rows)
        if self.sink is not None:
            self.sink.write_many(block)

    def account(self, text: str) -> Account:
        """The account of this number. Raises Refused when there are more than anybody has."""
        found = self.accounts.get(text)
        return found if found is not None else self._account(text)

    def centre(self, text: str, period: tuple[int, int]) -> Centre:
        """The cost centre of this code in a period. Raises Refused as above."""
        found = self.centres.get((text, period[1]))
        return found if found is not None else self._centre(text, period)

    def _account(self, text: str) -> Account:
        code = _code(text)
        found = self.accounts[text] = account_of(code, _code(self.account_names.get(text, ""), 80), sort_of(code))
        _count(len(self.accounts))
        return found

    def _centre(self, text: str, period: tuple[int, int]) -> Centre:
        code = _code(text)
        unit_id = self.context.unit_of(code, last_day(*period)) if code else None
        buckets = tuple(Bucket(code, "", unit_id, sort) for sort in SORTS)
        found = self.centres[text, period[1]] = centre_of(period[1], code, unit_id, buckets)
        _count(len(self.centres))
        return found


def _count(codes: int) -> None:
    if codes > _MAX_CODES:
        raise Refused("too_many_codes", limit=_MAX_CODES)


def _code(text: str, length: int = 20) -> str:
    return " ".join(text.replace("\\", "/").split())[:length] if text else ""
