"""The vertical axis of a chart: from where to where, and how far apart labels must stand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorecard.models import Indicator

# A label needs this share of the chart's height.
LABEL_SHARE = 0.085
ROOM = 0.12


@dataclass(frozen=True)
class Axis:
    """`low` and `high` are the ends; a bracket over a run stands at `bracket` with its feet down to `foot`; `gap` parts two labels."""

    low: float
    high: float
    bracket: float
    foot: float
    gap: float


def axis_of(heights: Sequence[Decimal], indicator: Indicator) -> Axis:
    """An axis with room for all heights, starting on a round number, and at nought where all figures are near it."""
    values = [float(height) for height in heights] or [0.0, 1.0]
    bottom, top = min(values), max(values)
    reach = (top - bottom) or abs(top) * 0.2 or 1.0
    step = _step(reach)
    low = math.floor((bottom - reach * ROOM) / step) * step
    high = top + reach * ROOM
    if bottom >= 0:
        low = max(low, 0.0)
    least = indicator.scale_min
    if least is not None:
        low = max(low, float(least))
    size = high - low
    return Axis(round(low, 6), round(high, 6), high - size * 0.03, high - size * 0.05, size * LABEL_SHARE)


def _step(reach: float) -> float:
    """A fifth of the reach, rounded to 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(reach / 5))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= reach / 10), 10 * power)


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """The same heights, moved upwards where two would stand closer than the gap; in the order given."""
    placed: dict[int, float] = {}
    last: float | None = None
    for index in sorted(range(len(heights)), key=lambda index: heights[index]):
        height = heights[index] if last is None else max(heights[index], last + gap)
        placed[index] = last = height
    return [placed[index] for index in range(len(heights))]
