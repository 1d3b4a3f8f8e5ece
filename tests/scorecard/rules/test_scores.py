from decimal import Decimal as D

import pytest

from common.numbers import round_half_up
from scorecard.rules.scales import to_hundred
from scorecard.rules.scores import (
    SURVEY_FLOOR,
    Scored,
    area_status,
    index_of,
    index_status,
    score,
    score_formula,
    score_ten,
    with_weights,
    worst_status,
)
from scorecard.rules.statuses import Direction, Limits, Status

SURVEY = Limits(Direction.HIGHER, target=D("4.5"))
SICK_LEAVE = Limits(Direction.LOWER, target=D("9.9"))
SHARE = Limits(Direction.HIGHER, target=D(90))
OCCUPANCY = Limits(Direction.RANGE, low=D(85), high=D(90), tolerance=D(2))


@pytest.mark.parametrize(
    "value, limits, ends, expected",
    [
        ("4.5", SURVEY, {"floor": SURVEY_FLOOR}, "100"),
        ("5.5", SURVEY, {"floor": SURVEY_FLOOR}, "100"),
        ("3.75", SURVEY, {"floor": SURVEY_FLOOR}, "50"),
        ("2", SURVEY, {"floor": SURVEY_FLOOR}, "0"),
        ("45", SHARE, {}, "50"),
        ("10.5", SICK_LEAVE, {}, "87.9"),
        ("14.85", SICK_LEAVE, {}, "0"),
        ("20", SICK_LEAVE, {}, "0"),
        ("5", SICK_LEAVE, {}, "100"),
        ("11.9", SICK_LEAVE, {"ceil": D("13.9")}, "50"),
        ("88", OCCUPANCY, {}, "100"),
        ("85", OCCUPANCY, {}, "100"),
        ("83", OCCUPANCY, {}, "50"),
        ("92", OCCUPANCY, {}, "50"),
        ("81", OCCUPANCY, {}, "0"),
        ("70", OCCUPANCY, {}, "0"),
        ("84", Limits(Direction.RANGE, low=D(85), high=D(90)), {}, "0"),
        ("0", Limits(Direction.LOWER, target=D(0)), {}, "100"),
        ("1", Limits(Direction.LOWER, target=D(0)), {}, "0"),
        ("0", Limits(Direction.HIGHER, target=D(0)), {}, "100"),
        ("3", Limits(Direction.HIGHER, target=D(2)), {"floor": D(3)}, "100"),
        ("1", Limits(Direction.HIGHER, target=D(2)), {"floor": D(3)}, "0"),
    ],
)
def test_score(value, limits, ends, expected):
    assert round_half_up(score(D(value), limits, **ends), 1) == D(expected)


@pytest.mark.parametrize("value, limits", [(None, SURVEY), (D(1), None), (D(1), Limits(Direction.LOWER)), (D(1), Limits(Direction.RANGE))])
def test_no_score_without_value_or_target(value, limits):
    assert score(value, limits) is None
    assert score_formula(value, limits) is None


def test_the_formula_carries_its_numbers():
    formula = score_formula(D("10.5"), SICK_LEAVE)

    assert (formula.goal, formula.end) == (D("9.9"), D("14.85"))
    assert (formula.numerator, formula.denominator) == (D("4.35"), D("4.95"))
    assert formula.score == D("4.35") / D("4.95") * 100
    assert not formula.stepped


def test_the_formula_of_a_range_is_the_way_back_to_the_end_that_was_missed():
    above = score_formula(D(91), OCCUPANCY)
    inside = score_formula(D(88), OCCUPANCY)

    assert (above.direction, above.goal, above.end, above.score) == (Direction.LOWER, 90, 94, 75)
    assert (inside.stepped, inside.score, inside.numerator) == (True, 100, None)


def test_a_range_may_be_open_at_one_end():
    at_most = Limits(Direction.RANGE, high=D(90), tolerance=D(2))
    at_least = Limits(Direction.RANGE, low=D(85), tolerance=D(2))

    assert [score(D(value), at_most) for value in (-5, 90, 92, 94)] == [100, 100, 50, 0]
    assert [score(D(value), at_least) for value in (999, 85, 83, 81)] == [100, 100, 50, 0]
    assert (score_formula(D(1), at_most).goal, score_formula(D(99), at_least).goal) == (90, 85)


def test_score_out_of_ten():
    assert score_ten(D("87.9")) == D("8.79")
    assert score_ten(None) is None


@pytest.mark.parametrize("value, low, high, expected", [("4.5", 1, 6, "70"), ("4", 1, 5, "75"), ("1", 1, 6, "0"), ("6", 1, 6, "100")])
def test_scales_become_comparable(value, low, high, expected):
    assert to_hundred(D(value), D(low), D(high)) == D(expected)


def test_a_scale_without_length_is_refused():
    with pytest.raises(ValueError, match="no length"):
        to_hundred(D(1), D(3), D(3))


def item(status, points, weight, **more):
    return Scored(status, None if points is None else D(points), D(weight), **more)


EMPLOYEES = [
    item(Status.REACHED, 100, 30),
    Scored(Status.NEARLY, score(D("10.5"), SICK_LEAVE), D(40)),
    item(Status.REACHED, 100, 15),
    item(Status.NO_VALUE, None, 15),
]


