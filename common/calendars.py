"""Calendars that other programs read (RFC 5545). The only module that knows the library.

Every entry is a whole day: a deadline is a date, the same in every time zone and on the days the clock is changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

ICS_TYPE = "text/calendar; charset=utf-8"
# How often a program needs to ask.
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One whole day. `uid` is the same as long as the thing is, so that a program moves it instead of doubling it."""

    uid: str
    title: str
    day: date
    url: str = ""


def to_ics(*, name: str, days: Iterable[CalendarDay], made_at: datetime) -> bytes:
    """The calendar as a file. `made_at` stands on every entry; given the same days and moment, the bytes are the same."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Alna//Styringshjul//NO")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for day in days:
        event = Event()
        event.add("uid", day.uid)
        event.add("dtstamp", made_at)
        event.add("summary", " ".join(day.title.split()))
        event.add("dtstart", day.day)
        event.add("dtend", day.day + timedelta(days=1))
        # A deadline does not make anybody busy.
        event.add("transp", "TRANSPARENT")
        if day.url:
            event.add("url", day.url)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
