"""What other apps count of the activities: the same things for the wheel, the activity's page and how the year went."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from annualcycle.models import Activity
from annualcycle.queries.collect import all_deadlines, seen_by
from annualcycle.rules.groups import group_of, is_told_of_all, window
from annualcycle.rules.kinds import LinkKind
from common.deadlines import Deadline
from common.periods import Period
from organisation.queries.access import Access
from organisation.queries.tree import history
from organisation.rules.tree import OrganisationHistory


@dataclass(frozen=True, slots=True)
class Counted:
    """One unit's part. `url` is empty for those who may not go there; what nobody has begun has neither title nor way."""

    unit_id: int
    due_on: date
    done_on: date | None
    title: str = ""
    url: str = ""


def counted(
    activities: Iterable[Activity], *, access: Access, unit_ids: Collection[int], deadlines: Iterable[Deadline] | None = None
) -> dict[int, list[Counted]]:
    """By primary key of each activity that another app counts, its parts in these units; none where all have tasks of their own.

    What nobody has begun is one thing of the district that is not done, and so is all that others have begun and the person may not know
    of. `deadlines`: those of the units and maybe of others within `window`, where they are known already. A fixed number of SQL statements.
    """
    elsewhere = [(activity, group) for activity in activities if (group := group_of(activity.link_kind, activity.link_period))]
    if not elsewhere:
        return {}
    if deadlines is None:
        first, last = window(activity.year for activity, _group in elsewhere)
        deadlines = all_deadlines(unit_ids=unit_ids, first=first, last=last)
    by_group: dict[str, list[Deadline]] = defaultdict(list)
    groups = {group for _activity, group in elsewhere}
    for deadline in deadlines:
        if deadline.group in groups and deadline.unit_id in unit_ids:
            by_group[deadline.group].append(deadline)
    seen = {deadline.key for deadline in seen_by(access, (each for same in by_group.values() for each in same))}
    past = history()
    found = {}
    for activity, group in elsewhere:
        there = _there(activity, by_group[group], past)
        known = [each for each in there if each.is_done or each.key in seen or is_told_of_all(group)]
        parts = _parts(activity, known, seen)
        found[activity.pk] = parts if parts and len(known) == len(there) else parts + _not_begun(activity, unit_ids)
    return found


def _there(activity: Activity, deadlines: list[Deadline], past: OrganisationHistory) -> list[Deadline]:
    """Without those of another district, which have the same group."""
    tree = past.on(_day_of_units(activity))
    here = frozenset(tree.subtree(activity.district_id)) if activity.district_id in tree.nodes else frozenset()
    return [deadline for deadline in deadlines if deadline.unit_id in here]


def _parts(activity: Activity, deadlines: list[Deadline], seen: Collection[str]) -> list[Counted]:
    """A report is due on its own app's day, anything else on the wheel's."""
    return [
        Counted(
            unit_id=deadline.unit_id,
            due_on=deadline.due_on if activity.link_kind == LinkKind.REPORT else activity.due_on,
            done_on=deadline.done_on,
            title=deadline.title,
            url=deadline.url if deadline.key in seen else "",
        )
        for deadline in deadlines
    ]


def _day_of_units(activity: Activity) -> date:
    """Reports are those of the month's last day, as they are where they are written."""
    period = activity.link_period
    if activity.link_kind == LinkKind.REPORT and period is not None:
        return Period.month(period.year, period.month).last_day
    return activity.due_on


def _not_begun(activity: Activity, unit_ids: Collection[int]) -> list[Counted]:
    return [Counted(activity.district_id, activity.due_on, None)] if activity.district_id in unit_ids else []
