"""Activities of the annual cycle for tests."""

import uuid
from datetime import date

import factory

from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import DateRule
from common.deadlines import Lane
from organisation.rules.access import Role
from tests.factories.organisation import DistrictFactory, UnitFactory


class ActivityFactory(factory.django.DjangoModelFactory[Activity]):
    """An activity of the district in 2026, due on Friday 30 October, for the unit leaders. It has no tasks until they are made."""

    class Meta:
        model = Activity

    district = factory.SubFactory(DistrictFactory)
    year = 2026
    series = factory.LazyFunction(uuid.uuid4)
    title = factory.Sequence(lambda number: f"Aktivitet nummer {number}")
    short = factory.Sequence(lambda number: f"Aktivitet {number}")
    lane = Lane.MEETING
    rule = DateRule.FIXED
    month = factory.SelfAttribute("due_on.month")
    day = factory.SelfAttribute("due_on.day")
    rule_day = factory.SelfAttribute("due_on")
    due_on = date(2026, 10, 30)
    responsible = Role.UNIT_LEADER.value


class TaskFactory(factory.django.DjangoModelFactory[Task]):
    """One open task of one unit below the activity's district."""

    class Meta:
        model = Task

    activity = factory.SubFactory(ActivityFactory)
    unit = factory.LazyAttribute(lambda task: UnitFactory(parent=task.activity.district))
