from decimal import Decimal as D

import pytest

from common.periods import Period
from scorecard.rules.cells import CellState, SeriesPoint, cell_of, format_trend, parse_trend
from scorecard.rules.statuses import Direction, Limits, Quality, Status
from scorecard.rules.trends import Arrow, Effect

SICK_LEAVE = Limits(Direction.LOWER, target=D("9.9"), yellow_limit=D("10.9"))


def points(*pairs):
    return [point(code, value) for code, value in pairs]


def point(code, value, **more):
    quality = Quality.MISSING if value is None else Quality.FINAL
    return SeriesPoint(Period.parse(code), None if value is None else D(value), **{"quality": quality, **more})


def months(*values, start="2025-01"):
    first = Period.parse(start)
    return [point(first.next(n).code, value) for n, value in enumerate(values)]


def cell(series, limits=SICK_LEAVE, **more):
    arguments = {"limits_for": lambda period: limits, "direction": Direction.LOWER, "places": 1, "gap": D("0.2")}
    return cell_of(series, **{**arguments, **more})


def test_the_latest_figure_is_judged_and_compared():
    state = cell(months("11.6", "10.7", "10.5", "10.6", "10.4", "10.2", "10", "9", "9", "9", "9", "11", "12"))

    assert (state.latest.value, state.last_measured.code) == (12, "2026-01")
    assert (state.status, state.limits) == (Status.NOT_REACHED, SICK_LEAVE)
    assert (state.previous.value, state.same_last_year.value) == (11, D("11.6"))
    assert (state.change.delta, state.change.arrow, state.change.effect) == (1, Arrow.UP, Effect.WORSE)
    assert state.change_year.delta == D("0.4")
    assert state.worsening
    assert state.red_run == 2
    assert state.trend == [D(v) for v in ("10.7", "10.5", "10.6", "10.4", "10.2", "10", "9", "9", "9", "9", "11", "12")]
    assert state.trend_text == "10.7;10.5;10.6;10.4;10.2;10.0;9.0;9.0;9.0;9.0;11.0;12.0"
    assert state.score == (D("14.85") - 12) / D("4.95") * 100


def test_years_and_months_of_one_series_are_not_compared():
    state = cell(points(("2006", "11.6"), ("2007", "10.7"), ("2008", "10.5"), ("2012-01", "8"), ("2012-02", "9")))

    assert (state.previous.period.code, state.same_last_year) == ("2012-01", None)
    assert state.trend == [8, 9]

    first_month = cell(points(("2011", "11.6"), ("2012-01", "12")))

    assert (first_month.previous, first_month.change, first_month.worsening) == (None, None, False)
    assert first_month.red_run == 1


def test_the_same_year_before_among_years():
    state = cell(points(("2006", "11.6"), ("2007", "10.7"), ("2008", "10.5")))

    assert (state.same_last_year.period.code, state.change.effect, state.worsening) == ("2007", Effect.BETTER, False)


def test_nothing_measured_is_grey():
    assert cell([]) == CellState(None, None, None, None, None, None, Status.NO_TARGET, None, None, None, [], "", 0, False)
    missing = cell(months(None))

    assert (missing.status, missing.latest, missing.newest.quality, missing.limits) == (Status.NO_VALUE, None, Quality.MISSING, SICK_LEAVE)


def test_a_value_without_target_is_grey():
    state = cell(months("10"), limits=None)

    assert (state.status, state.score, state.red_run) == (Status.NO_TARGET, None, 0)


@pytest.mark.parametrize("quality", [Quality.MISSING, Quality.NOT_RELEVANT])
def test_an_old_colour_does_not_stand_for_a_figure_that_is_stated_missing(quality):
    state = cell([*points(("2006", "4.89"), ("2007", "4.70")), point("2008", None, quality=quality)])

    assert (state.status, state.score) == (Status.NO_VALUE, None)
    assert (state.latest.value, state.last_measured.code, state.newest.quality) == (D("4.70"), "2007", quality)


def test_between_measurements_the_last_one_stands_with_its_date():
    state = cell([*months("9.0"), point("2025-02", None, quality=Quality.NOT_MEASURED)])

    assert (state.status, state.last_measured.code, state.trend) == (Status.REACHED, "2025-01", [9])


def test_a_hole_in_the_trend_stays_a_hole():
    state = cell(months("9", None, "8"))

    assert state.trend == [9, None, 8]
    assert (state.previous.value, state.trend_text) == (9, "9.0;;8.0")


def test_each_month_in_a_red_run_has_its_own_target():
    loose, strict = Limits(Direction.LOWER, target=D(12)), Limits(Direction.LOWER, target=D(9))
    june = Period.parse("2025-06")
    state = cell(months(*["11"] * 8), limits_for=lambda period: loose if period < june else strict)

    assert (state.red_run, state.status) == (3, Status.NOT_REACHED)


def test_a_missing_month_does_not_end_a_red_run():
    assert cell(months("9", "12", None, "12")).red_run == 2


def test_a_change_smaller_than_the_gap_is_not_worsening():
    state = cell(months("10", "10.19"))

    assert (state.change.arrow, state.worsening) == (Arrow.FLAT, False)


def test_a_range_gets_worse_away_from_its_ends():
    limits = Limits(Direction.RANGE, low=D(85), high=D(90))

    assert cell(months("91", "93"), limits=limits, direction=Direction.RANGE).worsening
    assert not cell(months("86", "89"), limits=limits, direction=Direction.RANGE).worsening


def test_the_ends_of_the_score_are_passed_on():
    assert cell(months("11.9"), ceil=D("13.9")).score == 50


def test_the_status_is_of_the_unrounded_value():
    survey = Limits(Direction.HIGHER, target=D("4.5"), yellow_limit=D("4.2"))
    state = cell(months("4.45"), limits=survey, direction=Direction.HIGHER)

    assert (state.status, state.trend) == (Status.NEARLY, [D("4.5")])


@pytest.mark.parametrize("trend", [[], [D("9.0")], [D("9.0"), None, D("-0.5")], [None], [None, D(1)]])
def test_a_stored_trend_comes_back(trend):
    stored = format_trend(trend)

    assert parse_trend(stored) == ([] if trend == [None] else trend)
