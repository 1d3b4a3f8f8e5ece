"""Background work of the annual cycle."""

from celery import shared_task
from django.utils import timezone

from annualcycle.services import reminders, tasks_of_units
from common.clock import today


@shared_task
def remind() -> int:
    """Tells people of their deadlines; each once, however often this runs."""
    return reminders.remind(now=timezone.now(), today=today())


@shared_task
def follow_the_units() -> int:
    """Gives new units their tasks, and takes them from units that are no more."""
    return tasks_of_units.keep_in_step(today=today())
