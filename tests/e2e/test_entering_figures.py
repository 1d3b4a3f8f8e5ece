"""A unit leader on a phone, with and without scripts, and a controller with a spreadsheet."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from scorecard.models import Measurement
from tests.e2e.demonstration import YEAR, named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OCTOBER = f"{YEAR}-10"


@pytest.fixture
def november(demonstration, settings):
    """A month after the demonstration was filled: October is over, and nobody has entered it."""
    settings.ALNA_TODAY = date(YEAR, 11, 10)


@pytest.fixture(params=["phone_page", "scriptless_page"])
def leader(request, november, sign_in):
    """Ingrid Solbakken's phone."""
    page = request.getfixturevalue(request.param)
    sign_in(page, named("Ingrid Solbakken"))
    return page


def save(page):
    page.get_by_role("button", name="Lagre", exact=True).click()


def october(unit):
    return Measurement.objects.filter(unit__code=unit, period_start=date(YEAR, 10, 1))


def test_what_was_typed_stays_until_it_can_be_saved_and_a_correction_keeps_the_first_figure(leader, request, audit, screenshot):
    page, with_scripts = leader, "phone_page" in request.fixturenames
    page.goto("/")
    page.get_by_role("link", name="tall for Barnehageenhet Furuset").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Før inn tall")
    expect(page.get_by_text(f"Tall for oktober {YEAR}")).to_be_visible()

    # Something cannot be read: nothing is stored, nothing is lost.
    page.get_by_label("Økonomisk resultat, Teller", exact=True).fill("41 050")
    page.get_by_label("Økonomisk resultat, Nevner", exact=True).fill("førti tusen")
    page.get_by_label("Økonomisk resultat, Merknad", exact=True).fill("To vikarer fra 1. oktober.")
    page.get_by_label("Gjennomføring av planlagte lokale satsinger, Teller", exact=True).fill("23")
    page.get_by_label("Gjennomføring av planlagte lokale satsinger, Nevner", exact=True).fill("25")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Økonomisk resultat, Nevner: ")
    expect(page.get_by_label("Økonomisk resultat, Teller", exact=True)).to_have_value("41 050")
    expect(page.get_by_label("Økonomisk resultat, Nevner", exact=True)).to_have_value("førti tusen")
    expect(page.get_by_label("Økonomisk resultat, Merknad", exact=True)).to_have_value("To vikarer fra 1. oktober.")
    expect(page.get_by_label("Gjennomføring av planlagte lokale satsinger, Teller", exact=True)).to_have_value("23")
    assert not october("101").exists()
    if with_scripts:
        audit(page)
        screenshot(page, "leader-error")

    page.get_by_label("Økonomisk resultat, Nevner", exact=True).fill("41 000")
    save(page)
    expect(page.get_by_text("2 tall lagret.")).to_be_visible()

    # The saved figure was wrong: a correction asks why, and keeps what was typed while it asks.
    page.get_by_role("link", name=re.compile("Rett eller se historikk.*Økonomisk resultat")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Økonomisk resultat")
    page.get_by_label("Teller", exact=True).fill("41 200")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Skriv hvorfor tallet rettes.")
    expect(page.get_by_label("Teller", exact=True)).to_have_value("41 200")
    page.get_by_label("Hvorfor rettes tallet?").fill("En faktura kom sent.")
    save(page)

    versions = page.get_by_role("region", name="Versjoner").get_by_role("listitem")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("100,49 %")
    expect(versions.first).to_contain_text("Gjelder nå")
    expect(versions.first).to_contain_text("Rettet fordi: En faktura kom sent.")
    expect(versions.last).to_contain_text("100,12 %")
    if with_scripts:
        audit(page)
        screenshot(page, "leader-versions")


def test_a_figure_far_from_the_last_is_asked_about_once(leader):
    page = leader
    page.goto(f"/malekart/verdier/101/?periode={OCTOBER}")
    page.get_by_label("Økonomisk resultat, Teller", exact=True).fill("410 500")
    page.get_by_label("Økonomisk resultat, Nevner", exact=True).fill("41 000")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Er det riktig?")
    assert not october("101").exists()

    page.get_by_label("Ja, tallet er riktig: Økonomisk resultat").check()
    save(page)

    expect(page.get_by_text("1 tall lagret.")).to_be_visible()


PASTED = """Enhetskode\tIndikator\tPeriode\tTeller\tNevner\tMerknad
101\tØkonomisk resultat\t{period}\t41 050\t41 000\t
402\tokonomisk_resultat\t{period}\t98 300\t96 000\tVikarer
402\tSykefravær\t{period}\tmange\t2 400\t
"""


def test_a_controller_pastes_a_table_and_sees_what_will_be_stored_before_it_is(wide_page, november, sign_in, audit, screenshot):
    page = wide_page
    sign_in(page, named("Siv Ødegård"))
    page.goto("/malekart/verdier/alna/")
    page.get_by_role("link", name="Lim inn fra regneark").click()
    page.get_by_label("Tall fra regneark").fill(PASTED.format(period=OCTOBER))
    page.get_by_role("button", name="Kontroller").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se over tallene")
    expect(page.get_by_role("alert")).to_contain_text("1 rad må rettes")
    expect(page.get_by_role("button", name="Lagre")).to_have_count(0)
    audit(page)
    screenshot(page, "controller-faulty")

    page.get_by_text("Det du limte inn").click()
    page.get_by_label("Tall fra regneark").fill(PASTED.format(period=OCTOBER).replace("mange", "324"))
    page.get_by_role("button", name="Kontroller").click()
    expect(page.get_by_text("Nye tall: 3.")).to_be_visible()
    assert not october("402").exists()
    audit(page)
    screenshot(page, "controller-preview")
    page.get_by_role("button", name="Lagre 3 tall").click()

    expect(page.get_by_text("3 tall lagret.")).to_be_visible()
    assert october("402").count() == 2
    assert october("101").get().source_place


def test_a_spreadsheets_cells_spread_over_the_grid(wide_page, november, sign_in):
    page = wide_page
    sign_in(page, named("Ingrid Solbakken"))
    page.goto(f"/malekart/verdier/101/?periode={OCTOBER}")
    first = page.get_by_label("Sykefravær, Teller", exact=True)
    first.focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text/plain', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }""",
        "61,5\t575\n41 050\t41 000",
    )

    expect(first).to_have_value("61,5")
    expect(page.get_by_label("Sykefravær, Nevner", exact=True)).to_have_value("575")
    expect(page.get_by_label("Økonomisk resultat, Nevner", exact=True)).to_have_value("41 000")
    expect(page.get_by_text("Tallene er limt inn. Se over dem før du lagrer.")).to_be_visible()
    save(page)
    expect(page.get_by_text("2 tall lagret.")).to_be_visible()
