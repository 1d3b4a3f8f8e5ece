"""An administrator makes next year's målekart; the director sends it back once and publishes it."""

import re

import pytest
from playwright.sync_api import expect

from scorecard.models import Scorecard, SuccessFactor
from scorecard.rules.lifecycle import State
from tests.e2e.demonstration import YEAR, named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NEXT = YEAR + 1
CARD = f"/oppsett/malekart/alna/{NEXT}/"
FACTOR, INDICATOR = "Barn får hjelp i tide", "Undersøkelser ferdig innen fristen"


@pytest.fixture
def page(any_page, demonstration, sign_in):
    sign_in(any_page, named("Mona Viken"))
    return any_page


def heading(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def add_factor_and_indicator(page, weight):
    """A success factor in the first focus area, with an indicator from the library."""
    page.goto(CARD)
    page.get_by_role("link", name=re.compile("Legg til suksessfaktor.*Brukere og tjenester")).click()
    page.get_by_label("Kritisk suksessfaktor").fill(FACTOR)
    page.get_by_role("button", name="Lagre").click()
    page.get_by_role("link", name=re.compile(f"Legg til indikator.*{FACTOR}")).click()
    page.get_by_label("Indikator", exact=True).select_option(label=INDICATOR)
    page.get_by_label("Vekt").fill(weight)
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator(".al-tree__placed", has_text=INDICATOR)).to_be_visible()


