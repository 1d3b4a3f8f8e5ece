"""A task that has been overdue for long enough goes to the next level, once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from actions.rules.escalation import last_due_day
from annualcycle.models import Activity, Task
from annualcycle.queries.reminders import doers_of
from annualcycle.rules.kinds import TaskState
from annualcycle.rules.reminders import next_level
from common.deadlines import Deadline
from organisation.queries.access import TOPS
from organisation.queries.role_holders import Posts
from organisation.rules.access import Permission
from organisation.rules.tree import UnitTree
from organisation.services import audit


@dataclass(frozen=True, slots=True)
class Late:
    """One task to be lifted: those above who are told, and those who should have done it."""

    task_id: int
    activity_id: int
    deadline: Deadline
    above: tuple[int, ...]
    people: tuple[int, ...]
    told: tuple[str, ...]


def to_lift(
    deadlines: Iterable[Deadline], unit_ids: Collection[int], posts: Posts, tree: UnitTree, today: date, usual_wait: int
) -> list[Late]:
    """Open tasks whose day passed long enough ago and that somebody stands above. One SQL statement."""
    known = {each.key: each for each in deadlines if each.due_on < today}
    rows = Task.objects.filter(
        unit_id__in=unit_ids,
        state=TaskState.OPEN,
        escalated_at__isnull=True,
        activity__due_on__lt=today,
        activity__cancelled_at__isnull=True,
    )
    found = []
    days: dict[int, date] = {}
    for pk, activity_id, wait in rows.order_by("pk").values_list("pk", "activity_id", "activity__escalate_after"):
        deadline = known.get(f"annualcycle.task:{pk}")
        workdays = usual_wait if wait is None else wait
        if workdays not in days:
            days[workdays] = last_due_day(today, workdays)
        if deadline is None or deadline.due_on > days[workdays]:
            continue
        path = tree.path(deadline.unit_id)
        doers = doers_of(deadline, posts, path)
        above = _above(path, posts, doers, tree)
        if above:
            names = tuple(posts.people[user_id][0] for user_id in above)
            found.append(Late(pk, activity_id, deadline, above, (*above, *doers), names))
    return found


def _above(path: Sequence[int], posts: Posts, doers: Sequence[int], tree: UnitTree) -> tuple[int, ...]:
    """Whoever follows up actions there follows up this too."""
    people = {unit_id: posts.holding(Permission.EDIT_ACTIONS, unit_id) for unit_id in path}
    return next_level(path, people, doers, at_top=bool(path) and tree.nodes[path[0]].kind in TOPS)


def lift(late: Sequence[Late], district_id: int, now: datetime) -> list[Late]:
    """Claims the tasks and says in the trail who was told; gives those that were still open. For the transaction that tells them."""
    if not late:
        return []
    wanted = [each.task_id for each in late]
    Task.objects.filter(pk__in=wanted, state=TaskState.OPEN, escalated_at__isnull=True).update(escalated_at=now)
    mine = set(Task.objects.filter(pk__in=wanted, state=TaskState.OPEN, escalated_at=now).values_list("pk", flat=True))
    lifted = [each for each in late if each.task_id in mine]
    by_activity: dict[int, list[Late]] = defaultdict(list)
    for each in lifted:
        by_activity[each.activity_id].append(each)
    for activity in Activity.objects.filter(pk__in=by_activity):
        some = by_activity[activity.pk]
        told = list(dict.fromkeys(name for each in some for name in each.told))
        details = {"due_on": activity.due_on, "number": len(some), "told": told}
        audit.record(actor=None, action="cycle.task_lifted", target=activity, unit=district_id, details=details)
    return lifted
