"""Making, changing and cancelling activities. Their tasks and whatever counts from their day are kept in step."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from simple_history.utils import bulk_update_with_history

from annualcycle.models import Activity, Task
from annualcycle.queries.activities import anchors_in
from annualcycle.rules.kinds import COUNTED_ELSEWHERE, DateRule, LinkKind, Moves, Scope, TaskState, UselessRule
from annualcycle.rules.placing import Placed, place
from annualcycle.rules.refusals import OF_FIELD, Problem, in_a_circle
from annualcycle.services.tasks_of_units import fan_out_all
from annualcycle.services.turns import one_at_a_time
from common.versions import dated
from organisation.models import Unit, User
from organisation.queries.tree import tree_on
from organisation.services import audit


class StaleVersion(Exception):
    """Somebody has saved the activity since the page was opened."""


class ActivityRefused(Exception):
    """It cannot be saved like this; `problems` are all of them, each with its field. `name` is another activity that stands in the way."""

    def __init__(self, *problems: tuple[str, Problem], name: str = "") -> None:
        self.problems = problems
        self.name = name
        super().__init__([f"{field}: {problem}" for field, problem in problems])


@dataclass(frozen=True, kw_only=True)
class ActivityValues:
    """What somebody has decided about an activity. What its rule does not need is left out when it is saved."""

    title: str
    short: str
    lane: str
    rule: str
    responsible: str
    description: str = ""
    month: int | None = None
    day: int | None = None
    number: int | None = None
    weekday: int | None = None
    anchor: Activity | None = None
    offset: int | None = None
    offset_in_workdays: bool = False
    moves: str = Moves.BEFORE
    start_month: int | None = None
    start_day: int | None = None
    fixed_on: date | None = None
    all_year: bool = False
    participants: tuple[str, ...] = ()
    scope: str = Scope.DISTRICT
    units: tuple[Unit, ...] = ()
    lead_days: tuple[int, ...] = ()
    escalate_after: int | None = None
    minutes: int | None = None
    link_kind: str = LinkKind.NONE
    link_period: date | None = None
    is_public: bool = False

    def columns(self) -> dict[str, Any]:
        """What is kept on the activity's own row."""
        kept = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "units"}
        needed = _NEEDED[DateRule(self.rule)]
        kept |= {name: None for name in ("month", "day", "number", "weekday", "anchor", "offset") if name not in needed}
        kept["offset_in_workdays"] = self.offset_in_workdays and DateRule(self.rule) is DateRule.RELATIVE
        kept["link_period"] = self.link_period if self.link_kind in COUNTED_ELSEWHERE else None
        return kept | {"participants": list(self.participants), "lead_days": sorted(set(self.lead_days), reverse=True)}


_NEEDED: dict[DateRule, tuple[str, ...]] = {
    DateRule.FIXED: ("month", "day"),
    DateRule.MONTH: ("month",),
    DateRule.WEEK: ("month", "number", "weekday"),
    DateRule.WORKDAY: ("month", "number"),
    DateRule.RELATIVE: ("anchor", "offset"),
}


def placed(*, district: Unit, year: int, values: ActivityValues, activity: Activity | None = None) -> Placed:
    """The days it would get. Writes nothing. Raises ActivityRefused with everything that is wrong."""
    problems = [*_anchor_problems(district, year, values, activity)]
    found: Placed | None = None
    if not problems:
        try:
            found = place(values, year, values.anchor.due_on if values.anchor else None)
        except UselessRule as useless:
            problems.append(_problem_of(useless.args[0], DateRule(values.rule)))
    problems += _unit_problems(district, values, found.due_on if found else date(year, 12, 31))
    if values.link_kind in COUNTED_ELSEWHERE and values.link_period is None:
        problems.append(("link_period", Problem.NO_PERIOD))
    if problems or found is None:
        raise ActivityRefused(*problems)
    return found


def _problem_of(field: str, rule: DateRule) -> tuple[str, Problem]:
    if field == "number":
        return field, Problem.NO_SUCH_WEEK if rule is DateRule.WEEK else Problem.NO_SUCH_WORKDAY
    return OF_FIELD[field]


def _anchor_problems(district: Unit, year: int, values: ActivityValues, activity: Activity | None) -> list[tuple[str, Problem]]:
    anchor = values.anchor
    if DateRule(values.rule) is not DateRule.RELATIVE or anchor is None:
        return []
    if anchor.district_id != district.pk or anchor.year != year:
        return [("anchor", Problem.ANCHOR_ELSEWHERE)]
    if activity is not None and in_a_circle(activity.pk, anchor.pk, anchors_in(district, year)):
        return [("anchor", Problem.ANCHOR_IN_A_CIRCLE)]
    return []


def _unit_problems(district: Unit, values: ActivityValues, day: date) -> list[tuple[str, Problem]]:
    if values.scope != Scope.CHOSEN:
        return []
    if not values.units:
        return [("units", Problem.NO_UNITS)]
    there = set(tree_on(day).subtree(district.pk))
    return [] if all(unit.pk in there for unit in values.units) else [("units", Problem.UNIT_ELSEWHERE)]


@transaction.atomic
def create(
    *, district: Unit, year: int, values: ActivityValues, actor: User | None, now: datetime, form: uuid.UUID | None = None
) -> Activity:
    """A new activity with its tasks. Raises ActivityRefused.

    `form`: the very form it was filled in on. Sent twice with the same in it, it gives the activity it has made already.
    """
    one_at_a_time(district)
    values = _with_fresh_anchor(values)
    series = _series(form, values)
    if made := Activity.objects.filter(district=district, year=year, series=series).first():
        return made
    days = placed(district=district, year=year, values=values)
    activity = Activity(district=district, year=year, series=series, **values.columns())
    _put(activity, days)
    _saved(activity, now)
    activity.units.set(values.units if values.scope == Scope.CHOSEN else ())
    fan_out_all([activity])
    audit.record(actor=actor, action="cycle.activity_created", target=activity, unit=district, details={"due_on": activity.due_on})
    return activity


