"""English and back, on the same page."""

import pytest
from playwright.sync_api import expect

from tests.e2e.demonstration import named
from tests.e2e.test_sign_in import open_own_menu

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_the_same_page_in_english_and_back(any_page, demonstration, sign_in, audit, screenshot):
    page, director = any_page, named("Ragnhild Aasheim")
    sign_in(page, director)
    page.goto("/bydelen-na/?sorter=endring")
    open_own_menu(page, director)
    page.get_by_role("button", name="English").filter(visible=True).click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("The district now")
    assert page.url.endswith("/bydelen-na/?sorter=endring")
    expect(page.locator("main")).not_to_contain_text("Vis bare")
    audit(page)
    screenshot(page, "english-now")
    page.goto("/malekart/402/indikator/okonomisk_resultat/")
    expect(page.locator("[data-plotly] .main-svg").first).to_be_visible()
    expect(page.get_by_role("button", name="Last ned bildet")).to_have_count(0)
    screenshot(page, "english-indicator")

    open_own_menu(page, director)
    page.get_by_role("button", name="Norsk").filter(visible=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    expect(page.get_by_role("heading", level=1)).to_have_text("Økonomisk resultat")


def test_the_choice_is_there_before_one_signs_in(any_page):
    page = any_page
    page.goto("/konto/login/")
    page.locator("header summary").filter(visible=True).click()
    page.get_by_role("button", name="English").filter(visible=True).click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()
