"""The tasks of the annual cycle as deadlines."""

from collections.abc import Collection
from datetime import date

from django.db.models import F
from django.urls import reverse

from annualcycle.models import Task
from annualcycle.rules.kinds import TaskState
from common.deadlines import Deadline, Lane
from organisation.rules.access import Permission

# What the keys of our own deadlines begin with.
OWN_TASKS = "annualcycle.task:"


def key_of_task(pk: int) -> str:
    return f"{OWN_TASKS}{pk}"


def deadlines(*, unit_ids: Collection[int], first: date, last: date) -> list[Deadline]:
    """One for every task that concerns its unit; cancelled activities have none. One SQL statement."""
    rows = (
        Task.objects.filter(unit_id__in=unit_ids, activity__due_on__range=(first, last), activity__cancelled_at__isnull=True)
        .exclude(state=TaskState.NOT_NEEDED)
        .order_by("activity__due_on", "pk")
        .values_list(
            "pk",
            "unit_id",
            "done_on",
            "activity_id",
            "activity__title",
            "activity__due_on",
            "activity__lane",
            "activity__responsible",
            "activity__minutes",
            "activity__lead_days",
            F("version") + F("activity__version"),
        )
    )
    # One address for all units of an activity: making it is most of the cost of a district.
    urls = {activity_id: reverse("annualcycle:activity", args=[activity_id]) for activity_id in {row[3] for row in rows}}
    return [
        Deadline(
            key=key_of_task(pk),
            group=f"activity:{activity_id}",
            title=title,
            public_title=title,
            unit_id=unit_id,
            due_on=due_on,
            url=urls[activity_id],
            lane=Lane(lane),
            seen_with=Permission.SEE_TASKS,
            roles=(responsible,) if responsible else (),
            done_on=done_on,
            minutes=minutes,
            lead_days=tuple(lead_days),
            version=version,
        )
        for pk, unit_id, done_on, activity_id, title, due_on, lane, responsible, minutes, lead_days, version in rows
    ]
