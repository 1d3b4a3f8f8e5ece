"""Reminders by real processes: a worker on files and on Redis, two processes at once, a queue that was away for an hour."""

import json
import os
import subprocess
import sys
import time
import uuid
from datetime import date

import pytest
from django.conf import settings
from django.db import connection

from annualcycle.models import CycleSetting, ReminderRun
from notifications.models import Message
from organisation.rules.access import Role
from scripts.machine import ROOT, redis_url
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person

UNITS = 5
# A Monday at eight.
CHILD = """
import json
from datetime import date, datetime
import django
django.setup()
from annualcycle.services.reminders import remind
from common.oslo import OSLO
print(json.dumps(remind(now=datetime(2026, 10, 26, 8, tzinfo=OSLO), today=date(2026, 10, 26))))
"""


def database_url():
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}"
    return f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"


def environment(**more):
    return {**os.environ, "DATABASE_URL": database_url(), "ALNA_DATA_DIR": str(settings.DATA_DIR), **more}


@pytest.fixture
def leaders(transactional_db):
    """One near deadline in each unit: an overview and a message of tomorrow for each leader."""
    district = DistrictFactory()
    found = []
    for _ in range(UNITS):
        unit = UnitFactory(parent=district)
        found.append(person(Role.UNIT_LEADER, unit))
        TaskFactory(activity=ActivityFactory(district=district, due_on=date(2026, 10, 27)), unit=unit)
    return found


def assert_told_once(leaders):
    keys = [(row.recipient_id, row.kind) for row in Message.objects.all()]
    assert sorted(keys) == sorted((leader.pk, kind) for leader in leaders for kind in ("cycle.week", "cycle.tomorrow"))
    assert ReminderRun.objects.count() == 1


def test_processes_at_once_tell_each_thing_once(leaders):
    command = [sys.executable, "-c", CHILD]
    running = [subprocess.Popen(command, cwd=ROOT, env=environment(ALNA_MODE="test"), stdout=subprocess.PIPE, text=True) for _ in range(3)]
    counts = [json.loads(process.communicate(timeout=120)[0]) for process in running]

    assert sorted(counts) == [0, 0, 2 * UNITS]
    assert_told_once(leaders)


CELERY = [sys.executable, "-m", "celery", "--app", "alna.celery:app"]


@pytest.fixture(params=["filesystem://", pytest.param("redis", marks=pytest.mark.redis)])
def brokers(request, tmp_path):
    """The application's variables on that Monday, with a queue that is away and with the same kind of queue that is there."""
    more = {"ALNA_MODE": "development", "ALNA_TODAY": "2026-10-26", "ALNA_DEBUG": "false"}
    if request.param == "redis":
        there, away = redis_url(), "redis://127.0.0.1:1/0"
        return tuple(environment(**more, ALNA_BROKER_URL=address, ALNA_DATA_DIR=str(tmp_path)) for address in (away, there))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "queue").write_text("no folder can be made here")
    return tuple(environment(**more, ALNA_BROKER_URL=request.param, ALNA_DATA_DIR=str(folder)) for folder in (tmp_path / "full", tmp_path))


def call(variables, queue):
    """What beat does."""
    command = [*CELERY, "call", "annualcycle.tasks.remind", "--queue", queue]
    return subprocess.run(command, cwd=ROOT, env=variables, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def test_calls_into_a_queue_that_is_away_lose_nothing_and_a_queue_full_of_calls_doubles_nothing(leaders, brokers, tmp_path):
    away, there = brokers
    # The task asks the real clock: every hour has come.
    CycleSetting.objects.bulk_create([CycleSetting(pk=1, hour=0, quiet_months=[])])
    queue = f"test-{uuid.uuid4().hex}"
    assert call(away, queue) != 0
    assert [call(there, queue) for _ in range(3)] == [0, 0, 0]
    assert not Message.objects.exists()

    log = tmp_path / "worker.log"
    with log.open("w") as output:
        options = ["worker", "--pool", "solo", "--loglevel", "INFO", "--queues", queue]
        worker = subprocess.Popen([*CELERY, *options], cwd=ROOT, env=there, start_new_session=True, stderr=output)
        try:
            wait_for_calls(log, 3)
            assert call(there, queue) == 0
            wait_for_calls(log, 4)
        finally:
            worker.terminate()
            worker.wait(timeout=30)
    assert_told_once(leaders)


def wait_for_calls(log, count):
    """Until the worker says that it has carried out so many."""
    until = time.monotonic() + 300
    done = 0
    while done < count:
        assert time.monotonic() < until, f"{done} of {count} calls were carried out"
        time.sleep(0.1)
        done = log.read_text().count("succeeded in")
