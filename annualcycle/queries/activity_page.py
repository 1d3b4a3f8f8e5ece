"""One activity as its page shows it: how far every unit has come, and who may say so."""

from dataclasses import dataclass
from datetime import date

from annualcycle.models import Activity, Task
from annualcycle.queries.collect import all_deadlines, seen_by
from annualcycle.rules.groups import group_of
from annualcycle.rules.kinds import TaskState
from common.deadlines import Deadline
from organisation.queries.access import Access
from organisation.queries.reach import below, ever_reached
from organisation.queries.tree import history
from organisation.rules.access import Permission
from organisation.rules.tree import OrganisationHistory


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's part. `task_id` is there where the person may do something with it; `url` leads to what came of it or where it is done."""

    unit_code: str
    unit_name: str
    unit_id: int
    state: TaskState
    due_on: date
    done_on: date | None
    url: str = ""
    url_name: str = ""
    note: str = ""
    task_id: int | None = None

    def days_over(self, today: date) -> int:
        """Days after the day: of what was done late, or of what is not done yet."""
        if self.state is TaskState.NOT_NEEDED:
            return 0
        return max(0, ((self.done_on or today) - self.due_on).days)


def activity_for(access: Access, pk: int) -> Activity:
    """The activity, where the person may know of it: the public ones alone for those who see no tasks. Raises Activity.DoesNotExist."""
    activity = Activity.objects.select_related("district", "anchor").get(pk=pk)
    if activity.district_id in ever_reached(access, Permission.SEE_TASKS):
        return activity
    if activity.is_public and activity.district_id in ever_reached(access, Permission.SEE_CYCLE):
        return activity
    raise Activity.DoesNotExist


def task_for(access: Access, pk: int) -> Task:
    """The task, where the person may finish it. Raises Task.DoesNotExist."""
    task = Task.objects.select_related("activity__district", "unit").get(pk=pk)
    if not may_finish(access, task.activity, task.unit_id):
        raise Task.DoesNotExist
    return task


def may_finish(access: Access, activity: Activity, unit_id: int) -> bool:
    """Those with the responsible role in the unit or above it, stand-ins too, and whoever sets up the cycle there."""
    path = access.tree.path(unit_id)
    holds = any(role.value == activity.responsible and held in path for role, held in access.held)
    return holds or access.may_in(Permission.EDIT_CYCLE, unit_id)


def units_under(activity: Activity) -> frozenset[int]:
    """The district and everything below it on the activity's day."""
    return below(activity.district, activity.due_on)


def unit_lines(access: Access, activity: Activity) -> list[UnitLine]:
    """Every unit's part, what is not done first, then by the units' codes. A fixed number of SQL statements; one for tasks of its own."""
    group = group_of(activity.link_kind, activity.link_period)
    lines = _tasks(access, activity) if group is None else _counted(access, activity, group)
    return sorted(lines, key=lambda line: (line.state is not TaskState.OPEN, line.unit_code, line.unit_id))


def _tasks(access: Access, activity: Activity) -> list[UnitLine]:
    rows = Task.objects.filter(activity=activity).select_related("unit")
    past, is_on = history(), activity.cancelled_at is None
    return [
        UnitLine(
            unit_code=row.unit.code,
            unit_name=past.name_of(row.unit_id, activity.due_on),
            unit_id=row.unit_id,
            state=TaskState(row.state),
            due_on=activity.due_on,
            done_on=row.done_on,
            url=row.product if row.state == TaskState.DONE else "",
            url_name=row.product_name,
            note=row.note,
            task_id=row.pk if is_on and may_finish(access, activity, row.unit_id) else None,
        )
        for row in rows
    ]


def _counted(access: Access, activity: Activity, group: str) -> list[UnitLine]:
    """Of the other app's deadlines. The way there is for those who may see it."""
    first, last = date(activity.year - 1, 12, 1), date(activity.year + 1, 1, 31)
    found = all_deadlines(unit_ids=units_under(activity), first=first, last=last, today=access.day)
    wanted = [deadline for deadline in found if deadline.group == group]
    seen = {deadline.key for deadline in seen_by(access, wanted)}
    past = history()
    return [_line_of(deadline, past, deadline.key in seen) for deadline in wanted]


def _line_of(deadline: Deadline, past: OrganisationHistory, is_seen: bool) -> UnitLine:
    return UnitLine(
        unit_code=past.by_id[deadline.unit_id].code,
        unit_name=past.name_of(deadline.unit_id, deadline.due_on),
        unit_id=deadline.unit_id,
        state=TaskState.DONE if deadline.is_done else TaskState.OPEN,
        due_on=deadline.due_on,
        done_on=deadline.done_on,
        url=deadline.url if is_seen else "",
        url_name=deadline.title,
    )
