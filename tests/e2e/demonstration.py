"""The demonstration in the tests' database, filled once and put back as it was before every walk."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection

from organisation.models import RoleAssignment, User
from organisation.rules.access import Role

# Before any clock these tests meet: what a walk records now comes after all that the demonstration recorded.
TODAY = date(2025, 10, 9)
YEAR = TODAY.year


def bring_back() -> None:
    """The filled database. The first time it takes seconds, and a copy is kept; later the copy is laid over whatever is there."""
    kept = Path(settings.DATA_DIR) / "demonstration.sqlite3"
    if connection.vendor != "sqlite":
        _fill()
    elif kept.exists():
        _copy(sqlite3.connect(kept), _raw())
    else:
        _fill()
        making = kept.with_name(f"{kept.name}.{os.getpid()}")
        _copy(_raw(), sqlite3.connect(making))
        shutil.move(making, kept)
    ContentType.objects.clear_cache()
    for cache in caches.all(initialized_only=True):
        cache.clear()


def _fill() -> None:
    call_command("demo", "--today", TODAY.isoformat(), verbosity=0)


def _raw() -> sqlite3.Connection:
    connection.ensure_connection()
    assert isinstance(connection.connection, sqlite3.Connection)
    return connection.connection


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    with target:
        source.backup(target)
    for each in (source, target):
        if each is not connection.connection:
            each.close()


def someone(role: Role) -> User:
    """A person of the demonstration with this role and no other."""
    rows = RoleAssignment.objects.filter(role=role, deputy_for=None, valid_from__lte=TODAY).exclude(valid_to__lte=TODAY)
    return next(row.user for row in rows.select_related("user", "unit") if row.user.assignments.count() == 1)


def named(name: str) -> User:
    """A person of the demonstration."""
    return User.objects.get(name=name)
