from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from common.workdays import is_workday, latest_due, next_workday, nth_workday, previous_workday, workdays_between


@pytest.mark.parametrize(
    "day, working",
    [
        (date(2025, 8, 8), True),
        (date(2025, 8, 9), False),  # Saturday
        (date(2025, 8, 10), False),  # Sunday
        (date(2025, 1, 1), False),
        (date(2025, 4, 16), True),  # Wednesday before Easter
        (date(2025, 4, 17), False),  # Maundy Thursday 2025
        (date(2025, 4, 18), False),
        (date(2025, 4, 21), False),
        (date(2026, 4, 2), False),  # Easter moves
        (date(2026, 4, 17), True),
        (date(2026, 4, 6), False),
        (date(2025, 5, 1), False),
        (date(2027, 5, 17), False),
        (date(2025, 5, 29), False),  # Ascension Day
        (date(2025, 6, 9), False),  # Whit Monday
        (date(2025, 12, 24), True),
        (date(2025, 12, 25), False),
        (date(2025, 12, 26), False),
        (datetime(2025, 12, 26, 12, tzinfo=UTC), False),
    ],
)
def test_workdays(day, working):
    assert is_workday(day) is working


@pytest.mark.parametrize(
    "due, before, after",
    [
        (date(2025, 8, 10), date(2025, 8, 8), date(2025, 8, 11)),  # Golden test 27: Sunday 10 gives Friday 8
        (date(2025, 8, 8), date(2025, 8, 8), date(2025, 8, 8)),
        (date(2025, 4, 20), date(2025, 4, 16), date(2025, 4, 22)),  # Easter Sunday
        (date(2027, 5, 17), date(2027, 5, 14), date(2027, 5, 18)),  # 17 May on a Monday
        (date(2026, 1, 1), date(2025, 12, 31), date(2026, 1, 2)),
        (datetime(2025, 8, 10, 23, tzinfo=UTC), date(2025, 8, 8), date(2025, 8, 11)),
    ],
)
def test_a_due_day_moves_to_a_workday(due, before, after):
    assert previous_workday(due) == before
    assert next_workday(due) == after


@pytest.mark.parametrize(
    "year, month, n, day",
    [(2025, 10, 5, 7), (2025, 1, 1, 2), (2025, 5, 1, 2), (2026, 4, 6, 13), (2025, 2, 20, 28)],
)
def test_nth_workday(year, month, n, day):
    assert nth_workday(year, month, n) == date(year, month, day)


@pytest.mark.parametrize("n", [0, -1, 21, 400])
def test_no_such_workday(n):
    with pytest.raises(ValueError, match="no working day"):
        nth_workday(2025, 2, n)


@pytest.mark.parametrize(
    "a, b, days",
    [
        (date(2025, 8, 8), date(2025, 8, 8), 0),
        (date(2025, 8, 8), date(2025, 8, 10), 0),
        (date(2025, 8, 8), date(2025, 8, 11), 1),
        (date(2025, 8, 10), date(2025, 8, 15), 5),
        (date(2025, 4, 16), date(2025, 4, 22), 1),
        (date(2025, 12, 31), date(2026, 1, 5), 2),
        (date(2025, 8, 11), date(2025, 8, 8), -1),
    ],
)
def test_workdays_between(a, b, days):
    assert workdays_between(a, b) == days


@pytest.mark.parametrize(
    "today, workdays, day",
    [
        (date(2026, 10, 9), 0, date(2026, 10, 8)),
        (date(2026, 10, 9), 1, date(2026, 10, 8)),  # a Friday: Thursday is one working day ago
        (date(2026, 10, 9), 5, date(2026, 10, 4)),
        (date(2026, 10, 12), 1, date(2026, 10, 11)),  # a Monday: whatever was due over the weekend
        (date(2026, 10, 11), 1, date(2026, 10, 8)),  # a Sunday begins no working day: due on Friday is not yet lifted
        (date(2027, 3, 30), 1, date(2027, 3, 29)),  # Easter: due on Monday, told on Tuesday
        (date(2027, 3, 30), 2, date(2027, 3, 23)),
    ],
)
def test_only_working_days_count_after_a_deadline(today, workdays, day):
    assert latest_due(today, workdays) == day


def test_the_latest_deadline_never_goes_back():
    days = [latest_due(date(2026, 5, 1) + timedelta(days=number), 3) for number in range(60)]
    assert all(earlier <= later for earlier, later in pairwise(days))
