"""What the periods of a year come to, to be read beside what a source printed for the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from scorecard.rules.cells import SeriesPoint
from scorecard.rules.rollup import DIVIDED, Method, over_time
from scorecard.rules.windows import part_of


@dataclass(frozen=True)
class YearMean:
    """The mean of a year, unrounded, and how many of its periods have a figure."""

    year: int
    value: Decimal
    periods: int


def year_means(points: Sequence[SeriesPoint], *, method: Method, factor: Decimal) -> list[YearMean]:
    """The mean of each year with at least two figures, oldest first. The points are of one kind, shorter than a year.

    Rates are the sum of numerators over the sum of denominators, where these are known. Everything else is a plain mean: 436 recipients
    in January and 462 in February are 449 a month, not 898.
    """
    over = method if method in DIVIDED else Method.MEAN
    found = []
    for year, group in groupby(sorted(points, key=lambda point: point.period), key=lambda point: point.period.year):
        figures = [part_of(point) for point in group if point.value is not None]
        mean = over_time(over, figures, factor=factor) if len(figures) > 1 else None
        if mean is not None and mean.value is not None:
            found.append(YearMean(year, mean.value, len(figures)))
    return found
