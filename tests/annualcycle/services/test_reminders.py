"""Reminders from the database to the letter: to whom, in which words, never to those who are done."""

from dataclasses import fields
from datetime import date, timedelta

from django.core import mail

from actions.models import Action
from actions.rules.states import Status
from annualcycle.models import Task
from annualcycle.rules.kinds import DateRule, Scope, TaskState
from annualcycle.services.activities import ActivityValues, change
from notifications.models import Message, ReminderChoice
from notifications.rules.states import MailState, Rhythm
from notifications.services.messages import deliver
from organisation.models import AuditEntry, RoleAssignment
from organisation.rules.access import Role
from tests.annualcycle.reminding import MONDAY, at, run, task, told
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, UserFactory, person


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


def test_who_has_nothing_to_do_with_it_any_more_gets_no_letter(world):
    """A stand-in whose time is over, and an action that was given to somebody else, while the letters waited."""
    deputy = UserFactory()
    RoleAssignmentFactory(user=deputy, role=Role.UNIT_LEADER, unit=world.unit, deputy_for=world.leader, valid_from=MONDAY, valid_to=MONDAY)
    task(world, title="Vernerunde")
    action = ActionFactory(unit=world.neighbour, owner=world.other, due_on=date(2026, 10, 28))
    run(MONDAY)
    assert set(told()) == {world.leader, deputy, world.other}
    Action.objects.filter(pk=action.pk).update(owner=world.director)

    assert deliver(now=at(MONDAY + timedelta(days=1), 9)) == 1
    assert [letter.to for letter in mail.outbox] == [[world.leader.email]]


def test_the_level_above_hears_of_it_as_long_as_it_leads_there(world):
    task(world, due_on=date(2026, 10, 1))
    run(MONDAY)
    RoleAssignment.objects.filter(user=world.director).update(valid_to=MONDAY)
    deliver(now=at(MONDAY + timedelta(days=1), 9))

    assert {row.recipient for row in Message.objects.filter(kind="cycle.over", mail_state=MailState.SENT)} == {world.leader}


def test_those_who_stand_in_are_told_with_the_one_they_stand_in_for(world):
    deputy = UserFactory()
    RoleAssignmentFactory(user=deputy, role=Role.UNIT_LEADER, unit=world.unit, deputy_for=world.leader, valid_from=MONDAY, valid_to=MONDAY)
    task(world)
    ActionFactory(unit=world.unit, owner=world.leader, due_on=date(2026, 10, 28))

    assert run(MONDAY) == 2
    assert set(told()) == {world.leader, deputy}
    assert {row.text.count("\n– ") for row in Message.objects.all()} == {2}


def test_a_stand_in_whose_time_is_over_and_an_owner_without_a_role_there_are_told_nothing(world):
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
    # The unit has no leader, nobody below the district has the role, and an owner who is elsewhere now cannot open the action.
    assert told() == []


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
    assert message.key == f"cycle.single:annualcycle.task:{first.pk}:2026-11-02:7:{world.leader.pk}"
    assert message.mail_state == MailState.NONE
    assert message.link == f"/styringshjul/aktivitet/{first.activity_id}/"


def test_the_longest_lead_an_activity_may_have_is_told(world):
    ReminderChoice.objects.create(user=world.leader, rhythm=Rhythm.SINGLE)
    task(world, due_on=MONDAY + timedelta(days=120), lead_days=[120])

    assert run(MONDAY) == 1


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
    assert "28 October 2026" in Message.objects.get(recipient=world.leader).text


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

    key = f"cycle.over:annualcycle.task:{late.pk}:2026-10-16:2026-10-21"
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


def test_a_day_that_has_moved_may_pass_once_more_and_the_level_above_is_told_of_it_anew(world):
    late = task(world, title="Årsplan", due_on=date(2026, 10, 1), rule=DateRule.FIXED, month=10, day=1, escalate_after=3)
    run(date(2026, 10, 8))
    activity = late.activity
    values = {field.name: getattr(activity, field.name) for field in fields(ActivityValues) if field.name != "units"}
    moved = ActivityValues(**values | {"day": 20, "scope": Scope.CHOSEN, "units": (world.unit,)})
    change(activity=activity, values=moved, version=activity.version, actor=None, now=at(date(2026, 10, 9)))
    told_again = [run(date(2026, 10, day)) for day in (20, 21, 22, 23)]

    assert told_again[-1] == 2
    keys = Message.objects.filter(kind="cycle.over", recipient=world.director).order_by("pk").values_list("key", flat=True)
    assert [key.split(":")[3] for key in keys] == ["2026-10-01", "2026-10-20"]


def test_a_matter_that_is_late_in_many_units_is_one_message_to_the_director(world):
    activity = ActivityFactory(district=world.district, title="Årsplan", due_on=date(2026, 10, 1))
    for unit in (world.unit, world.neighbour):
        TaskFactory(activity=activity, unit=unit)
    run(MONDAY)

    message = Message.objects.get(kind="cycle.over", recipient=world.director)
    assert message.subject == "2 enheter er over fristen: Årsplan"
    assert AuditEntry.objects.filter(action="cycle.task_lifted").count() == 1