def tab_to(page, name):
    """The way of somebody who has no mouse."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim().replace(/\\s+/g, ' ')") == name:
            return
    raise AssertionError(f"«{name}» is not reached with the keyboard")


def test_a_copy_of_last_years_gets_an_indicator_that_is_moved_with_the_keyboard(page, audit, screenshot):
    Scorecard.objects.filter(state=State.DRAFT).delete()
    page.goto("/oppsett/malekart/")
    page.get_by_role("link", name="Nytt målekart").click()
    page.get_by_label("Enhet", exact=True).select_option(label="Bydel Alna")
    page.get_by_label("År", exact=True).fill(str(NEXT))
    page.get_by_label("Begynn med").select_option(label=f"Kopi av {YEAR}, Bydel Alna")
    page.get_by_role("button", name="Lag målekart").click()
    heading(page, f"Målekart {NEXT}")
    expect(page.locator("main")).to_contain_text("4 fokusområder, 10 indikatorer")

    add_factor_and_indicator(page, "20")
    expect(page.locator("main")).to_contain_text("Vekter 120 av 100")
    audit(page)
    screenshot(page, "setup-tree")

    page.locator("h1").click()
    tab_to(page, f"Flytt opp: {FACTOR}")
    page.keyboard.press("Enter")
    factors = page.locator(".al-tree").first.locator("h3")
    expect(factors).to_have_text(["Tjenester med rett kvalitet", FACTOR, "Kontakt med bruker"])
    moved = SuccessFactor.objects.get(name=FACTOR)
    assert page.url.endswith(f"#faktor-{moved.pk}")
    page.get_by_role("link", name="Endringer").click()
    expect(page.locator("main")).to_contain_text(FACTOR)
    screenshot(page, "setup-log")


def test_weights_that_are_not_a_hundred_are_told_and_stop_the_card(page, audit, screenshot):
    add_factor_and_indicator(page, "20")
    page.get_by_role("link", name="Kontroll").click()
    expect(page.locator("main")).to_contain_text("Vektene i Brukere og tjenester er 120 til sammen. De skal være 100.")
    page.get_by_role("button", name="Send til godkjenning").click()
    expect(page.locator("main")).to_contain_text("Målekartet har feil som må rettes først.")
    assert Scorecard.objects.get(unit__code="alna", year=NEXT).state == State.DRAFT
    audit(page)
    screenshot(page, "setup-check")

    page.get_by_role("link", name="Vekter", exact=True).click()
    weight = page.get_by_label("Brukertilfredshet – samlet, Vekt", exact=True)
    weight.fill("mye")
    page.get_by_role("button", name="Lagre vektene").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(weight).to_have_value("mye")
    weight.fill("50")
    page.get_by_role("button", name="Lagre vektene").click()
    expect(page.locator("main")).to_contain_text("Brukere og tjenester har vekter på 110 til sammen.")
    weight.fill("40")
    page.get_by_role("button", name="Lagre vektene").click()
    expect(page.locator("main")).not_to_contain_text("har vekter på")
    page.get_by_role("link", name="Kontroll").click()
    expect(page.locator("main")).not_to_contain_text("Vektene i Brukere og tjenester")


def confirm_targets(page):
    page.goto(f"{CARD}mal/")
    page.get_by_role("button", name="Bekreft målene").click()
    expect(page.get_by_text("Ikke bekreftet: målene er hentet fra i fjor")).to_have_count(0)


def send(page):
    page.goto(f"{CARD}kontroll/")
    expect(page.get_by_text("Ingenting må rettes.")).to_be_visible()
    page.get_by_role("button", name="Send til godkjenning").click()
    expect(page.locator("main")).to_contain_text("Målekartet er sendt til godkjenning.")


def test_preview_sending_return_with_a_reason_and_publishing(page, sign_in, audit, screenshot):
    confirm_targets(page)
    page.goto(CARD)
    page.get_by_role("link", name="Forhåndsvisning").click()
    page.get_by_role("link", name="Politiker").click()
    expect(page.locator("main")).to_contain_text("Politikere ser bare det som er publisert")
    expect(page.locator("main")).not_to_contain_text("Ikke bekreftet")
    audit(page)
    screenshot(page, "setup-preview")
    send(page)
    page.goto(CARD)
    expect(page.get_by_role("link", name="Nytt fokusområde")).to_have_count(0)

    sign_in(page, named("Ragnhild Aasheim"))
    page.goto("/")
    page.get_by_role("link", name=f"Godkjenn målekartet for {NEXT}").click()
    page.get_by_role("button", name="Send tilbake til utkast").click()
    expect(page.get_by_role("alert")).to_be_visible()
    audit(page)
    screenshot(page, "approval-error")
    page.get_by_label("Hvorfor").fill("Sykefraværsmålet må drøftes med tillitsvalgte først.")
    page.get_by_role("button", name="Send tilbake til utkast").click()
    assert Scorecard.objects.get(unit__code="alna", year=NEXT).state == State.DRAFT

    sign_in(page, named("Mona Viken"))
    page.goto(f"{CARD}endringer/")
    expect(page.locator("main")).to_contain_text("Sykefraværsmålet må drøftes med tillitsvalgte først.")
    send(page)

    sign_in(page, named("Ragnhild Aasheim"))
    page.goto("/godkjenning/malekart/")
    page.get_by_role("link", name=f"Målekart {NEXT}, Bydel Alna").click()
    page.get_by_role("button", name="Publiser målekartet").click()
    expect(page.get_by_role("button", name="Publiser målekartet")).to_have_count(0)
    page.goto(f"/malekart/alna/{NEXT}/")
    heading(page, f"Målekart {NEXT}")
    expect(page.locator("main")).to_contain_text("Målekartet er publisert.")
    screenshot(page, "approval-published")


def test_two_windows_the_second_is_told_that_something_has_changed(page):
    other = page.context.new_page()
    page.goto(f"{CARD}vekter/")
    other.goto(f"{CARD}vekter/")
    other.get_by_label("Sykefravær, Vekt", exact=True).fill("41")
    other.get_by_role("button", name="Lagre vektene").click()
    expect(other.locator("main")).to_contain_text("Vektene er lagret.")

    page.get_by_label("Sykefravær, Vekt", exact=True).fill("35")
    page.get_by_role("button", name="Lagre vektene").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Sykefravær, Vekt", exact=True)).to_have_value("35")
