"""Reminders from the database to the letter: to whom, once, never to those who are done, whoever runs and however often."""

import threading
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from actions.models import Action
from actions.rules.states import Status
from annualcycle.models import CycleSetting, ReminderRun, Task
from annualcycle.queries.reminders import setting
from annualcycle.rules.kinds import TaskState
from annualcycle.services.reminders import StaleSetting, remind, save_setting
from common.oslo import OSLO
from notifications.models import Message, ReminderChoice
from notifications.rules.states import MailState, Rhythm
from notifications.services.messages import deliver
from organisation.models import AuditEntry, RoleAssignment
from organisation.queries.tree import tree_on
from organisation.rules.access import Role
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, UserFactory, person

MONDAY = date(2026, 10, 26)


@pytest.fixture
def world(db):
    district = DistrictFactory(name="Bydel Prøve")
    unit = UnitFactory(code="402", name="Hjemmetjenesten", parent=district)
    department = UnitFactory(code="402-1", name="Avdeling sør", kind="sub_unit", parent=unit)
    neighbour = UnitFactory(code="403", name="Sykehjemmet", parent=district)
    return SimpleNamespace(
        district=district,
        unit=unit,
        department=department,
        neighbour=neighbour,
        director=person(Role.DIRECTOR, district),
        leader=person(Role.UNIT_LEADER, unit),
        other=person(Role.UNIT_LEADER, neighbour),
    )


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


def test_the_leader_gets_one_overview_and_the_neighbour_nothing(world):
    task(world, title="Vernerunde", due_on=date(2026, 10, 30))
    task(world, title="Årsplan", due_on=date(2026, 10, 21))

    assert [run(MONDAY, 7), run(MONDAY), run(MONDAY), run(MONDAY, 15), run(MONDAY + timedelta(days=1))] == [0, 1, 0, 0, 0]

    message = Message.objects.get()
    assert (message.recipient, message.key) == (world.leader, f"cycle.week:{world.leader.pk}:2026-W44")
    assert message.subject == "Uken din: én frist er passert, én frist kommer"
    assert message.text.split("\n") == [
        "Over fristen:",
        "– Årsplan, Hjemmetjenesten, 21. oktober 2026",
        "Kommer:",
        "– Vernerunde, Hjemmetjenesten, 30. oktober 2026",
    ]
    assert message.mail_state == MailState.WAITING


def test_who_is_done_is_told_nothing(world):
    task(world)
    Task.objects.update(state=TaskState.DONE, done_on=date(2026, 10, 20))
    task(world)
    Task.objects.filter(state=TaskState.OPEN).update(state=TaskState.NOT_NEEDED)
    action = ActionFactory(unit=world.unit, owner=world.leader, due_on=date(2026, 10, 28))
    Action.objects.filter(pk=action.pk).update(status=Status.CANCELLED, closed_on=date(2026, 10, 20))

    assert run(MONDAY) == 0


def test_what_is_done_before_the_letter_leaves_is_not_mailed(world):
    late, near = task(world, title="Risikogjennomgang", due_on=date(2026, 10, 27)), task(world, title="Vernerunde")
    assert run(MONDAY) == 2
    Task.objects.filter(pk=late.pk).update(state=TaskState.DONE, done_on=MONDAY)

    assert deliver(now=at(MONDAY, 8, 5)) == 1

    week, tomorrow = Message.objects.get(kind="cycle.week"), Message.objects.get(kind="cycle.tomorrow")
    assert (tomorrow.mail_state, tomorrow.read_at) == (MailState.DROPPED, at(MONDAY, 8, 5))
    assert (week.mail_state, week.subject) == (MailState.SENT, "Uken din: én frist kommer")
    assert "Risikogjennomgang" not in mail.outbox[0].body + week.text
    assert "Vernerunde" in mail.outbox[0].body
    assert near.unit.name in week.text


def test_a_letter_that_waits_overnight_says_today_and_not_tomorrow(world):
    task(world, title="Vernerunde", due_on=date(2026, 10, 27))
    run(MONDAY)
    deliver(now=at(MONDAY + timedelta(days=1), 9))

    assert [letter.subject for letter in mail.outbox if "Vernerunde" in letter.subject] == ["Frist i dag: Vernerunde"]


def test_those_who_stand_in_are_told_with_the_one_they_stand_in_for(world):
    deputy = UserFactory()
    RoleAssignmentFactory(user=deputy, role=Role.UNIT_LEADER, unit=world.unit, deputy_for=world.leader, valid_from=MONDAY, valid_to=MONDAY)
    task(world)
    ActionFactory(unit=world.unit, owner=world.leader, due_on=date(2026, 10, 28))

    assert run(MONDAY) == 2
    assert set(told()) == {world.leader, deputy}
    assert {row.text.count("\n– ") for row in Message.objects.all()} == {2}


