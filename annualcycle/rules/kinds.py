"""The words of the annual cycle. Pure."""

from enum import StrEnum


class DateRule(StrEnum):
    """How an activity's day is found in a year. See `annualcycle.rules.dates`."""

    # `month` and `day`.
    FIXED = "fixed"
    # The last day of `month`.
    MONTH = "month"
    # `weekday` (0 is Monday) of the `number`-th week of `month`; -1 is the last one.
    WEEK = "week"
    # The `number`-th working day of `month`; -1 is the last one.
    WORKDAY = "workday"
    # `offset` days (working days where `offset_in_workdays`) after `anchor`'s day; before it where negative.
    RELATIVE = "relative"


class Moves(StrEnum):
    """What becomes of a day on which nobody works."""

    BEFORE = "before"
    AFTER = "after"
    STAYS = "stays"


class Scope(StrEnum):
    """Which units get a task of their own."""

    # One task, for the district.
    DISTRICT = "district"
    # Every unit that delivers results in the district on the activity's day.
    UNITS = "units"
    # The units chosen.
    CHOSEN = "chosen"
    # Nobody: something that only happens, as a proposal by somebody else. It has no responsible role.
    NONE = "none"


class LinkKind(StrEnum):
    """What the activity is about. Reports and målekart are counted by their own app, so nobody ticks them off twice."""

    NONE = "none"
    REPORT = "report"
    SCORECARD = "scorecard"
    SURVEY = "survey"
    MEETING = "meeting"
    DOCUMENTS = "documents"


# Counted by another app: the activity has no tasks of its own, its progress is that of the deadlines of `group_of`.
COUNTED_ELSEWHERE = frozenset({LinkKind.REPORT, LinkKind.SCORECARD})


class TaskState(StrEnum):
    """NOT_NEEDED: somebody has said that it does not concern this unit this year, and why."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"


class Standing(StrEnum):
    """How an activity stands on a day: the four marks of the wheel."""

    DONE = "done"
    UNDER_WAY = "under_way"
    LATE = "late"
    COMING = "coming"


class UselessRule(ValueError):
    """The numbers of a date rule do not give a day; `args[0]` is the name of the field that is wrong."""
