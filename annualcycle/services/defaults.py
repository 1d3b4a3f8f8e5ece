"""Puts the usual year into a wheel that is empty. What somebody has set up is left as it is."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from simple_history.utils import bulk_create_with_history

from annualcycle.models import Activity
from annualcycle.queries.activities import activities_of
from annualcycle.rules.kinds import DateRule, Scope
from annualcycle.rules.placing import place
from annualcycle.services.tasks_of_units import fan_out_all
from annualcycle.services.turns import one_at_a_time
from annualcycle.services.usual_year import USUAL_YEAR, Usual
from organisation.models import Unit, User
from organisation.services import audit

Chosen = Mapping[str, Collection[int]]
# The same activity of the usual year has the same series in every year, so that a wheel begun twice can still be rolled once.
_NAMESPACE = uuid.UUID("6f1c1c0e-5d0b-5f43-9d6b-2a7e1f4c8b90")


@transaction.atomic
def install(*, district: Unit, year: int, actor: User | None, now: datetime, chosen: Chosen | None = None) -> int:
    """How many activities were added; 0 where the year has any. They get their tasks.

    `chosen`: by short name, the units of an activity that does not concern them all.
    """
    one_at_a_time(district)
    if Activity.objects.filter(district=district, year=year).exists():
        return 0
    # Rows are bokmål whatever the language of whoever asks for them.
    with translation.override("nb"):
        return _install(district, year, actor, now, chosen or {})


def _install(district: Unit, year: int, actor: User | None, now: datetime, chosen: Chosen) -> int:
    made: dict[str, Activity] = {}
    for usual in USUAL_YEAR:
        made[str(usual.short)] = _activity(usual, district, year, made, is_chosen=str(usual.short) in chosen)
    # Those that others count from are there first.
    alone = [activity for activity in made.values() if activity.rule != DateRule.RELATIVE]
    following = [activity for activity in made.values() if activity.rule == DateRule.RELATIVE]
    bulk_create_with_history(alone, Activity, default_date=now)
    for usual in USUAL_YEAR:
        if usual.when.after:
            made[str(usual.short)].anchor = made[str(usual.when.after)]
    bulk_create_with_history(following, Activity, default_date=now)
    _choose_units(made, chosen)
    fan_out_all(activities_of(district, year))
    audit.record(actor=actor, action="cycle.year_installed", target=district, unit=district, details={"year": year, "number": len(made)})
    return len(made)


def _activity(usual: Usual, district: Unit, year: int, made: dict[str, Activity], *, is_chosen: bool) -> Activity:
    when = usual.when
    anchor = made[str(when.after)] if when.after else None
    activity = Activity(
        district=district,
        year=year,
        series=uuid.uuid5(_NAMESPACE, f"{district.code} {usual.short}"),
        title=str(usual.title).format(next=year + 1),
        short=str(usual.short).format(next=year + 1),
        description=str(usual.description),
        lane=usual.lane,
        rule=when.rule,
        month=when.month,
        day=when.day,
        number=when.number,
        weekday=when.weekday,
        offset=when.offset,
        moves=when.moves,
        start_month=when.begins[0] if when.begins else None,
        start_day=when.begins[1] if when.begins else None,
        responsible=usual.responsible,
        participants=[role.value for role in usual.with_roles],
        scope=Scope.CHOSEN if is_chosen else usual.scope,
        lead_days=sorted({usual.lead, min(usual.lead, 3)}, reverse=True),
        minutes=usual.minutes,
        link_kind=usual.link,
        link_period=_period(usual, year),
        is_public=usual.is_public,
        all_year=usual.all_year,
    )
    days = place(activity, year, anchor.due_on if anchor else None, yields=True)
    activity.rule_day, activity.due_on, activity.starts_on = days.rule_day, days.due_on, days.starts_on
    return activity


def _period(usual: Usual, year: int) -> date | None:
    if usual.report is not None:
        return date(year, usual.report, 1) if usual.report else date(year - 1, 12, 1)
    return date(year + usual.scorecard, 1, 1) if usual.scorecard is not None else None


def _choose_units(made: dict[str, Activity], chosen: Chosen) -> None:
    through = Activity.units.through
    through.objects.bulk_create(
        through(activity_id=made[short].pk, unit_id=unit_id) for short, unit_ids in chosen.items() for unit_id in unit_ids
    )
