"""What tests of reminders share: a Monday, a morning's run, a task."""

from datetime import date, datetime

from annualcycle.services.reminders import remind
from common.oslo import OSLO
from notifications.models import Message
from tests.factories.cycle import ActivityFactory, TaskFactory

MONDAY = date(2026, 10, 26)


def at(day, hour=8, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSLO)


def run(day, hour=8):
    return remind(now=at(day, hour), today=day)


def task(world, unit=None, due_on=date(2026, 10, 28), **more):
    """Due on the Wednesday of the week."""
    return TaskFactory(activity=ActivityFactory(district=world.district, due_on=due_on, **more), unit=unit or world.unit)


def told(kind=None):
    rows = Message.objects.order_by("pk")
    return [row.recipient for row in (rows.filter(kind=kind) if kind else rows)]
