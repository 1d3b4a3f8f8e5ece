from datetime import date
from decimal import Decimal as D

import pytest

from scorecard.rules.statuses import Direction, Limits, Missing, Quality, Status, colour_last, is_info, missing_state, shortfall, status_of

SURVEY = Limits(Direction.HIGHER, target=D("4.5"), yellow_limit=D("4.2"))
SICK_LEAVE = Limits(Direction.LOWER, target=D("9.9"), yellow_limit=D("10.9"))
ECONOMY = Limits(Direction.LOWER, target=D(100))
HANDLED_IN_TIME = Limits(Direction.HIGHER, target=D(95), yellow_limit=D(92))
OCCUPANCY = Limits(Direction.RANGE, low=D(85), high=D(90), tolerance=D(2))


@pytest.mark.parametrize(
    "value, limits, expected",
    [
        ("4.70", SURVEY, Status.REACHED),
        ("4.5", SURVEY, Status.REACHED),
        ("4.45", SURVEY, Status.NEARLY),
        ("4.4999999", SURVEY, Status.NEARLY),
        ("4.2", SURVEY, Status.NEARLY),
        ("4.1999", SURVEY, Status.NOT_REACHED),
        ("11.6", SICK_LEAVE, Status.NOT_REACHED),
        ("10.7", SICK_LEAVE, Status.NEARLY),
        ("10.5", SICK_LEAVE, Status.NEARLY),
        ("10.9", SICK_LEAVE, Status.NEARLY),
        ("9.9", SICK_LEAVE, Status.REACHED),
        ("9.90001", SICK_LEAVE, Status.NEARLY),
        ("95.93", ECONOMY, Status.REACHED),
        ("100", ECONOMY, Status.REACHED),
        ("100.01", ECONOMY, Status.NOT_REACHED),
        ("93.25", HANDLED_IN_TIME, Status.NEARLY),
        ("11279", Limits(Direction.LOWER, target=D(10737)), Status.NOT_REACHED),
        ("85", OCCUPANCY, Status.REACHED),
        ("90", OCCUPANCY, Status.REACHED),
        ("83", OCCUPANCY, Status.NEARLY),
        ("92", OCCUPANCY, Status.NEARLY),
        ("82.99", OCCUPANCY, Status.NOT_REACHED),
        ("92.01", OCCUPANCY, Status.NOT_REACHED),
        ("84.9", Limits(Direction.RANGE, low=D(85), high=D(90)), Status.NOT_REACHED),
        ("1000", Limits(Direction.RANGE, low=D(85)), Status.REACHED),
        ("0", Limits(Direction.HIGHER, target=D(0)), Status.REACHED),
    ],
)
def test_status_follows_direction_target_and_yellow_limit(value, limits, expected):
    assert status_of(D(value), limits) == expected


@pytest.mark.parametrize(
    "value, limits, expected",
    [
        (None, SURVEY, Status.NO_VALUE),
        (D("4.7"), None, Status.NO_TARGET),
        (D("4.7"), Limits(Direction.HIGHER), Status.NO_TARGET),
        (D("4.7"), Limits(Direction.RANGE, tolerance=D(1)), Status.NO_TARGET),
        (D("4.7"), Limits(Direction.HIGHER, yellow_limit=D(4)), Status.NO_TARGET),
        (None, None, Status.NO_TARGET),
    ],
)
def test_without_value_or_target_there_is_no_colour(value, limits, expected):
    assert status_of(value, limits) == expected


def test_directions_from_the_database_are_plain_strings():
    assert status_of(D("10.7"), Limits("lower", target=D("9.9"), yellow_limit=D("10.9"))) == Status.NEARLY


@pytest.mark.parametrize("value, expected", [("95.93", True), ("96.99", True), ("97", False), ("97.24", False)])
def test_a_large_underspend_is_an_info_mark_and_no_colour(value, expected):
    assert is_info(D(value), D(97)) is expected
    assert status_of(D(value), ECONOMY) == Status.REACHED


def test_no_info_mark_without_value_or_limit():
    assert not is_info(None, D(97))
    assert not is_info(D(1), None)


@pytest.mark.parametrize(
    "value, limits, expected",
    [
        ("4.45", SURVEY, "0.05"),
        ("4.6", SURVEY, "0"),
        ("11.6", SICK_LEAVE, "1.7"),
        ("80", OCCUPANCY, "5"),
        ("93", OCCUPANCY, "3"),
        ("88", OCCUPANCY, "0"),
    ],
)
def test_shortfall_is_the_distance_on_the_wrong_side(value, limits, expected):
    assert shortfall(D(value), limits) == D(expected)


def test_nothing_to_fall_short_of_without_a_target():
    assert shortfall(D(5), Limits(Direction.HIGHER)) == 0


TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    "given, expected",
    [
        ({"quality": Quality.FINAL}, None),
        ({"quality": Quality.ESTIMATE}, None),
        ({"quality": Quality.FINAL, "masked": True}, Missing.MASKED),
        ({"quality": Quality.NOT_RELEVANT, "next_due": date(2026, 3, 1)}, Missing.NOT_RELEVANT),
        ({"quality": Quality.MISSING, "next_due": date(2026, 5, 1)}, Missing.MISSING),
        ({"quality": None, "next_due": date(2026, 3, 11)}, Missing.NOT_DUE),
        ({"quality": None, "next_due": date(2026, 3, 10)}, Missing.NOT_DUE),
        ({"quality": None, "next_due": date(2026, 3, 9)}, Missing.MISSING),
        ({"quality": Quality.NOT_MEASURED, "next_due": date(2026, 9, 1)}, Missing.NOT_DUE),
        ({"quality": Quality.NOT_MEASURED, "ever_measured": True}, Missing.MISSING),
        ({"quality": None}, Missing.NEVER),
        ({"quality": None, "ever_measured": True}, Missing.MISSING),
    ],
)
def test_a_cell_without_a_figure_says_why(given, expected):
    assert missing_state(today=TODAY, **given) == expected


def test_the_preview_colours_the_last_twelve():
    values = [D("11.6")] * 3 + [D("10.7"), None, D("9.9")] + [D("9.5")] * 9

    assert colour_last(values, SICK_LEAVE) == [Status.NEARLY, Status.NO_VALUE, Status.REACHED] + [Status.REACHED] * 9
    assert colour_last(values, SICK_LEAVE, count=2) == [Status.REACHED] * 2
    assert colour_last(values[:2], None) == [Status.NO_TARGET] * 2
