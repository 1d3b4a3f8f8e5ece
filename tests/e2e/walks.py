"""A walk through many pages, each looked at in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page

from tests.e2e.addresses import Visit

# A chart is drawn when its picture is there; where there is none, or Plotly was not fetched, there is nothing to wait for.
DRAWN = "() => !window.Plotly || [...document.querySelectorAll('[data-plotly]')].every(place => place.querySelector('.main-svg'))"


def walk(
    page: Page, visits: Iterable[Visit], who: str, *, audit: Callable[[Page], None], screenshot: Callable[[Page, str], Path]
) -> list[str]:
    """What is wrong with any of the pages. All are visited, so that one look shows everything."""
    errors: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    page.on("console", hear)
    wrong: list[str] = []
    for visit in visits:
        errors.clear()
        answer = page.goto(visit.address)
        page.wait_for_function(DRAWN)
        screenshot(page, f"{who}-{visit.name}")
        found = [*errors, *_wrong_with(page, answer.status if answer else 0), *_objections(page, audit)]
        wrong += [f"{visit.name} {visit.address}: {each}" for each in found]
    return wrong


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
