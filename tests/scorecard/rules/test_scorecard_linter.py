from decimal import Decimal as D

import pytest

from scorecard.rules.linter import AreaDraft, Finding, PlacedDraft, lint_scorecard, reporting_minutes
from scorecard.rules.statuses import Direction, Limits

HIGHER, LOWER, RANGE = Direction.HIGHER, Direction.LOWER, Direction.RANGE


def placed(placed_id, weight, area=1, **more):
    sound = {
        "indicator_id": placed_id,
        "has_method": True,
        "has_source": True,
        "direction": HIGHER,
        "limits": Limits(HIGHER, target=D("4.5"), yellow_limit=D("4.2")),
    }
    return PlacedDraft(placed_id, area, weight=None if weight is None else D(weight), **{**sound, **more})


def findings_of(*rows, areas=(1,), **more):
    return lint_scorecard([AreaDraft(area) for area in areas], rows, **more)


@pytest.mark.parametrize(
    "weights",
    [["30", "40", "15", "15"], ["33.33", "33.33", "33.33"], ["14.29"] * 7, ["50", "50.01"], ["100", "0"], [None, None], ["100"]],
)
def test_a_sound_scorecard_has_no_findings(weights):
    assert findings_of(*(placed(n, weight) for n, weight in enumerate(weights))) == []


IDS = {"area": 1, "placed": 2, "indicator": 2}


@pytest.mark.parametrize(
    "wrong, expected",
    [
        ({"has_method": False}, Finding("method_missing", True, IDS)),
        ({"has_source": False}, Finding("source_missing", True, IDS)),
        ({"direction": None}, Finding("direction_missing", True, IDS)),
        ({"limits": None}, Finding("target_missing", False, IDS)),
        ({"limits": None, "confirmed": False}, Finding("target_missing", False, IDS)),
        ({"limits": Limits(HIGHER)}, Finding("target_missing", False, IDS)),
        ({"direction": LOWER}, Finding("limits_against_direction", True, {**IDS, "direction": LOWER})),
        (
            {"limits": Limits(HIGHER, target=D(4), yellow_limit=D(5))},
            Finding("limits_against_direction", True, {**IDS, "direction": HIGHER}),
        ),
        (
            {"direction": LOWER, "limits": Limits(LOWER, target=D(4), yellow_limit=D(3))},
            Finding("limits_against_direction", True, {**IDS, "direction": LOWER}),
        ),
        (
            {"direction": RANGE, "limits": Limits(RANGE, low=D(90), high=D(85))},
            Finding("limits_against_direction", True, {**IDS, "direction": RANGE}),
        ),
        (
            {"limits": Limits(HIGHER, low=D(85), high=D(90))},
            Finding("limits_against_direction", True, {**IDS, "direction": HIGHER}),
        ),
        ({"confirmed": False}, Finding("target_unconfirmed", True, IDS)),
    ],
)
def test_what_is_wrong_with_a_placed_indicator(wrong, expected):
    assert findings_of(placed(1, 50), placed(2, 50, **wrong)) == [expected]


@pytest.mark.parametrize(
    "limits",
    [
        Limits(HIGHER, target=D(4)),
        Limits(HIGHER, target=D(4), yellow_limit=D(4)),
        Limits(RANGE, low=D(4)),
        Limits(RANGE, low=D(4), high=D(4)),
    ],
)
def test_limits_without_yellow_or_with_one_end_are_sound(limits):
    assert findings_of(placed(1, 100, limits=limits, direction=limits.direction)) == []


@pytest.mark.parametrize("weights", [["50", "49"], ["50", "50.02"], ["120", "-20"]])
def test_weights_of_a_focus_area_sum_to_a_hundred(weights):
    found = findings_of(*(placed(n, weight) for n, weight in enumerate(weights)))

    assert found == [Finding("weight_sum", True, {"area": 1, "sum": sum(map(D, weights))})]


def test_each_area_has_its_own_sum():
    found = findings_of(placed(1, 100), placed(2, 60, area=2), placed(3, 30, area=2), areas=(1, 2))

    assert found == [Finding("weight_sum", True, {"area": 2, "sum": 90})]


def test_a_weight_left_out_among_others():
    assert findings_of(placed(1, 100), placed(2, None)) == [Finding("weight_missing", True, IDS)]


def test_an_empty_area():
    assert findings_of(placed(1, 100), areas=(1, 2)) == [Finding("area_empty", True, {"area": 2})]


def test_an_indicator_placed_twice_is_told_at_both_places():
    found = findings_of(placed(1, 100), placed(2, 100, area=2, indicator_id=1), areas=(1, 2))

    assert [(each.code, each.params["placed"], each.params["indicator"]) for each in found] == [
        ("placed_twice", 1, 1),
        ("placed_twice", 2, 1),
    ]


def test_too_many_indicators_is_a_hint_with_a_limit_of_choice():
    three = [placed(n, None) for n in range(3)]

    assert findings_of(*three, max_per_area=2) == [Finding("too_many_indicators", False, {"area": 1, "count": 3, "limit": 2})]
    assert findings_of(*three, max_per_area=3) == []


def test_the_minutes_a_scorecard_causes_per_month():
    assert reporting_minutes([(D(10), 12, 22), (D(60), 1, 22), (D(30), 3, 1)]) == D("337.5")
    assert reporting_minutes([]) == 0
