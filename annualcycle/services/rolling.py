"""The next year's wheel from this year's: the same activities on their days there, none of them twice."""

from datetime import datetime

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from annualcycle.models import Activity
from annualcycle.queries.rolling import COPIED, days_of, sources_of, units_on
from annualcycle.rules.kinds import DateRule
from annualcycle.rules.rolling import Landed, next_name, next_period
from annualcycle.services.tasks_of_units import fan_out_all
from annualcycle.services.turns import one_at_a_time
from organisation.models import Unit, User
from organisation.queries.tree import history
from organisation.services import audit

_NAMED = ("title", "short", "description")


@transaction.atomic
def roll(*, district: Unit, year: int, actor: User | None, now: datetime) -> int:
    """Adds to `year` what stands in the year before and not there; how many. A second time gives 0, also for two at once."""
    one_at_a_time(district)
    sources, there = sources_of(district, year)
    found = days_of(sources, there, year)
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


def _copy(source: Activity, found: Landed, year: int) -> Activity:
    kept = {name: getattr(source, name) for name in COPIED}
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
    """The chosen units as they are on the new day. Two SQL statements."""
    through, past = Activity.units.through, history()
    through.objects.bulk_create(
        through(activity_id=made[source.pk].pk, unit_id=unit_id)
        for source in missing
        for unit_id in sorted(units_on(source, made[source.pk].due_on, past))
    )
