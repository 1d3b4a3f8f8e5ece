"""Sending a message once more, because somebody has asked for it."""

from datetime import datetime

from django.db import transaction

from notifications.models import Message
from notifications.queries.checking import checked
from notifications.rules.checking import Fresh
from notifications.rules.states import SENT_AGAIN, MailState
from organisation.models import User
from organisation.services import audit

# Where no app says anything else.
UNCHANGED = Fresh("", "")


class NotToBeSent(Exception):
    """It waits already, needs no e-mail, or somebody else was first."""


class NothingLeft(Exception):
    """What it was about is done: it would be dropped before it left."""


def send_again(*, message: Message, seen: datetime | None, actor: User, unit_id: int | None, now: datetime) -> None:
    """Puts the e-mail in the queue once more. `seen`: when it was tried last, as the page said. Raises NotToBeSent, NothingLeft.

    `unit_id`: in whose trail it stands, the recipient's unit among those the actor manages. Without one all districts could read it.
    """
    # Asked before the transaction: an app that cannot answer must not spoil it.
    if checked([message], now).get(message.pk, UNCHANGED) is None:
        raise NothingLeft
    with transaction.atomic():
        mine = Message.objects.filter(pk=message.pk, mail_state__in=SENT_AGAIN, claimed_at=seen, recipient__is_active=True)
        if seen is None or not mine.update(mail_state=MailState.WAITING, attempts=0, failure=""):
            raise NotToBeSent
        details = {"recipient": message.recipient.name, "subject": message.subject}
        audit.record(actor=actor, action="message.sent_again", target=message, unit=unit_id, details=details)
