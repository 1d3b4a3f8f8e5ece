"""Background work of the annual cycle."""

from celery import shared_task
from django.utils import timezone

from annualcycle.services import feeds, reminders, tasks_of_units
from common.clock import today


@shared_task
def remind() -> int:
    """Tells people of their deadlines; each once, however often this runs."""
    return reminders.remind(now=timezone.now(), today=today())


@shared_task
def follow_the_units() -> int:
    """Gives new units their tasks, and takes them from units that are no more."""
    return tasks_of_units.keep_in_step(today=today())


@shared_task
def close_ended_addresses() -> int:
    """Ends calendar addresses of those whose roles are over."""
    return feeds.close_ended(now=timezone.now(), today=today())


@shared_task
def forget_old_addresses() -> int:
    """Deletes what is left of calendar addresses that were ended long ago."""
    return feeds.forget_old(now=timezone.now())
