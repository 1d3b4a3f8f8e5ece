"""What mail servers do to a run of letters: they drop connections, they are slow, and what is checked before may fail."""

import logging
import smtplib
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail.backends import smtp
from django.core.mail.backends.locmem import EmailBackend

from notifications.models import Message
from notifications.rules.checking import Fresh
from notifications.rules.delivery import LONGEST_CLAIM, WAITS
from notifications.rules.states import MailState
from notifications.services import messages as services
from notifications.services.messages import deliver
from tests.factories.notifications import NOW, MessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings, monkeypatch):
    """A mail server that takes `limit` letters in one connection and then closes it, and that can be `down` after so many connections."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    state = SimpleNamespace(limit=3, connections=0, most_connections=100, taken=[])

    class Server:
        def __init__(self, *_args, **_more):
            if state.connections == state.most_connections:
                raise ConnectionRefusedError
            state.connections += 1
            self.left = state.limit

        def sendmail(self, _sender, recipients, _letter):
            if not self.left:
                raise smtplib.SMTPServerDisconnected("please run connect() first")
            self.left -= 1
            state.taken += recipients

        def quit(self):
            if not self.left:
                raise smtplib.SMTPServerDisconnected("please run connect() first")

        def close(self):
            """As the real one, after `quit` has failed."""

    monkeypatch.setattr(smtp.EmailBackend, "connection_class", property(lambda _backend: Server))
    return state


def test_a_connection_that_drops_takes_one_letter_with_it_and_not_all_that_follow(server):
    MessageFactory.create_batch(10)

    assert deliver(now=NOW) == 8
    waiting = Message.objects.filter(mail_state=MailState.WAITING)
    assert list(waiting.values_list("attempts", flat=True)) == [1, 1]
    assert server.connections == 3
    assert deliver(now=NOW + WAITS[0]) == 2
    assert len(server.taken) == len(set(server.taken)) == 10


def test_a_server_that_does_not_come_back_ends_the_run_and_counts_nothing(server, caplog):
    server.most_connections = 1
    MessageFactory.create_batch(10)

    with caplog.at_level(logging.CRITICAL, "alna"):
        assert deliver(now=NOW) == 3
    assert sorted(Message.objects.values_list("mail_state", "attempts")) == [("sent", 1)] * 3 + [("waiting", 0)] * 6 + [("waiting", 1)]


def test_a_run_ends_long_before_its_claims_look_abandoned(monkeypatch):
    clock = SimpleNamespace(seconds=0.0)
    monkeypatch.setattr(services, "time", SimpleNamespace(monotonic=lambda: clock.seconds))

    def slow(self, letters):
        clock.seconds += 20
        return len(letters)

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    MessageFactory.create_batch(60)

    assert deliver(now=NOW) == 3
    assert clock.seconds < LONGEST_CLAIM.total_seconds() / 10


def test_an_app_that_cannot_check_its_messages_holds_no_letter_back(monkeypatch, caplog):
    def broken(_messages, _now):
        raise ValueError("ukjent nøkkel")

    def other(messages, _now):
        return {row.pk: Fresh("Nytt emne", row.text) for row in messages if row.kind == "annen"}

    for name, check in (("actions", broken), ("scorecard", other)):
        monkeypatch.setitem(CHECKS, name, check)
        monkeypatch.setattr(apps.get_app_config(name), "message_check", f"{__name__}.check_{name}", raising=False)
    MessageFactory.create_batch(2)
    MessageFactory(kind="annen")

    assert deliver(now=NOW) == 3
    assert [letter.subject for letter in mail.outbox].count("Nytt emne") == 1
    assert "messages of actions go unchecked" in caplog.text


CHECKS: dict[str, Callable[..., dict[int, Fresh | None]]] = {}


def check_actions(messages, now):
    return CHECKS["actions"](messages, now)


def check_scorecard(messages, now):
    return CHECKS["scorecard"](messages, now)
