"""Messages are kept for as long as the setting says."""

from datetime import timedelta

import pytest
from django.conf import settings

from alna.due import JOBS
from annualcycle.rules.reminders import AHEAD_DAYS, LATE_DAYS
from notifications.models import Message
from notifications.rules.states import MailState
from notifications.services.keeping import forget_old
from tests.factories.notifications import NOW, MessageFactory

pytestmark = pytest.mark.django_db


def test_what_is_older_is_deleted_whatever_became_of_it():
    long_ago = NOW - timedelta(days=400, seconds=1)
    for state in MailState:
        MessageFactory(created_at=long_ago, mail_state=state, read_at=NOW if state == MailState.SENT else None)
    kept = [MessageFactory(created_at=NOW - timedelta(days=400)), MessageFactory()]

    assert [forget_old(now=NOW, days=400) for _time in range(2)] == [len(MailState), 0]
    assert sorted(Message.objects.values_list("pk", flat=True)) == [row.pk for row in kept]


def test_nothing_is_forgotten_that_could_be_told_again():
    """A deadline is told of from so long before its day until a year after it."""
    assert settings.MESSAGES_KEPT_DAYS > LATE_DAYS + AHEAD_DAYS


def test_it_is_done_by_itself():
    MessageFactory(created_at=NOW - timedelta(days=settings.MESSAGES_KEPT_DAYS + 1))
    MessageFactory()
    [job] = [job for job in JOBS if job.name == "forget_old_messages"]

    assert job.run(NOW, NOW.date()) == 1
