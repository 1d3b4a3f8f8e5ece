"""What is overdue goes to those who lead, and says so where nobody does."""

import logging
from datetime import date, timedelta

import pytest

from annualcycle.models import Task
from annualcycle.services import reminders
from annualcycle.services.tasks import finish, open_again
from notifications.models import Message, ReminderChoice
from notifications.rules.states import Rhythm
from organisation.models import AuditEntry, RoleAssignment
from organisation.rules.access import Role
from tests.annualcycle.reminding import MONDAY, at, run, task, told
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
LONG_AGO = date(2026, 10, 1)


def test_a_departments_task_goes_to_the_leader_and_not_to_those_who_write_for_the_unit(world):
    head = person(Role.SUB_UNIT_LEADER, world.department)
    person(Role.REPORTER, world.unit)
    person(Role.SUB_UNIT_LEADER, world.unit)
    task(world, unit=world.department, due_on=LONG_AGO, responsible=Role.SUB_UNIT_LEADER.value)
    run(MONDAY)

    assert set(told("cycle.over")) == {world.leader, head}


def test_nobody_is_told_that_units_are_late_with_what_nobody_in_the_application_does(world):
    politician = person(Role.POLITICIAN, world.unit)
    late = task(world, due_on=LONG_AGO, responsible=Role.POLITICIAN.value)
    run(MONDAY)

    assert not Message.objects.exists()
    late.refresh_from_db()
    assert late.escalated_at is None
    assert politician not in told()


def test_a_role_nobody_has_today_is_still_told_above(world):
    task(world, due_on=LONG_AGO, responsible=Role.QUALITY.value)
    run(MONDAY)

    assert told("cycle.over") == [world.director]


def test_where_nobody_stands_above_the_log_says_so_once_a_morning(world, caplog):
    RoleAssignment.objects.filter(user=world.director).update(valid_to=date(2026, 10, 1))
    late = [task(world, due_on=LONG_AGO) for _ in range(2)]
    with caplog.at_level(logging.WARNING, "alna"):
        run(MONDAY)
        run(MONDAY, 9)

    lines = [record.getMessage() for record in caplog.records if "nobody above" in record.getMessage()]
    assert lines == [f"2 overdue tasks of district {world.district.pk} have nobody above"]
    assert not told("cycle.over")

    person(Role.DIRECTOR, world.district)
    run(MONDAY + timedelta(days=1))
    assert Task.objects.filter(pk__in=[each.pk for each in late], escalated_at__isnull=False).count() == 2


def test_what_is_opened_again_and_stays_undone_is_lifted_again(world):
    late = task(world, due_on=LONG_AGO)
    run(MONDAY)
    assert AuditEntry.objects.filter(action="cycle.task_lifted").count() == 1
    late.refresh_from_db()
    done = finish(
        task=late, done_on=MONDAY, product="", product_name="", note="", version=late.version, actor=None, now=at(MONDAY, 9), today=MONDAY
    )
    assert done.escalated_at is not None
    tuesday = MONDAY + timedelta(days=1)
    assert open_again(task=done, version=done.version, actor=None, now=at(tuesday, 7)).escalated_at is None

    run(tuesday)
    assert told("cycle.over").count(world.director) == 2
    run(tuesday + timedelta(days=1))
    assert told("cycle.over").count(world.director) == 2


def test_whoever_wants_each_by_itself_hears_of_an_overdue_task_before_the_level_above_does(world):
    ReminderChoice.objects.create(user=world.leader, rhythm=Rhythm.SINGLE)
    task(world, due_on=date(2026, 10, 19), lead_days=[14, 3, 0])
    for day in range(15, 28):
        run(date(2026, 10, day))

    mine = [(row.kind, row.created_at.day) for row in Message.objects.filter(recipient=world.leader).order_by("created_at", "pk")]
    assert mine == [("cycle.tomorrow", 16), ("cycle.single", 19), ("cycle.single", 21), ("cycle.over", 26)]


def test_a_district_that_fails_keeps_its_reminders_from_nobody_else(world, monkeypatch, caplog):
    other = DistrictFactory()
    unit = UnitFactory(parent=other)
    leader = person(Role.UNIT_LEADER, unit)
    TaskFactory(activity=ActivityFactory(district=other, due_on=date(2026, 10, 28)), unit=unit)
    task(world)
    whole = reminders.lines_of

    def fails(deadlines, posts, tree, morning):
        if any(each.unit_id == world.unit.pk for each in deadlines):
            raise ValueError("en frist uten dag")
        return whole(deadlines, posts, tree, morning)

    monkeypatch.setattr(reminders, "lines_of", fails)
    assert run(MONDAY) == 1
    assert told() == [leader]
    assert f"the reminders of district {world.district.pk} failed" in caplog.text

    monkeypatch.setattr(reminders, "lines_of", whole)
    assert run(MONDAY) == 1
