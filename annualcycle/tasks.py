"""Background work of the annual cycle."""

from celery import shared_task
from django.utils import timezone

from annualcycle.services import reminders
from common.clock import today


@shared_task
def remind() -> int:
    """Tells people of their deadlines; each once, however often this runs."""
    return reminders.remind(now=timezone.now(), today=today())