def _series(form: uuid.UUID | None, values: ActivityValues) -> uuid.UUID:
    """The same for the same form with the same in it. On the browser's way back a form is filled in anew, and that is another activity."""
    if form is None:
        return uuid.uuid4()
    kept = {**values.columns(), "anchor": values.anchor and values.anchor.pk, "units": sorted(unit.pk for unit in values.units)}
    return uuid.uuid5(form, str(sorted((name, str(value)) for name, value in kept.items())))


def _with_fresh_anchor(values: ActivityValues) -> ActivityValues:
    """The day it counts from as it is now: it may have been moved since the form was opened."""
    anchor = values.anchor
    return values if anchor is None else replace(values, anchor=Activity.objects.filter(pk=anchor.pk).first())


@transaction.atomic
def change(*, activity: Activity, values: ActivityValues, version: int, actor: User | None, now: datetime) -> Activity:
    """Something else is decided about it; those that count from its day move along. Raises StaleVersion, ActivityRefused."""
    one_at_a_time(activity.district)
    values = _with_fresh_anchor(values)
    days = placed(district=activity.district, year=activity.year, values=values, activity=activity)
    row = _claimed(activity, version)
    before = row.due_on
    for name, value in values.columns().items():
        setattr(row, name, value)
    _put(row, days)
    _saved(row, now)
    row.units.set(values.units if values.scope == Scope.CHOSEN else ())
    moved = _move_followers(row)
    fan_out_all([row, *moved])
    _begin_again([*moved, *([row] if before != row.due_on else [])])
    details: dict[str, object] = {"due_on": row.due_on}
    if before != row.due_on:
        details["due_on_before"] = before
    audit.record(actor=actor, action="cycle.activity_changed", target=row, unit=row.district_id, details=details)
    return row


@transaction.atomic
def cancel(*, activity: Activity, reason: str, version: int, actor: User | None, now: datetime) -> Activity:
    """It does not take place this year. It stays with its reason, and nobody is reminded. Raises StaleVersion."""
    one_at_a_time(activity.district)
    row = _claimed(activity, version)
    row.cancelled_at, row.cancelled_reason = now, reason.strip()
    _saved(row, now)
    details = {"reason": row.cancelled_reason}
    audit.record(actor=actor, action="cycle.activity_cancelled", target=row, unit=row.district_id, details=details)
    return row


@transaction.atomic
def restore(*, activity: Activity, version: int, actor: User | None, now: datetime) -> Activity:
    """It takes place after all. Raises StaleVersion, and ActivityRefused where its day would be in another year by now."""
    one_at_a_time(activity.district)
    row = _claimed(activity, version)
    if row.anchor is not None and _day_after(row, row.anchor) is None:
        raise ActivityRefused(("offset", Problem.OUTSIDE_THE_YEAR), name=row.anchor.title)
    row.cancelled_at, row.cancelled_reason = None, ""
    _saved(row, now)
    fan_out_all([row])
    audit.record(actor=actor, action="cycle.activity_restored", target=row, unit=row.district_id)
    return row


def _put(activity: Activity, days: Placed) -> None:
    activity.rule_day, activity.due_on, activity.starts_on = days.rule_day, days.due_on, days.starts_on


def _move_followers(activity: Activity) -> list[Activity]:
    """Those that count from its day, and from theirs. Two SQL statements. Raises ActivityRefused where one would leave the year."""
    following: dict[int | None, list[Activity]] = defaultdict(list)
    for other in Activity.objects.filter(district=activity.district_id, year=activity.year, anchor__isnull=False).order_by("pk"):
        following[other.anchor_id].append(other)
    moved: list[Activity] = []
    waiting = [activity]
    for anchor in waiting:
        for follower in following[anchor.pk]:
            days = _day_after(follower, anchor)
            if days is None:
                if follower.cancelled_at is None:
                    raise ActivityRefused(("rule", Problem.FOLLOWER_LEAVES), name=follower.title)
                continue  # it does not take place, and stays where it was
            if (follower.due_on, follower.rule_day, follower.starts_on) != (days.due_on, days.rule_day, days.starts_on):
                _put(follower, days)
                follower.version += 1
                moved.append(follower)
                waiting.append(follower)
    if moved:
        bulk_update_with_history(moved, Activity, ["rule_day", "due_on", "starts_on", "version"])
    return moved


def _day_after(follower: Activity, anchor: Activity) -> Placed | None:
    """Its days, counted from another's; None where they would be in another year."""
    try:
        return place(follower, follower.year, anchor.due_on, yields=True)
    except UselessRule:
        return None


def _begin_again(moved: Sequence[Activity]) -> None:
    """Tasks with another day may come late once more: that the level above was told of the old day is forgotten."""
    lifted = Task.objects.filter(activity__in=moved, state=TaskState.OPEN, escalated_at__isnull=False)
    lifted.update(escalated_at=None)


def _saved(activity: Activity, now: datetime) -> None:
    """With its history written at that moment."""
    dated(activity, now).save()


def _claimed(activity: Activity, version: int) -> Activity:
    """The activity with its next version, in one conditional update. Raises StaleVersion."""
    if not Activity.objects.filter(pk=activity.pk, version=version).update(version=F("version") + 1):
        raise StaleVersion
    return Activity.objects.select_related("district", "anchor").get(pk=activity.pk)
