"""Figures that are shown for several periods together, as sick leave for the last twelve months."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from common.periods import Period, PeriodKind
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.rollup import Method, Part, over_time
from scorecard.rules.statuses import Quality

# A sum over a year that lacks more than a quarter of its months says nothing about the year.
LEAST_SHARE = Decimal("0.75")


def of_rhythm(points: Sequence[SeriesPoint], kind: PeriodKind) -> list[SeriesPoint]:
    """The points of the indicator's own rhythm; where it has none, those there are (years printed before months were kept)."""
    regular = [point for point in points if point.period.kind == kind]
    return regular or list(points)


def rolling(points: Sequence[SeriesPoint], *, window: int, method: Method, factor: Decimal, kind: PeriodKind) -> list[SeriesPoint]:
    """Each point over itself and the `window - 1` periods before it, by calendar; rates as sum over sum.

    A point without a figure of its own stays without. One that lacks more than a quarter of its periods has no value, one that lacks
    any is at best preliminary. Points of another kind are left as they are.
    """
    if window <= 1:
        return list(points)
    by_period = {point.period: point for point in points}
    return [_over(point, by_period, window, method, factor) if point.period.kind == kind else point for point in points]


def _over(point: SeriesPoint, by_period: dict[Period, SeriesPoint], window: int, method: Method, factor: Decimal) -> SeriesPoint:
    if point.value is None:
        return point
    within = [by_period.get(point.period.previous(back)) for back in reversed(range(window))]
    figures = [part_of(each) for each in within if each is not None and each.value is not None]
    together = over_time(method, figures, factor=factor)
    if together is None or Decimal(len(figures)) < LEAST_SHARE * window:
        return replace(point, value=None, numerator=None, denominator=None, quality=Quality.MISSING)
    quality = together.quality
    if len(figures) < window and quality == Quality.FINAL:
        quality = Quality.PRELIMINARY
    return replace(point, value=together.value, numerator=together.numerator, denominator=together.denominator, quality=quality)


def part_of(point: SeriesPoint) -> Part:
    return Part(point.numerator, point.denominator, point.value, quality=point.quality, restated=point.restated)
