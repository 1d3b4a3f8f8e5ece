"""Everything that falls due by itself, in its order: beat asks for parts of it every minute, `manage.py run_due` does all of it at once.

Each job may run twice, or by two at once, without doing anything twice: what is to be done is claimed in the database.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from actions.services import escalation
from annualcycle.services import reminders as cycle_reminders
from annualcycle.services import tasks_of_units
from imports.importing.reading import read
from imports.services import folders, telling, work
from imports.tasks import this_worker
from notifications.services import messages
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
    Job("judge_forecasts", _judge_forecasts),
    Job("deliver_messages", _deliver),
)


def run_all(now: datetime, today: date) -> Iterator[tuple[str, int]]:
    """Every job in turn: its name, and how many things it did."""
    for job in JOBS:
        yield job.name, job.run(now, today)
