"""What becomes of a year's activities in the next."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from annualcycle.rules.kinds import DateRule, Moves, UselessRule
from annualcycle.rules.placing import place
from annualcycle.rules.refusals import in_a_circle
from annualcycle.rules.rolling import Source, landed, next_name, next_period


@dataclass(frozen=True)
class Rule:
    rule: str = DateRule.FIXED
    month: int | None = 2
    day: int | None = 28
    number: int | None = None
    weekday: int | None = None
    offset: int | None = None
    offset_in_workdays: bool = False
    moves: str = Moves.BEFORE
    start_month: int | None = None
    start_day: int | None = None
    fixed_on: date | None = None


RELATIVE = Rule(rule=DateRule.RELATIVE, month=None, day=None, offset=21)


def test_the_rules_day_is_kept_beside_the_day_that_counts():
    days = place(Rule(), 2026, None)
    assert (days.rule_day, days.due_on, days.starts_on) == (date(2026, 2, 28), date(2026, 2, 27), None)
    assert days.is_moved
    assert not place(Rule(), 2025, None).is_moved


def test_a_day_of_ones_own_counts_as_it_is():
    days = place(Rule(fixed_on=date(2026, 3, 1)), 2026, None)
    assert (days.rule_day, days.due_on) == (date(2026, 3, 1), date(2026, 3, 1))
    with pytest.raises(UselessRule) as refusal:
        place(Rule(fixed_on=date(2027, 3, 1)), 2026, None)
    assert refusal.value.args == ("fixed_on",)


def test_it_begins_before_its_day_or_on_it():
    assert place(Rule(start_month=2, start_day=27), 2026, None).starts_on == date(2026, 2, 27)
    with pytest.raises(UselessRule) as refusal:
        # The 28th is a Saturday: the day that counts is the 27th.
        place(Rule(start_month=2, start_day=28), 2026, None)
    assert refusal.value.args == ("starts_on",)
    assert place(Rule(start_month=2, start_day=28), 2026, None, yields=True).starts_on == date(2026, 2, 27)


@pytest.mark.parametrize("start, field", [((2, 30), "start_day"), ((2, None), "start_day"), ((None, 4), "start_month")])
def test_a_beginning_is_a_whole_day(start, field):
    with pytest.raises(UselessRule) as refusal:
        place(Rule(start_month=start[0], start_day=start[1]), 2026, None)
    assert refusal.value.args == (field,)


def test_the_next_years_day_is_a_working_day():
    found = landed([Source(1, None, date(2025, 2, 28), Rule())], 2026, {})
    assert found[1].days.due_on == date(2026, 2, 27)
    assert not found[1].on_its_own


def test_who_counts_from_another_counts_from_its_new_day_in_any_order():
    sources = [
        Source(2, 1, date(2025, 3, 21), RELATIVE),
        Source(3, 2, date(2025, 4, 11), RELATIVE),
        Source(1, None, date(2025, 2, 28), Rule()),
    ]
    found = landed(sources, 2026, {})
    # 27 February, 20 March, 10 April.
    assert [found[key].days.due_on for key in (1, 2, 3)] == [date(2026, 2, 27), date(2026, 3, 20), date(2026, 4, 10)]


def test_who_counts_from_one_that_is_there_already_counts_from_its_day_there():
    found = landed([Source(2, 1, date(2025, 3, 21), RELATIVE)], 2026, {1: date(2026, 2, 3)})
    assert found[2].days.due_on == date(2026, 2, 24)


@pytest.mark.parametrize("anchor", [7, None])
def test_who_counts_from_one_that_does_not_come_along_keeps_its_day_of_the_year(anchor):
    found = landed([Source(2, anchor, date(2025, 3, 21), RELATIVE)], 2026, {})
    assert found[2].days.due_on == date(2026, 3, 20)
    assert found[2].days.rule_day == date(2026, 3, 21)
    assert found[2].on_its_own


def test_a_circle_is_broken_where_it_begins():
    found = landed([Source(1, 2, date(2025, 3, 3), RELATIVE), Source(2, 1, date(2025, 3, 24), RELATIVE)], 2026, {})
    assert {key: each.on_its_own for key, each in found.items()} == {1: True, 2: False}
    assert [found[key].days.due_on for key in (1, 2)] == [date(2026, 3, 3), date(2026, 3, 24)]


def test_a_number_of_days_that_leaves_the_new_year_gives_way():
    last = Source(1, None, date(2025, 12, 20), Rule(month=12, day=20))
    found = landed([last, Source(2, 1, date(2025, 12, 31), replace(RELATIVE, offset=14))], 2026, {})
    assert found[2].days.due_on == date(2026, 12, 31)
    assert found[2].on_its_own


@pytest.mark.parametrize(
    "before, after",
    [
        ("Målekart for 2027 godkjent", "Målekart for 2028 godkjent"),
        ("Årsrapport 2025", "Årsrapport 2026"),
        ("Målekart 2026", "Målekart 2027"),
        ("Plan 2014–2018", "Plan 2014–2018"),
        ("Sak 20262", "Sak 20262"),
        ("1. tertialrapport, januar–april", "1. tertialrapport, januar–april"),
    ],
)
def test_years_in_names_go_on(before, after):
    assert next_name(before, 2026) == after


def test_the_month_of_a_report_goes_on():
    assert next_period(date(2026, 2, 1)) == date(2027, 2, 1)
    assert next_period(None) is None


@pytest.mark.parametrize(
    "start, anchor, anchors, expected",
    [
        (1, None, {}, False),
        (1, 2, {2: None}, False),
        (1, 1, {}, True),
        (1, 2, {2: 1}, True),
        (1, 2, {2: 3, 3: 1}, True),
        (1, 2, {2: 3, 3: 4}, False),
        # A circle that is there already ends the walk.
        (1, 2, {2: 3, 3: 2}, True),
    ],
)
def test_nobody_counts_from_oneself(start, anchor, anchors, expected):
    assert in_a_circle(start, anchor, anchors) is expected
