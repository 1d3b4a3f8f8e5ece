"""A real browser: Debian's Chromium, in Norwegian, wide and on a phone.

A page object fails its test when the browser reports an error in a script, a breach of the content security policy, or a
request to another host. What a walk looked like is kept in var/screenshots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from organisation.models import User
from scripts.machine import ROOT
from tests.e2e.demonstration import TODAY, bring_back
from tests.e2e.walks import PHONE, WIDE, fits

SCREENSHOTS = ROOT / "var" / "screenshots"
# A ceiling, not a pace: a machine that runs other tests beside these is slow.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
# None of the rules we hold ourselves to reads style sheets or sounds, so axe need not fetch them beforehand.
LOOK_WITH_AXE = "axe.run({resultTypes: ['violations'], preload: false})"
SignIn = Callable[[Page, User], None]
Screenshot = Callable[[Page, str], Path]
Audit = Callable[[Page], None]
Window = Callable[..., Page]


class Complaints:
    """What a person would not see and a browser does."""

    def __init__(self, own_host: str) -> None:
        self.own_host = own_host
        self.found: list[str] = []

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("console", self.hear)
        page.on("request", self.see)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.found.append(message.text)

    def see(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != self.own_host:
            self.found.append(f"request to another host: {request.url}")


def _page(browser: Browser, live_server: LiveServer, *, phone: bool, scripts: bool = True) -> Iterator[Page]:
    complaints = Complaints(urlsplit(live_server.url).netloc)
    context: BrowserContext = browser.new_context(
        base_url=live_server.url,
        viewport=PHONE if phone else WIDE,
        is_mobile=phone,
        has_touch=phone,
        locale="nb-NO",
        timezone_id="Europe/Oslo",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE)
    context.on("page", complaints.listen)
    yield context.new_page()
    context.close()
    assert complaints.found == []


@pytest.fixture
def wide_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page 1280 pixels wide."""
    yield from _page(browser, live_server, phone=False)


@pytest.fixture
def phone_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page 390 pixels wide, with touch."""
    yield from _page(browser, live_server, phone=True)


@pytest.fixture
def scriptless_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page on a phone that runs no scripts."""
    yield from _page(browser, live_server, phone=True, scripts=False)


@pytest.fixture(params=["wide", "phone"])
def any_page(request: pytest.FixtureRequest) -> Page:
    """The same walk twice: wide and on a phone."""
    return request.getfixturevalue(f"{request.param}_page")


@pytest.fixture
def demonstration(live_server: LiveServer, settings: Settings) -> None:
    """Bydel Alna as `manage.py demo` fills it, on a day of its own, for one walk."""
    settings.ALNA_TODAY = TODAY
    bring_back()


@pytest.fixture
def sign_in(live_server: LiveServer) -> SignIn:
    """Give a page's browser the session of a person, without walking through the sign-in."""

    def give_session(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])

    return give_session


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, sign_in: SignIn) -> Iterator[Window]:
    """Windows of several people at once, each signed in: `window(user)`, `window(user, phone=True)`."""
    with ExitStack() as stack:

        def opened(user: User, *, phone: bool = False) -> Page:
            page = stack.enter_context(contextmanager(_page)(browser, live_server, phone=phone))
            sign_in(page, user)
            return page

        yield opened


@pytest.fixture
def screenshot() -> Screenshot:
    """Keep what the whole page looks like, for somebody to look at."""

    def keep(page: Page, name: str) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        assert page.viewport_size is not None
        path = SCREENSHOTS / f"{name}-{page.viewport_size['width']}.png"
        # Hiding the caret would leave style attributes behind, which a later answer may not bring.
        page.screenshot(path=path, full_page=True, caret="initial")
        return path

    return keep


@pytest.fixture
def audit() -> Audit:
    """Fail on anything axe objects to, and on a page that is wider than its window."""

    def look(page: Page) -> None:
        # A click leads on as soon as the next page begins, and axe cannot read one that is half there.
        page.wait_for_load_state()
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        results = AxeResults(page.evaluate(LOOK_WITH_AXE))
        assert results.violations_count == 0, results.generate_report()
        fits(page)

    return look
