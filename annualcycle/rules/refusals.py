"""Why an activity cannot be saved as it was filled in. Pure."""

from enum import StrEnum


class Problem(StrEnum):
    """One reason; the form knows its words."""

    NO_MONTH = "no_month"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_WEEK = "no_such_week"
    NO_SUCH_WORKDAY = "no_such_workday"
    NO_WEEKDAY = "no_weekday"
    NO_ANCHOR = "no_anchor"
    ANCHOR_ELSEWHERE = "anchor_elsewhere"
    ANCHOR_IN_A_CIRCLE = "anchor_in_a_circle"
    OUTSIDE_THE_YEAR = "outside_the_year"
    OTHER_YEAR = "other_year"
    NO_START_MONTH = "no_start_month"
    NO_SUCH_START = "no_such_start"
    STARTS_AFTER = "starts_after"
    NO_UNITS = "no_units"
    UNIT_ELSEWHERE = "unit_elsewhere"
    NO_PERIOD = "no_period"
    # Another activity that counts from this one's day would leave the year.
    FOLLOWER_LEAVES = "follower_leaves"


# By the field a useless rule names: the field of the form, and why.
OF_FIELD: dict[str, tuple[str, Problem]] = {
    "month": ("month", Problem.NO_MONTH),
    "day": ("day", Problem.NO_SUCH_DAY),
    "weekday": ("weekday", Problem.NO_WEEKDAY),
    "anchor": ("anchor", Problem.NO_ANCHOR),
    "offset": ("offset", Problem.OUTSIDE_THE_YEAR),
    "fixed_on": ("fixed_on", Problem.OTHER_YEAR),
    "start_month": ("start_month", Problem.NO_START_MONTH),
    "start_day": ("start_day", Problem.NO_SUCH_START),
    "starts_on": ("start_day", Problem.STARTS_AFTER),
}


def in_a_circle(start: int, anchor: int | None, anchors: dict[int, int | None]) -> bool:
    """Whether the activity `start` would count from itself; `anchors` is who counts from whom."""
    seen = {start}
    while anchor is not None:
        if anchor in seen:
            return True
        seen.add(anchor)
        anchor = anchors.get(anchor)
    return False
