"""Targets of all units in one table: typed, pasted, and stopped where they would mean the opposite."""

from datetime import date

import pytest
from playwright.sync_api import expect

from scorecard.models import Target
from tests.e2e.demonstration import YEAR, named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NEXT = YEAR + 1
TARGETS = f"/oppsett/malekart/alna/{NEXT}/mal/"


@pytest.fixture
def page(any_page, demonstration, sign_in):
    sign_in(any_page, named("Mona Viken"))
    return any_page


def own_target(unit):
    return Target.objects.filter(unit__code=unit, indicator__code="sykefravaer", valid_from=date(NEXT, 1, 1)).first()


def test_more_than_9_9_percent_sick_leave_is_no_target(page, audit, screenshot):
    page.goto(f"{TARGETS}?indikator=sykefravaer&omrade=alle")
    cell = page.get_by_label("Bydel Alna, Sykefravær", exact=True)
    cell.fill(">9,9 %")
    page.get_by_role("button", name="Lagre målene").click()

    expect(page.get_by_role("alert").first).to_contain_text("Ingenting er lagret ennå. Rett dette først")
    expect(page.get_by_role("alert").first).to_contain_text("går mot retningen: lavere er bedre for denne indikatoren. Mente du")
    expect(cell).to_have_value(">9,9 %")
    audit(page)
    screenshot(page, "target-against-direction")

    cell.fill("<9,9 %")
    page.get_by_role("button", name="Lagre målene").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert own_target("alna").confirmed


def test_targets_pasted_from_a_spreadsheet_are_shown_before_they_are_saved(page, audit, screenshot):
    page.goto(TARGETS)
    page.get_by_role("link", name="Lim inn fra regneark").click()
    page.get_by_label("Lim inn fra regneark").fill(
        "Enhet\tSykefravær\tØkonomisk resultat\n402\t11,5 / 12,5\t\nUkjent enhet\t8\t\n502\tmye\t100"
    )
    page.get_by_role("button", name="Se hva som endres").click()
    expect(page.get_by_role("alert")).to_contain_text("Ukjent enhet")
    expect(page.get_by_role("alert")).to_contain_text("«mye» kan ikke leses som et mål.")
    assert own_target("402") is None
    audit(page)
    screenshot(page, "target-paste-faulty")

    page.get_by_label("Lim inn fra regneark").fill("Enhet\tSykefravær\n402\t11,5 / 12,5\n502\t12,5")
    page.get_by_role("button", name="Se hva som endres").click()
    expect(page.get_by_text("2 mål endres")).to_be_visible()
    expect(page.get_by_role("row", name="Hjemmetjenesten")).to_contain_text("11,5 / 12,5")
    audit(page)
    screenshot(page, "target-paste-preview")
    page.get_by_role("button", name="Bekreft og lagre").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Målekart {NEXT}")
    assert (own_target("402").value, own_target("402").yellow_limit) == (pytest.approx(11.5), pytest.approx(12.5))
    assert own_target("502") is not None


def test_a_percent_that_can_be_read_in_two_ways_asks_which(page, audit, screenshot):
    page.goto(f"{TARGETS}?indikator=lokale_satsinger&omrade=alle")
    page.get_by_label("Hjemmetjenesten, Gjennomføring av planlagte lokale satsinger", exact=True).fill("10 % bedre enn i fjor")
    page.get_by_role("button", name="Lagre målene").click()

    expect(page.get_by_role("alert").first).to_contain_text("Hjemmetjenesten, Gjennomføring av planlagte lokale satsinger")
    assert not Target.objects.filter(unit__code="402", indicator__code="lokale_satsinger", valid_from=date(NEXT, 1, 1)).exists()
    audit(page)
    screenshot(page, "target-two-ways")


def test_the_table_itself_takes_a_paste(wide_page, demonstration, sign_in):
    page = wide_page
    sign_in(page, named("Mona Viken"))
    page.goto(f"{TARGETS}?indikator=sykefravaer&omrade=alle")
    first = page.get_by_label("Barnehageenhet Ellingsrud, Sykefravær", exact=True)
    first.focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text/plain', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }""",
        "10,5\n10,2\n9,8",
    )

    expect(first).to_have_value("10,5")
    expect(page.get_by_label("Barnehageenhet Trosterud og Haugerud, Sykefravær", exact=True)).to_have_value("9,8")