def test_the_index_of_employees_and_working_environment():
    index = index_of(EMPLOYEES)

    assert round_half_up(index.value, 1) == D("94.3")
    assert index.coverage == D("0.85")
    assert (index.covered_count, index.total_count) == (3, 4)
    assert index.enough
    assert index.counts[Status.REACHED] == 2
    assert index.counts[Status.NEARLY] == 1
    assert index.counts[Status.NO_VALUE] == 1
    assert index.counts[Status.NOT_REACHED] == 0


@pytest.mark.parametrize("measured, missing, enough", [(55, 45, False), ("59.99", "40.01", False), (60, 40, True)])
def test_the_index_needs_sixty_percent_of_the_weight(measured, missing, enough):
    index = index_of([item(Status.REACHED, 100, measured), item(Status.NO_VALUE, None, missing)])

    assert index.enough is enough
    assert index.value == (100 if enough else None)
    assert index.coverage == D(measured) / 100


def test_the_demand_on_coverage_can_be_set():
    items = [item(Status.REACHED, 100, 55), item(Status.NO_VALUE, None, 45)]

    assert index_of(items, min_coverage=D("0.5")).enough


def test_what_is_not_relevant_leaves_its_weight_to_the_rest():
    items = [item(Status.REACHED, 100, 20), item(Status.NOT_REACHED, 0, 20), item(Status.NO_VALUE, None, 60, relevant=False)]
    index = index_of(items)

    assert (index.value, index.coverage, index.total_count, index.enough) == (50, 1, 2, True)
    assert index.counts[Status.NO_VALUE] == 0


@pytest.mark.parametrize(
    "items", [[], [item(Status.NO_VALUE, None, 10)], [item(Status.REACHED, 100, 0)], [item(Status.REACHED, 9, 9, relevant=False)]]
)
def test_no_index_of_nothing(items):
    index = index_of(items)

    assert (index.value, index.coverage, index.enough, index.held_back) == (None, 0, False, False)


def test_where_nobody_has_given_weights_all_count_alike():
    items = [item(Status.REACHED, 100, 0), item(Status.NOT_REACHED, 50, 0)]

    assert index_of(with_weights(items)).value == 75
    assert with_weights([item(Status.REACHED, 100, 0), item(Status.NOT_REACHED, 50, 7)])[0].weight == 0


def test_an_accepted_miss_keeps_its_score():
    index = index_of([item(Status.ACCEPTED, 40, 50), item(Status.REACHED, 100, 50)])

    assert index.value == 70
    assert index.counts[Status.ACCEPTED] == 1


@pytest.mark.parametrize(
    "status, critical, relevant, held",
    [
        (Status.NOT_REACHED, True, True, True),
        (Status.NOT_REACHED, False, True, False),
        (Status.NEARLY, True, True, False),
        (Status.ACCEPTED, True, True, False),
        (Status.NOT_REACHED, True, False, False),
    ],
)
def test_a_critical_red_child_holds_the_parent_back(status, critical, relevant, held):
    index = index_of([item(status, 100, 1, critical=critical, relevant=relevant), item(Status.REACHED, 100, 99)])

    assert index.held_back is held
    assert index_status(index) == (Status.NEARLY if held else Status.REACHED)


@pytest.mark.parametrize(
    "points, expected", [(100, Status.REACHED), ("99.9", Status.NEARLY), (80, Status.NEARLY), ("79.9", Status.NOT_REACHED)]
)
def test_a_parent_coloured_by_its_index(points, expected):
    assert index_status(index_of([item(Status.REACHED, points, 1)])) == expected


def test_no_colour_by_index_without_an_index():
    assert index_status(index_of([])) == Status.NO_VALUE


@pytest.mark.parametrize(
    "statuses, expected",
    [
        ([Status.REACHED, Status.NOT_REACHED, Status.NEARLY], Status.NOT_REACHED),
        ([Status.REACHED, Status.NEARLY, Status.NO_TARGET], Status.NEARLY),
        ([Status.REACHED, Status.NO_VALUE], Status.REACHED),
        ([Status.ACCEPTED, Status.NO_VALUE], Status.ACCEPTED),
        ([Status.NO_TARGET, Status.NO_VALUE], Status.NO_VALUE),
        ([Status.NO_TARGET], Status.NO_TARGET),
        ([], Status.NO_VALUE),
    ],
)
def test_the_worst_status_speaks_for_the_area(statuses, expected):
    assert worst_status(statuses) == expected


@pytest.mark.parametrize(
    "items, expected",
    [
        ([item(Status.REACHED, 100, 90), item(Status.NOT_REACHED, 90, 10)], Status.NOT_REACHED),
        ([item(Status.REACHED, 100, 55), item(Status.NO_VALUE, None, 45)], Status.NO_VALUE),
        ([item(Status.NOT_REACHED, 0, 10), item(Status.NO_VALUE, None, 90)], Status.NOT_REACHED),
        ([item(Status.REACHED, 100, 60), item(Status.NO_VALUE, None, 40)], Status.REACHED),
        ([], Status.NO_VALUE),
    ],
)
def test_green_of_an_area_needs_coverage_and_red_does_not(items, expected):
    assert area_status(index_of(items)) == expected
