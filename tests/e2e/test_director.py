"""The director before a meeting: from the whole district to the row a figure came from."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.demonstration import YEAR, named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(any_page, demonstration, sign_in):
    sign_in(any_page, named("Ragnhild Aasheim"))
    any_page.goto("/")
    return any_page


def names_of(page):
    return page.locator(".al-heat tbody th a").all_inner_texts()


def test_three_clicks_from_a_colour_to_the_row_it_came_from(page, audit, screenshot):
    page.get_by_role("link", name="Se bydelen nå").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bydelen nå")
    by_code = names_of(page)
    page.get_by_label("Sorter etter").select_option(label="Største endring til det verre")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page).to_have_url(re.compile("sorter=endring"))
    assert sorted(names_of(page)) == sorted(by_code)
    assert names_of(page)[0] == "Haugentunet boliger"
    screenshot(page, "director-journey-sorted")

    worst = page.get_by_role("row", name="Haugentunet boliger")
    worst.get_by_role("link", name="Ikke nådd").last.click()  # 1
    expect(page).to_have_url(re.compile(f"/malekart/404/{YEAR}/"))
    indicator = (
        page.get_by_role("row")
        .filter(has_text="Ikke nådd")
        .get_by_role("link", name="Gjennomføring av planlagte lokale satsinger", exact=True)
    )
    indicator.click()  # 2
    expect(page.get_by_role("heading", level=1)).to_have_text("Gjennomføring av planlagte lokale satsinger")
    page.get_by_role("link", name="Slik er tallet regnet ut").click()  # 3

    expect(page.get_by_role("heading", name="Hvor tallet kom fra")).to_be_visible()
    source = page.locator(".al-card", has=page.get_by_role("heading", name="Hvor tallet kom fra"))
    expect(source).to_contain_text(f"lokale_satsinger, 404, {YEAR}-09")
    expect(source).to_contain_text("Siv Ødegård")
    audit(page)
    screenshot(page, "director-journey-source")


def test_only_what_fell(page):
    page.goto("/bydelen-na/")
    page.get_by_role("link", name="Gått ned").click()
    shown = page.locator(".al-heat tbody tr")

    assert 0 < shown.count() < 23
    expect(page.get_by_text(f"Viser {shown.count()} av 23 enheter.")).to_be_visible()


def test_a_choice_of_unit_takes_effect_without_a_button(page):
    page.goto(f"/malekart/alna/{YEAR}/")
    page.get_by_label("Enhet", exact=True).select_option(label="Hjemmetjenesten")

    expect(page).to_have_url(re.compile(f"/malekart/402/{YEAR}/"))
    expect(page.locator("caption")).to_contain_text(f"Målekart for {YEAR}, Hjemmetjenesten")
    page.go_back()
    expect(page.locator("caption")).to_contain_text(f"Målekart for {YEAR}, Bydel Alna")
