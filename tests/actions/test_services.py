"""Making, following up and ending actions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from actions.models import Action, ActionUpdate
from actions.rules.demands import Problem
from actions.rules.states import EffectKind, Outcome, Status
from actions.services.actions import (
    ActionClosed,
    ActionRefused,
    Effect,
    StaleVersion,
    change_action,
    close_action,
    create_action,
    set_status,
)
from notifications.models import Message
from organisation.models import AuditEntry, RoleAssignment
from organisation.rules.access import Role
from tests.actions.conftest import NOW, TODAY
from tests.factories.actions import ActionFactory
from tests.factories.organisation import UserFactory, person

pytestmark = pytest.mark.django_db


def make(world, **more):
    given = {
        "unit": world.unit,
        "title": "To faste stillinger",
        "owner": world.leader,
        "due_on": date(2026, 11, 1),
        "actor": world.leader,
        "now": NOW,
        "today": TODAY,
        "effect_kind": EffectKind.AMOUNT,
        "effect_amount": Decimal(600000),
    }
    return create_action(**given | more)


def owned(world, **more):
    return ActionFactory(unit=world.unit, owner=world.leader, **more)


def facts(world, **more):
    return {"actor": world.leader, "now": NOW, "today": TODAY} | more


def test_a_new_action_has_a_log_and_a_line_in_the_trail(world):
    action = make(world, title="  To faste stillinger ")

    assert (action.title, action.status, action.version) == ("To faste stillinger", Status.NOT_STARTED, 1)
    assert list(action.updates.values_list("by", "at", "status", "text")) == [(world.leader.pk, NOW, Status.NOT_STARTED, "")]
    entry = AuditEntry.objects.get(action="action.created")
    assert (entry.actor, entry.unit_id, entry.details["due_on"]) == (world.leader, world.unit.pk, "2026-11-01")
    assert action.history.count() == 1


def test_the_same_form_sent_twice_makes_one_action(world):
    assert make(world).pk == make(world).pk
    assert make(world, due_on=date(2026, 11, 2)).pk != make(world).pk
    assert AuditEntry.objects.filter(action="action.created").count() == 2


@pytest.mark.parametrize(
    "more, problems",
    [
        ({"title": "   "}, [Problem.TITLE_MISSING]),
        ({"due_on": TODAY - timedelta(days=1)}, [Problem.DUE_IN_THE_PAST]),
        ({"effect_amount": None}, [Problem.AMOUNT_MISSING]),
        ({"effect_amount": Decimal(0)}, [Problem.AMOUNT_NOT_POSITIVE]),
        ({"effect_amount": Decimal(-5)}, [Problem.AMOUNT_NOT_POSITIVE]),
        (
            {"title": "", "due_on": date(2020, 1, 1), "effect_amount": None},
            [Problem.TITLE_MISSING, Problem.DUE_IN_THE_PAST, Problem.AMOUNT_MISSING],
        ),
    ],
)
def test_everything_that_is_wrong_is_said_at_once(world, more, problems):
    with pytest.raises(ActionRefused) as refused:
        make(world, **more)
    assert list(refused.value.problems) == problems
    assert not Action.objects.exists()


def test_today_is_no_day_of_the_past(world):
    assert make(world, due_on=TODAY).due_on == TODAY


def test_the_owner_has_a_role_in_the_unit_or_above(world):
    ended = person(Role.UNIT_LEADER, world.unit)
    RoleAssignment.objects.filter(user=ended).update(valid_to=TODAY - timedelta(days=1))
    gone = person(Role.UNIT_LEADER, world.unit)
    gone.is_active = False
    gone.save()
    politician = person(Role.POLITICIAN, world.district)
    for stranger in (world.stranger, UserFactory(), ended, gone, world.head, politician):
        with pytest.raises(ActionRefused) as refused:
            make(world, owner=stranger)
        assert refused.value.problems == (Problem.OWNER_HAS_NO_ROLE,)
    for owner in (world.leader, world.employee, world.director):
        assert make(world, owner=owner, title=f"Til {owner.pk}").owner == owner
    assert make(world, unit=world.department, owner=world.head).owner == world.head


def test_who_gets_the_responsibility_is_told_once_and_not_by_oneself(world):
    make(world)
    assert not Message.objects.exists()

    action = make(world, owner=world.employee)
    make(world, owner=world.employee)

    message = Message.objects.get()
    assert (message.recipient, message.link) == (world.employee, f"/tiltak/{action.pk}/")
    assert message.text == "«To faste stillinger» i Hjemmetjenesten. Frist 1. november 2026."


def test_a_new_status_is_logged_with_its_words(world):
    action = owned(world)

    row = set_status(action=action, status=Status.DELAYED, text=" Ny rute fra mandag ", version=1, **facts(world))

    assert (row.status, row.version, row.closed_on) == (Status.DELAYED, 2, None)
    assert list(ActionUpdate.objects.values_list("status", "text")) == [(Status.DELAYED, "Ny rute fra mandag")]
    assert AuditEntry.objects.get().details == {"before": "not_started", "after": "delayed"}


def test_the_same_status_without_words_is_no_news(world):
    action = owned(world, status=Status.ON_TRACK)
    set_status(action=action, status=Status.ON_TRACK, text=" ", version=1, **facts(world))
    assert not ActionUpdate.objects.exists()

    set_status(action=action, status=Status.ON_TRACK, text="Halvveis", version=2, **facts(world))
    assert ActionUpdate.objects.get().text == "Halvveis"


def test_done_is_said_only_with_what_came_of_it(world):
    action = owned(world)
    with pytest.raises(ActionRefused) as refused:
        set_status(action=action, status=Status.DONE, text="Ferdig", version=1, **facts(world))
    assert refused.value.problems == (Problem.EVALUATION_MISSING,)

    with pytest.raises(ActionRefused) as refused:
        close_action(action=action, outcome=None, outcome_amount=None, outcome_text=" ", version=1, **facts(world))
    assert list(refused.value.problems) == [Problem.OUTCOME_MISSING, Problem.OUTCOME_AMOUNT_MISSING, Problem.OUTCOME_TEXT_MISSING]

    row = close_action(
        action=action,
        outcome=Outcome.LESS,
        outcome_amount=Decimal(450000),
        outcome_text="En stilling ble tilsatt.",
        version=1,
        **facts(world),
    )
    assert (row.status, row.closed_on, row.evaluated_at, row.evaluated_by) == (Status.DONE, TODAY, NOW, world.leader)
    assert (row.outcome, row.outcome_amount) == (Outcome.LESS, Decimal(450000))


@pytest.mark.parametrize(
    "kind, outcome, amount, kept",
    [
        (EffectKind.AMOUNT, Outcome.NONE, None, Decimal(0)),
        (EffectKind.AMOUNT, Outcome.MORE, Decimal(700000), Decimal(700000)),
        (EffectKind.OTHER, Outcome.AS_EXPECTED, None, None),
        (EffectKind.INDICATOR, Outcome.NONE, None, None),
    ],
)
def test_kroner_are_asked_for_where_kroner_were_expected(world, kind, outcome, amount, kept):
    action = owned(world, effect_kind=kind)
    row = close_action(action=action, outcome=outcome, outcome_amount=amount, outcome_text="Slik gikk det.", version=1, **facts(world))
    assert row.outcome_amount == kept


def test_a_refused_end_leaves_the_version_as_it_was(world):
    action = owned(world)
    with pytest.raises(ActionRefused):
        close_action(action=action, outcome=None, outcome_amount=None, outcome_text="", version=1, **facts(world))
    action.refresh_from_db()
    assert action.version == 1


def test_cancelling_says_why(world):
    action = owned(world)
    with pytest.raises(ActionRefused) as refused:
        set_status(action=action, status=Status.CANCELLED, text=" ", version=1, **facts(world))
    assert refused.value.problems == (Problem.REASON_MISSING,)

    row = set_status(action=action, status=Status.CANCELLED, text="Ingen søkere", version=1, **facts(world))
    assert (row.status, row.closed_on) == (Status.CANCELLED, TODAY)
    assert AuditEntry.objects.get().action == "action.cancelled"


def test_what_is_closed_stays_as_it_is(world):
    action = owned(world, status=Status.CANCELLED, closed_on=TODAY)
    with pytest.raises(ActionClosed):
        set_status(action=action, status=Status.ON_TRACK, text="", version=1, **facts(world))
    with pytest.raises(ActionClosed):
        close_action(action=action, outcome=Outcome.MORE, outcome_amount=Decimal(1), outcome_text="x", version=1, **facts(world))


def changed(world, action, **more):
    given = {"title": action.title, "owner": action.owner, "due_on": action.due_on, "description": "", "version": action.version}
    effect = Effect(EffectKind(action.effect_kind), action.effect_amount, action.effect_from, action.effect_text)
    return change_action(action=action, **facts(world), **given | {"effect": effect} | more)


def test_a_moved_deadline_is_in_the_trail_and_can_be_passed_anew(world):
    action = owned(world, due_on=date(2026, 9, 1), escalated_at=NOW, stranded_at=NOW)

    row = changed(world, action, due_on=date(2026, 12, 1))

    assert (row.due_on, row.escalated_at, row.stranded_at) == (date(2026, 12, 1), None, None)
    assert AuditEntry.objects.get().details == {"changed": ["due_on"], "due_on_before": "2026-09-01", "due_on": "2026-12-01"}


def test_other_words_may_be_saved_when_the_deadline_has_passed_but_no_new_one_in_the_past(world):
    action = owned(world, due_on=date(2026, 9, 1), escalated_at=NOW)
    row = changed(world, action, title="Nye kjøreruter")
    assert (row.title, row.escalated_at) == ("Nye kjøreruter", NOW)
    with pytest.raises(ActionRefused) as refused:
        changed(world, row, due_on=date(2026, 9, 2))
    assert refused.value.problems == (Problem.DUE_IN_THE_PAST,)


def test_a_new_owner_is_told_and_one_without_a_role_any_more_may_stay(world):
    action = owned(world)
    row = changed(world, action, owner=world.employee)
    assert Message.objects.get().recipient == world.employee

    RoleAssignment.objects.filter(user=world.employee).delete()
    assert changed(world, row, title="Annet navn").owner == world.employee


def test_nothing_changed_is_no_line_in_the_trail(world):
    changed(world, owned(world))
    assert not AuditEntry.objects.exists()


def test_of_two_at_once_the_second_is_told(world):
    action = owned(world)
    set_status(action=action, status=Status.ON_TRACK, text="", version=1, **facts(world))

    with pytest.raises(StaleVersion):
        set_status(action=action, status=Status.DELAYED, text="", version=1, **facts(world))
    with pytest.raises(StaleVersion):
        close_action(action=action, outcome=Outcome.MORE, outcome_amount=Decimal(1), outcome_text="x", version=1, **facts(world))
    with pytest.raises(StaleVersion):
        changed(world, action, title="x", version=1)
    action.refresh_from_db()
    assert (action.status, action.version) == (Status.ON_TRACK, 2)
