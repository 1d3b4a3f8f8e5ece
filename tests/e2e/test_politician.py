"""A politician reads what is published, and nothing else."""

import pytest
from playwright.sync_api import expect

from scorecard.models import Snapshot
from tests.e2e.demonstration import YEAR, named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(any_page, demonstration, sign_in):
    sign_in(any_page, named("Liv Torunn Berge"))
    return any_page


def test_the_first_page_is_what_is_published_and_the_menu_leads_nowhere_else(page, audit, screenshot):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Publiserte resultater")
    expect(page.get_by_role("link", name="Målekart")).to_have_count(Snapshot.objects.count())
    hrefs = page.locator("header a, nav a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert not [
        href for href in hrefs if href.startswith(("/bydelen-na", "/malekart/alna", "/malekart/verdier", "/oppsett", "/godkjenning"))
    ]

    page.get_by_role("link", name=f"Målekart {YEAR}, 2. tertial").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Målekart {YEAR}, 2. tertial")
    expect(page.locator("main")).to_contain_text("Sykefravær")
    expect(page.locator("main")).to_contain_text("2. tertial")
    assert page.locator("main table a").count() == 0
    audit(page)
    screenshot(page, "politician-snapshot")


@pytest.mark.parametrize(
    "address",
    ["/bydelen-na/", f"/malekart/402/{YEAR}/", "/malekart/402/indikator/sykefravaer/", "/malekart/verdier/402/", "/oppsett/malekart/"],
)
def test_an_address_typed_by_hand_is_a_page_that_is_not_there(page, address, audit):
    answer = page.goto(address)

    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Siden finnes ikke")
    assert "Hjemmetjenesten" not in page.content()
    audit(page)
    page.get_by_role("link", name="Gå til forsiden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Publiserte resultater")


def test_figures_that_are_corrected_later_do_not_change_what_is_published(page, sign_in):
    page.goto(f"/malekart/publisert/{Snapshot.objects.get(title=f'Målekart {YEAR}, 2. tertial').pk}/")
    before = page.locator("main").inner_text()
    leader = named("Sunniva Dahle")
    sign_in(page, leader)
    page.goto(f"/malekart/402/indikator/okonomisk_resultat/{YEAR}-08/rediger/")
    page.get_by_label("Teller", exact=True).fill("150 000")
    page.get_by_label("Hvorfor rettes tallet?").fill("Prøve")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_label("Ja, tallet er riktig").check()
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_text("1 tall rettet.")).to_be_visible()

    sign_in(page, named("Liv Torunn Berge"))
    page.goto("/malekart/publisert/")
    page.get_by_role("link", name=f"Målekart {YEAR}, 2. tertial").click()

    assert page.locator("main").inner_text() == before
