"""One activity as its page shows it: how far every unit has come, and who may say so."""

from dataclasses import dataclass
from datetime import date

from annualcycle.models import Activity, Task
from annualcycle.queries.counted import Counted, counted
from annualcycle.rules.kinds import TaskState
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
    """Those with the responsible role in the unit or above it, stand-ins too, and whoever sets up the cycle there; where they see tasks."""
    path = access.tree.path(unit_id)
    holds = any(role.value == activity.responsible and held in path for role, held in access.held)
    return (holds or access.may_in(Permission.EDIT_CYCLE, unit_id)) and access.may_in(Permission.SEE_TASKS, unit_id)


def units_under(activity: Activity) -> frozenset[int]:
    """The district and everything below it on the activity's day."""
    return below(activity.district, activity.due_on)


def unit_lines(access: Access, activity: Activity) -> list[UnitLine]:
    """Every unit's part, what is not done first, then by the units' codes. A fixed number of SQL statements; one for tasks of its own."""
    parts = counted([activity], access=access, unit_ids=units_under(activity)).get(activity.pk)
    past = history()
    lines = _tasks(access, activity, past) if parts is None else [_line_of(part, past) for part in parts]
    return sorted(lines, key=lambda line: (line.state is not TaskState.OPEN, line.unit_code, line.unit_id))


def _tasks(access: Access, activity: Activity, past: OrganisationHistory) -> list[UnitLine]:
    rows = Task.objects.filter(activity=activity).select_related("unit")
    is_on = activity.cancelled_at is None
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


def _line_of(part: Counted, past: OrganisationHistory) -> UnitLine:
    return UnitLine(
        unit_code=past.by_id[part.unit_id].code,
        unit_name=past.name_of(part.unit_id, part.due_on),
        unit_id=part.unit_id,
        state=TaskState.DONE if part.done_on is not None else TaskState.OPEN,
        due_on=part.due_on,
        done_on=part.done_on,
        url=part.url,
        url_name=part.title,
    )
