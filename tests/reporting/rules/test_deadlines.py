"""When a step is due, and which row decides it."""

from datetime import date, time

import pytest

from reporting.rules.deadlines import DueRule, deadlines, due_day
from reporting.rules.kinds import Duty, Step

THREE = time(15)


@pytest.mark.parametrize(
    "rule, month, day",
    [
        (DueRule(Step.UNIT_REPORT, THREE, day=10), date(2026, 4, 1), date(2026, 5, 8)),  # a Sunday gives Friday
        (DueRule(Step.UNIT_REPORT, THREE, day=10), date(2026, 8, 1), date(2026, 9, 10)),
        (DueRule(Step.LOCK, THREE, day=17), date(2027, 4, 1), date(2027, 5, 14)),  # 17 May, and the Monday is after
        (DueRule(Step.UNIT_REPORT, THREE, day=3), date(2026, 3, 1), date(2026, 4, 1)),  # Good Friday, after Maundy Thursday
        (DueRule(Step.UNIT_REPORT, THREE, day=31), date(2026, 1, 1), date(2026, 2, 27)),
        (DueRule(Step.PERIOD_CLOSED, THREE, workday=5), date(2026, 4, 1), date(2026, 5, 8)),
        (DueRule(Step.FIGURES_READY, THREE, workday=23), date(2026, 1, 1), date(2026, 2, 27)),
        (DueRule(Step.UNIT_REPORT, THREE, day=15, months_later=1), date(2026, 6, 1), date(2026, 8, 14)),
        (DueRule(Step.UNIT_REPORT, THREE, day=10), date(2026, 12, 1), date(2027, 1, 8)),
    ],
)
def test_due_day(rule, month, day):
    assert due_day(rule, month) == day


def test_the_row_of_the_month_wins_and_the_latest_row_counts():
    rules = [
        DueRule(Step.UNIT_REPORT, THREE, day=10, valid_from=date(2004, 1, 1)),
        DueRule(Step.UNIT_REPORT, THREE, day=12, valid_from=date(2026, 10, 1)),
        DueRule(Step.UNIT_REPORT, THREE, day=15, month=7, duty=Duty.FIGURES, valid_from=date(2004, 1, 1)),
    ]
    assert deadlines(rules, date(2026, 8, 1))[Step.UNIT_REPORT].at.date() == date(2026, 9, 10)
    assert deadlines(rules, date(2026, 9, 1))[Step.UNIT_REPORT].at.date() == date(2026, 10, 12)
    july = deadlines(rules, date(2027, 7, 1))[Step.UNIT_REPORT]
    assert (july.at.date(), july.duty) == (date(2027, 8, 13), Duty.FIGURES)
    assert str(july.at) == "2027-08-13 15:00:00+02:00"
    assert deadlines(rules, date(2003, 1, 1)) == {}


STEPS = [
    DueRule(Step.FIGURES_READY, time(8), workday=6),
    DueRule(Step.UNIT_REPORT, THREE, day=10),
    DueRule(Step.CONTROL, time(16), day=12),
    DueRule(Step.LOCK, time(9), day=15),
]


def days(rules, month):
    return [(f"{each.at:%m-%d %H}", each.is_moved) for each in deadlines(rules, month).values()]


def test_holidays_do_not_put_the_steps_out_of_order():
    """Easter 2023: the sixth working day is 13 April, and the 10th is a holiday."""
    assert days(STEPS, date(2023, 3, 1)) == [("04-13 08", False), ("04-13 15", True), ("04-13 16", True), ("04-14 09", False)]
    # 12 April 2017 is the last day before Easter, and control ends in its afternoon: the lock waits until after it.
    assert days(STEPS, date(2017, 3, 1)) == [("04-10 08", False), ("04-10 15", False), ("04-12 16", False), ("04-18 09", True)]
    assert not any(is_moved for _day, is_moved in days(STEPS, date(2026, 9, 1)))


def test_what_was_decided_for_the_one_month_stands():
    march = DueRule(Step.UNIT_REPORT, THREE, month=3, day=5)
    assert days([*STEPS, march], date(2023, 3, 1))[1] == ("04-05 15", False)
