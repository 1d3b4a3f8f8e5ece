"""What a meeting should talk about first: targets that are missed, get worse, and that nobody does anything about."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MOST = 8
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Missed:
    """A target that is not reached, in one unit. `run`: for how many figures in a row; `change`: points of 100 since the one before."""

    unit_code: str
    indicator_id: int
    critical: bool
    worse: bool
    answered: bool
    run: int
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class Subject:
    """One unit's most urgent missed target, and its other ones in the same order."""

    first: Missed
    others: tuple[Missed, ...]


def urgency(missed: Missed) -> int | None:
    """0 worse and without an action, 1 worse with one, 2 without an action; None where somebody is at it and it does not get worse."""
    if missed.worse:
        return 1 if missed.answered else 0
    return None if missed.answered else 2


def subject_of(found: Iterable[Missed]) -> Subject | None:
    """What one unit is talked about for; None where nothing of it is urgent.

    Alike in urgency: what must be reached comes first, then what fell the most, then what has been missed the longest.
    """
    ordered = sorted(found, key=_order)
    return Subject(ordered[0], tuple(ordered[1:])) if ordered and urgency(ordered[0]) is not None else None


def first_of(subjects: Iterable[Subject], most: int = MOST) -> list[Subject]:
    """At most so many, the most urgent first."""
    return sorted(subjects, key=lambda subject: _order(subject.first))[:most]


def _order(missed: Missed) -> tuple[int, bool, Decimal, int, str, int]:
    urgent = urgency(missed)
    fell = min(missed.change or ZERO, ZERO)
    return (3 if urgent is None else urgent, not missed.critical, fell, -missed.run, missed.unit_code, missed.indicator_id)
