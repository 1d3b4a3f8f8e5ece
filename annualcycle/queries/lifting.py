"""Which tasks have been overdue for long enough to go to the next level, and who stands there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from annualcycle.models import Task
from annualcycle.queries.doers import doers_of, is_somebodys
from annualcycle.queries.tasks import key_of_task
from annualcycle.rules.kinds import TaskState
from common.deadlines import Deadline
from common.workdays import latest_due
from organisation.queries.access import TOPS
from organisation.queries.role_holders import Posts
from organisation.rules.access import Permission
from organisation.rules.leadership import next_level
from organisation.rules.tree import UnitTree


@dataclass(frozen=True, slots=True)
class Late:
    """One task to be lifted: those above who are told, and those who should have done it (`people` are both)."""

    task_id: int
    activity_id: int
    deadline: Deadline
    above: tuple[int, ...]
    people: tuple[int, ...]
    told: tuple[str, ...]


def to_lift(
    deadlines: Iterable[Deadline], unit_ids: Collection[int], posts: Posts, tree: UnitTree, today: date, usual_wait: int
) -> list[Late]:
    """Open tasks whose day passed long enough ago, those too that nobody stands `above`. One SQL statement."""
    known = {each.key: each for each in deadlines if each.due_on < today and is_somebodys(each)}
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
        deadline = known.get(key_of_task(pk))
        workdays = usual_wait if wait is None else wait
        if workdays not in days:
            days[workdays] = latest_due(today, workdays)
        if deadline is None or deadline.due_on > days[workdays]:
            continue
        path = tree.path(deadline.unit_id)
        doers = doers_of(deadline, posts, path)
        above = _above(path, posts, doers, tree)
        names = tuple(posts.people[user_id][0] for user_id in above)
        found.append(Late(pk, activity_id, deadline, above, (*above, *doers), names))
    return found


def _above(path: Sequence[int], posts: Posts, doers: Sequence[int], tree: UnitTree) -> tuple[int, ...]:
    """Those who lead: whoever only writes for a unit does not answer for it."""
    people = {unit_id: posts.holding(Permission.FOLLOW_UP, unit_id) for unit_id in path}
    return next_level(path, people, doers, at_top=bool(path) and tree.nodes[path[0]].kind in TOPS)
