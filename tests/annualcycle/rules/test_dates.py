"""On which day an activity falls."""

from datetime import date

import pytest

from annualcycle.rules.dates import WORKDAYS, day_of, moved
from annualcycle.rules.kinds import DateRule, Moves, UselessRule
from common.workdays import is_workday


@pytest.mark.parametrize(
    "rule, year, given, expected",
    [
        (DateRule.FIXED, 2026, {"month": 2, "day": 28}, date(2026, 2, 28)),
        (DateRule.FIXED, 2026, {"month": 2, "day": 29}, date(2026, 2, 28)),
        (DateRule.FIXED, 2028, {"month": 2, "day": 29}, date(2028, 2, 29)),
        (DateRule.FIXED, 2026, {"month": 12, "day": 31}, date(2026, 12, 31)),
        (DateRule.MONTH, 2026, {"month": 2}, date(2026, 2, 28)),
        (DateRule.MONTH, 2028, {"month": 2}, date(2028, 2, 29)),
        (DateRule.MONTH, 2026, {"month": 4}, date(2026, 4, 30)),
        # October 2026 begins on a Thursday, June on a Monday.
        (DateRule.WEEK, 2026, {"month": 10, "number": 1, "weekday": 3}, date(2026, 10, 1)),
        (DateRule.WEEK, 2026, {"month": 10, "number": 1, "weekday": 2}, date(2026, 10, 7)),
        (DateRule.WEEK, 2026, {"month": 10, "number": 3, "weekday": 4}, date(2026, 10, 16)),
        (DateRule.WEEK, 2026, {"month": 6, "number": 4, "weekday": 0}, date(2026, 6, 22)),
        (DateRule.WEEK, 2026, {"month": 6, "number": -1, "weekday": 0}, date(2026, 6, 29)),
        (DateRule.WEEK, 2026, {"month": 9, "number": -1, "weekday": 0}, date(2026, 9, 28)),
        (DateRule.WEEK, 2026, {"month": 5, "number": -1, "weekday": 6}, date(2026, 5, 31)),
        # 1 May is a holiday; Easter Monday 2026 is 6 April.
        (DateRule.WORKDAY, 2026, {"month": 5, "number": 1}, date(2026, 5, 4)),
        (DateRule.WORKDAY, 2026, {"month": 4, "number": 1}, date(2026, 4, 1)),
        (DateRule.WORKDAY, 2026, {"month": 4, "number": 2}, date(2026, 4, 7)),
        (DateRule.WORKDAY, 2026, {"month": 10, "number": -1}, date(2026, 10, 30)),
        (DateRule.WORKDAY, 2026, {"month": 12, "number": -1}, date(2026, 12, 31)),
        (DateRule.WORKDAY, 2026, {"month": 12, "number": -5}, date(2026, 12, 24)),
        (DateRule.RELATIVE, 2026, {"anchor_day": date(2026, 10, 30), "offset": 21}, date(2026, 11, 20)),
        (DateRule.RELATIVE, 2026, {"anchor_day": date(2026, 10, 30), "offset": 0}, date(2026, 10, 30)),
        (DateRule.RELATIVE, 2026, {"anchor_day": date(2026, 4, 7), "offset": -7}, date(2026, 3, 31)),
        # Palm Saturday to Easter Monday do not count.
        (DateRule.RELATIVE, 2026, {"anchor_day": date(2026, 4, 7), "offset": -1, "offset_in_workdays": True}, date(2026, 4, 1)),
        (DateRule.RELATIVE, 2026, {"anchor_day": date(2026, 5, 16), "offset": 1, "offset_in_workdays": True}, date(2026, 5, 18)),
    ],
)
def test_the_day_of_a_rule(rule, year, given, expected):
    assert day_of(rule, year, **given) == expected


@pytest.mark.parametrize(
    "rule, given, field",
    [
        (DateRule.FIXED, {"month": 2, "day": 30}, "day"),
        (DateRule.FIXED, {"month": 4, "day": 31}, "day"),
        (DateRule.FIXED, {"month": 4, "day": 0}, "day"),
        (DateRule.FIXED, {"month": 4}, "day"),
        (DateRule.FIXED, {"day": 4}, "month"),
        (DateRule.MONTH, {"month": 13}, "month"),
        (DateRule.MONTH, {"month": 0}, "month"),
        (DateRule.WEEK, {"month": 4, "number": 6, "weekday": 0}, "number"),
        # Not every month has a fifth: «the last» is what people mean.
        (DateRule.WEEK, {"month": 6, "number": 5, "weekday": 0}, "number"),
        (DateRule.WEEK, {"month": 4, "number": 0, "weekday": 0}, "number"),
        (DateRule.WEEK, {"month": 4, "weekday": 0}, "number"),
        (DateRule.WEEK, {"month": 4, "number": 1}, "weekday"),
        (DateRule.WEEK, {"month": 4, "number": 1, "weekday": 7}, "weekday"),
        (DateRule.WORKDAY, {"month": 4, "number": 16}, "number"),
        (DateRule.WORKDAY, {"month": 4, "number": 0}, "number"),
        (DateRule.WORKDAY, {"month": 4, "number": -6}, "number"),
        (DateRule.RELATIVE, {"offset": 3}, "anchor"),
        (DateRule.RELATIVE, {"anchor_day": date(2026, 4, 7)}, "offset"),
        (DateRule.RELATIVE, {"anchor_day": date(2026, 4, 7), "offset": 10**9}, "offset"),
        (DateRule.RELATIVE, {"anchor_day": date(2026, 12, 20), "offset": 12}, "offset"),
        (DateRule.RELATIVE, {"anchor_day": date(2026, 1, 5), "offset": -5}, "offset"),
    ],
)
def test_a_rule_without_a_day_says_which_field_is_wrong(rule, given, field):
    with pytest.raises(UselessRule) as refusal:
        day_of(rule, 2026, **given)
    assert refusal.value.args == (field,)


@pytest.mark.parametrize(
    "day, moves, expected",
    [
        (date(2026, 2, 28), Moves.BEFORE, date(2026, 2, 27)),
        (date(2026, 2, 28), Moves.AFTER, date(2026, 3, 2)),
        (date(2026, 2, 28), Moves.STAYS, date(2026, 2, 28)),
        (date(2026, 5, 25), Moves.BEFORE, date(2026, 5, 22)),
        (date(2026, 5, 26), Moves.BEFORE, date(2026, 5, 26)),
        # Maundy Thursday to Easter Monday.
        (date(2026, 4, 3), Moves.BEFORE, date(2026, 4, 1)),
        (date(2026, 4, 3), Moves.AFTER, date(2026, 4, 7)),
        # It never leaves its year.
        (date(2026, 1, 1), Moves.BEFORE, date(2026, 1, 2)),
        (date(2027, 1, 3), Moves.BEFORE, date(2027, 1, 4)),
        (date(2022, 12, 31), Moves.AFTER, date(2022, 12, 30)),
    ],
)
def test_a_day_nobody_works_on_is_moved(day, moves, expected):
    assert moved(day, moves) == expected


def test_every_working_day_one_can_choose_is_there_in_every_month():
    for year in range(2024, 2034):
        for month in range(1, 13):
            for number in WORKDAYS:
                found = day_of(DateRule.WORKDAY, year, month=month, number=number)
                assert found.month == month
                assert is_workday(found)
