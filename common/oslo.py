"""The time zone of all clocks here. Plain Python, so that rules may know it."""

from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
