"""How far activities have come: «17 av 22 ferdig»."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from annualcycle.models import Activity, Task
from annualcycle.queries.collect import all_deadlines
from annualcycle.rules.groups import group_of
from annualcycle.rules.kinds import LinkKind, Standing, TaskState
from annualcycle.rules.standing import standing_of
from common.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the units are done. `late` have passed the day undone; `done_late` were done after it. `product_url`: where one unit
    alone has made something, the way to it.
    """

    done: int
    total: int
    late: int
    done_late: int
    standing: Standing
    due_on: date
    product_url: str = ""


def progress_of(activities: Iterable[Activity], *, unit_ids: Collection[int], today: date) -> dict[int, Progress]:
    """By activity, counted over these units. A fixed number of SQL statements.

    What another app counts is counted from its deadlines; the report's own day wins over the wheel's.
    """
    wanted = list(activities)
    groups = {activity.pk: group_of(activity.link_kind, activity.link_period) for activity in wanted}
    own = _own_tasks([activity.pk for activity in wanted if groups[activity.pk] is None], unit_ids)
    others = _by_group(wanted, groups, unit_ids, today)
    found = {}
    for activity in wanted:
        group = groups[activity.pk]
        items = others.get(group, []) if group is not None else own.get(activity.pk, [])
        if group is not None:
            items = _counted(activity, items)
        due_on = max((item.due_on for item in items), default=activity.due_on)
        found[activity.pk] = _progress(activity, items, due_on, today)
    return found


@dataclass(frozen=True, slots=True)
class _Item:
    due_on: date
    done_on: date | None
    product: str


def _progress(activity: Activity, items: list[_Item], due_on: date, today: date) -> Progress:
    done = [item for item in items if item.done_on is not None]
    late = sum(item.done_on is None and item.due_on < today for item in items)
    products = [item.product for item in done if item.product]
    return Progress(
        done=len(done),
        total=len(items),
        late=late,
        done_late=sum(item.done_on is not None and item.done_on > item.due_on for item in items),
        standing=standing_of(done=len(done), total=len(items), due_on=due_on, starts_on=activity.starts_on, today=today),
        due_on=due_on,
        product_url=products[0] if len(products) == 1 else "",
    )


def _counted(activity: Activity, items: list[_Item]) -> list[_Item]:
    """A report is due on its own app's day, anything else on the wheel's. What nobody has begun is one thing that is not done."""
    if activity.link_kind == LinkKind.REPORT:
        return items or [_Item(activity.due_on, None, "")]
    return [_Item(activity.due_on, item.done_on, item.product) for item in items] or [_Item(activity.due_on, None, "")]


def _own_tasks(activity_ids: Collection[int], unit_ids: Collection[int]) -> dict[int, list[_Item]]:
    rows = Task.objects.filter(activity_id__in=activity_ids, unit_id__in=unit_ids).exclude(state=TaskState.NOT_NEEDED)
    found: dict[int, list[_Item]] = defaultdict(list)
    for activity_id, due_on, done_on, product in rows.values_list("activity_id", "activity__due_on", "done_on", "product"):
        found[activity_id].append(_Item(due_on, done_on, product))
    return found


def _by_group(activities: list[Activity], groups: dict[int, str | None], unit_ids: Collection[int], today: date) -> dict[str, list[_Item]]:
    """The other apps' deadlines of the years that are asked for; none where nothing is counted elsewhere."""
    counted = [activity for activity in activities if groups[activity.pk] is not None]
    if not counted:
        return {}
    first = date(min(activity.year for activity in counted), 1, 1)
    last = date(max(activity.year for activity in counted) + 1, 1, 31)
    wanted = {group for group in groups.values() if group is not None}
    found: dict[str, list[_Item]] = defaultdict(list)
    for deadline in all_deadlines(unit_ids=unit_ids, first=first, last=last, today=today):
        if deadline.group in wanted:
            found[deadline.group].append(_item(deadline))
    return found


def _item(deadline: Deadline) -> _Item:
    return _Item(deadline.due_on, deadline.done_on, deadline.url if deadline.is_done else "")
