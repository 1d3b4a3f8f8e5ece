"""A letter about an action leaves only as long as it is true."""

from datetime import date

import pytest
from django.core import mail

from actions.models import Action
from actions.queries.message_check import still_true
from actions.rules.states import Status
from actions.services.telling import tell_lifted, tell_owner
from notifications.models import Message
from notifications.rules.states import MailState
from notifications.services.messages import deliver
from organisation.queries.holders import Holder
from tests.actions.conftest import NOW, TODAY

DONE = {"status": Status.CANCELLED, "closed_on": TODAY}


def holder(user):
    return Holder(user.pk, user.name, user.language, None)


@pytest.fixture
def told(world, action):
    """The owner has been given it, and the director told that it is late."""
    tell_owner(action=action, actor=world.director, now=NOW)
    tell_lifted(action=action, people=[holder(world.director)], now=NOW)
    return action


def test_what_is_still_so_is_sent(told):
    assert deliver(now=NOW) == 2


@pytest.mark.parametrize(
    "becomes, sent",
    [
        (DONE, []),
        ({"due_on": date(2026, 12, 1)}, ["action_owner"]),
        ({"status": Status.DELAYED}, ["action_owner", "action_lifted"]),
    ],
)
def test_what_has_become_otherwise_is_not_sent(told, becomes, sent):
    Action.objects.filter(pk=told.pk).update(**becomes)
    deliver(now=NOW)

    assert list(Message.objects.filter(mail_state=MailState.SENT).order_by("pk").values_list("kind", flat=True)) == sent
    assert len(mail.outbox) == len(sent)


def test_an_owner_who_has_given_it_to_another_gets_no_letter(told, world):
    Action.objects.filter(pk=told.pk).update(owner=world.employee)
    deliver(now=NOW)

    assert [letter.to for letter in mail.outbox] == [[world.director.email]]


def test_checking_costs_one_statement_and_none_without_such_messages(told, django_assert_num_queries):
    rows = list(Message.objects.all())
    with django_assert_num_queries(1):
        assert still_true(rows, NOW) == {}
    with django_assert_num_queries(0):
        assert still_true([], NOW) == {}
