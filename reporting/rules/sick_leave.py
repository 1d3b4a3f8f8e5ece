"""Sick leave in person days, what it comes to, and whose details may not be shown. Rates are never averaged: days are added."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.periods import Period
from scorecard.rules.windows import LEAST_SHARE

HUNDRED = Decimal(100)
YEAR = 12


@dataclass(frozen=True, slots=True)
class ShieldLimits:
    """Below these a month's details could betray somebody: few full-time equivalents, or few persons away.

    `tolerance`: how many days apart the two ways of splitting the days of a file's row may be.
    """

    min_fte: Decimal = Decimal(10)
    min_persons: int = 5
    tolerance: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Split:
    """Lost days by who said so, and by how long they lasted. The two ways are independent of each other."""

    self_certified: Decimal
    certified: Decimal
    short: Decimal
    long: Decimal

    def __add__(self, other: "Split") -> "Split":
        return Split(
            self.self_certified + other.self_certified,
            self.certified + other.certified,
            self.short + other.short,
            self.long + other.long,
        )


@dataclass(frozen=True, slots=True)
class Days:
    """Lost of contracted days. `split`, `fte` and `persons` are None where the file does not say."""

    lost: Decimal
    contracted: Decimal
    split: Split | None = None
    fte: Decimal | None = None
    persons: int | None = None

    def __add__(self, other: "Days") -> "Days":
        return Days(
            self.lost + other.lost,
            self.contracted + other.contracted,
            self.split + other.split if self.split and other.split else None,
            self.fte + other.fte if self.fte is not None and other.fte is not None else None,
            self.persons + other.persons if self.persons is not None and other.persons is not None else None,
        )

    @property
    def rate(self) -> Decimal | None:
        return rate(self.lost, self.contracted)


def lost_days(days: Decimal, position: Decimal, grade: Decimal) -> Decimal:
    """Days away × share of a full position × how much of the sick note counts."""
    return days * position * grade


def rate(lost: Decimal | None, contracted: Decimal | None) -> Decimal | None:
    """Percent; None without contracted days."""
    return None if lost is None or not contracted else lost / contracted * HUNDRED


def total(parts: Iterable[Days]) -> Days | None:
    """All together; None where there is nothing."""
    found: Days | None = None
    for part in parts:
        found = part if found is None else found + part
    return found


def year_to(month: date, by_month: Mapping[date, Days]) -> Days | None:
    """The twelve months that end with this one, together. None where this month has no figures, or too many of the others lack them:
    the same share that the measurements of an indicator ask for, so that every page says the same."""
    period = Period.month(month.year, month.month)
    there = [by_month[start] for back in range(YEAR) if (start := period.previous(back).start) in by_month]
    return total(there) if month in by_month and len(there) >= LEAST_SHARE * YEAR else None


def shows_split(days: Days, limits: ShieldLimits) -> bool:
    """Whether the details of the month tell of nobody. Where a file counts no persons, the size of the unit decides alone."""
    if days.split is None or days.fte is None or days.fte < limits.min_fte:
        return False
    return days.persons is None or days.persons >= limits.min_persons


def also_hidden(sizes: Mapping[int, Decimal], hidden: Collection[int]) -> frozenset[int]:
    """What must be hidden too when the sum of all is shown: one hidden part alone could be worked out, so the smallest of the others
    goes with it. Equal sizes are taken by number, so that it is the same one every time."""
    if len(set(hidden) & sizes.keys()) != 1:
        return frozenset()
    others = [(size, number) for number, size in sizes.items() if number not in hidden]
    return frozenset({min(others)[1]}) if others else frozenset()
