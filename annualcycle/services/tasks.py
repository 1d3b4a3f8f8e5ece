"""What units do about their tasks: done, done for many at once, not needed here, open again."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from simple_history.utils import bulk_update_with_history

from annualcycle.models import Activity, Task
from annualcycle.rules.finishing import Flaw, finish_flaws
from annualcycle.rules.kinds import TaskState
from common.versions import dated
from organisation.models import User
from organisation.services import audit


class StaleTask(Exception):
    """Somebody has saved the task since the page was opened."""


class ActivityCancelled(Exception):
    """The activity does not take place this year, so there is nothing to do."""


class TaskRefused(Exception):
    """It cannot be saved like this; `flaws` are all of them."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__([flaw.value for flaw in self.flaws])


@transaction.atomic
def finish(
    *,
    task: Task,
    done_on: date,
    product: str,
    product_name: str,
    note: str,
    version: int,
    actor: User | None,
    now: datetime,
    today: date,
) -> Task:
    """Done that day, with what came of it; also a correction of what was said before. Raises StaleTask, TaskRefused, ActivityCancelled."""
    product, product_name = product.strip(), product_name.strip()
    flaws = finish_flaws(done_on=done_on, product=product, product_name=product_name, due_on=task.activity.due_on, today=today)
    if flaws:
        raise TaskRefused(flaws)
    row = _claimed(task, version)
    _done(row, done_on, actor, now)
    row.product, row.product_name, row.note = product, product_name, note.strip()
    row.save()
    _recorded(actor, "cycle.task_done", row)
    return row


@transaction.atomic
def finish_many(
    *,
    activity: Activity,
    unit_ids: Collection[int],
    done_on: date,
    actor: User | None,
    now: datetime,
    today: date,
    product: str = "",
    product_name: str = "",
) -> int:
    """The open tasks of these units, all done that day, with one product for them all; how many they were.

    What is done already stays as it is; without a product so does what was said of one before. Raises TaskRefused, ActivityCancelled.
    """
    product, product_name = product.strip(), product_name.strip()
    flaws = finish_flaws(done_on=done_on, product=product, product_name=product_name, due_on=activity.due_on, today=today)
    if flaws:
        raise TaskRefused(flaws)
    if Activity.objects.filter(pk=activity.pk, cancelled_at__isnull=False).exists():
        raise ActivityCancelled
    there = Task.objects.filter(activity=activity, unit_id__in=unit_ids, state=TaskState.OPEN)
    rows = []
    # Claimed one by one: of two who do it at once, each has the tasks that were theirs.
    for row in there.order_by("pk"):
        if Task.objects.filter(pk=row.pk, state=TaskState.OPEN, version=row.version).update(version=F("version") + 1):
            row.version += 1
            _done(row, done_on, actor, now)
            if product:
                row.product, row.product_name = product, product_name
            rows.append(row)
    if rows:
        names = ["state", "done_on", "done_at", "done_by", "product", "product_name", "version"]
        bulk_update_with_history(rows, Task, names, default_date=now)
    for row in rows:
        _recorded(actor, "cycle.task_done", row)
    return len(rows)


@transaction.atomic
def set_aside(*, task: Task, reason: str, version: int, actor: User | None, now: datetime) -> Task:
    """It does not concern this unit this year, and why. Raises StaleTask, TaskRefused, ActivityCancelled."""
    if not reason.strip():
        raise TaskRefused([Flaw.NO_REASON])
    row = _claimed(task, version)
    _undone(row, TaskState.NOT_NEEDED, now)
    row.note = reason.strip()
    row.save()
    _recorded(actor, "cycle.task_not_needed", row, {"reason": row.note})
    return row


@transaction.atomic
def open_again(*, task: Task, version: int, actor: User | None, now: datetime) -> Task:
    """It is to be done after all. What came of it stays for the next time. Raises StaleTask, ActivityCancelled."""
    row = _claimed(task, version)
    if row.state == TaskState.OPEN:
        return row
    _undone(row, TaskState.OPEN, now)
    row.save()
    _recorded(actor, "cycle.task_opened", row)
    return row


def _done(row: Task, done_on: date, actor: User | None, now: datetime) -> None:
    row.state, row.done_on, row.done_at, row.done_by = TaskState.DONE, done_on, now, actor
    dated(row, now)


def _undone(row: Task, state: TaskState, now: datetime) -> None:
    row.state, row.done_on, row.done_at, row.done_by = state, None, None, None
    # Open once more, it may be told to the level above once more.
    row.escalated_at = None
    dated(row, now)


def _claimed(task: Task, version: int) -> Task:
    """The task with its next version, in one conditional update. Raises StaleTask, ActivityCancelled."""
    if not Task.objects.filter(pk=task.pk, version=version).update(version=F("version") + 1):
        raise StaleTask
    row = Task.objects.select_related("activity", "unit").get(pk=task.pk)
    if row.activity.cancelled_at is not None:
        raise ActivityCancelled
    return row


def _recorded(actor: User | None, act: str, row: Task, details: dict[str, object] | None = None) -> None:
    audit.record(actor=actor, action=act, target=row, unit=row.unit_id, details={"activity": row.activity.title, **(details or {})})
