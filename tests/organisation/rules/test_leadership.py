"""Who answers above a unit."""

from organisation.rules.leadership import next_level


def test_the_next_level_is_the_nearest_above_with_somebody_else():
    path = (4, 3, 2, 1)
    assert next_level(path, {4: [40], 3: [30], 2: [20]}, [40]) == (30,)
    assert next_level(path, {3: [30], 2: [20, 21], 1: [10]}, [30]) == (20, 21)
    assert next_level(path, {3: [30, 31]}, [31]) == (30,)


def test_where_nobody_else_stands_above_there_is_nobody():
    assert next_level((4, 3), {4: [44]}, [40]) == ()
    assert next_level((4, 3), {4: [44], 3: [40, 41]}, [40, 41]) == ()
    assert next_level((), {}, [40]) == ()


def test_a_district_answers_for_itself_where_it_is_the_top():
    assert next_level((3, 1), {3: [30, 31]}, [31], at_top=True) == (30,)
    assert next_level((3, 1), {3: [30, 31]}, [31]) == ()
