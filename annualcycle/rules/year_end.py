"""How a year went: what was done on time, late, not at all, and what is still to come. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from annualcycle.rules.standing import share_of


@dataclass(frozen=True, slots=True)
class Counts:
    """`coming` are those whose day has not passed: they count neither for nor against."""

    on_time: int = 0
    late: int = 0
    missed: int = 0
    coming: int = 0

    @property
    def over(self) -> int:
        """Those that can be judged."""
        return self.on_time + self.late + self.missed

    @property
    def share(self) -> int | None:
        """Whole per cent on time; 100 means all. None where nothing can be judged."""
        return share_of(self.on_time, self.over) if self.over else None

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.on_time + other.on_time, self.late + other.late, self.missed + other.missed, self.coming + other.coming)


def judge(due_on: date, done_on: date | None, today: date) -> Counts:
    """One thing to be done. Done on the very day is on time."""
    if done_on is not None:
        return Counts(on_time=1) if done_on <= due_on else Counts(late=1)
    return Counts(missed=1) if due_on < today else Counts(coming=1)


def total(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


def widths(counts: Counts, whole: int) -> tuple[int, int, int]:
    """Parts of a bar so long, on time, late and missed; together exactly `whole`, and nobody who is there has no part."""
    parts = (counts.on_time, counts.late, counts.missed)
    if not counts.over:
        return (0, 0, 0)
    smaller = [max(2, whole * part // counts.over) if part else 0 for part in parts]
    smaller[parts.index(max(parts))] += whole - sum(smaller)
    return (smaller[0], smaller[1], smaller[2])
