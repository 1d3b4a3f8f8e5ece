"""An overdue action goes up one level, once, and to people who are there."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from actions.models import Action, ActionSetting
from actions.rules.states import Status
from actions.services.escalation import StaleSetting, escalate, save_setting, setting
from notifications.models import Message
from organisation.models import AuditEntry, RoleAssignment
from organisation.rules.access import Role
from tests.actions.conftest import TODAY
from tests.factories.actions import ActionFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory, person

OSLO = ZoneInfo("Europe/Oslo")


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=OSLO)


def run(day: date) -> int:
    return escalate(now=at(day), today=day)


@pytest.mark.django_db
def test_the_clock_moves_and_the_level_above_is_told_once(world):
    save_setting(escalate_after=3, version=0, actor=None)
    action = ActionFactory(unit=world.unit, owner=world.leader, due_on=date(2026, 10, 9))  # a Friday
    told = {day: run(day) for day in [date(2026, 10, 9) + timedelta(days=number) for number in range(9)]}

    assert {day for day, count in told.items() if count} == {date(2026, 10, 14)}
    action.refresh_from_db()
    assert action.escalated_at == at(date(2026, 10, 14))
    assert set(Message.objects.values_list("recipient", flat=True)) == {world.director.pk, world.leader.pk}
    assert set(Message.objects.values_list("link", flat=True)) == {f"/tiltak/{action.pk}/"}
    entry = AuditEntry.objects.get(action="action.lifted")
    assert (entry.actor_name, entry.details["told"]) == ("Alna", [world.director.name])


@pytest.mark.django_db
def test_who_writes_for_the_unit_is_not_told_what_is_overdue_below_it(world):
    person(Role.REPORTER, world.unit)
    ActionFactory(unit=world.department, owner=world.head, due_on=date(2026, 1, 5))

    assert run(TODAY) == 1
    assert set(Message.objects.values_list("recipient", flat=True)) == {world.leader.pk, world.head.pk}


@pytest.mark.django_db
def test_a_departments_action_goes_to_the_unit_and_not_to_the_director(world):
    ActionFactory(unit=world.department, owner=world.head, due_on=date(2026, 1, 5))
    deputy = UserFactory()
    RoleAssignment.objects.create(
        user=deputy, role=Role.UNIT_LEADER, unit=world.unit, valid_from=TODAY, valid_to=TODAY, deputy_for=world.leader
    )

    assert run(TODAY) == 1

    told = set(Message.objects.values_list("recipient", flat=True))
    assert told == {world.leader.pk, deputy.pk, world.head.pk}  # neither the director nor those who only read


@pytest.mark.django_db
def test_a_new_deadline_that_is_passed_too_is_lifted_anew(world):
    action = ActionFactory(unit=world.unit, owner=world.leader, due_on=date(2026, 9, 1))
    assert run(TODAY) == 1
    Action.objects.filter(pk=action.pk).update(due_on=date(2026, 10, 12), escalated_at=None)

    assert run(date(2026, 11, 2)) == 1
    assert Message.objects.filter(recipient=world.director).count() == 2


@pytest.mark.django_db
def test_what_is_closed_is_left_alone(world):
    ActionFactory(unit=world.unit, owner=world.leader, due_on=date(2026, 1, 5), status=Status.CANCELLED, closed_on=TODAY)
    assert run(TODAY) == 0


@pytest.mark.django_db
def test_where_nobody_stands_above_it_waits_for_somebody(settings, caplog):
    settings.ALNA_TODAY = TODAY
    district = DistrictFactory()
    unit = UnitFactory(parent=district)
    action = ActionFactory(unit=unit, owner=person(Role.UNIT_LEADER, unit), due_on=date(2026, 1, 5))
    assert [run(TODAY), run(TODAY), run(TODAY + timedelta(days=1))] == [0, 0, 0]
    assert caplog.messages == [f"action {action.pk} is overdue and nobody stands above"]

    director = person(Role.DIRECTOR, district)
    assert run(TODAY) == 1
    assert Message.objects.filter(recipient=director).exists()


@pytest.mark.django_db
def test_two_who_run_at_once_lift_once(world, monkeypatch):
    """The other run comes in between: after this one has read its list, before it claims."""
    ActionFactory(unit=world.unit, owner=world.leader, due_on=date(2026, 1, 5))
    counts = []
    from actions.services import escalation as services  # noqa: PLC0415 - the module itself is what is changed

    whole = services._lift

    def other_first(action, people, now):
        if not counts:
            counts.append(whole(action, people, now))
        return whole(action, people, now)

    monkeypatch.setattr(services, "_lift", other_first)

    assert run(TODAY) == 0
    assert counts == [1]
    assert AuditEntry.objects.filter(action="action.lifted").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_reading_what_is_due_costs_the_same_for_one_action_and_for_thirty(world, django_assert_num_queries, count):
    empty = DistrictFactory()
    for _ in range(count):
        ActionFactory(unit=UnitFactory(parent=empty), due_on=date(2026, 1, 5))
    run(TODAY)
    with django_assert_num_queries(4):  # setting, actions, version of the organisation, people above
        run(TODAY)


@pytest.mark.django_db
def test_the_setting_is_one_row_with_a_version(world):
    assert (setting().escalate_after, ActionSetting.objects.count()) == (5, 0)
    save_setting(escalate_after=2, version=0, actor=world.director)
    save_setting(escalate_after=1, version=1, actor=world.director)
    for version in (0, 1):
        with pytest.raises(StaleSetting):
            save_setting(escalate_after=9, version=version, actor=world.director)
    assert (setting().escalate_after, setting().version) == (1, 2)
