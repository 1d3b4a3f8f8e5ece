"""Amounts of a ledger and what follows from them. Expense is positive, income negative; a negative variance is bad on every line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from common.numbers import round_half_up

HUNDRED = Decimal(100)
# A group is worth naming when it holds at least so much of all that went over.
SHARE_WORTH_NAMING = Decimal("0.25")


class Word(StrEnum):
    """What a variance is called; the sign alone never says it."""

    OVERSPEND = "overspend"
    UNDERSPEND = "underspend"
    MORE_INCOME = "more_income"
    LESS_INCOME = "less_income"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Amounts:
    """Kroner, None where nothing was delivered. `original` and `revised` are the whole year's budget; `budget` and `actual` are from
    January to the month."""

    original: Decimal | None = None
    revised: Decimal | None = None
    budget: Decimal | None = None
    actual: Decimal | None = None

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            _plus(self.original, other.original),
            _plus(self.revised, other.revised),
            _plus(self.budget, other.budget),
            _plus(self.actual, other.actual),
        )

    @property
    def is_empty(self) -> bool:
        return self.revised is None and self.budget is None and self.actual is None

    @property
    def variance(self) -> Decimal | None:
        """Budget minus actual: negative is bad. A line with one of the two has the other as nothing."""
        if self.budget is None and self.actual is None:
            return None
        return (self.budget or Decimal(0)) - (self.actual or Decimal(0))

    @property
    def variance_percent(self) -> Decimal | None:
        return percent_of(self.variance, self.budget)

    @property
    def is_income(self) -> bool:
        return (self.budget or self.actual or Decimal(0)) < 0

    @property
    def word(self) -> Word:
        return word_of(self.variance, is_income=self.is_income)


NOTHING = Amounts()


def ledger_figures(amounts: Amounts) -> dict[str, str | None]:
    """The amounts as a report keeps them: text, None where there is none."""
    found = {"original": amounts.original, "revised": amounts.revised, "budget": amounts.budget, "actual": amounts.actual}
    return {name: None if value is None else str(round_half_up(value, 2)) for name, value in found.items()}


@dataclass(frozen=True, slots=True)
class GroupVariance:
    """One group of accounts in a unit."""

    code: str
    name: str
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class UnitEconomy:
    """A unit's ledger in one month. What is earmarked is told apart and is in none of the others."""

    ordinary: Amounts = NOTHING
    earmarked: Amounts = NOTHING
    groups: tuple[GroupVariance, ...] = ()
    areas: dict[str, Amounts] = field(default_factory=dict)
    # Ordinary operation of the unit itself and of each that stands below it, where there is more than one.
    by_unit: dict[int, Amounts] = field(default_factory=dict)

    @property
    def has_shared_budget(self) -> bool:
        """Whether some of its units spend without a budget of their own, since all of it stands together."""
        parts = self.by_unit.values()
        return any(part.budget for part in parts) and any(part.actual and not part.budget for part in parts)


def percent_of(amount: Decimal | None, base: Decimal | None) -> Decimal | None:
    """The amount in percent of the base without its sign; None where there is no base."""
    return None if amount is None or not base else amount / abs(base) * HUNDRED


def word_of(variance: Decimal | None, *, is_income: bool = False) -> Word:
    if not variance:
        return Word.BALANCE
    if is_income:
        return Word.LESS_INCOME if variance < 0 else Word.MORE_INCOME
    return Word.OVERSPEND if variance < 0 else Word.UNDERSPEND


def main_groups(groups: Iterable[GroupVariance], *, most: int = 3) -> tuple[GroupVariance, ...]:
    """The groups that hold most of what went over, the largest first."""
    over = sorted((group for group in groups if (group.amounts.variance or 0) < 0), key=_variance)
    total = sum((_variance(group) for group in over), Decimal(0))
    return tuple(group for group in over[:most] if _variance(group) / total >= SHARE_WORTH_NAMING)


def largest_groups(groups: Sequence[GroupVariance], *, most: int = 4) -> tuple[tuple[GroupVariance, ...], Amounts | None]:
    """The groups with the largest variances either way, and the sum of the others (None where there are none)."""
    ordered = sorted(groups, key=lambda group: (-abs(_variance(group)), group.code))
    shown, rest = ordered[:most], ordered[most:]
    return tuple(shown), sum((group.amounts for group in rest), Amounts()) if rest else None


def _variance(group: GroupVariance) -> Decimal:
    return group.amounts.variance or Decimal(0)


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if one is None:
        return other
    return one if other is None else one + other
