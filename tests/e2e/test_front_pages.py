"""The front pages in a browser: what to talk about, the wall turned by keys and by links, and the search by «/»."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.demonstration import named
from tests.e2e.walks import press

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WALL = "/bydelen-na/presentasjon/"


@pytest.fixture
def director(demonstration):
    return named("Ragnhild Aasheim")


def test_from_the_list_of_what_to_talk_about_to_an_action(any_page, director, sign_in, audit, screenshot):
    page = any_page
    sign_in(page, director)
    page.goto("/bydelen-na/")
    first = page.locator(".al-talk").first
    expect(first.locator("details")).to_have_attribute("open", "")
    page.locator(".al-talk summary").nth(1).click()
    expect(page.locator(".al-talk details[open]")).to_have_count(1)
    audit(page)
    screenshot(page, "front-talk")

    second = page.locator(".al-talk").nth(1)
    unit = second.locator("strong").inner_text()
    second.get_by_role("link", name="Lag tiltak").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Lag tiltak")
    expect(page.locator("main")).to_contain_text(unit)


def test_the_wall_is_turned_by_keys(wide_page, director, sign_in, audit, screenshot):
    page = wide_page
    sign_in(page, director)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("/bydelen-na/")
    page.get_by_role("link", name="Vis på storskjerm").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Fokusområdene")
    expect(page.locator("nav[aria-label=Hovedmeny]")).to_have_count(0)

    press(page, "ArrowRight")
    expect(heading).to_have_text("Økonomien")
    press(page, "PageDown")
    expect(heading).to_have_text(re.compile("^Enhetene 1"))
    audit(page)
    screenshot(page, "front-wall-units")
    press(page, "ArrowLeft")
    expect(heading).to_have_text("Økonomien")

    page.goto(f"{WALL}?side=snakk")
    screenshot(page, "front-wall-talk")
    press(page, "ArrowRight")
    expect(page).to_have_url(re.compile("side=enhet-"))
    audit(page)
    press(page, "Escape")
    expect(page).to_have_url(re.compile(r"/bydelen-na/\?enhet=alna$"))


def test_the_wall_is_turned_by_links_alone(scriptless_page, director, sign_in):
    page = scriptless_page
    sign_in(page, director)
    page.goto(WALL)
    seen = [page.get_by_role("heading", level=1).inner_text()]
    while page.get_by_role("link", name="Neste", exact=True).count():
        page.get_by_role("link", name="Neste", exact=True).click()
        seen.append(page.get_by_role("heading", level=1).inner_text())

    assert len(seen) == len(set(seen)) > 6
    page.get_by_role("link", name="Ferdig", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bydelen nå")


def test_every_step_of_the_wall_fits_a_phone(phone_page, director, sign_in, audit):
    page = phone_page
    sign_in(page, director)
    for side in ("omrader", "okonomi", "enheter", "snakk", "enhet-404"):
        page.goto(f"{WALL}?side={side}")
        audit(page)


def test_a_stroke_leads_to_the_search_and_never_into_what_one_writes(wide_page, director, sign_in, audit):
    page = wide_page
    sign_in(page, director)
    page.goto("/bydelen-na/")
    press(page, "/")
    expect(page.locator("#sok")).to_be_focused()
    page.keyboard.type("hjem/")
    expect(page.locator("#sok")).to_have_value("hjem/")
    page.locator("#sok").fill("HJEMMETJEN")
    press(page, "Enter")

    expect(page.get_by_role("status")).to_contain_text("treff på «HJEMMETJEN»")
    audit(page)
    page.get_by_role("link", name="Hjemmetjenesten 402").click()
    expect(page).to_have_url(re.compile("/malekart/402/"))


def test_the_search_on_a_phone_lies_in_the_menu(phone_page, director, sign_in, audit, screenshot):
    page = phone_page
    sign_in(page, director)
    page.goto("/")
    page.locator(".al-menu > summary").click()
    page.locator("#sok-meny").fill("okonomi")
    press(page, "Enter")

    expect(page.get_by_role("link", name="Økonomisk resultat")).to_be_visible()
    audit(page)
    screenshot(page, "front-search")
