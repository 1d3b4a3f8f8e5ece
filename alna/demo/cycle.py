"""The wheel of the live year and of the year before: what is done, by whom and when, and the two that are over their day."""

from datetime import date, timedelta

from simple_history.utils import bulk_update_with_history

from alna.demo.chance import Chance
from alna.demo.cycle_products import product_of
from alna.demo.data_files import rows
from alna.demo.people import ADMINISTRATOR, CONTROLLER, DIRECTOR
from alna.demo.plan import moment
from alna.demo.world import World
from annualcycle.models import Task
from annualcycle.rules.kinds import TaskState
from annualcycle.services.defaults import install
from common.versions import dated
from common.workdays import next_workday, previous_workday
from organisation.models import RoleAssignment, User
from organisation.rules.access import Role

HR_PERSON, QUALITY_PERSON = "Kaja Brunborg", "Henrik Soot"
OWNERS = {Role.DIRECTOR: DIRECTOR, Role.CONTROLLER: CONTROLLER, Role.ADMINISTRATOR: ADMINISTRATOR, Role.HR: HR_PERSON}
OWNERS |= {Role.QUALITY: QUALITY_PERSON}
# No user surveys there; the parents of kindergartens are asked by others.
WITHOUT_SURVEY = {"302", "401", "502"}
KINDERGARTENS = ("101", "102", "103", "104", "105", "106", "107")
# In the live year these units have not done it, though the day has passed.
FORGOTTEN = {"Dokumentgjennomgang": {"202", "402", "502"}, "Tertialoppfølging 2": {"301", "404"}}
# By 9 October so many have done what is not due yet.
AHEAD = {"Brukerundersøkelser": 14, "Medarbeidersamtaler": 15, "Besøksrunden": 16}
EARLY_UNTIL = date(2000, 10, 8)
LATE_IN_HUNDRED = 7


def fill(world: World) -> None:
    """The activities where the year has none, then what has been done by today and nobody has touched."""
    asked = [row["code"] for row in rows("units") if row["kind"] == "result_unit" and row["code"] not in WITHOUT_SURVEY]
    by_name = {"Brukerundersøkelser": asked, "Foreldreundersøkelse": KINDERGARTENS}
    chosen = {name: [world.units[code].pk for code in codes] for name, codes in by_name.items()}
    for year in _years(world):
        at = moment(date(year - 1, 11, 16), 10)
        added = install(district=world.district, year=year, actor=None, now=at, chosen=chosen)
        if added:
            world.count("activity", added)
            world.count("task", Task.objects.filter(activity__district=world.district, activity__year=year).count())
    _do(world)


def _years(world: World) -> range:
    """From the year before the live one to this year, which may be the one after."""
    return range(world.plan.year - 1, max(world.plan.year, world.plan.today.year) + 1)


def _do(world: World) -> None:
    """What was to be done by today; rows that somebody has touched stay as they are."""
    tasks = Task.objects.filter(activity__district=world.district, activity__year__in=_years(world)).select_related("activity", "unit")
    leaders = _leaders()
    places: dict[int, int] = {}
    done = []
    for task in tasks.order_by("activity__due_on", "activity", "unit__code"):
        place = places[task.activity_id] = places.get(task.activity_id, -1) + 1
        if task.state != TaskState.OPEN or task.version != 1:
            continue
        day = _done_on(world, task, place)
        if day is not None and day <= world.plan.today:
            done.append(_finished(world, task, day, leaders))
    if done:
        names = ["state", "done_on", "done_at", "done_by", "product", "product_name", "version"]
        bulk_update_with_history(done, Task, names, batch_size=200)
        world.count("task_done", len(done))


def _done_on(world: World, task: Task, place: int) -> date | None:
    """On its day or some days before; of the units a few are late. None for those who have forgotten it."""
    activity, is_live = task.activity, task.activity.year == world.plan.year
    if is_live and task.unit.code in FORGOTTEN.get(activity.short, ()):
        return None
    chance = Chance("cycle", activity.short, task.unit.code, world.plan.year - activity.year)
    early = is_live and place < AHEAD.get(activity.short, 0)
    if early and activity.starts_on is not None:
        span = (EARLY_UNTIL.replace(year=activity.year) - activity.starts_on).days
        return next_workday(activity.starts_on + timedelta(days=chance.between(0, max(0, span - 4))))
    if activity.due_on >= world.plan.today:
        return activity.due_on
    if task.unit_id != activity.district_id and chance.between(1, 100) <= LATE_IN_HUNDRED:
        # The last chance is the day before today, so that those the page speaks of are the only ones open.
        return min(next_workday(activity.due_on + timedelta(days=chance.between(1, 6))), max(world.plan.today, activity.due_on))
    earliest = max(activity.starts_on or date.min, activity.due_on - timedelta(days=8))
    return max(earliest, previous_workday(activity.due_on - timedelta(days=chance.between(0, 8))))


def _finished(world: World, task: Task, day: date, leaders: dict[int, User]) -> Task:
    at = moment(day, 9, 30)
    task.state, task.done_on, task.done_at, task.version = TaskState.DONE, day, at, 2
    name = OWNERS.get(Role(task.activity.responsible))
    task.done_by = world.people[name] if name else leaders.get(task.unit_id)
    task.product, task.product_name = product_of(task.activity.short, task.unit.code, world.district.code, task.activity.year)
    return dated(task, at)


def _leaders() -> dict[int, User]:
    roles = RoleAssignment.objects.filter(role=Role.UNIT_LEADER, deputy_for=None).select_related("user")
    return {role.unit_id: role.user for role in roles}
