"""When somebody is reminded of what: a clock that moves over holidays, quiet months and the change of the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from annualcycle.rules.reminders import (
    Kind,
    Times,
    lifted_reminders,
    may_speak,
    morning_of,
    reminders_of,
    told_of,
    week_key,
)
from common.deadlines import Deadline, Lane
from common.oslo import OSLO

TIMES = Times(quiet=frozenset({7}))
MINUTE = timedelta(minutes=1)


def deadline(due_on, key="t:1", **more):
    given = {"group": "a:1", "title": "Årsplan", "public_title": "Årsplan", "unit_id": 1, "url": "/", "lane": Lane.PLAN, "seen_with": "x"}
    return Deadline(key=key, due_on=due_on, **given | more)


def clock(first, last, step=MINUTE):
    """Every step of the world's clock, in UTC as a machine counts."""
    moment = datetime.combine(first, datetime.min.time(), OSLO).astimezone(UTC)
    end = datetime.combine(last, datetime.min.time(), OSLO).astimezone(UTC)
    while moment < end:
        yield moment
        moment += step


def run(first, last, deadlines, *, single=False, step=MINUTE, told=None, down=lambda moment: False):
    """(moment in Oslo, key) of everything one person is told, by a worker that asks at every step."""
    found = []
    for now in clock(first, last, step):
        local = now.astimezone(OSLO)
        if down(local):
            continue
        morning = morning_of(now, local.date(), TIMES, told)
        if morning is None:
            continue
        told = morning.day
        lines = [(each, told_of(each, morning)) for each in deadlines]
        found += [(local, each.key) for each in reminders_of({5: lines}, {5} if single else set(), morning)]
    return found


def days(found):
    return [(local.strftime("%Y-%m-%d %H:%M %z"), key) for local, key in found]


def test_a_minute_clock_over_the_autumn_change_tells_each_thing_once_at_eight():
    due = [deadline(date(2026, 10, 23), "fri"), deadline(date(2026, 10, 26), "mon"), deadline(date(2026, 10, 30), "next")]

    assert days(run(date(2026, 10, 22), date(2026, 10, 31), due, told=date(2026, 10, 21))) == [
        ("2026-10-22 08:00 +0200", "cycle.tomorrow:5:2026-10-22"),
        ("2026-10-23 08:00 +0200", "cycle.tomorrow:5:2026-10-23"),  # Monday is the next working day
        ("2026-10-26 08:00 +0100", "cycle.week:5:2026-W44"),
        ("2026-10-29 08:00 +0100", "cycle.tomorrow:5:2026-10-29"),
    ]


def test_a_minute_clock_over_the_spring_change_waits_for_the_end_of_easter():
    """28 March 2027 is Easter Sunday: the clock changes, and Monday is a holiday."""
    due = [deadline(date(2027, 3, 30), "tue"), deadline(date(2027, 3, 31), "wed")]

    assert days(run(date(2027, 3, 23), date(2027, 4, 2), due, told=date(2027, 3, 22))) == [
        ("2027-03-24 08:00 +0100", "cycle.tomorrow:5:2027-03-24"),  # Wednesday before Easter, about Tuesday after it
        ("2027-03-30 08:00 +0200", "cycle.tomorrow:5:2027-03-30"),
        ("2027-03-30 08:00 +0200", "cycle.week:5:2027-W13"),
    ]


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
@pytest.mark.parametrize("single", [False, True])
def test_an_hour_clock_tells_exactly_what_a_minute_clock_tells(day, single):
    due = [deadline(day + timedelta(days=number), f"d{number}", lead_days=(9, 3, 0, -2)) for number in range(-6, 14)]
    first, last = day - timedelta(days=10), day + timedelta(days=14)
    minutes = run(first, last, due, single=single, told=first - timedelta(days=3))
    hours = run(first, last, due, single=single, step=timedelta(hours=1), told=first - timedelta(days=3))

    assert minutes == hours
    assert len({key for _, key in minutes}) == len(minutes) > 5


