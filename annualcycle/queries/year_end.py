"""How a year went, activity by activity and unit by unit."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from annualcycle.models import Activity, Task
from annualcycle.queries.activities import activities_of
from annualcycle.queries.collect import all_deadlines
from annualcycle.rules.groups import group_of
from annualcycle.rules.kinds import LinkKind, TaskState
from annualcycle.rules.year_end import Counts, judge, total
from common.deadlines import Deadline
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.queries.tree import history
from organisation.rules.access import Permission
from organisation.rules.tree import OrganisationHistory

# As many links as one reads; the rest stand on the activity's own page.
MOST_PRODUCTS = 3


@dataclass(frozen=True, slots=True)
class Product:
    """What came out of an activity in one unit, and where it lies."""

    label: str
    url: str


@dataclass(frozen=True)
class ActivityEnd:
    activity: Activity
    counts: Counts
    products: tuple[Product, ...]
    more: int


@dataclass(frozen=True)
class UnitEnd:
    """One unit's year, and what it has not done."""

    code: str
    name: str
    counts: Counts
    missed: tuple[str, ...]


@dataclass(frozen=True)
class YearEnd:
    activities: tuple[ActivityEnd, ...]
    units: tuple[UnitEnd, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Thing:
    activity_id: int
    unit_id: int
    counts: Counts
    done: Product | None


def year_end(district: Unit, year: int, *, access: Access) -> YearEnd:
    """Counted over the units the person reaches in the district. A fixed number of SQL statements. Cancelled ones are left out."""
    found = [activity for activity in activities_of(district, year) if activity.cancelled_at is None]
    unit_ids, past = ever_reached(access, Permission.SEE_TASKS), history()
    things = [*_own(found, unit_ids, access.day), *_counted_elsewhere(found, unit_ids, access, past)]
    by_activity: dict[int, list[_Thing]] = defaultdict(list)
    by_unit: dict[int, list[_Thing]] = defaultdict(list)
    for thing in things:
        by_activity[thing.activity_id].append(thing)
        by_unit[thing.unit_id].append(thing)
    titles = {activity.pk: activity.title for activity in found}
    last = date(year, 12, 31)
    units = [_unit(past.by_id[pk].code, past.name_of(pk, last), by_unit[pk], titles) for pk in by_unit]
    activities = tuple(_activity(activity, by_activity[activity.pk]) for activity in found)
    return YearEnd(activities, tuple(sorted(units, key=lambda unit: unit.code)), total(each.counts for each in activities))


def _own(found: list[Activity], unit_ids: frozenset[int], today: date) -> list[_Thing]:
    due = {activity.pk: activity.due_on for activity in found}
    rows = Task.objects.filter(activity_id__in=due, unit_id__in=unit_ids).exclude(state=TaskState.NOT_NEEDED).order_by("unit__code")
    return [
        _Thing(
            activity_id,
            unit_id,
            judge(due[activity_id], done_on, today),
            Product(name or product, product) if product and done_on else None,
        )
        for activity_id, unit_id, done_on, product, name in rows.values_list("activity_id", "unit_id", "done_on", "product", "product_name")
    ]


def _counted_elsewhere(found: list[Activity], unit_ids: frozenset[int], access: Access, past: OrganisationHistory) -> list[_Thing]:
    groups = {group_of(activity.link_kind, activity.link_period): activity for activity in found}
    groups.pop(None, None)
    if not groups:
        return []
    year = found[0].year
    deadlines = all_deadlines(unit_ids=unit_ids, first=date(year - 1, 12, 1), last=date(year + 1, 1, 31), today=access.day)
    return [
        _thing(groups[each.group], each, access, past)
        for each in deadlines
        # Reports of another district have the same group.
        if each.group in groups and each.unit_id in past.on(groups[each.group].due_on).subtree(groups[each.group].district_id)
    ]


def _thing(activity: Activity, deadline: Deadline, access: Access, past: OrganisationHistory) -> _Thing:
    """Reports keep their own day; anything else is due on the wheel's. A page one may not open is no link."""
    due_on = deadline.due_on if activity.link_kind == LinkKind.REPORT else activity.due_on
    may_open = deadline.is_done and access.may_in(Permission(deadline.seen_with), deadline.unit_id)
    label = past.name_of(deadline.unit_id, due_on)
    counts = judge(due_on, deadline.done_on, access.day)
    return _Thing(activity.pk, deadline.unit_id, counts, Product(label, deadline.url) if may_open else None)


def _activity(activity: Activity, things: list[_Thing]) -> ActivityEnd:
    products = list(dict.fromkeys(thing.done for thing in things if thing.done is not None))
    counts = total(thing.counts for thing in things)
    return ActivityEnd(activity, counts, tuple(products[:MOST_PRODUCTS]), max(0, len(products) - MOST_PRODUCTS))


def _unit(code: str, name: str, things: list[_Thing], titles: dict[int, str]) -> UnitEnd:
    missed = tuple(titles[thing.activity_id] for thing in things if thing.counts.missed)
    return UnitEnd(code, name, total(thing.counts for thing in things), missed)
