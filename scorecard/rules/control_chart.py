"""Signal or noise: an individuals chart (XmR) of one series, and what it says about a change and about the target.

Limits are the mean plus and minus 2.66 times the mean moving range, cut at the ends of the scale. Neighbours are neighbours in the series:
a month without a figure neither breaks a run nor the moving range, since what is compared is one measurement with the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby, pairwise

from common.periods import Period
from scorecard.rules.statuses import Direction

ZERO = Decimal(0)
# 3 / 1.128: three standard deviations, told from the mean range of two neighbours.
RANGE_FACTOR = Decimal("2.66")
MIN_POINTS = 12
RUN_LENGTH = 8

Point = tuple[Period, Decimal]


class SignalKind(StrEnum):
    """A single value outside the limits, or a long run on one side of the mean."""

    OUTSIDE = "outside"
    RUN = "run"


class Side(StrEnum):
    """Which side of the limits or of the mean."""

    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True)
class Signal:
    """Something that is hardly chance, from the first to the last period it covers (both included)."""

    kind: SignalKind
    first: Period
    last: Period
    side: Side


@dataclass(frozen=True)
class ControlChart:
    """Mean, mean moving range and limits, unrounded, in the unit of the values; `points` are those it is built on, oldest first."""

    points: tuple[Point, ...]
    mean: Decimal
    mean_range: Decimal
    lower: Decimal
    upper: Decimal
    lower_uncut: Decimal
    upper_uncut: Decimal
    signals: tuple[Signal, ...]


class Code(StrEnum):
    """Whether the latest state differs from chance."""

    NOISE = "noise"
    REAL_CHANGE = "real_change"
    TOO_FEW = "too_few"


class Reach(StrEnum):
    """Whether the process as it is today reaches the target.

    STEADY: always. BY_CHANCE: mostly, missed by chance (target inside the limits, mean on the right side). NOT_STEADY: hit by chance only
    (inside, mean on the wrong side). OUT_OF_REACH: never without a change. UNKNOWN: too few values.
    """

    STEADY = "steady"
    BY_CHANCE = "by_chance"
    NOT_STEADY = "not_steady"
    OUT_OF_REACH = "out_of_reach"
    NO_TARGET = "no_target"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The sentence about a chart as codes; `since` and `side` stand with REAL_CHANGE only."""

    code: Code
    reach: Reach
    since: Period | None = None
    side: Side | None = None


def xmr(
    points: Sequence[Point],
    *,
    scale_min: Decimal | None = None,
    scale_max: Decimal | None = None,
    since: Period | None = None,
    run_length: int = RUN_LENGTH,
    min_points: int = MIN_POINTS,
) -> ControlChart | None:
    """The chart of a series of one kind of period; None with fewer than `min_points` values.

    Points of another kind than the newest are left out. `since` starts the chart at a confirmed change, so that the limits are those of the
    process after it. A signal is a value strictly outside the limits, or `run_length` or more in a row strictly on one side of the mean.
    """
    used = _used(points, since)
    if len(used) < max(min_points, 2):
        return None
    values = [value for _period, value in used]
    mean = sum(values, ZERO) / len(values)
    mean_range = sum((abs(b - a) for a, b in pairwise(values)), ZERO) / (len(values) - 1)
    lower_uncut, upper_uncut = mean - RANGE_FACTOR * mean_range, mean + RANGE_FACTOR * mean_range
    lower = lower_uncut if scale_min is None else max(lower_uncut, scale_min)
    upper = upper_uncut if scale_max is None else min(upper_uncut, scale_max)
    signals = [*_outside(used, lower, upper), *_runs(used, mean, run_length)]
    signals.sort(key=lambda signal: (signal.first, signal.kind))
    return ControlChart(tuple(used), mean, mean_range, lower, upper, lower_uncut, upper_uncut, tuple(signals))


def _used(points: Sequence[Point], since: Period | None) -> list[Point]:
    if not points:
        return []
    ordered = sorted(points)
    kind = ordered[-1][0].kind
    return [(period, value) for period, value in ordered if period.kind == kind and (since is None or period.start >= since.start)]


def _outside(points: Sequence[Point], lower: Decimal, upper: Decimal) -> list[Signal]:
    return [
        Signal(SignalKind.OUTSIDE, period, period, Side.ABOVE if value > upper else Side.BELOW)
        for period, value in points
        if not lower <= value <= upper
    ]


def _side(value: Decimal, mean: Decimal) -> Side | None:
    if value == mean:
        return None
    return Side.ABOVE if value > mean else Side.BELOW


def _runs(points: Sequence[Point], mean: Decimal, run_length: int) -> list[Signal]:
    runs: list[Signal] = []
    for side, group in groupby(points, key=lambda point: _side(point[1], mean)):
        periods = [period for period, _value in group]
        if side is not None and len(periods) >= run_length:
            runs.append(Signal(SignalKind.RUN, periods[0], periods[-1], side))
    return runs


def verdict(
    chart: ControlChart | None,
    *,
    target: Decimal | None,
    direction: Direction,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> Verdict:
    """What the chart says about now. `target` for higher and lower, `low` and `high` for a range.

    Only a signal that reaches the newest point is a change now; older ones stay listed on the chart. None as chart: too few values.
    """
    if chart is None:
        return Verdict(Code.TOO_FEW, Reach.UNKNOWN)
    reach = _reach_of_range(chart, low, high) if direction == Direction.RANGE else _reach(chart, target, direction)
    current = _current(chart)
    if current is None:
        return Verdict(Code.NOISE, reach)
    return Verdict(Code.REAL_CHANGE, reach, since=current.first, side=current.side)


def _current(chart: ControlChart) -> Signal | None:
    """The earliest beginning among signals that reach the newest point; values outside in a row are one change."""
    newest = chart.points[-1][0]
    reaching = [signal for signal in chart.signals if signal.last == newest]
    if not reaching:
        return None
    side = reaching[0].side
    first = min(signal.first for signal in reaching)
    outside = {signal.first for signal in chart.signals if signal.kind == SignalKind.OUTSIDE and signal.side == side}
    for period, _value in reversed([point for point in chart.points if point[0] < first]):
        if period not in outside:
            break
        first = period
    return Signal(reaching[0].kind, first, newest, side)


def _reach(chart: ControlChart, target: Decimal | None, direction: Direction) -> Reach:
    if target is None:
        return Reach.NO_TARGET
    higher = direction == Direction.HIGHER
    if target <= chart.lower if higher else target >= chart.upper:
        return Reach.STEADY
    if target > chart.upper if higher else target < chart.lower:
        return Reach.OUT_OF_REACH
    return Reach.BY_CHANCE if (chart.mean >= target if higher else chart.mean <= target) else Reach.NOT_STEADY


def _reach_of_range(chart: ControlChart, low: Decimal | None, high: Decimal | None) -> Reach:
    ends = [
        _reach(chart, low, Direction.HIGHER),
        _reach(chart, high, Direction.LOWER),
    ]
    # The end that is hardest to keep decides.
    worst_first = (Reach.OUT_OF_REACH, Reach.NOT_STEADY, Reach.BY_CHANCE, Reach.STEADY)
    return next((reach for reach in worst_first if reach in ends), Reach.NO_TARGET)
