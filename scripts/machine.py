"""What this machine has of the things that some tests want: a browser, PostgreSQL, Redis."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_POSTGRES = "postgres://postgres@127.0.0.1:5432/alna"
DEFAULT_REDIS = "redis://127.0.0.1:6379/15"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_path() -> Path | None:
    """The Chromium to drive, or None. ALNA_CHROMIUM decides where it is set, also to switch browser tests off."""
    named = os.environ.get("ALNA_CHROMIUM")
    if named is not None:
        return Path(named) if named and Path(named).exists() else None
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Path(found) if found else None


def answers(address: str, default_port: int) -> bool:
    """Whether something listens at the host and port of an address."""
    parts = urlsplit(address)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or default_port), timeout=2):
            return True
    except OSError:
        return False


def postgres_url() -> str | None:
    """The PostgreSQL the tests may use, or None. An empty ALNA_TEST_DATABASE_URL switches it off."""
    address = os.environ.get("ALNA_TEST_DATABASE_URL", DEFAULT_POSTGRES)
    return address if address and answers(address, 5432) and _lets_us_in(address) else None


def redis_url() -> str | None:
    """The Redis the tests may use, or None. An empty ALNA_TEST_REDIS_URL switches it off."""
    address = os.environ.get("ALNA_TEST_REDIS_URL", DEFAULT_REDIS)
    return address if address and answers(address, 6379) else None


def _lets_us_in(address: str) -> bool:
    """A listening server that refuses our name is as good as none: its tests are left out, with the reason."""
    try:
        psycopg2.connect(urlsplit(address)._replace(path="/postgres").geturl(), connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True


def left_out() -> dict[str, str]:
    """What cannot be tested here: the marker of the tests, and a sentence that says why and what to do."""
    missing: dict[str, str] = {}
    if browser_path() is None:
        missing["e2e"] = "browser tests: no Chromium found (install the package chromium, or set ALNA_CHROMIUM to its path)"
    if postgres_url() is None:
        missing["postgres"] = "everything on PostgreSQL: no server lets us in at 127.0.0.1:5432 (set ALNA_TEST_DATABASE_URL)"
    if redis_url() is None:
        missing["redis"] = "tests with a real Redis: nothing answers at 127.0.0.1:6379 (set ALNA_TEST_REDIS_URL)"
    return missing
