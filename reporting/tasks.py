"""Background work of the month."""

from celery import shared_task
from django.utils import timezone

from common.clock import today
from reporting.services import accuracy, reminders


@shared_task
def remind_of_reports() -> int:
    """Sends the reminders that are due; each is told once, however often this runs."""
    return reminders.send_reminders(now=timezone.now(), today=today())


@shared_task
def judge_forecasts() -> int:
    """Judges the forecasts of years that are finished since last time; a year that is judged and unchanged is left alone."""
    return accuracy.compute_due(now=timezone.now())
