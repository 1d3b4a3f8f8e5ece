"""Where marks and names of the wheel stand."""

from datetime import date, timedelta
from itertools import combinations, pairwise
from math import atan2, hypot, pi

import pytest

from annualcycle.rules.geometry import (
    APART,
    BOTTOM,
    CENTRE_X,
    CENTRE_Y,
    NAME_WIDTH,
    TOP,
    Taken,
    angle_of,
    free_angle,
    layout,
    letters_for,
    row_of,
    spread,
)
from common.deadlines import Lane

FIRST = date(2026, 1, 1)
LANES = list(Lane)
CROWDS = {
    "none": [],
    "one": [(date(2026, 10, 9), Lane.REPORT)],
    "a day of nine": [(date(2026, 6, 30), Lane.PLAN)] * 9,
    "eighty": [(FIRST + timedelta(days=(n * 37) % 365), LANES[n % 4]) for n in range(80)],
    "a spring of eighty": [(FIRST + timedelta(days=n), LANES[n % 4]) for n in range(80)],
    "reports every tenth": [(date(2026, month, 10), Lane.REPORT) for month in range(1, 13)],
}


@pytest.mark.parametrize("items", CROWDS.values(), ids=CROWDS.keys())
def test_no_two_marks_meet_and_every_angle_is_the_deadline(items):
    found = layout(items)
    for (day, _lane), spot in zip(items, found.spots, strict=True):
        angle = atan2(spot.x - CENTRE_X, CENTRE_Y - spot.y) % (2 * pi)
        assert angle == pytest.approx(angle_of(day))
    for one, other in combinations(found.spots, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= APART * found.scale - 0.001


@pytest.mark.parametrize("items", CROWDS.values(), ids=CROWDS.keys())
def test_names_of_a_side_never_meet_and_stay_in_the_picture(items):
    found = layout(items, date(2026, 10, 9))
    for side in (True, False):
        heights = sorted(spot.label_y for spot in [*found.spots, found.today] if spot.on_right is side)
        assert all(TOP - 0.001 <= height <= BOTTOM + 0.001 for height in heights)
        assert all(after - before >= found.letters for before, after in pairwise(heights))


def test_names_stand_in_the_order_of_their_days_on_the_right_and_backwards_on_the_left():
    found = layout([(date(2026, month, 10), Lane.REPORT) for month in range(1, 13)])
    right, left = ([spot.label_y for spot in found.spots if spot.on_right is side] for side in (True, False))
    assert (len(right), len(left)) == (6, 6)
    assert right == sorted(right)
    assert left == sorted(left, reverse=True)


def test_a_lonely_mark_stands_in_its_lane_at_full_size():
    assert [spot.radius for spot in layout([(date(2026, 3, 1), Lane.SURVEY)]).spots] == [380]
    assert layout([(date(2026, 3, 1), Lane.SURVEY)]).scale == 1


@pytest.mark.parametrize("day, share", [(date(2026, 1, 1), 0.5 / 365), (date(2024, 12, 31), 365.5 / 366), (date(2024, 7, 1), 182.5 / 366)])
def test_the_angle_knows_leap_years(day, share):
    assert angle_of(day) == pytest.approx(share * 2 * pi)


def test_rows_shrink_where_many_share_a_side():
    assert row_of(1) == 38
    assert row_of(79) == pytest.approx(12)
    assert spread([500.0, 500.0]) == [500.0, 538.0]


@pytest.mark.parametrize(
    "text, letters", [("27.2. Årsplan", 21), ("", 21), ("31.12. " + "W" * 28, pytest.approx(NAME_WIDTH / 28.32, rel=0.1))]
)
def test_only_names_that_are_too_wide_get_smaller_letters(text, letters):
    assert letters_for(text, 21) == letters


MARK = Taken(radius=284, start=1.0, end=1.0, thick=15)


def test_words_stand_where_they_are_wished_if_nothing_is_there():
    assert free_angle(284, 80, [], 1.0) == 1.0
    # What stands in another lane is in nobody's way.
    assert free_angle(284, 80, [Taken(332, 1.0, 1.0, 15)], 1.0) == 1.0


def test_words_give_way_to_marks_and_bands_also_across_the_turn_of_the_year():
    for taken, wished in ((MARK, 1.0), (Taken(284, 0.5, 1.5, 6), 1.0), (Taken(284, 0.01, 0.01, 15), 2 * pi - 0.01)):
        found = free_angle(284, 80, [taken], wished)
        middle, reach = (taken.start + taken.end) / 2, (taken.end - taken.start) / 2
        assert abs((found - middle + pi) % (2 * pi) - pi) >= 40 / 284 + reach + taken.thick / 284


def test_there_is_no_room_in_a_full_ring():
    assert free_angle(284, 80, [Taken(284, 0.0, 2 * pi, 6)], 1.0) is None
    assert free_angle(284, 80, [Taken(284, n * pi / 10, n * pi / 10, 15) for n in range(20)], 1.0) is None
