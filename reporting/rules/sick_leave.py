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
    """Whether the details of the month tell of nobody."""
    return days.split is not None and _is_large_enough(days, limits)


def also_hidden(parts: Mapping[int, Days], hidden: Collection[int], limits: ShieldLimits) -> frozenset[int]:
    """What must be hidden too when the sum of all is shown: what is left of it without those that are shown must tell of nobody either.

    The smallest of the others go first, equal ones by number, so that they are the same every time.
    """
    found = [parts[number] for number in hidden if number in parts]
    others = sorted((part.contracted, number) for number, part in parts.items() if number not in hidden)
    more: list[int] = []
    while found and others and not hide_each_other(found, limits):
        more.append(others.pop(0)[1])
        found.append(parts[more[-1]])
    return frozenset(more)


def hide_each_other(parts: Collection[Days], limits: ShieldLimits) -> bool:
    """Whether the sum of these tells of nobody: there are several, together large enough. Where nobody was away, nobody is behind a sum."""
    away = [part for part in parts if part.lost]
    together = total(away)
    return together is None or (len(away) > 1 and _is_large_enough(together, limits))


def _is_large_enough(days: Days, limits: ShieldLimits) -> bool:
    """Where a file counts no persons, the size decides alone."""
    return days.fte is not None and days.fte >= limits.min_fte and (days.persons is None or days.persons >= limits.min_persons)
