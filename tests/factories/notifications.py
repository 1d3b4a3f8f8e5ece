"""Messages for tests."""

from datetime import UTC, datetime

import factory

from notifications.models import Message
from notifications.rules.states import MailState
from tests.factories.organisation import UserFactory

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)


class MessageFactory(factory.django.DjangoModelFactory[Message]):
    """A message that waits to be sent and read."""

    class Meta:
        model = Message

    key = factory.Sequence(lambda number: f"prove:{number}")
    kind = "prove"
    recipient = factory.SubFactory(UserFactory)
    subject = "Tallene for september er klare"
    text = "Frist i dag kl. 15. Ca. 4 minutter."
    link = "/rapportering/402/2026-09/"
    created_at = NOW
    send_after = NOW
    mail_state = MailState.WAITING
