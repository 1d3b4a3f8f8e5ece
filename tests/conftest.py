"""The ground all tests stand on: settings of their own, a database of their own, and an honest word about what was left out.

SQLite in a file by default, as in the embedded application; ALNA_TEST_DATABASE_URL names a PostgreSQL instead. What this
machine lacks (a browser, PostgreSQL, Redis) is deselected before anything runs and named at the end.
"""

import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.db import connections
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

from scripts.machine import DEFAULT_REDIS, ROOT, left_out
from tests import pace
from tests.browser import browser
from tests.pace import short_refusals

__all__ = ["browser", "short_refusals"]

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
OURS = ("ALNA_TEST_", "ALNA_CHROMIUM", "ALNA_BENCH_")


def _prepare_environment() -> Path:
    """Nothing of the person's own settings reaches the tests. Workers inherit what the first process decided, with a folder each:
    a test that looks whether a file was left behind must not find those of another."""
    if not WORKER:
        for name in [name for name in os.environ if name.startswith("ALNA_") and not name.startswith(OURS)]:
            del os.environ[name]
        os.environ.pop("DATABASE_URL", None)
        os.environ["ALNA_MODE"] = "test"
        os.environ["ALNA_DATA_DIR"] = tempfile.mkdtemp(prefix="alna-test-")
        if address := os.environ.get("ALNA_TEST_DATABASE_URL"):
            os.environ["DATABASE_URL"] = address
    os.environ["DJANGO_SETTINGS_MODULE"] = "alna.settings"
    folder = Path(os.environ["ALNA_DATA_DIR"]) / WORKER
    os.environ["ALNA_DATA_DIR"] = str(folder)
    if WORKER:
        # Each worker's own part of Redis too: a real Celery worker would take what another test has asked for.
        os.environ.setdefault("ALNA_TEST_REDIS_URL", DEFAULT_REDIS.replace("/15", f"/{15 - int(WORKER.removeprefix('gw')) % 8}"))
    (folder / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where nothing has been collected; the finders serve the tests
    return folder


DATA_DIR = _prepare_environment()
django.setup()  # here, so that conftest files below may import models
assert settings.ALNA_MODE == "test", "the tests have settings of their own"
pace.make_haste()
ON_POSTGRES = bool(os.environ.get("ALNA_TEST_DATABASE_URL"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only tests that use the database")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """A worker that knows the settings before this file is read loads them with the folder of all."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure() -> None:
    if not WORKER:
        shutil.rmtree(DATA_DIR, ignore_errors=True)


def _missing() -> dict[str, str]:
    missing = left_out()
    if not ON_POSTGRES:
        missing["postgres"] = missing.get("postgres", "everything on PostgreSQL: this run is on SQLite (`make test` runs both)")
    return missing


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = _missing()
    only_database = config.getoption("--only-database")
    left = [
        item for item in items if any(item.get_closest_marker(marker) for marker in missing) or (only_database and not _uses_database(item))
    ]
    if left:
        config.hook.pytest_deselected(items=left)
        gone = set(left)
        items[:] = [item for item in items if item not in gone]
    if WORKER:
        items[:] = pace.longest_first(items, ROOT)


def pytest_collection_finish() -> None:
    pace.leave_the_past_alone()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return pace.FilesInOrder(config, log)


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & {"db", "transactional_db", "live_server", "django_db_setup"})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("ALNA_TEST_ROUND"):
        return  # `make test` says it once, at its end
    for reason in _missing().values():
        terminalreporter.write_line(f"Left out: {reason}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A file on disk: locks, journal and transactions are then those of the application, unlike in memory."""
    if not ON_POSTGRES:
        connections["default"].settings_dict["TEST"]["NAME"] = str(DATA_DIR / f"test{WORKER}.sqlite3")
