"""Sending a message once more, because somebody has asked for it."""

from datetime import datetime

from django.db import transaction

from notifications.models import Message
from notifications.rules.states import SENT_AGAIN, MailState
from organisation.models import User
from organisation.services import audit


class NotToBeSent(Exception):
    """It waits already, needs no e-mail, or somebody else was first."""


@transaction.atomic
def send_again(*, message: Message, seen: datetime | None, actor: User) -> None:
    """Puts the e-mail in the queue once more. `seen`: when it was tried last, as the page said. Raises NotToBeSent."""
    mine = Message.objects.filter(pk=message.pk, mail_state__in=SENT_AGAIN, claimed_at=seen, recipient__is_active=True)
    if seen is None or not mine.update(mail_state=MailState.WAITING, attempts=0, failure=""):
        raise NotToBeSent
    details = {"recipient": message.recipient.name, "subject": message.subject}
    audit.record(actor=actor, action="message.sent_again", target=message, details=details)
