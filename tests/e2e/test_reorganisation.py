"""An administrator moves a unit from a day, and the målekart follows."""

import pytest
from playwright.sync_api import expect

from organisation.models import ParentLink
from tests.e2e.demonstration import YEAR, named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(any_page, demonstration, sign_in):
    sign_in(any_page, named("Mona Viken"))
    return any_page


def move(page, day):
    page.goto("/administrasjon/enheter/enhet/405/")
    page.get_by_role("link", name="Flytt enheten").click()
    page.get_by_label("Ny enhet over").select_option(label="404 Haugentunet boliger")
    page.get_by_label("Gjelder fra").fill(day)
    page.get_by_role("button", name="Se hvordan det blir").click()
    expect(page.get_by_role("heading", name="Slik blir det fra")).to_be_visible()


def coverage(page):
    """What the page of an indicator says about how many units the district's figure rests on."""
    page.goto("/malekart/alna/indikator/lokale_satsinger/")
    return page.locator(".al-now").inner_text(), page.get_by_role("region", name="Enhetene under").inner_text()


def test_a_move_is_shown_before_it_is_done_and_the_figures_follow_the_tree(page, audit, screenshot):
    say, below = coverage(page)
    assert "av 23 enheter" in say
    assert "405 Botiltak for utviklingshemmede" in below

    move(page, f"{YEAR}-01-01")
    row = page.get_by_role("row", name="Botiltak for utviklingshemmede")
    expect(row).to_contain_text("Bydel Alna / Haugentunet boliger")
    expect(page.get_by_text("regnes sammen på nytt etter den nye organisasjonen")).to_be_visible()
    audit(page)
    screenshot(page, "move-preview")
    assert not ParentLink.objects.filter(parent__code="404").exists()
    page.get_by_role("button", name="Bekreft").click()
    expect(page.get_by_text("Flyttingen er lagret.")).to_be_visible()
    screenshot(page, "move-done")

    say, below = coverage(page)
    assert "av 22 enheter" in say
    assert "405 Botiltak for utviklingshemmede" not in below
    page.goto("/malekart/404/indikator/lokale_satsinger/")
    expect(page.get_by_role("region", name="Enhetene under")).to_contain_text("405 Botiltak for utviklingshemmede")


def test_a_move_on_a_day_to_come_changes_nothing_yet(page):
    move(page, f"{YEAR + 1}-01-01")
    page.get_by_role("button", name="Bekreft").click()
    expect(page.get_by_text("Flyttingen er lagret.")).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"1. januar {YEAR + 1}")

    assert "av 23 enheter" in coverage(page)[0]


def test_a_unit_cannot_be_placed_below_itself(page, audit):
    page.goto("/administrasjon/enheter/enhet/405/flytt/")
    options = page.get_by_label("Ny enhet over").locator("option").all_inner_texts()
    assert not [option for option in options if option.startswith("405")]

    page.get_by_label("Ny enhet over").select_option(label="404 Haugentunet boliger")
    page.get_by_label("Gjelder fra").fill("1999-01-01")
    page.get_by_role("button", name="Se hvordan det blir").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Gjelder fra")).to_have_value("1999-01-01")
    audit(page)
