"""One task for each unit that an activity concerns, as the units are on its day."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, prefetch_related_objects
from simple_history.utils import bulk_create_with_history

from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import COUNTED_ELSEWHERE, Scope, TaskState
from organisation.models import Unit
from organisation.queries.tree import history
from organisation.rules.tree import UnitTree


@transaction.atomic
def fan_out_all(activities: Sequence[Activity]) -> int:
    """Adds the tasks that are missing and takes away untouched ones of units it no longer concerns; how many were added.

    What somebody has done, or said does not concern a unit, stays. A fixed number of SQL statements.
    """
    prefetch_related_objects(list(activities), Prefetch("units", Unit.objects.only("pk")))
    past = history()
    wanted = {(activity.pk, unit_id) for activity in activities for unit_id in units_of(activity, past.on(activity.due_on))}
    there = list(Task.objects.filter(activity__in=[activity.pk for activity in activities]))
    known = {(task.activity_id, task.unit_id) for task in there}
    stray = [task.pk for task in there if (task.activity_id, task.unit_id) not in wanted and _is_untouched(task)]
    if stray:
        Task.objects.filter(pk__in=stray, state=TaskState.OPEN).delete()
    new = [Task(activity_id=activity_id, unit_id=unit_id) for activity_id, unit_id in sorted(wanted - known)]
    if new:
        bulk_create_with_history(new, Task, batch_size=500)
    return len(new)


def keep_in_step(*, today: date) -> int:
    """Units that were made, moved or closed since the activities were set up: tasks of days that are to come follow. Idempotent."""
    coming = Activity.objects.filter(due_on__gte=today, cancelled_at__isnull=True).order_by("pk")
    try:
        return fan_out_all(list(coming))
    except IntegrityError:
        # Somebody else was first; what is left is found the next time.
        return 0


def units_of(activity: Activity, tree: UnitTree) -> Iterable[int]:
    """The units that get a task; none where it only happens, where another app counts, or where the district is not there on the day."""
    if activity.scope == Scope.NONE or activity.link_kind in COUNTED_ELSEWHERE or activity.district_id not in tree.nodes:
        return ()
    if activity.scope == Scope.DISTRICT:
        return (activity.district_id,)
    below = tree.subtree(activity.district_id)
    if activity.scope == Scope.CHOSEN:
        chosen = {unit.pk for unit in activity.units.all()}
        return [unit_id for unit_id in below if unit_id in chosen]
    return [unit_id for unit_id in below if tree.nodes[unit_id].kind == Unit.Kind.RESULT_UNIT]


def _is_untouched(task: Task) -> bool:
    return task.state == TaskState.OPEN and not (task.product or task.note or task.escalated_at)
