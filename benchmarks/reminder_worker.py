"""One process, one morning of reminders: `python -m benchmarks.reminder_worker ORDER`. Prints seconds and how much memory it took on top.

Builds by SQL what is missing: districts of units with one leader each, and ten activities with a task for every unit.
"""

import json
import resource
import sys
import time
import uuid
from datetime import date, datetime
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - the models stand ready only after setup
from django.urls import reverse  # noqa: E402

from annualcycle.models import Activity, ReminderRun, Task  # noqa: E402
from annualcycle.rules.kinds import DateRule, TaskState  # noqa: E402
from annualcycle.services.reminders import remind  # noqa: E402
from common.deadlines import Lane  # noqa: E402
from common.oslo import OSLO  # noqa: E402
from notifications.models import Message  # noqa: E402
from organisation.models import ParentLink, RoleAssignment, Unit, User  # noqa: E402
from organisation.queries.tree import mark_changed, tree_on  # noqa: E402
from organisation.rules.access import Role  # noqa: E402

# A Monday: the overview of the week, and what is due tomorrow.
TODAY, BORN = date(2026, 10, 12), date(2004, 1, 1)
NOW = datetime(2026, 10, 12, 8, tzinfo=OSLO)
BATCH = 2000


@transaction.atomic
def build(districts: int, units: int, activities: int, **_: Any) -> dict[str, Any]:
    """Nothing where it is there."""
    started = time.perf_counter()
    if not Unit.objects.exists():
        tops = Unit.objects.bulk_create(_unit(f"D{number}", "Bydel", Unit.Kind.DISTRICT) for number in range(districts))
        below = Unit.objects.bulk_create((_unit(f"E{number}", "Enhet", "result_unit") for number in range(districts * units)), BATCH)
        links = (ParentLink(unit=unit, parent=tops[number // units], valid_from=BORN) for number, unit in enumerate(below))
        ParentLink.objects.bulk_create(links, BATCH)
        people = (User(email=f"p{number}@bench.test", name=f"Person Etternavn{number}") for number in range(len(below)))
        leaders = User.objects.bulk_create(people, BATCH)
        RoleAssignment.objects.bulk_create(
            (
                RoleAssignment(user=user, unit=unit, role=Role.UNIT_LEADER, valid_from=BORN)
                for user, unit in zip(leaders, below, strict=True)
            ),
            BATCH,
        )
        mark_changed()
        Activity.objects.bulk_create(_activity(top, number) for top in tops for number in range(activities))
        with connection.cursor() as cursor:
            cursor.execute(_INSERT_TASKS, [TaskState.OPEN.value])
    return {"seconds": round(time.perf_counter() - started, 1), "tasks": Task.objects.count(), "people": User.objects.count()}


def _unit(code: str, name: str, kind: str) -> Unit:
    return Unit(code=code, name=f"{name} {code}", kind=kind, valid_from=BORN)


def _activity(district: Unit, number: int) -> Activity:
    due_on = date(2026, 10, 12 + number % 7)
    return Activity(
        district=district, year=2026, series=uuid.uuid4(), title=f"Aktivitet nummer {number}", short=f"A{number}", lane=Lane.PLAN,
        rule=DateRule.FIXED, month=10, day=due_on.day, rule_day=due_on, due_on=due_on, responsible=Role.UNIT_LEADER.value,
        lead_days=[14, 7, 1],
    )  # fmt: skip


_INSERT_TASKS = f"""
INSERT INTO {Task._meta.db_table} (activity_id, unit_id, state, product, product_name, note, version)
SELECT a.id, l.unit_id, %s, '', '', '', 1
FROM {Activity._meta.db_table} a JOIN {ParentLink._meta.db_table} l ON l.parent_id = a.district_id
"""


def clear() -> None:
    """As before the morning, with statistics of tables that are as large as they are."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Message._meta.db_table}, {ReminderRun._meta.db_table}")
    connection.commit()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def morning(told: int, **_: Any) -> dict[str, Any]:
    """The whole morning, with so many districts told already; the same once more, which shall do nothing."""
    clear()
    tops = list(Unit.objects.filter(kind=Unit.Kind.DISTRICT).order_by("pk").values_list("pk", flat=True))
    ReminderRun.objects.bulk_create(ReminderRun(district_id=pk, day=TODAY) for pk in tops[:told])
    tree_on(TODAY)
    # A worker has its addresses loaded since it started.
    reverse("overview:home")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, worked = time.perf_counter(), time.process_time()
    count = remind(now=NOW, today=TODAY)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    started = time.perf_counter()
    if remind(now=NOW, today=TODAY) or Message.objects.count() != count:
        raise RuntimeError("told twice")
    return {"messages": count, "seconds": seconds, "cpu": cpu, "again": time.perf_counter() - started, "memory": memory}


if __name__ == "__main__":
    order = json.loads(sys.argv[1])
    doing = order.pop("do")
    print(json.dumps(build(**order) if doing == "build" else morning(**order)))
