"""Each thing is told once, whoever runs and however often, over the change of the clock and after whoever was stopped."""

import threading
from datetime import UTC, date, timedelta

import pytest
from django.core import mail
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from annualcycle.models import CycleSetting, ReminderRun, Task
from annualcycle.queries.reminders import setting
from annualcycle.services.reminders import StaleSetting, remind, save_setting
from common.oslo import OSLO
from notifications.models import Message
from notifications.services.messages import deliver
from organisation.models import AuditEntry
from organisation.queries.tree import tree_on
from organisation.rules.access import Role
from tests.annualcycle.reminding import MONDAY, at, run, task
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person


def test_nothing_is_said_in_july_and_on_days_off(world):
    task(world, due_on=date(2026, 7, 15), escalate_after=0)
    task(world, due_on=date(2027, 3, 30))
    july = [run(date(2026, 7, 1) + timedelta(days=number), 12) for number in range(31)]
    easter = [run(date(2027, 3, day), 12) for day in (25, 26, 27, 28, 29)]

    assert sum(july) + sum(easter) == 0
    assert not Message.objects.exists()
    assert not Task.objects.filter(escalated_at__isnull=False).exists()


@pytest.mark.parametrize("first, last", [(date(2026, 10, 21), date(2026, 10, 31)), (date(2027, 3, 22), date(2027, 4, 2))])
def test_a_clock_of_five_minutes_over_the_change_of_the_clock_doubles_and_loses_nothing(world, first, last):
    """As the beat comes, with letters delivered between, and the queue away for an hour every morning at eight."""
    days = [first + timedelta(days=number) for number in range((last - first).days)]
    for day in days:
        task(world, due_on=day)
    moment = at(first, 0).astimezone(UTC)
    while moment < at(last, 0):
        local = moment.astimezone(OSLO)
        if local.hour != 8:
            remind(now=moment, today=local.date())
            if local.minute == 30:
                deliver(now=moment)
        moment += timedelta(minutes=5)

    near = Message.objects.filter(kind="cycle.tomorrow")
    keys = [key for row in near for key in row.about["keys"]]
    assert len(keys) == len(set(keys))
    # The first day's own morning lay before the clock began.
    assert set(keys) >= {f"annualcycle.task:{row.pk}" for row in Task.objects.filter(activity__due_on__gt=first)}
    assert {row.created_at.astimezone(OSLO).hour for row in Message.objects.all()} == {9}
    assert len(mail.outbox) == Message.objects.count()


def test_a_worker_that_dies_halfway_leaves_nothing_and_the_next_tells_all(world, monkeypatch):
    from annualcycle.services import reminders as services  # noqa: PLC0415 - the module itself is what is changed

    task(world)

    def dies(**_given):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(services, "send", dies)
        with pytest.raises(SystemExit):
            run(MONDAY)
    assert not ReminderRun.objects.exists()
    assert run(MONDAY) == 1


def test_two_who_have_decided_the_same_write_it_once(world, monkeypatch):
    """The other comes in between: after this one has decided, before it claims."""
    from annualcycle.services import reminders as services  # noqa: PLC0415 - the module itself is what is changed

    task(world)
    task(world, due_on=date(2026, 10, 1))
    whole, others = services._claim, []

    def other_first(district_id, day):
        if not others:
            others.append(0)
            monkeypatch.setattr(services, "_claim", whole)
            others.append(run(MONDAY))
        return whole(district_id, day)

    monkeypatch.setattr(services, "_claim", other_first)
    assert run(MONDAY) == 0
    assert others[1] == Message.objects.count() == 3
    assert AuditEntry.objects.filter(action="cycle.task_lifted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_tell_each_thing_once():
    district = DistrictFactory()
    leaders = []
    for _ in range(6):
        unit = UnitFactory(parent=district)
        leaders.append(person(Role.UNIT_LEADER, unit))
        TaskFactory(activity=ActivityFactory(district=district, due_on=date(2026, 10, 27)), unit=unit)
    ready, counts, faults = threading.Barrier(3), [], []

    def beat():
        try:
            ready.wait(10)
            counts.append(run(MONDAY))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shall say it
            faults.append(error)
        finally:
            connections.close_all()

    beats = [threading.Thread(target=beat) for _ in range(3)]
    for each in beats:
        each.start()
    for each in beats:
        each.join(60)

    assert faults == []
    assert sorted(counts) == [0, 0, 12]
    assert Message.objects.count() == 12


def test_a_district_costs_the_same_for_one_task_and_for_thirty(world):
    costs = []
    for count in (1, 29):
        for number in range(count):
            unit = UnitFactory(parent=world.district)
            person(Role.UNIT_LEADER, unit)
            TaskFactory(activity=ActivityFactory(district=world.district, due_on=date(2026, 10, 27 + number % 2)), unit=unit)
        Message.objects.all().delete()
        ReminderRun.objects.all().delete()
        tree_on(MONDAY)
        with CaptureQueriesContext(connection) as captured:
            run(MONDAY)
        assert Message.objects.filter(kind="cycle.week").count() == len(costs) * 29 + 1
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_a_morning_that_is_told_costs_three_statements(world, django_assert_num_queries):
    task(world)
    run(MONDAY)
    with django_assert_num_queries(3):  # setting, version of the organisation, mornings
        run(MONDAY, 9)


def test_the_setting_is_one_row_with_a_version_and_is_obeyed(world):
    assert (setting().quiet_months, CycleSetting.objects.count()) == ([7], 0)
    values = {"digest_weekday": 1, "hour": 10, "quiet_months": [], "escalate_after": 2}
    save_setting(values=values, version=0, actor=world.director)
    for version in (0, 2):
        with pytest.raises(StaleSetting):
            save_setting(values=values, version=version, actor=None)
    task(world)
    tuesday = date(2026, 10, 27)

    assert [run(MONDAY, 12), run(tuesday, 9), run(tuesday, 10)] == [1, 0, 2]
    assert Message.objects.filter(kind="cycle.week").count() == 2
