"""How a year went, activity by activity and unit by unit."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from annualcycle.models import Activity, Task
from annualcycle.queries.activities import activities_of
from annualcycle.queries.activity_page import may_finish
from annualcycle.queries.counted import Counted, counted
from annualcycle.rules.kinds import Scope, TaskState
from annualcycle.rules.year_end import Counts, judge, total
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.queries.tree import history
from organisation.rules.access import Permission
from organisation.rules.tree import OrganisationHistory

# As many links as one reads; more than these stand together on the activity's own page.
MOST_PRODUCTS = 3


@dataclass(frozen=True, slots=True)
class Product:
    """What came out of an activity in one unit, and where it lies."""

    label: str
    url: str


@dataclass(frozen=True)
class ActivityEnd:
    """`due_on`: the day that holds, the other app's own where it counts. `more`: so many products, too many to stand here.

    `without_link`: done here, and nobody has said what came of it; `to_link` are then the tasks for which the person may say so.
    """

    activity: Activity
    due_on: date
    counts: Counts
    products: tuple[Product, ...]
    more: int
    without_link: bool
    to_link: tuple[int, ...]


@dataclass(frozen=True)
class UnitEnd:
    """One unit's year, and what it has not done. `is_own`: where the reader belongs."""

    code: str
    name: str
    counts: Counts
    missed: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True)
class YearEnd:
    activities: tuple[ActivityEnd, ...]
    units: tuple[UnitEnd, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Thing:
    activity_id: int
    unit_id: int
    due_on: date
    counts: Counts
    done: Product | None
    # Its own task that is done.
    task_id: int | None = None


def year_end(district: Unit, year: int, *, access: Access) -> YearEnd:
    """Counted over the units the person reaches in the district. What is cancelled or nobody does is left out.

    A fixed number of SQL statements.
    """
    there = (activity for activity in activities_of(district, year) if activity.cancelled_at is None)
    found = [activity for activity in there if activity.scope != Scope.NONE]
    unit_ids, past = ever_reached(access, Permission.SEE_TASKS), history()
    elsewhere = counted(found, access=access, unit_ids=unit_ids)
    things = _own([activity for activity in found if activity.pk not in elsewhere], unit_ids, access.day)
    things += [_thing(pk, part, past, access.day) for pk, parts in elsewhere.items() for part in parts]
    by_activity: dict[int, list[_Thing]] = defaultdict(list)
    by_unit: dict[int, list[_Thing]] = defaultdict(list)
    for thing in things:
        by_activity[thing.activity_id].append(thing)
        by_unit[thing.unit_id].append(thing)
    titles = {activity.pk: activity.title for activity in found}
    last = date(year, 12, 31)
    own = access.home_unit_id if access.home_unit_id != district.pk else None
    units = [_unit(past.by_id[pk].code, past.name_of(pk, last), by_unit[pk], titles, is_own=pk == own) for pk in by_unit]
    activities = sorted((_activity(activity, by_activity[activity.pk], access, past) for activity in found), key=lambda each: each.due_on)
    return YearEnd(
        tuple(activities), tuple(sorted(units, key=lambda unit: (not unit.is_own, unit.code))), total(each.counts for each in activities)
    )


def _own(found: list[Activity], unit_ids: frozenset[int], today: date) -> list[_Thing]:
    due = {activity.pk: activity.due_on for activity in found}
    rows = Task.objects.filter(activity_id__in=due, unit_id__in=unit_ids).exclude(state=TaskState.NOT_NEEDED).order_by("unit__code")
    return [
        _Thing(
            activity_id,
            unit_id,
            due[activity_id],
            judge(due[activity_id], done_on, today),
            Product(name or product, product) if product and done_on else None,
            pk if done_on else None,
        )
        for pk, activity_id, unit_id, done_on, product, name in rows.values_list(
            "pk", "activity_id", "unit_id", "done_on", "product", "product_name"
        )
    ]


def _thing(activity_id: int, part: Counted, past: OrganisationHistory, today: date) -> _Thing:
    """A page one may not open is no link."""
    product = Product(past.name_of(part.unit_id, part.due_on), part.url) if part.done_on is not None and part.url else None
    return _Thing(activity_id, part.unit_id, part.due_on, judge(part.due_on, part.done_on, today), product)


def _activity(activity: Activity, things: list[_Thing], access: Access, past: OrganisationHistory) -> ActivityEnd:
    due_on = max((thing.due_on for thing in things), default=activity.due_on)
    products = _told_apart({thing.unit_id: thing.done for thing in things if thing.done is not None}, past, due_on)
    counts = total(thing.counts for thing in things)
    bare = [] if products else [(thing.task_id, thing.unit_id) for thing in things if thing.task_id is not None]
    return ActivityEnd(
        activity=activity,
        due_on=due_on,
        counts=counts,
        products=tuple(products) if len(products) <= MOST_PRODUCTS else (),
        more=len(products) if len(products) > MOST_PRODUCTS else 0,
        without_link=bool(bare),
        to_link=tuple(task_id for task_id, unit_id in bare if may_finish(access, activity, unit_id)),
    )


def _told_apart(done: dict[int, Product], past: OrganisationHistory, on: date) -> list[Product]:
    """Each once, in the order of units; several of one name are told apart by their units."""
    products = list(dict.fromkeys(done.values()))
    if len({product.label for product in products}) == len(products):
        return products
    by_url = {product.url: Product(f"{past.name_of(pk, on)}: {product.label}", product.url) for pk, product in done.items()}
    return list(by_url.values())


def _unit(code: str, name: str, things: list[_Thing], titles: dict[int, str], *, is_own: bool) -> UnitEnd:
    missed = tuple(titles[thing.activity_id] for thing in things if thing.counts.missed)
    return UnitEnd(code, name, total(thing.counts for thing in things), missed, is_own)
