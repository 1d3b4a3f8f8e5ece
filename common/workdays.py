"""Norwegian working days: Monday to Friday that are not public holidays. Pure: no Django, no clock."""

from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    # The package knows Norwegian as "no"; "nb" and no language at all silently give English. Sundays are not included.
    return frozenset(holidays.country_holidays("NO", years=year, language="no"))


@lru_cache(maxsize=64)
def _holiday_names(year: int, language: str) -> dict[date, str]:
    return dict(holidays.country_holidays("NO", years=year, language=language))


def holiday_name(day: date, language: str = "nb") -> str:
    """«2. pinsedag», «Skjærtorsdag»; nothing for other days, Sundays included. `language`: "nb", else English."""
    day = _plain(day)
    return _holiday_names(day.year, "no" if language == "nb" else "en_US").get(day, "")


def is_workday(day: date) -> bool:
    """Whether offices are open: neither Saturday, Sunday nor a public holiday."""
    day = _plain(day)
    return day.weekday() < _SATURDAY and day not in _public_holidays(day.year)


def next_workday(day: date) -> date:
    """The day itself when it is a working day, else the first one after it."""
    day = _plain(day)
    while not is_workday(day):
        day += _ONE_DAY
    return day


def previous_workday(day: date) -> date:
    """The day itself when it is a working day, else the last one before it: what is due on a Sunday is due on Friday."""
    day = _plain(day)
    while not is_workday(day):
        day -= _ONE_DAY
    return day


def nth_workday(year: int, month: int, n: int) -> date:
    """The n-th working day of a month, counted from 1. Raises ValueError when the month has no such working day."""
    day = date(year, month, 1)
    found = 0
    while day.month == month:
        found += is_workday(day)
        if found == n and n > 0:
            return day
        day += _ONE_DAY
    raise ValueError(f"{year}-{month:02} has no working day number {n}")


def workdays_between(a: date, b: date) -> int:
    """Working days after ``a`` up to and including ``b``: how many are left. The same day gives 0; negative when b is first."""
    a, b = _plain(a), _plain(b)
    if b < a:
        return -workdays_between(b, a)
    return sum(is_workday(a + timedelta(days=offset)) for offset in range(1, (b - a).days + 1))


def latest_due(today: date, workdays: int) -> date:
    """The latest deadline that so many working days have begun since; with 0, the day before today."""
    day = _plain(today) - _ONE_DAY
    while workdays_between(day, today) < workdays:
        day -= _ONE_DAY
    return day


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
