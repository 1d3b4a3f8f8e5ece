"""On which day an activity falls in a year. Pure: no Django, no clock."""

import calendar
from datetime import date, timedelta

from annualcycle.rules.kinds import DateRule, Moves, UselessRule
from common.workdays import is_workday, next_workday, nth_workday, previous_workday

# What every month of every year has, so that a rule that is right once is right every year.
WEEKS = (1, 2, 3, 4, -1)
WORKDAYS = (*range(1, 16), -1, -2, -3, -4, -5)
# A leap year: 29 February may be chosen, and is the 28th in other years.
_LONGEST = 2024
_SUNDAY = 6


def day_of(
    rule: DateRule,
    year: int,
    *,
    month: int | None = None,
    day: int | None = None,
    number: int | None = None,
    weekday: int | None = None,
    anchor_day: date | None = None,
    offset: int | None = None,
    offset_in_workdays: bool = False,
) -> date:
    """The day the rule gives in that year, before it is moved to a working day. Raises UselessRule with the name of the field."""
    if rule is DateRule.RELATIVE:
        return _relative(year, anchor_day, offset, offset_in_workdays)
    if month is None or not 1 <= month <= 12:
        raise UselessRule("month")
    if rule is DateRule.FIXED:
        return day_in(year, month, day)
    if rule is DateRule.MONTH:
        return date(year, month, _last(year, month))
    if rule is DateRule.WEEK:
        return _weekday(year, month, number, weekday)
    return _workday(year, month, number)


def day_in(year: int, month: int, day: int | None) -> date:
    """That day of the month; 29 February is the 28th where there is none. Raises UselessRule for days that never come."""
    if day is None or not 1 <= day <= _last(_LONGEST, month):
        raise UselessRule("day")
    return date(year, month, min(day, _last(year, month)))


def moved(day: date, moves: Moves) -> date:
    """The working day that counts for a day on which nobody works. It stays in its year: who looks at a year shall find it there."""
    if moves is Moves.STAYS or is_workday(day):
        return day
    before, after = previous_workday(day), next_workday(day)
    wanted, other = (before, after) if moves is Moves.BEFORE else (after, before)
    return wanted if wanted.year == day.year else other


def _last(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _weekday(year: int, month: int, number: int | None, weekday: int | None) -> date:
    if number is None or number not in WEEKS:
        raise UselessRule("number")
    if weekday is None or not 0 <= weekday <= _SUNDAY:
        raise UselessRule("weekday")
    if number == -1:
        last = date(year, month, _last(year, month))
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _workday(year: int, month: int, number: int | None) -> date:
    if number is None or number not in WORKDAYS:
        raise UselessRule("number")
    if number > 0:
        return nth_workday(year, month, number)
    return _workdays_from(date(year, month, _last(year, month)) + timedelta(days=1), number)


def _relative(year: int, anchor_day: date | None, offset: int | None, in_workdays: bool) -> date:
    if anchor_day is None:
        raise UselessRule("anchor")
    if offset is None or abs(offset) > 366:
        raise UselessRule("offset")
    found = _workdays_from(anchor_day, offset) if in_workdays else anchor_day + timedelta(days=offset)
    if found.year != year:
        raise UselessRule("offset")
    return found


def _workdays_from(day: date, steps: int) -> date:
    """So many working days on; back where negative. None is the day itself."""
    one = timedelta(days=1 if steps > 0 else -1)
    for _ in range(abs(steps)):
        day += one
        while not is_workday(day):
            day += one
    return day
