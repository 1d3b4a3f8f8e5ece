"""Workers that are stopped, that meet, and that come too late: nothing is half done, and nothing is done twice."""

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection, connections

from imports.importing.reading import read
from imports.models import Batch
from imports.rules.claims import MOST_ATTEMPTS, STALE_AFTER
from imports.rules.states import Way
from imports.services import batches, claims, folders
from imports.services.work import work
from organisation.models import CostCentre
from organisation.queries.tree import mark_changed
from reporting.models import Delivery, LedgerLine
from scripts.machine import ROOT, redis_url
from tests.factories.imports import SourceFactory, ubw_file
from tests.factories.organisation import EPOCH, UnitFactory

NOW = datetime(2026, 10, 8, 6, tzinfo=UTC)
TODAY = date(2026, 10, 8)
LATER = NOW + STALE_AFTER + timedelta(seconds=1)


def made_source(**more):
    source = SourceFactory(folder="okonomi", saves_by_itself=True, **more)
    unit = UnitFactory(code="402", parent=source.district)
    CostCentre.objects.create(unit=unit, code="402100", valid_from=EPOCH)
    mark_changed()
    return source


def content(rows=2):
    return ubw_file(*(("402100", f"1{number:04}", "1,00") for number in range(rows)))


def receive(source, way=Way.FOLDER, rows=2):
    return batches.receive(source=source, data=BytesIO(content(rows)), file_name="fil.csv", way=way, actor=None, now=NOW)


@pytest.mark.django_db
def test_a_claim_is_won_once_and_taken_over_when_silent():
    batch = receive(made_source())
    assert claims.take(batch, worker="one", now=NOW)
    assert not claims.take(batch, worker="two", now=NOW + STALE_AFTER - timedelta(seconds=1))
    assert claims.take(batch, worker="two", now=LATER)
    assert (batch.claimed_by, batch.attempts, batch.state) == ("two", 2, "reading")


@pytest.mark.django_db
def test_a_sign_of_life_keeps_the_claim_and_tells_progress(monkeypatch):
    batch = receive(made_source())
    claims.take(batch, worker="one", now=NOW)
    clock = [100.0]
    monkeypatch.setattr(claims.time, "monotonic", lambda: clock[0])
    pulse = claims.Pulse(batch, worker="one", now=NOW, transaction_open=False)
    pulse(1, 10)
    batch.refresh_from_db()
    assert (batch.progress, batch.heartbeat_at) == (0, NOW)
    clock[0] += 3
    pulse(5, 10)
    batch.refresh_from_db()
    assert (batch.progress, batch.heartbeat_at) == (500, NOW + timedelta(seconds=3))
    Batch.objects.update(claimed_by="two")
    clock[0] += 3
    with pytest.raises(claims.Overtaken):
        pulse(6, 10)


@pytest.mark.django_db
def test_a_file_that_stops_every_worker_is_given_up(monkeypatch):
    batch = receive(made_source())
    moment = NOW
    for _ in range(MOST_ATTEMPTS):
        assert claims.take(batch, worker="w", now=moment)
        moment += STALE_AFTER + timedelta(seconds=1)
    assert not claims.take(batch, worker="w", now=moment)
    work(now=moment, today=TODAY, worker="w", read=read)
    batch.refresh_from_db()
    assert (batch.state, batch.refusal) == ("refused", {"code": "gave_up"})


@pytest.mark.django_db
def test_one_bad_file_keeps_nobody_from_the_next(monkeypatch):
    source = made_source()
    first, second = receive(source), receive(source, rows=3)

    def read_or_not(**arguments):
        if arguments["path"].name in first.stored_as:
            raise OSError
        return read(**arguments)

    work(now=NOW, today=TODAY, worker="w", read=read_or_not)
    second.refresh_from_db()
    assert second.state == "saved"


CHILD = """
import os, signal, sys
from datetime import date, datetime, UTC
import django
django.setup()
from imports.importing.reading import read as whole
from imports.services.work import work

def read(**arguments):
    found = whole(**arguments)
    if (arguments["sink"] is not None) == (sys.argv[1] == "saving"):
        os.kill(os.getpid(), signal.SIGKILL)
    return found

work(now=datetime(2026, 10, 8, 6, tzinfo=UTC), today=date(2026, 10, 8), worker="child", read=read)
"""


