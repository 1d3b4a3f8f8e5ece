"""What is due by itself, all at once: each job begins at its own moment."""

from datetime import date, timedelta

import pytest

from alna import due
from alna.due import Job, run_all
from notifications.models import Message
from notifications.rules.states import MailState
from notifications.services.messages import deliver
from tests.factories.notifications import NOW, MessageFactory

TODAY = date(2026, 10, 8)


@pytest.mark.django_db
def test_letters_after_a_file_that_took_an_hour_are_not_taken_for_abandoned(monkeypatch):
    """Whoever comes by a minute later must not send again what was claimed just now."""
    clock = [0.0]

    def takes_an_hour(_now, _today):
        clock[0] += 3600
        return 1

    def send(now, _today):
        MessageFactory(mail_state=MailState.SENDING, claimed_at=now, attempts=1)
        return 0

    monkeypatch.setattr(due, "monotonic", lambda: clock[0])
    monkeypatch.setattr(due, "JOBS", (Job("handle_files", takes_an_hour), Job("deliver_messages", send)))
    assert dict(run_all(NOW, TODAY)) == {"handle_files": 1, "deliver_messages": 0}

    assert deliver(now=NOW + timedelta(minutes=61)) == 0
    assert Message.objects.get().mail_state == MailState.SENDING
