"""Which target is in force for a unit and a period, and what a relative target comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from common.periods import Period
from scorecard.rules.statuses import Direction, Limits

HUNDRED = Decimal(100)


class TargetKind(StrEnum):
    """What a target is stated against."""

    ABSOLUTE = "absolute"
    BASELINE = "baseline"
    BENCHMARK = "benchmark"


class Comparison(StrEnum):
    """How much better than the base: by percent of the base, or by points in the unit of the value."""

    PERCENT = "percent"
    POINTS = "points"


@dataclass(frozen=True)
class TargetRow:
    """A target of one unit from a day on. `limits` is None where the unit's own target is withdrawn from that day.

    `target_id` is the caller's own key for the row; the rules never read it.
    """

    unit_id: int
    valid_from: date
    limits: Limits | None
    target_id: int | None = None


def effective_target(
    kind: TargetKind,
    *,
    value: Decimal | None = None,
    base: Decimal | None = None,
    amount: Decimal | None = None,
    comparison: Comparison | None = None,
    direction: Direction,
) -> Decimal | None:
    """The figure a target comes to, in the unit of the value; None as long as something it needs is missing.

    `amount` says how much better than `base` (baseline value or benchmark): 77 and 10 percent is 84.7, 77 and 10 points is 87; where
    lower is better the amount is subtracted. "Must not get worse" is amount 0, and needs no comparison. A negative base gets better by
    percent of its size. A range cannot be relative: None.
    """
    if kind == TargetKind.ABSOLUTE:
        return value
    if base is None or amount is None or direction == Direction.RANGE:
        return None
    if amount == 0:
        return base
    if comparison is None:
        return None
    gain = abs(base) * amount / HUNDRED if comparison == Comparison.PERCENT else amount
    return base + gain if direction == Direction.HIGHER else base - gain


def in_force(rows: Iterable[TargetRow], period: Period, path: Sequence[int], *, own: bool = True) -> TargetRow | None:
    """The target in force for the unit `path[0]` in a period; None without one.

    `rows` are all of one indicator; `path` goes from the unit up to the root. Of each unit the row with the latest `valid_from` that is
    not after the period's last day counts, so a tightening from 1 June leaves May alone. The nearest unit with a target wins, also over
    a newer one further up; a withdrawn target gives way to the next. Of two rows from the same day the later in `rows` counts.
    `own=False` leaves the unit itself out ("show against the district's target").
    """
    newest = _newest_by_unit(rows, period.last_day)
    for unit_id in path if own else path[1:]:
        row = newest.get(unit_id)
        if row is not None and row.limits is not None:
            return row
    return None


def _newest_by_unit(rows: Iterable[TargetRow], last_day: date) -> dict[int, TargetRow]:
    newest: dict[int, TargetRow] = {}
    for row in rows:
        known = newest.get(row.unit_id)
        if row.valid_from <= last_day and (known is None or row.valid_from >= known.valid_from):
            newest[row.unit_id] = row
    return newest
