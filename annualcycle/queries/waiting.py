"""What the annual cycle waits for from one person: a line for each activity, however many units it is for."""

from dataclasses import dataclass
from datetime import date, timedelta

from annualcycle.models import Task
from annualcycle.rules.kinds import TaskState
from organisation.queries.access import Access
from organisation.queries.role_holders import posts_in
from organisation.rules.access import TABLE, Permission

# What nobody has done for longer than this is a matter for the year's end, not for today.
LONGEST_OVER = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An activity with the person's open tasks. `minutes` is for all of them together; `task_id` where there is one alone."""

    activity_id: int
    title: str
    due_on: date
    unit_names: tuple[str, ...]
    minutes: int | None
    task_id: int | None


def waiting_for(access: Access, *, until: date) -> list[Waiting]:
    """Open tasks the person's roles are to do, due by the day or passed; what is due first first.

    In units below one's own those that nobody nearer is to do. Two SQL statements at most, none for who holds nothing.
    """
    # Whoever may not see tasks is not asked to do any.
    held = [(role.value, unit_id) for role, unit_id in access.held if Permission.SEE_TASKS in TABLE[role]]
    reached = {role: set[int]() for role, _ in held}
    for role, unit_id in held:
        reached[role].update(access.tree.subtree(unit_id))
    unit_ids = set().union(*reached.values())
    if not unit_ids:
        return []
    rows = Task.objects.filter(
        state=TaskState.OPEN,
        unit_id__in=unit_ids,
        activity__responsible__in=reached,
        activity__cancelled_at__isnull=True,
        activity__due_on__range=(access.day - LONGEST_OVER, until),
    )
    rows = rows.select_related("activity").order_by("activity__due_on", "activity_id", "unit__code")
    wanted = rows.only("unit", "activity__title", "activity__due_on", "activity__minutes", "activity__responsible")
    tasks = [task for task in wanted if task.unit_id in reached[task.activity.responsible]]
    found: dict[int, list[Task]] = {}
    for task in _nearest(access, tasks):
        found.setdefault(task.activity_id, []).append(task)
    return [_waiting(access, some) for some in found.values()]


def _nearest(access: Access, tasks: list[Task]) -> list[Task]:
    """Without those somebody nearer has the role for. One SQL statement, none where all lie in the very units the roles are held in."""
    held = {(role.value, unit_id) for role, unit_id in access.held}
    below = {task.unit_id for task in tasks if (task.activity.responsible, task.unit_id) not in held}
    if not below:
        return tasks
    posts = posts_in({unit_id for each in below for unit_id in access.tree.path(each)}, access.day)
    return [
        task
        for task in tasks
        if task.unit_id not in below or access.user_id in posts.nearest([task.activity.responsible], access.tree.path(task.unit_id))
    ]


def _waiting(access: Access, tasks: list[Task]) -> Waiting:
    activity, n = tasks[0].activity, len(tasks)
    return Waiting(
        activity_id=activity.pk,
        title=activity.title,
        due_on=activity.due_on,
        unit_names=tuple(access.tree.nodes[task.unit_id].name for task in tasks),
        minutes=activity.minutes * n if activity.minutes else None,
        task_id=tasks[0].pk if n == 1 else None,
    )
