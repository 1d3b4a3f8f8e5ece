"""How far activities have come: «17 av 22 ferdig»."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from annualcycle.models import Activity, Task
from annualcycle.queries.counted import counted
from annualcycle.rules.kinds import Standing, TaskState
from annualcycle.rules.standing import standing_of
from common.deadlines import Deadline
from organisation.queries.access import Access


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the units are done. `due_on` is the day that holds, the other app's own where it counts. `product_url`: where one unit
    alone has made something, the way to it, for those who may go there.
    """

    done: int
    total: int
    standing: Standing
    due_on: date
    product_url: str = ""


def progress_of(
    activities: Iterable[Activity], *, access: Access, unit_ids: Collection[int], deadlines: Iterable[Deadline] | None = None
) -> dict[int, Progress]:
    """By activity, counted over these units. A fixed number of SQL statements.

    `deadlines`: of these units and maybe others, where they are known already; see `counted`.
    """
    wanted = list(activities)
    elsewhere = counted(wanted, access=access, unit_ids=unit_ids, deadlines=deadlines)
    own = _own_tasks([activity.pk for activity in wanted if activity.pk not in elsewhere], unit_ids)
    found = {}
    for activity in wanted:
        parts = elsewhere.get(activity.pk)
        items = own.get(activity.pk, []) if parts is None else [_Item(part.due_on, part.done_on, part.url) for part in parts]
        found[activity.pk] = _progress(activity, items, access.day)
    return found


@dataclass(frozen=True, slots=True)
class _Item:
    due_on: date
    done_on: date | None
    product: str


def _progress(activity: Activity, items: list[_Item], today: date) -> Progress:
    due_on = max((item.due_on for item in items), default=activity.due_on)
    done = [item for item in items if item.done_on is not None]
    products = [item.product for item in done if item.product]
    return Progress(
        done=len(done),
        total=len(items),
        standing=standing_of(done=len(done), total=len(items), due_on=due_on, starts_on=activity.starts_on, today=today),
        due_on=due_on,
        product_url=products[0] if len(products) == 1 else "",
    )


def _own_tasks(activity_ids: Collection[int], unit_ids: Collection[int]) -> dict[int, list[_Item]]:
    rows = Task.objects.filter(activity_id__in=activity_ids, unit_id__in=unit_ids).exclude(state=TaskState.NOT_NEEDED)
    found: dict[int, list[_Item]] = defaultdict(list)
    for activity_id, due_on, done_on, product in rows.values_list("activity_id", "activity__due_on", "done_on", "product"):
        found[activity_id].append(_Item(due_on, done_on, product))
    return found