def database_url():
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    place = connection.settings_dict
    return f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"


def environment(**more):
    return {**os.environ, "DATABASE_URL": database_url(), "ALNA_DATA_DIR": str(settings.DATA_DIR), **more}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phase, state", [("reading", "reading"), ("saving", "saving")])
def test_a_killed_worker_leaves_nothing_half_and_the_next_takes_up(phase, state):
    batch = receive(made_source(), rows=6000)
    ended = subprocess.run([sys.executable, "-c", CHILD, phase], cwd=ROOT, env=environment(ALNA_MODE="test"), check=False)
    assert ended.returncode == -signal.SIGKILL
    batch.refresh_from_db()
    assert (batch.state, batch.claimed_by) == (state, "child")
    assert (LedgerLine.objects.count(), Delivery.objects.count()) == (0, 0)
    assert work(now=NOW + timedelta(minutes=1), today=TODAY, worker="w", read=read) == 0
    assert work(now=LATER, today=TODAY, worker="w", read=read) == 1
    batch.refresh_from_db()
    assert (batch.state, LedgerLine.objects.count(), Delivery.objects.count()) == ("saved", 6000, 1)


@pytest.mark.django_db(transaction=True)
def test_workers_that_meet_do_nothing_twice(tmp_path):
    settings_inbox, settings.INBOX = settings.INBOX, tmp_path
    try:
        made_source()
        folders.sweep_folders(now=NOW)
        for number in range(3):
            (tmp_path / "okonomi" / f"{number}.csv").write_bytes(content(number + 2))
        start, failures = threading.Barrier(4), []

        def run(name):
            try:
                start.wait()
                folders.sweep_folders(now=NOW)
                work(now=NOW, today=TODAY, worker=name, read=read)
            except Exception as error:  # noqa: BLE001 - shown by the assertion below
                failures.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(f"w{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        work(now=LATER, today=TODAY, worker="last", read=read)
    finally:
        settings.INBOX = settings_inbox
    assert failures == []
    assert sorted(Batch.objects.values_list("file_name", flat=True)) == ["0.csv", "1.csv", "2.csv"]
    assert set(Batch.objects.values_list("state", flat=True)) == {"saved"}
    assert list(Delivery.objects.order_by("version").values_list("version", flat=True)) == [1, 2, 3]
    assert LedgerLine.objects.count() == 2 + 3 + 4
    assert Delivery.objects.filter(is_current=True).count() == 1


def wait_for_saved(seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if Batch.objects.filter(state="saved").exists():
            return True
        time.sleep(0.2)
    return False


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broker", ["filesystem://", pytest.param("redis", marks=pytest.mark.redis)])
def test_a_real_worker_takes_a_file_from_its_folder(broker, tmp_path):
    address = redis_url() if broker == "redis" else broker
    queue = f"test-{uuid.uuid4().hex}"
    made_source()
    folder = tmp_path / "inbox" / "okonomi"
    folder.mkdir(parents=True)
    (folder / "september.csv").write_bytes(content())
    variables = environment(
        ALNA_MODE="development", ALNA_DATA_DIR=str(tmp_path), ALNA_BROKER_URL=address, ALNA_TODAY="2026-10-08", ALNA_DEBUG="false"
    )
    celery = [sys.executable, "-m", "celery", "--app", "alna.celery:app"]
    worker = subprocess.Popen(
        [*celery, "worker", "--pool", "solo", "--loglevel", "WARNING", "--queues", queue],
        cwd=ROOT,
        env=variables,
        start_new_session=True,
    )
    try:
        subprocess.run(
            [*celery, "call", "imports.tasks.sweep_and_work", "--queue", queue],
            cwd=ROOT,
            env=variables,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        assert wait_for_saved()
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    assert LedgerLine.objects.count() == 2
    assert len(list((folder / "done").iterdir())) == 2
