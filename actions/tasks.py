"""Background work of actions."""

from celery import shared_task
from django.utils import timezone

from actions.services import escalation
from common.clock import today


@shared_task
def lift_overdue() -> int:
    """Tells the level above about actions that are overdue; each once, however often this runs."""
    return escalation.escalate(now=timezone.now(), today=today())