def test_a_stand_in_whose_time_is_over_and_an_owner_without_a_role_are_told_nothing(world):
    RoleAssignmentFactory(
        role=Role.UNIT_LEADER, unit=world.unit, deputy_for=world.leader, valid_from=date(2026, 10, 1), valid_to=date(2026, 10, 25)
    )
    ActionFactory(unit=world.unit, owner=UserFactory(), due_on=date(2026, 10, 28))
    ActionFactory(unit=world.unit, owner=person(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory())), due_on=date(2026, 10, 28))
    RoleAssignment.objects.filter(user=world.leader).update(valid_to=date(2026, 10, 25))
    world.leader.is_active = False
    world.leader.save()
    task(world)

    run(MONDAY)
    assert world.leader not in told()
    # The unit has no leader: nobody below the district has the role, and the owner of another district is told.
    assert len(told()) == 1


def test_where_the_unit_has_nobody_the_nearest_above_is_told(world):
    task(world, unit=world.department)
    assert run(MONDAY) == 1
    assert told() == [world.leader]


def test_whoever_may_not_see_tasks_is_not_asked_to_do_them(world):
    person(Role.POLITICIAN, world.district)
    task(world, unit=world.district, responsible=Role.POLITICIAN.value)
    assert run(MONDAY) == 0


def test_whoever_wants_each_by_itself_gets_no_overview(world):
    ReminderChoice.objects.create(user=world.leader, rhythm=Rhythm.SINGLE, by_mail=False)
    first = task(world, due_on=date(2026, 11, 2), lead_days=[7, 3])
    task(world, due_on=date(2026, 11, 9), lead_days=[7])

    assert run(MONDAY) == 1
    message = Message.objects.get()
    assert message.key == f"cycle.single:annualcycle.task:{first.pk}:7:{world.leader.pk}"
    assert message.mail_state == MailState.NONE
    assert message.link == f"/styringshjul/aktivitet/{first.activity_id}/"


def test_who_has_chosen_no_mail_meanwhile_gets_none(world):
    task(world)
    run(MONDAY)
    ReminderChoice.objects.create(user=world.leader, by_mail=False)

    assert deliver(now=at(MONDAY, 9)) == 0
    assert Message.objects.get().mail_state == MailState.NONE


def test_each_in_their_own_language(world):
    world.leader.language = "en"
    world.leader.save()
    task(world)
    ActionFactory(unit=world.neighbour, owner=world.other, due_on=date(2026, 10, 28))
    ActionFactory(unit=world.unit, owner=world.leader, due_on=date(2026, 10, 28))
    run(MONDAY)

    assert "28. oktober 2026" in Message.objects.get(recipient=world.other).text
    assert "28. October 2026" in Message.objects.get(recipient=world.leader).text


def test_a_message_names_nobody(world):
    ActionFactory(unit=world.unit, owner=world.leader, title="Samtale med Kari Nordmann", due_on=date(2026, 10, 28))
    task(world, due_on=date(2026, 10, 1))
    run(MONDAY)
    words = " ".join(f"{row.subject} {row.text}" for row in Message.objects.all())

    assert "Kari" not in words
    assert not any(each.name in words for each in (world.leader, world.director, world.other))


def test_overdue_goes_to_the_next_level_once_after_the_working_days(world):
    late = task(world, title="Årsplan", due_on=date(2026, 10, 16), escalate_after=3)
    days = [date(2026, 10, 16) + timedelta(days=number) for number in range(14)]
    when = {}
    for day in days:
        run(day)
        for row in Message.objects.filter(kind="cycle.over").exclude(pk__in=when):
            when[row.pk] = (day, row.recipient, row.key)

    key = f"cycle.over:annualcycle.task:{late.pk}"
    assert sorted(when.values(), key=str) == sorted(
        [
            (date(2026, 10, 21), world.director, f"{key}:{world.director.pk}"),
            (date(2026, 10, 21), world.leader, f"{key}:{world.leader.pk}"),
        ],
        key=str,
    )
    late.refresh_from_db()
    assert late.escalated_at == at(date(2026, 10, 21))
    entry = AuditEntry.objects.get(action="cycle.task_lifted")
    assert (entry.details["told"], entry.details["number"]) == ([world.director.name], 1)


def test_a_matter_that_is_late_in_many_units_is_one_message_to_the_director(world):
    activity = ActivityFactory(district=world.district, title="Årsplan", due_on=date(2026, 10, 1))
    for unit in (world.unit, world.neighbour):
        TaskFactory(activity=activity, unit=unit)
    run(MONDAY)

    message = Message.objects.get(kind="cycle.over", recipient=world.director)
    assert message.subject == "2 enheter er over fristen: Årsplan"
    assert AuditEntry.objects.filter(action="cycle.task_lifted").count() == 1


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