def test_a_night_without_a_worker_is_caught_up_when_it_is_back():
    due = [deadline(date(2026, 10, 27))]

    def down(local):
        return datetime(2026, 10, 25, 18, tzinfo=OSLO) <= local < datetime(2026, 10, 26, 11, 20, tzinfo=OSLO)

    assert days(run(date(2026, 10, 24), date(2026, 10, 28), due, down=down, told=date(2026, 10, 23))) == [
        ("2026-10-26 11:20 +0100", "cycle.tomorrow:5:2026-10-26"),
        ("2026-10-26 11:20 +0100", "cycle.week:5:2026-W44"),
    ]


def test_a_whole_day_without_a_worker_tells_of_today_together_with_tomorrow():
    due = [deadline(date(2026, 10, 27), "a"), deadline(date(2026, 10, 28), "b")]
    now = datetime(2026, 10, 27, 8, 5, tzinfo=OSLO)
    morning = morning_of(now, now.date(), TIMES, date(2026, 10, 23))
    near, week = reminders_of({5: [(each, told_of(each, morning)) for each in due]}, (), morning)

    assert [each.key for each in near.deadlines] == ["a", "b"]
    assert week.key == "cycle.week:5:2026-W44"


def test_of_several_missed_leads_only_the_latest_is_told():
    lead = deadline(date(2026, 10, 30), lead_days=(21, 14, 7, 3))
    after_two_weeks = morning_of(datetime(2026, 10, 26, 9, tzinfo=OSLO), date(2026, 10, 26), TIMES, date(2026, 10, 8))

    assert told_of(lead, after_two_weeks).lead == 7


def test_single_messages_come_at_each_lead_on_a_working_day_and_never_twice_with_the_one_of_tomorrow():
    due = [deadline(date(2026, 10, 30), lead_days=(20, 7, 1, 0, -1))]

    assert days(run(date(2026, 10, 5), date(2026, 11, 6), due, single=True, step=timedelta(hours=1), told=date(2026, 10, 2))) == [
        ("2026-10-09 08:00 +0200", "cycle.single:t:1:2026-10-30:20:5"),  # the tenth is a Saturday
        ("2026-10-23 08:00 +0200", "cycle.single:t:1:2026-10-30:7:5"),
        ("2026-10-29 08:00 +0100", "cycle.tomorrow:5:2026-10-29"),
        ("2026-10-30 08:00 +0100", "cycle.single:t:1:2026-10-30:0:5"),
        ("2026-11-02 08:00 +0100", "cycle.single:t:1:2026-10-30:-1:5"),  # the day after is a Saturday
    ]


def test_july_and_days_off_are_quiet_and_august_tells_what_is_left():
    due = [deadline(date(2026, 7, 15), "july"), deadline(date(2026, 8, 3), "august")]

    assert days(run(date(2026, 7, 1), date(2026, 8, 5), due, step=timedelta(hours=1), told=date(2026, 6, 30))) == [
        ("2026-08-03 08:00 +0200", "cycle.tomorrow:5:2026-08-03"),  # its morning lay in July
        ("2026-08-03 08:00 +0200", "cycle.week:5:2026-W32"),
    ]


def test_a_week_that_began_in_a_quiet_month_is_not_told_in_august():
    """1 August 2025 is a Friday: the overview comes on Monday, one and not two."""
    due = [deadline(date(2025, 8, 6))]
    found = run(date(2025, 7, 28), date(2025, 8, 6), due, step=timedelta(hours=1), told=date(2025, 6, 30))
    assert days(found) == [
        ("2025-08-04 08:00 +0200", "cycle.week:5:2025-W32"),
        ("2025-08-05 08:00 +0200", "cycle.tomorrow:5:2025-08-05"),
    ]


@pytest.mark.parametrize(
    "leads, single_days",
    [
        ((14, 3, 0), ["2026-10-16", "2026-10-27", "2026-10-30", "2026-11-02"]),  # the second day after is a Sunday
        ((14, 3, 0, -5), ["2026-10-16", "2026-10-27", "2026-10-30", "2026-11-04"]),
        ((), ["2026-10-23", "2026-11-02"]),
    ],
)
def test_an_overdue_deadline_is_told_once_more_whatever_was_said_of_the_days_before(leads, single_days):
    due = [deadline(date(2026, 10, 30), lead_days=leads)]
    found = run(date(2026, 10, 5), date(2026, 11, 9), due, single=True, step=timedelta(hours=1), told=date(2026, 10, 2))
    assert [f"{local:%Y-%m-%d}" for local, key in found if key.startswith("cycle.single")] == single_days


