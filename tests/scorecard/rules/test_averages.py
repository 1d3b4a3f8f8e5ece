"""What the periods of a year come to."""

from decimal import Decimal

import pytest

from common.periods import Period
from scorecard.rules.averages import YearMean, year_means
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality

USERS_2012 = [436, 462, 464, 442, 496, 473, 445, 426, 430, 450, 440, 463]


def months(*values: object, year: int = 2012) -> list[SeriesPoint]:
    return [
        SeriesPoint(Period.month(year, number), None if value is None else Decimal(str(value)), quality=Quality.FINAL)
        for number, value in enumerate(values, 1)
    ]


@pytest.mark.parametrize("method", [Method.SUM, Method.MEAN, Method.LATEST, Method.NONE])
def test_plain_numbers_are_averaged_over_time_however_units_are_added(method):
    assert year_means(months(*USERS_2012), method=method, factor=Decimal(1)) == [YearMean(2012, Decimal("452.25"), 12)]


def test_rates_are_sums_over_sums_where_denominators_are_known_and_plain_means_where_not():
    january, february = Period.month(2026, 1), Period.month(2026, 2)
    known = [
        SeriesPoint(january, Decimal(10), Decimal(10), Decimal(100)),
        SeriesPoint(february, Decimal(40), Decimal(360), Decimal(900)),
    ]
    assert year_means(known, method=Method.RATIO, factor=Decimal(100)) == [YearMean(2026, Decimal(37), 2)]
    bare = [SeriesPoint(january, Decimal(10)), SeriesPoint(february, Decimal(40))]
    assert year_means(bare, method=Method.RATIO, factor=Decimal(100)) == [YearMean(2026, Decimal(25), 2)]


@pytest.mark.parametrize(
    "values, expected",
    [((), []), ((82,), []), ((None, None), []), ((82, None, 90), [(Decimal(86), 2)])],
)
def test_a_mean_needs_two_figures_and_a_missing_one_is_not_nought(values, expected):
    found = year_means(months(*values), method=Method.MEAN, factor=Decimal(1))
    assert [(each.value, each.periods) for each in found] == expected


def test_each_year_by_itself_oldest_first_whatever_the_order():
    points = [*months(4, 6, year=2013), *months(1, 3, year=2012)]
    assert [(each.year, each.value) for each in year_means(points, method=Method.MEAN, factor=Decimal(1))] == [(2012, 2), (2013, 5)]
