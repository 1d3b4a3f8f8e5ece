"""Background work of messages."""

from celery import shared_task
from django.utils import timezone

from notifications.services import messages


@shared_task
def deliver_messages() -> int:
    """Sends the e-mails that are due; a message is claimed first, so that two workers never send the same."""
    return messages.deliver(now=timezone.now())
