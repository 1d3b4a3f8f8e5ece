"""One process, one world: makes requests and saves figures when it is told to, and says how long each took.

Speaks lines of JSON on standard input and output.
"""

import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import django
from django.core.management import call_command

django.setup()

from django.db import connection, transaction  # noqa: E402 - the models stand ready only after setup
from django.db.models import F  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import reports, worlds  # noqa: E402
from benchmarks.sizes import Size  # noqa: E402
from organisation.models import Unit, User  # noqa: E402
from organisation.queries.tree import tree_on  # noqa: E402
from reporting.models import MonthlyReport  # noqa: E402
from scorecard.models import Indicator, Measurement  # noqa: E402
from scorecard.services.stamps import touch  # noqa: E402
from scorecard.services.values import Entry, Source, record_values  # noqa: E402

FILE = Source(origin="file", name="bench", checks_versions=False, asks_reason=False)
clients: dict[str, Client] = {}
chance = random.Random(2009)


def client_of(person: str) -> Client:
    if person not in clients:
        made = Client(HTTP_HOST="127.0.0.1")
        made.force_login(User.objects.get(email=f"{person}@bench.test"), backend="django.contrib.auth.backends.ModelBackend")
        clients[person] = made
    return clients[person]


def get(*, url: str, person: str, times: int, state: str, unit: str = "") -> list[float]:
    """Milliseconds of `times` requests. state: plain, fresh (a figure of the unit has just changed), saved (its report has), kept
    (fragment), unchanged (304)."""
    client = client_of(person)
    headers = {}
    if state == "unchanged":
        client.get(url)
        headers = {"If-None-Match": client.get(url)["ETag"]}
    taken = []
    for _ in range(times):
        _change(state, unit)
        started = time.perf_counter()
        response = client.get(url, headers=headers)
        taken.append((time.perf_counter() - started) * 1000)
        if response.status_code != (304 if state == "unchanged" else 200):
            raise RuntimeError(f"{url}: {response.status_code}")
    return taken


def _change(state: str, unit: str) -> None:
    if state == "fresh":
        touch(_path_of_a_figure(unit))
    elif state == "saved":
        rows = MonthlyReport.objects.filter(unit__code=unit, month=worlds.NEWEST.start)
        rows.update(version=F("version") + 1, saved_at=timezone.now())


def _path_of_a_figure(code: str) -> list[int]:
    """A department below the unit, and everything above it: what a saved figure gives new stamps."""
    tree = tree_on(worlds.TODAY)
    below = tree.subtree(tree.by_code[code].id)
    return list(tree.path(below[chance.randrange(len(below))]))


def statements(*, url: str, person: str, unit: str, state: str = "fresh") -> int:
    """SQL statements of the page made anew."""
    client = client_of(person)
    client.get(url)
    _change(state, unit)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def _choose() -> tuple[Indicator, Unit]:
    departments = Unit.objects.filter(kind=Unit.Kind.SUB_UNIT)
    return Indicator.objects.order_by("pk")[chance.randrange(Indicator.objects.count())], departments[chance.randrange(departments.count())]


def save(*, times: int) -> list[float]:
    """Milliseconds to save one department's new figure with every sum, cell, version and audit line that follows."""

    def one(indicator: Indicator, department: Unit) -> None:
        entry = Entry(indicator, department, worlds.NEWEST, numerator=Decimal(chance.randint(100, 999)), denominator=Decimal(5000))
        record_values(entries=[entry], actor=None, source=FILE, now=timezone.now(), today=worlds.TODAY)

    return _timed(one, times)


def resum(*, times: int) -> list[float]:
    """Milliseconds to sum the thirteen newest months of every ancestor from the measurements: what saving would cost without kept sums."""
    first = worlds.NEWEST.previous(12).start

    def one(indicator: Indicator, department: Unit) -> None:
        tree = tree_on(worlds.TODAY)
        with connection.cursor() as cursor:
            for ancestor in tree.path(department.pk)[1:]:
                below = list(tree.subtree(ancestor))
                marks = ", ".join(["%s"] * len(below))
                cursor.execute(
                    f"SELECT period_start, SUM(numerator), SUM(denominator) FROM {Measurement._meta.db_table} "
                    f"WHERE indicator_id = %s AND period_start >= %s AND unit_id IN ({marks}) GROUP BY period_start",
                    [indicator.pk, first, *below],
                )
                cursor.fetchall()

    return _timed(one, times)


def _timed(work: Callable[[Indicator, Unit], None], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        indicator, department = _choose()
        started = time.perf_counter()
        with transaction.atomic():
            work(indicator, department)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def prepare(*, size: dict[str, int]) -> dict[str, Any]:
    """Migrates and fills the database where that is not done; how large it is."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    wanted = Size(**size)
    seconds = 0.0 if worlds.is_built(wanted) else worlds.build(wanted)
    reports.add(wanted.months)
    return {"seconds": round(seconds, 1), "figures": Measurement.objects.count()}


def memory() -> float:
    """The process's largest memory so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


COMMANDS: dict[str, Callable[..., Any]] = {
    "get": get, "statements": statements, "save": save, "resum": resum, "prepare": prepare, "memory": memory,
}  # fmt: skip


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        answer = COMMANDS[order.pop("do")](**order)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alna.settings")
    main()
