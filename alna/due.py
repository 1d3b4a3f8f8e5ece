"""Everything that falls due by itself, in its order: beat asks for parts of it every minute, `manage.py run_due` does all of it at once.

Each job may run twice, or by two at once, without doing anything twice: what is to be done is claimed in the database.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic

from django.conf import settings

from actions.services import escalation
from annualcycle.services import feeds, tasks_of_units
from annualcycle.services import reminders as cycle_reminders
from imports.importing.reading import read
from imports.services import folders, telling, work
from imports.tasks import this_worker
from notifications.services import keeping, messages
from reporting.services import accuracy, reminders
from scorecard.services import reorganised


@dataclass(frozen=True)
class Job:
    """`run` gets the moment and the day, and gives how many things it did."""

    name: str
    run: Callable[[datetime, date], int]


def _follow_the_tree(_now: datetime, _today: date) -> int:
    return reorganised.catch_up()


def _sweep(now: datetime, _today: date) -> int:
    return folders.sweep_folders(now=now)


def _work(now: datetime, today: date) -> int:
    return work.work(now=now, today=today, worker=this_worker(), read=read)


def _late_files(now: datetime, today: date) -> int:
    return telling.tell_late(now=now, today=today)


def _lift_overdue(now: datetime, today: date) -> int:
    return escalation.escalate(now=now, today=today)


def _remind(now: datetime, today: date) -> int:
    return reminders.send_reminders(now=now, today=today)


def _follow_the_units(_now: datetime, today: date) -> int:
    return tasks_of_units.keep_in_step(today=today)


def _remind_of_deadlines(now: datetime, today: date) -> int:
    return cycle_reminders.remind(now=now, today=today)


def _close_ended_addresses(now: datetime, today: date) -> int:
    return feeds.close_ended(now=now, today=today)


def _forget_old_addresses(now: datetime, _today: date) -> int:
    return feeds.forget_old(now=now)


def _forget_old_messages(now: datetime, _today: date) -> int:
    return keeping.forget_old(now=now, days=settings.MESSAGES_KEPT_DAYS)


def _judge_forecasts(now: datetime, _today: date) -> int:
    return accuracy.compute_due(now=now)


def _deliver(now: datetime, _today: date) -> int:
    return messages.deliver(now=now)


# What tells people stands before what delivers the messages.
JOBS = (
    Job("follow_the_tree", _follow_the_tree),
    Job("sweep_folders", _sweep),
    Job("handle_files", _work),
    Job("late_files", _late_files),
    Job("lift_overdue_actions", _lift_overdue),
    Job("remind_of_reports", _remind),
    Job("follow_the_units", _follow_the_units),
    Job("remind_of_deadlines", _remind_of_deadlines),
    Job("close_ended_addresses", _close_ended_addresses),
    Job("forget_old_addresses", _forget_old_addresses),
    Job("forget_old_messages", _forget_old_messages),
    Job("judge_forecasts", _judge_forecasts),
    Job("deliver_messages", _deliver),
)


def run_all(now: datetime, today: date) -> Iterator[tuple[str, int]]:
    """Every job in turn: its name, and how many things it did.

    Each gets the moment at which it begins: a letter claimed as of long ago, before a file of an hour, would look abandoned at once.
    """
    began = monotonic()
    for job in JOBS:
        yield job.name, job.run(now + timedelta(seconds=int(monotonic() - began)), today)
