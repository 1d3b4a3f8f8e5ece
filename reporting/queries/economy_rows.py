"""Economy pages as finished rows: amounts as text, the word for every variance, and how long its bar is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common import formats
from reporting.queries.lines import AccountSum, GroupSum
from reporting.queries.wording import thousands, word_in_thousands
from reporting.rules.economy import Amounts

BAR, EDGE, HALF = Decimal(180), Decimal(4), Decimal(2)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Bar:
    """A variance as a bar from zero: to the left what is worse than budgeted."""

    x: str
    width: str
    zero: str
    is_bad: bool


@dataclass(frozen=True)
class AmountRow:
    """One line of a table: group, account, or sum."""

    code: str
    name: str
    actual: str
    budget: str
    variance: str
    word: str
    percent: str
    revised: str
    bar: Bar | None = None
    accounts: tuple["AmountRow", ...] = ()
    is_bad: bool = False


def row_of(code: str, name: str, amounts: Amounts, *, bar: Bar | None = None, accounts: Sequence["AmountRow"] = ()) -> AmountRow:
    return AmountRow(
        code=code,
        name=name,
        actual=thousands(amounts.actual),
        budget=thousands(amounts.budget),
        variance=thousands(amounts.variance),
        word=word_in_thousands(amounts.variance, is_income=amounts.is_income),
        percent=formats.percent(amounts.variance_percent),
        revised=thousands(amounts.revised),
        bar=bar,
        accounts=tuple(accounts),
        is_bad=(amounts.variance or ZERO) < 0,
    )


def group_rows(groups: Iterable[tuple[str, GroupSum]]) -> list[AmountRow]:
    """Groups with their accounts; all bars of the table have one scale."""
    named = list(groups)
    scale = _Scale([group.amounts for _name, group in named])
    return [
        row_of(
            group.code,
            name,
            group.amounts,
            bar=scale.bar(group.amounts),
            accounts=[_account(account) for account in group.accounts],
        )
        for name, group in named
    ]


def _account(account: AccountSum) -> AmountRow:
    return row_of(account.account, account.name, account.amounts)


class _Scale:
    """Bars that share a zero: as far to the left as the worst, to the right as the best."""

    def __init__(self, amounts: Iterable[Amounts]) -> None:
        variances = [each.variance or ZERO for each in amounts]
        low, high = min([*variances, ZERO]), max([*variances, ZERO])
        self.factor = (BAR - HALF * EDGE) / (high - low) if high > low else ZERO
        self.zero = EDGE - low * self.factor

    def bar(self, amounts: Amounts) -> Bar | None:
        if not amounts.variance:
            return None
        length = abs(amounts.variance) * self.factor
        start = self.zero - length if amounts.variance < 0 else self.zero
        return Bar(f"{start:.1f}", f"{length:.1f}", f"{self.zero:.1f}", amounts.variance < 0)
