"""The chart as data: what is drawn for few, many, missing and changed figures."""

from datetime import date
from decimal import Decimal

import pytest

from common.periods import Period
from organisation.queries.tree import history
from scorecard.charts.axes import axis_of, spread
from scorecard.charts.figure import figure_of
from scorecard.charts.points import numbered_points
from scorecard.models import Indicator, LimitReset
from scorecard.queries.indicator import Series, load_series
from scorecard.rules.statuses import Quality
from scorecard.services.values import Entry
from tests.factories.scorecard import IndicatorFactory, TargetFactory
from tests.scorecard.indicator.conftest import NOW, missing, rate, record

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)


def drawn(series: Series) -> dict:
    return figure_of(series, series.shown, numbered_points(series, series.shown), [])


def names(figure: dict) -> list[str]:
    return [each["name"] for each in figure["data"]]


def test_one_year_is_one_dot_with_its_target_as_a_mark(office):
    score = IndicatorFactory()
    record(Entry(score, office, Period.of_year(2025), value=Decimal("4.6")))
    TargetFactory(indicator=score, unit=office, valid_from=date(2025, 1, 1))

    figure = drawn(load_series(score, office.pk, history(), today=TODAY))

    assert names(figure) == ["Mål", "Resultat"]
    assert figure["data"][0]["mode"] == "markers"
    assert figure["layout"]["xaxis"]["ticktext"] == ["2025"]


def test_a_missing_month_breaks_the_line_and_what_is_not_final_is_an_open_dot(office, share):
    record(missing(share, office, Period.month(2013, 5)))
    record(Entry(share, office, Period.month(2013, 6), value=Decimal(97), quality=Quality.PRELIMINARY))

    figure = drawn(load_series(share, office.pk, history(), today=TODAY))

    result = figure["data"][names(figure).index("Resultat")]
    assert (result["y"][16], result["text"][16]) == (None, "–")
    assert [number for number, symbol in enumerate(result["marker"]["symbol"]) if symbol == "circle-open"] == [16, 17]


def test_each_stretch_has_its_own_mean_and_span(office, share):
    LimitReset.objects.create(
        indicator=share, unit=office, period_start=date(2013, 1, 1), period_kind="month", note="Nytt", recorded_at=NOW
    )

    figure = drawn(load_series(share, office.pk, history(), today=TODAY))

    means = [each for each in figure["data"] if each["name"] == "Snitt"]
    assert [each["x"] for each in means] == [["2012-01-01", "2012-12-01"], ["2013-01-01", "2014-01-01"]]
    assert len([shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]) == 2


def test_months_that_are_shown_together_have_the_single_ones_behind_them(office, sick_leave):
    record(*[rate(sick_leave, office, Period.month(2025, month), "10", "100") for month in range(1, 13)])

    figure = drawn(load_series(sick_leave, office.pk, history(), today=TODAY))

    assert names(figure)[-2:] == ["Periode for periode", "Resultat"]


def test_a_narrow_place_keeps_the_numbers_and_drops_the_names_at_the_edge(office, share):
    figure = drawn(load_series(share, office.pk, history(), today=TODAY))

    wide = [each["text"] for each in figure["layout"]["annotations"]]
    narrow = figure["layout"]["meta"]["narrow"]
    assert wide == ["Mål fra mars 2013", "86,2", "Mål 95", "Snitt 92,6", "Nedre grense 83,8", "1", "2"]
    assert [each["text"] for each in narrow["annotations"]] == ["1", "2"]


@pytest.mark.parametrize(
    "heights, low, high",
    [
        (["82", "97"], 80, 98.8),
        (["0.4", "12"], 0, 13.392),
        (["5", "5"], 4.8, 5.12),
        (["0"], 0, 0.12),
        (["-1470", "200"], -1800, 400.4),
    ],
)
def test_an_axis_begins_on_a_round_number_and_not_below_nought_without_need(heights, low, high):
    axis = axis_of([Decimal(height) for height in heights], Indicator())

    assert (axis.low, axis.high) == (low, high)


def test_labels_that_would_stand_on_each_other_are_moved_apart_in_the_same_order():
    assert spread([95.0, 92.6, 86.2, 92.0], 1.5) == [95.0, 93.5, 86.2, 92.0]


def test_values_outside_one_after_the_other_are_one_number_at_the_one_furthest_out(office, share):
    calm, first = IndicatorFactory(code="rolig", frequency="month"), Period.month(2012, 1)
    texts = ["4.0", "4.1"] * 12 + ["4.7", "4.9", "4.8"] + ["4.0", "4.1"] * 3 + ["4.9"]
    record(*(Entry(calm, office, first.next(number), value=Decimal(text)) for number, text in enumerate(texts)))
    series = load_series(calm, office.pk, history(), today=TODAY)

    outside = [point for point in numbered_points(series, series.shown) if point.place is not None]

    assert [(point.heading, point.place) for point in outside] == [
        ("Januar–mars 2014", Period.month(2014, 2)),
        ("Oktober 2014", Period.month(2014, 10)),
    ]
    assert outside[0].texts == ["Over det vanlige området. Dette er et signal."]
    assert outside[1].texts == ["4,9. Over det vanlige området. Dette er et signal."]
