"""Background work of messages."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from notifications.services import keeping, messages


@shared_task
def deliver_messages() -> int:
    """Sends the e-mails that are due; a message is claimed first, so that two workers never send the same."""
    return messages.deliver(now=timezone.now())


@shared_task
def forget_old_messages() -> int:
    """Deletes messages that have been kept long enough."""
    return keeping.forget_old(now=timezone.now(), days=settings.MESSAGES_KEPT_DAYS)
