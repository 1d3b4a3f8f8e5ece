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
