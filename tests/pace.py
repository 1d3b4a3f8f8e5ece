"""What five thousand tests need not do five thousand times, and which of them begin first. What they assert is untouched by it."""

import gc
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from whitenoise.middleware import WhiteNoiseMiddleware
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

# Walks share nothing but a copy of the demonstration, which every process has: any of them may do any walk.
WALKS = "tests/e2e/"
# One filled demonstration for the whole folder, so one process takes all of it.
TOGETHER = "tests/alna/demo/filled_once/"
# Whoever is left with one of these at the end keeps the others waiting, so they begin first.
LONGEST = (
    "tests/e2e/test_every_page_of_setup.py",
    "tests/e2e/test_every_page.py",
    "tests/e2e/test_the_month.py",
    "tests/e2e/test_widths.py",
    TOGETHER,
    "tests/alna/demo/",
    "tests/alna/test_access.py",
    "tests/security/test_bad_characters.py",
    "tests/scorecard/values/test_nasty.py",
    "tests/scorecard/services/test_derive.py",
    "tests/scorecard/services/test_reorganised.py",
    "tests/scripts/test_healthy.py",
    "tests/imports/services/test_work.py",
    "tests/security/",
)


def make_haste() -> None:
    """Passwords of tests are no secrets, and the static files are the same for every client."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    _look_for_static_files_once()


def _look_for_static_files_once() -> None:
    """Every test client has middleware of its own, and WhiteNoise's looks through all static files as it is made."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, object] = {}

    def add(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = add


def leave_the_past_alone() -> None:
    """What was imported and collected stays until the end: looking through it for garbage again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def longest_first(items: Iterable[pytest.Item], root: Path) -> list[pytest.Item]:
    """The same tests; files stay whole, and within a file nothing changes."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(root).as_posix()
        return next((at for at, start in enumerate(LONGEST) if path.startswith(start)), len(LONGEST))

    return sorted(items, key=place)


class FilesInOrder(LoadFileScheduling):
    """A file is one process's, begun in the order of the collection; a walk in the browser is anybody's."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(TOGETHER):
            return TOGETHER
        return nodeid if nodeid.startswith(WALKS) else str(super()._split_scope(nodeid))


@pytest.fixture
def short_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """404 without the page around it, for those who ask for thousands of addresses and look at the status alone."""

    def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
        return HttpResponseNotFound(b"finnes ikke")

    monkeypatch.setattr("alna.urls.handler404", refused, raising=False)
