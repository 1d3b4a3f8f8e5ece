"""A locked report is put right, in words longer than a phone is wide, and says so where it is read."""

import pytest
from playwright.sync_api import expect

from tests.e2e.demonstration import YEAR, named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LONG = "medarbeiderundersøkelsesresultatgjennomgang" * 3


def test_a_correction_in_long_words_is_read_on_any_window(any_page, demonstration, sign_in, audit, screenshot):
    page = any_page
    sign_in(page, named("Ragnhild Aasheim"))
    page.goto(f"/rapportering/godkjenning/alna/{YEAR}-08/402/rett/")
    page.get_by_label("Forklaring").fill(LONG)
    page.get_by_label("Hvorfor rettes det?").fill(f"Feil: {LONG}")
    page.get_by_role("button", name="Lagre rettelsen").click()
    expect(page.get_by_role("status")).to_contain_text("Rettelsen er lagret som versjon 2.")
    audit(page)
    screenshot(page, "correction-versions")

    page.goto(f"/rapportering/402/{YEAR}-08/les/")
    expect(page.locator("main")).to_contain_text(f"Feil: {LONG}")
    audit(page)
    screenshot(page, "correction-read")
    page.get_by_role("link", name="Se versjonene").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Versjoner av rapporten")
