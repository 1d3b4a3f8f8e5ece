"""The next year's wheel from this year's: the same activities on their days there, none of them twice."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from annualcycle.models import Activity
from annualcycle.queries.activities import activities_of
from annualcycle.rules.kinds import DateRule
from annualcycle.rules.rolling import Landed, Source, landed, next_name, next_period
from annualcycle.services.tasks_of_units import fan_out_all
from organisation.models import Unit, User
from organisation.queries.tree import history
from organisation.services import audit

# Rule and words are copied as they are.
_COPIED = (
    "lane", "rule", "month", "day", "number", "weekday", "offset", "offset_in_workdays", "moves", "start_month", "start_day",
    "all_year", "responsible", "participants", "scope", "lead_days", "escalate_after", "minutes", "link_kind", "is_public",
)  # fmt: skip
_NAMED = ("title", "short", "description")


@dataclass(frozen=True, slots=True)
class Rolled:
    """An activity and where it comes to stand. `is_there`: it has been rolled or made already, and stays as it is."""

    source: Activity
    title: str
    due_on: date
    rule_day: date
    is_there: bool
    on_its_own: bool

    @property
    def is_moved(self) -> bool:
        return self.rule_day != self.due_on


def preview(district: Unit, year: int) -> list[Rolled]:
    """What rolling to `year` would give, in the order of the new days. Writes nothing."""
    sources, there = _sources(district, year)
    found = _landed(sources, there, year)
    lines = [_line(source, there.get(source.series), found.get(source.pk), year) for source in sources]
    return sorted(lines, key=lambda line: (line.due_on, line.source.pk))


def roll(*, district: Unit, year: int, actor: User | None, now: datetime) -> int:
    """Adds to `year` what stands in the year before and not there; how many. A second time gives 0, also for two at once."""
    try:
        return _roll(district, year, actor, now)
    except IntegrityError:
        # Somebody else was first: what they made stands, and only the rest is added.
        return _roll(district, year, actor, now)


@transaction.atomic
def _roll(district: Unit, year: int, actor: User | None, now: datetime) -> int:
    sources, there = _sources(district, year)
    found = _landed(sources, there, year)
    missing = [source for source in sources if source.series not in there]
    if not missing:
        return 0
    made = {source.pk: _copy(source, found[source.pk], year) for source in missing}
    bulk_create_with_history(list(made.values()), Activity, default_date=now)
    _anchor(sources, there, made, found)
    _copy_units(missing, made)
    fan_out_all(list(made.values()))
    details = {"year": year, "number": len(made)}
    audit.record(actor=actor, action="cycle.rolled", target=district, unit=district, details=details)
    return len(made)


def _sources(district: Unit, year: int) -> tuple[list[Activity], dict[object, Activity]]:
    """Those of the year before that were not cancelled, and by series those that stand in the year already."""
    before = [activity for activity in activities_of(district, year - 1) if activity.cancelled_at is None]
    return before, {activity.series: activity for activity in activities_of(district, year)}


def _landed(sources: list[Activity], there: dict[object, Activity], year: int) -> dict[int, Landed]:
    known = {source.pk: there[source.series].due_on for source in sources if source.series in there}
    wanted = [Source(source.pk, source.anchor_id, source.rule_day, _without_own_day(source)) for source in sources]
    return landed([source for source in wanted if source.key not in known], year, known)


def _without_own_day(source: Activity) -> Activity:
    """A day set for one year counts for that year alone. Never saved."""
    if source.fixed_on is None:
        return source
    dated = Activity(**{name: getattr(source, name) for name in _COPIED})
    dated.anchor_id = source.anchor_id
    return dated


def _line(source: Activity, other: Activity | None, found: Landed | None, year: int) -> Rolled:
    if other is not None or found is None:
        known = other or source
        return Rolled(source, known.title, known.due_on, known.rule_day, is_there=True, on_its_own=False)
    days = found.days
    return Rolled(source, next_name(source.title, year - 1), days.due_on, days.rule_day, is_there=False, on_its_own=found.on_its_own)


def _copy(source: Activity, found: Landed, year: int) -> Activity:
    kept = {name: getattr(source, name) for name in _COPIED}
    named = {name: next_name(getattr(source, name), year - 1) for name in _NAMED}
    days = found.days
    copy = Activity(district_id=source.district_id, year=year, series=source.series, **kept, **named)
    copy.rule_day, copy.due_on, copy.starts_on = days.rule_day, days.due_on, days.starts_on
    copy.link_period = next_period(source.link_period)
    if source.rule == DateRule.RELATIVE:
        # What it counts from gets its own row in the same statement; until then it stands by its date, and so it stays alone.
        copy.rule, copy.month, copy.day = DateRule.FIXED, days.rule_day.month, days.rule_day.day
        copy.offset, copy.offset_in_workdays = None, False
    return copy


def _anchor(sources: list[Activity], there: dict[object, Activity], made: dict[int, Activity], found: dict[int, Landed]) -> None:
    """Those that count from another point at its row of the new year."""
    by_old = {source.pk: made.get(source.pk) or there[source.series] for source in sources}
    bound = []
    for source in sources:
        copy = made.get(source.pk)
        if copy is None or source.rule != DateRule.RELATIVE or found[source.pk].on_its_own or source.anchor_id not in by_old:
            continue
        copy.rule, copy.month, copy.day = DateRule.RELATIVE, None, None
        copy.anchor, copy.offset, copy.offset_in_workdays = by_old[source.anchor_id], source.offset, source.offset_in_workdays
        bound.append(copy)
    if bound:
        names = ["rule", "month", "day", "anchor", "offset", "offset_in_workdays"]
        bulk_update_with_history(bound, Activity, names)


def _copy_units(missing: list[Activity], made: dict[int, Activity]) -> None:
    """The chosen units that are still there on the new day. Two SQL statements."""
    through, past = Activity.units.through, history()
    rows = [
        through(activity_id=made[source.pk].pk, unit_id=unit.pk)
        for source in missing
        for unit in source.units.all()
        if unit.pk in past.on(made[source.pk].due_on).nodes
    ]
    through.objects.bulk_create(rows)