@pytest.mark.parametrize(
    "local, speaks",
    [
        (datetime(2026, 10, 26, 7, 59, tzinfo=OSLO), False),
        (datetime(2026, 10, 26, 8, 0, tzinfo=OSLO), True),
        (datetime(2026, 10, 26, 23, 59, tzinfo=OSLO), True),
        (datetime(2026, 10, 25, 12, 0, tzinfo=OSLO), False),  # Sunday
        (datetime(2027, 3, 29, 12, 0, tzinfo=OSLO), False),  # Easter Monday
        (datetime(2026, 7, 15, 12, 0, tzinfo=OSLO), False),
        (datetime(2027, 5, 17, 12, 0, tzinfo=OSLO), False),
    ],
)
def test_when_something_may_be_said(local, speaks):
    assert may_speak(local.astimezone(UTC), local.date(), TIMES) is speaks


def test_who_is_done_is_never_told_and_what_reminds_itself_stands_in_the_overview_alone():
    monday = morning_of(datetime(2026, 10, 26, 9, tzinfo=OSLO), date(2026, 10, 26), TIMES, date(2026, 10, 23))
    open_one = deadline(date(2026, 10, 27))

    assert told_of(open_one, monday).near
    assert not told_of(replace(open_one, done_on=date(2026, 10, 1)), monday)
    assert not told_of(replace(open_one, is_closed=True), monday)
    own = told_of(replace(open_one, reminds_itself=True, lead_days=(1, 0)), monday)
    assert (own.week, own.near, own.lead) == (True, False, None)


@pytest.mark.parametrize(
    "due, leads, told",
    [
        (date(2026, 10, 1), (), True),  # late
        (date(2026, 11, 1), (), True),  # the Sunday before the next overview
        (date(2026, 11, 3), (), False),
        (date(2026, 11, 3), (14,), True),  # has reached its first lead
        (date(2026, 11, 10), (14,), False),
    ],
)
def test_the_overview_holds_what_is_late_what_comes_and_what_is_to_be_begun(due, leads, told):
    monday = morning_of(datetime(2026, 10, 26, 9, tzinfo=OSLO), date(2026, 10, 26), TIMES, date(2026, 10, 23))
    assert told_of(deadline(due, lead_days=leads), monday).week is told


def test_another_weekday_and_hour_for_the_overview():
    times = Times(weekday=2, hour=10)
    wednesday = date(2026, 10, 28)
    assert morning_of(datetime(2026, 10, 28, 9, 59, tzinfo=OSLO), wednesday, times, date(2026, 10, 27)) is None
    told = morning_of(datetime(2026, 10, 28, 10, tzinfo=OSLO), wednesday, times, date(2026, 10, 27))
    assert (told.week, told.until) == (date(2026, 10, 26), date(2026, 11, 3))


def test_a_week_has_the_number_of_the_calendar():
    assert week_key(5, date(2026, 12, 28)) == "cycle.week:5:2026-W53"
    assert week_key(5, date(2027, 1, 4)) == "cycle.week:5:2027-W01"


def test_what_is_lifted_is_one_message_for_each_person_and_matter():
    late = [
        (deadline(date(2026, 10, 1), "t:1"), [7, 5]),
        (deadline(date(2026, 10, 1), "t:2", unit_id=2), [7, 6, 6]),
        (deadline(date(2026, 10, 1), "t:3", group="a:2"), [7]),
    ]
    told = {each.key: [line.key for line in each.deadlines] for each in lifted_reminders(late, date(2026, 10, 8))}

    assert told == {
        f"{Kind.OVER}:t:1:2026-10-01:2026-10-08:7": ["t:1", "t:2"],
        f"{Kind.OVER}:t:1:2026-10-01:2026-10-08:5": ["t:1"],
        f"{Kind.OVER}:t:2:2026-10-01:2026-10-08:6": ["t:2"],
        f"{Kind.OVER}:t:3:2026-10-01:2026-10-08:7": ["t:3"],
    }
