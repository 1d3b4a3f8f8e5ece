"""Who is reminded of what on a morning. Values in, values out; working days count, and the clock is that of Oslo.

Reminders go once a day and district. What a morning tells are the points since the last one that was told, so a missed morning is
caught up by the next, with the latest point of each deadline alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from common.deadlines import Deadline
from common.oslo import OSLO
from common.workdays import is_workday, next_workday, previous_workday

# Whatever is said about the days before: two days after, so that nobody hears of it first when the level above does.
OVERDUE_LEAD = -2
# Where its app says nothing: a week before, and after.
USUAL_LEADS = (7, OVERDUE_LEAD)
# Older ones than this are nobody's news any more, and later ones nobody's yet: the longest lead is 120 days, and days off lie before it.
LATE_DAYS = 365
AHEAD_DAYS = 130
# How far back a district looks that has never been told anything.
FIRST_LOOK = timedelta(days=7)
ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Kind(StrEnum):
    """What a message is; the first part of its key."""

    WEEK = "cycle.week"
    NEAR = "cycle.tomorrow"
    SINGLE = "cycle.single"
    OVER = "cycle.over"


@dataclass(frozen=True, slots=True)
class Times:
    """What an administrator decides: weekday of the overview (0 is Monday), hour, months without reminders."""

    weekday: int = 0
    hour: int = 8
    quiet: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Morning:
    """One morning of a district. `since`: the last that was told. `week`: the Monday of the week whose overview is due, if any."""

    day: date
    since: date
    week: date | None
    # The last day the overview of the week tells of.
    until: date


@dataclass(frozen=True, slots=True)
class Told:
    """How a morning tells of one deadline: in the overview, as one that is near, alone because of a lead."""

    week: bool
    near: bool
    lead: int | None

    def __bool__(self) -> bool:
        return self.week or self.near or self.lead is not None


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one person is told, under a key that exists once."""

    kind: Kind
    key: str
    user_id: int
    deadlines: tuple[Deadline, ...]


def may_speak(now: datetime, today: date, times: Times) -> bool:
    """Nobody is disturbed before the hour, on days off and in quiet months."""
    return is_workday(today) and today.month not in times.quiet and now.astimezone(OSLO).hour >= times.hour


def morning_of(now: datetime, today: date, times: Times, told: date | None) -> Morning | None:
    """The morning that is due in a district, None where it has been told or nothing may be said. `told`: the last one."""
    if not may_speak(now, today, times) or (told is not None and told >= today):
        return None
    since = told if told is not None else today - FIRST_LOOK
    monday = _overview(today, times.weekday)
    spoken_on = next_workday(monday + timedelta(days=times.weekday))
    # The overview of a week in a quiet month was not missed: the first one after is that of its own week.
    is_due = spoken_on > since and spoken_on.month not in times.quiet
    return Morning(today, since, monday if is_due else None, monday + timedelta(days=times.weekday) + WEEK - ONE_DAY)


def _overview(today: date, weekday: int) -> date:
    """Monday of the latest week whose overview has come by today: on its weekday, or the first working day after."""
    monday = today - timedelta(days=today.weekday())
    while next_workday(monday + timedelta(days=weekday)) > today:
        monday -= WEEK
    return monday


def told_of(deadline: Deadline, morning: Morning) -> Told:
    """How this morning tells of it; what is done or closed is told of in no way."""
    if not deadline.is_open:
        return Told(week=False, near=False, lead=None)
    week = morning.week is not None and _in_overview(deadline, morning)
    if deadline.reminds_itself:
        return Told(week=week, near=False, lead=None)
    near = deadline.due_on >= morning.day and morning.since < _point(deadline.due_on, 1) <= morning.day
    return Told(week=week, near=near, lead=None if near else _lead(deadline, morning))


def _in_overview(deadline: Deadline, morning: Morning) -> bool:
    """What is late, what is due until the next overview, and what has reached its first lead."""
    first = max(deadline.lead_days or USUAL_LEADS)
    return deadline.due_on <= max(morning.until, morning.day + timedelta(days=first))


def _lead(deadline: Deadline, morning: Morning) -> int | None:
    """The latest lead whose day has come since the last morning. Before the day only while the day has not passed."""
    late = deadline.due_on < morning.day
    leads = [lead for lead in deadline.lead_days or USUAL_LEADS if (lead < 0) == late]
    if late and not leads:
        leads = [OVERDUE_LEAD]
    passed = [lead for lead in leads if morning.since < _point(deadline.due_on, lead) <= morning.day]
    return min(passed, default=None)


@lru_cache(maxsize=4096)
def _point(due_on: date, lead: int) -> date:
    """The working day on which it is told so many days before; after the day where negative."""
    day = due_on - timedelta(days=lead)
    return previous_workday(day) if lead >= 0 else next_workday(day)


def reminders_of(by_person: Mapping[int, Sequence[tuple[Deadline, Told]]], singles: Iterable[int], morning: Morning) -> Iterator[Reminder]:
    """Everybody's messages of this morning. `singles`: those who want each deadline by itself and no overview."""
    alone = frozenset(singles)
    for user_id, lines in by_person.items():
        near = tuple(deadline for deadline, told in lines if told.near)
        if near:
            yield Reminder(Kind.NEAR, f"{Kind.NEAR}:{user_id}:{morning.day.isoformat()}", user_id, near)
        if user_id in alone:
            for deadline, told in lines:
                if told.lead is not None:
                    yield Reminder(Kind.SINGLE, f"{Kind.SINGLE}:{_matter(deadline)}:{told.lead}:{user_id}", user_id, (deadline,))
            continue
        week = tuple(deadline for deadline, told in lines if told.week)
        if week and morning.week is not None:
            yield Reminder(Kind.WEEK, week_key(user_id, morning.week), user_id, week)


def _matter(deadline: Deadline) -> str:
    """What a message is about: with another day it is another matter, and told of again."""
    return f"{deadline.key}:{deadline.due_on.isoformat()}"


def week_key(user_id: int, monday: date) -> str:
    """One overview for each person and week of the calendar."""
    year, week, _weekday = monday.isocalendar()
    return f"{Kind.WEEK}:{user_id}:{year}-W{week:02}"


def lifted_reminders(late: Iterable[tuple[Deadline, Sequence[int]]], day: date) -> list[Reminder]:
    """Those above, and those who should have done it: one message for each person and matter, named by its first deadline.

    `day`, the morning's: what is opened again and stays undone may be told once more.
    """
    found: dict[tuple[str, int], list[Deadline]] = defaultdict(list)
    for deadline, people in late:
        for user_id in dict.fromkeys(people):
            found[deadline.group, user_id].append(deadline)
    return [
        Reminder(Kind.OVER, f"{Kind.OVER}:{_matter(deadlines[0])}:{day.isoformat()}:{user_id}", user_id, tuple(deadlines))
        for (_group, user_id), deadlines in found.items()
    ]
