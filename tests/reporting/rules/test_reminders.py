"""When units are reminded: working days, at eight, the latest alone."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from reporting.rules.reminders import Reminder, reminder_at, schedule
from reporting.rules.times import Times

OSLO = ZoneInfo("Europe/Oslo")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    "deadline, days",
    [
        ("2026-10-09T15:00", ["2026-10-06", "2026-10-09", "2026-10-12", "2026-10-13"]),  # a Friday: the weekend does not count
        ("2026-05-13T15:00", ["2026-05-08", "2026-05-13", "2026-05-15", "2026-05-18"]),  # Ascension Day, and 17 May on a Sunday
        ("2027-03-24T15:00", ["2027-03-19", "2027-03-24", "2027-03-30", "2027-03-31"]),  # Easter
        ("2026-10-26T15:00", ["2026-10-21", "2026-10-26", "2026-10-27", "2026-10-28"]),  # summer time ended in between
    ],
)
def test_the_days_of_a_deadline(deadline, days):
    found = schedule(at(deadline))
    assert [due.at.astimezone(OSLO).isoformat(timespec="minutes")[:16] for due in found] == [f"{day}T08:00" for day in days]
    assert [due.reminder for due in found] == list(Reminder)


@pytest.mark.parametrize(
    "now, wanted",
    [
        ("2026-10-06T07:59", None),
        ("2026-10-06T08:00", Reminder.BEFORE),
        ("2026-10-09T07:59", Reminder.BEFORE),
        ("2026-10-09T08:00", Reminder.TODAY),
        ("2026-10-11T23:59", Reminder.TODAY),
        ("2026-10-12T08:00", Reminder.AFTER),
        ("2026-10-13T08:00", Reminder.LEADERSHIP),
        ("2026-10-16T23:59", Reminder.LEADERSHIP),
        ("2026-10-17T00:00", None),
        ("2027-10-09T08:00", None),
    ],
)
def test_the_latest_that_has_come_is_due_until_nobody_needs_it(now, wanted):
    assert reminder_at(at("2026-10-09T15:00"), at(now)) == wanted


def test_a_clock_that_moves_meets_each_once_and_in_order():
    start = at("2026-10-01T00:00")
    seen = [reminder_at(at("2026-10-09T15:00"), start + timedelta(minutes=number * 30)) for number in range(48 * 20)]
    changes = [later for earlier, later in pairwise(seen) if later != earlier]
    assert changes == [*Reminder, None]


def test_other_days_are_those_that_were_decided():
    times = Times(remind_before=5, reminds_on_day=False, remind_after=2, tell_leadership=4)
    found = [(due.reminder, f"{due.at:%m-%d}") for due in schedule(at("2026-10-09T15:00"), times)]
    assert found == [(Reminder.BEFORE, "10-02"), (Reminder.AFTER, "10-13"), (Reminder.LEADERSHIP, "10-15")]
    assert reminder_at(at("2026-10-09T15:00"), at("2026-10-09T09:00"), times) == Reminder.BEFORE
    # The list to the leadership goes on for three working days after its own.
    assert reminder_at(at("2026-10-09T15:00"), at("2026-10-20T23:59"), times) == Reminder.LEADERSHIP
    assert reminder_at(at("2026-10-09T15:00"), at("2026-10-21T00:00"), times) is None
