"""Whether a figure has changed enough to be shown as a change, and whether that is good."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scorecard.rules.statuses import Direction, Limits, shortfall

ZERO = Decimal(0)


class Arrow(StrEnum):
    """Which way the figure went."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


class Effect(StrEnum):
    """Whether the change is for the good."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """A change in the unit of the value (percent figures: percentage points), unrounded."""

    delta: Decimal
    arrow: Arrow
    effect: Effect


def change(
    now: Decimal | None,
    before: Decimal | None,
    *,
    direction: Direction,
    gap: Decimal = ZERO,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> Change | None:
    """The change from one value to another; None when either is missing.

    `gap` is the smallest change that means something (0.2 on a scale from 1 to 6): below it the arrow is flat and the effect "same",
    also where the figure moved. In a range (`low`, `high`) better is nearer to the range; inside it every move is "same".
    """
    if now is None or before is None:
        return None
    delta = now - before
    if delta == 0 or abs(delta) < gap:
        return Change(delta, Arrow.FLAT, Effect.SAME)
    gained = _gained(now, before, direction, low, high)
    effect = Effect.SAME if gained == 0 else Effect.BETTER if gained > 0 else Effect.WORSE
    return Change(delta, Arrow.UP if delta > 0 else Arrow.DOWN, effect)


def _gained(now: Decimal, before: Decimal, direction: Direction, low: Decimal | None, high: Decimal | None) -> Decimal:
    if direction == Direction.RANGE:
        limits = Limits(Direction.RANGE, low=low, high=high)
        return shortfall(before, limits) - shortfall(now, limits)
    return now - before if direction == Direction.HIGHER else before - now
