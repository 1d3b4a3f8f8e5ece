"""Calendars that other programs read (RFC 5545). The only module that knows the library.

Every entry is a whole day: a deadline is a date, the same in every time zone and on the days the clock is changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from common.lines import one_line

ICS_TYPE = "text/calendar; charset=utf-8"
# How often a program needs to ask.
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One whole day. `uid` is the same as long as the thing is, so that a program moves it instead of doubling it.

    `version` grows with every change: there are programs that take no notice of a new day without it.
    """

    uid: str
    title: str
    day: date
    url: str = ""
    version: int = 0


def to_ics(*, name: str, days: Iterable[CalendarDay], made_at: datetime) -> bytes:
    """The calendar as a file. `made_at` stands on every entry; given the same days and moment, the bytes are the same."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Alna//Styringshjul//NO")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # Nobody escapes this one: a line break in a name would begin a line of the file.
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for day in days:
        event = Event()
        event.add("uid", day.uid)
        event.add("dtstamp", made_at)
        event.add("sequence", day.version)
        event.add("summary", one_line(day.title))
        event.add("dtstart", day.day)
        event.add("dtend", day.day + timedelta(days=1))
        # A deadline does not make anybody busy.
        event.add("transp", "TRANSPARENT")
        if day.url:
            event.add("url", day.url)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
