"""What tests of calendar addresses share: a browser that makes one, and a program that reads it without signing in."""

import re
from datetime import date

from django.test import Client
from icalendar import Calendar

from tests.pages import signed_in

TODAY = date(2026, 10, 9)


def made(user, unit_code=""):
    """A new address, as its owner copies it from the page."""
    answer = signed_in(user).post("/styringshjul/kalender/ny/", {"enhet": unit_code}, follow=True)
    assert answer.redirect_chain == [("/styringshjul/kalender/", 302)]
    assert "no-store" in answer["Cache-Control"]
    [address] = re.findall(r">http://[^/]+(/styringshjul/kalender/[^<]+\.ics)</textarea>", answer.content.decode())
    return address


def read(address, **more):
    return Client().get(address, **more)


def events(address):
    calendar = Calendar.from_ical(read(address).content)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def titles(address):
    return sorted(str(event["SUMMARY"]) for event in events(address).values())
