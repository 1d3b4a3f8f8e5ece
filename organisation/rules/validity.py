"""Spans of days with an open or closed end. The end day is included; None means «until further notice»."""

from datetime import date, timedelta


def is_valid(on: date, valid_from: date, valid_to: date | None) -> bool:
    return valid_from <= on and (valid_to is None or on <= valid_to)


def overlaps(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two spans share at least one day."""
    starts_before_end = second[1] is None or first[0] <= second[1]
    return starts_before_end and (first[1] is None or second[0] <= first[1])


def day_before(day: date) -> date:
    return day - timedelta(days=1)
