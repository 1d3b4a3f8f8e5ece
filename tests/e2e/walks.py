"""A walk through many pages, each looked at in the same way."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, ViewportSize
from playwright.sync_api import TimeoutError as NotInTime

from tests.e2e.addresses import Visit

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# Not the width that is seen: a phone moves away from a page that is too wide, until all of it is seen, in letters nobody can read.
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
FITS = f"() => {{ const [page, room] = {WIDTHS}; return page <= room; }}"
# A drawing is as wide as its window a moment after the window.
DRAWING_FOLLOWS = 3_000
# A chart is drawn when its picture is there; where there is none, or Plotly was not fetched, there is nothing to wait for.
DRAWN = "() => !window.Plotly || [...document.querySelectorAll('[data-plotly]')].every(place => place.querySelector('.main-svg'))"


def walk(
    page: Page,
    visits: Iterable[Visit],
    who: str,
    *,
    audit: Callable[[Page], None],
    screenshot: Callable[[Page, str], Path],
    known: Collection[str] = (),
    by_phone: bool = False,
) -> list[str]:
    """What is wrong with any of the pages, wide or on a phone. All are visited, so that one look shows everything.

    A page that is `known`, since somebody else's walk looks through it wide and on a phone, is looked through as this person mostly has
    it, and fits its window both ways.
    """
    errors: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    page.on("console", hear)
    hand = Hand(page)
    wrong: list[str] = []
    for visit in visits:
        errors.clear()
        hand.takes_the_mouse()
        answer = page.goto(visit.address)
        page.wait_for_function(DRAWN)
        is_new = visit.name not in known
        found = [*_wrong_with(page, answer.status if answer else 0), *_objections(page, audit if is_new or not by_phone else fits)]
        _keep(page, f"{who}-{visit.name}", screenshot, found)
        hand.takes_a_phone()
        on_phone = [f"on a phone: {each}" for each in _objections(page, audit if is_new or by_phone else fits)]
        _keep(page, f"{who}-{visit.name}", screenshot, on_phone)
        wrong += [f"{visit.name} {visit.address}: {each}" for each in (*errors, *found, *on_phone)]
    return wrong


def fits(page: Page) -> None:
    """Fail on a page that is wider than its window."""
    with suppress(NotInTime):
        page.wait_for_function(FITS, timeout=DRAWING_FOLLOWS)
    wide, window = page.evaluate(WIDTHS)
    assert wide <= window, f"the page is {wide} pixels wide in a window of {window}"


def press(page: Page, key: str) -> None:
    """A key for the page's own scripts: pressed before they have come, it would go unheard."""
    page.wait_for_load_state()
    page.keyboard.press(key)


class Hand:
    """Turns a page from a wide window with a mouse into a phone with fingers and back, as it stands: it is not asked for again."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.browser = page.context.new_cdp_session(page)

    def takes_the_mouse(self) -> None:
        self.browser.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        self.page.set_viewport_size(WIDE)

    def takes_a_phone(self) -> None:
        self.browser.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        self.page.set_viewport_size(PHONE)


def _keep(page: Page, name: str, screenshot: Callable[[Page, str], Path], found: list[str]) -> None:
    """A picture to look at; where nobody looks, only of what is wrong."""
    if found or not os.environ.get("CI"):
        screenshot(page, name)


def _wrong_with(page: Page, status: int) -> list[str]:
    found = [] if status == 200 else [f"answered {status}"]
    title = page.title()
    if not title.endswith(" – Alna") or not title.removesuffix(" – Alna").strip():
        found.append(f"the title is «{title}»")
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} headings of the first level")
    return found


def _objections(page: Page, audit: Callable[[Page], None]) -> list[str]:
    try:
        audit(page)
    except AssertionError as error:
        return [str(error)]
    return []
