"""«Slik det var kjent på dato»: what one knew then, without what came later."""

import pytest
from playwright.sync_api import expect

from tests.e2e.demonstration import named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(any_page, demonstration, sign_in):
    sign_in(any_page, named("Siv Ødegård"))
    return any_page


def test_the_card_of_2009_as_it_was_known_on_its_first_day(page, audit, screenshot):
    page.goto("/malekart/alna/2009/")
    sick_leave = page.get_by_role("row").filter(has=page.get_by_role("link", name="Sykefravær"))
    satisfied = page.get_by_role("row").filter(has=page.get_by_role("link", name="Medarbeidertilfredshet – samlet"))
    expect(sick_leave).to_contain_text("10,5 %")
    expect(sick_leave).to_contain_text("Målt 2008")
    expect(satisfied).to_contain_text("Målt 2008")

    page.get_by_label("Slik det var kjent på dato").fill("01.01.2009")
    page.get_by_label("Slik det var kjent på dato").press("Enter")

    expect(page.get_by_text("Slik det var kjent 1. januar 2009.")).to_be_visible()
    expect(sick_leave).to_contain_text("10,7 %")
    expect(sick_leave).to_contain_text("Målt 2007")
    expect(satisfied).to_contain_text("Målt 2007")
    expect(page.get_by_text("To av ti indikatorer er nådd")).to_be_visible()
    audit(page)
    screenshot(page, "known-card")

    page.get_by_role("link", name="Vis slik det er nå").click()
    expect(sick_leave).to_contain_text("10,5 %")


def test_a_day_that_cannot_be_read_is_answered_with_how_to_write_it(page):
    page.goto("/malekart/alna/2009/")
    page.get_by_label("Slik det var kjent på dato").fill("i fjor")
    page.get_by_label("Slik det var kjent på dato").press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Skriv en dato, for eksempel 31.12.")
    expect(page.get_by_label("Slik det var kjent på dato")).to_have_value("i fjor")


def test_an_indicator_as_it_was_known(page, audit, screenshot):
    page.goto("/malekart/alna/indikator/sykefravaer/?vis=alt")
    table = page.get_by_role("region", name="De samme tallene")
    expect(table).to_contain_text("10,5")
    page.get_by_label("Slik det var kjent på dato").fill("2009-01-01")
    page.get_by_role("button", name="Vis", exact=True).click()

    expect(page.get_by_text("Slik var det kjent 1. januar 2009.")).to_be_visible()
    expect(table).to_contain_text("10,7")
    expect(table).not_to_contain_text("10,5")
    expect(page.get_by_role("region", name="Siste tall")).to_contain_text("10,7")
    audit(page)
    screenshot(page, "known-indicator")

    page.get_by_role("link", name="Vis dagens tall").click()
    expect(table).to_contain_text("10,5")
