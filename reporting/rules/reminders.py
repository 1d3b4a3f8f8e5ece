"""When units are reminded of the report, and who. Working days count, at eight in the morning."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from common.oslo import OSLO
from common.workdays import is_workday
from reporting.rules.times import USUAL, Times

AT = time(8)


class Reminder(StrEnum):
    """Before the deadline, on its day and after go to the unit; the last goes to the leadership as one list."""

    BEFORE = "before"
    TODAY = "today"
    AFTER = "after"
    LEADERSHIP = "leadership"


# After so many more nobody is told of a month any more: the director sees what is missing.
LAST_DAYS = 3


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder, and the moment from which it may be sent."""

    reminder: Reminder
    at: datetime


def days_of(times: Times) -> dict[Reminder, int]:
    """Working days from the deadline's day, in their order."""
    on_day = {Reminder.TODAY: 0} if times.reminds_on_day else {}
    return {Reminder.BEFORE: -times.remind_before, **on_day, Reminder.AFTER: times.remind_after, Reminder.LEADERSHIP: times.tell_leadership}


def schedule(deadline: datetime, times: Times = USUAL) -> tuple[Due, ...]:
    """The moments of one deadline, in their order."""
    day = deadline.astimezone(OSLO).date()
    return tuple(Due(reminder, datetime.combine(moved(day, days), AT, tzinfo=OSLO)) for reminder, days in days_of(times).items())


def reminder_at(deadline: datetime, now: datetime, times: Times = USUAL) -> Reminder | None:
    """The one that is due: the latest whose moment has come. One that was missed is not sent together with the next."""
    last = datetime.combine(moved(deadline.astimezone(OSLO).date(), times.tell_leadership + LAST_DAYS), time.max, tzinfo=OSLO)
    passed = [due.reminder for due in schedule(deadline, times) if due.at <= now]
    return passed[-1] if passed and now <= last else None


def moved(day: date, workdays: int) -> date:
    """The day so many working days later, or earlier where the number is negative."""
    step = timedelta(days=1 if workdays > 0 else -1)
    left = abs(workdays)
    while left:
        day += step
        left -= is_workday(day)
    return day
