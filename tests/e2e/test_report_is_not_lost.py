"""What somebody has written in a report stays: after a reload, a lost session, and somebody else in the same field."""

import pytest
from playwright.sync_api import expect

from reporting.models import MonthlyReport
from tests.e2e.demonstration import YEAR, named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
REPORT = f"/rapportering/101/{YEAR}-09/"
FIRST, SECOND = "Vi har leid inn vikarer for to stillinger.", "Fra november er begge stillingene besatt."
STATUS = "#lagret"


def explanation(page):
    return page.get_by_label("Hva skjer, og hva venter dere fremover?")


def write(page, text):
    explanation(page).fill(text)
    explanation(page).blur()


def stored():
    return MonthlyReport.objects.get(unit__code="101", month=f"{YEAR}-09-01").explanation


@pytest.fixture
def ingrid(phone_page, demonstration, sign_in):
    sign_in(phone_page, named("Ingrid Solbakken"))
    phone_page.goto(REPORT)
    return phone_page


def test_what_is_written_is_saved_by_itself_and_stands_there_after_a_reload(ingrid):
    before = ingrid.locator(STATUS).inner_text()
    write(ingrid, FIRST)
    expect(ingrid.locator("#forklaring .al-partmark").first).to_be_visible()
    expect(ingrid.locator(STATUS)).to_contain_text("Lagret kl.")
    ingrid.wait_for_function("text => document.querySelector('#lagret').innerText !== text || !text", arg=before)
    ingrid.reload()

    expect(explanation(ingrid)).to_have_value(FIRST)
    assert stored() == FIRST


def test_what_was_written_without_a_session_is_offered_after_the_next_sign_in(ingrid, sign_in, audit, screenshot):
    with ingrid.expect_response("**/felt/"):
        write(ingrid, FIRST)
    ingrid.context.clear_cookies()
    write(ingrid, SECOND)
    told = ingrid.get_by_role("alert").filter(has_text="Du er logget ut")
    expect(told).to_be_visible()
    expect(explanation(ingrid)).to_have_value(SECOND)
    screenshot(ingrid, "report-signed-out")
    audit(ingrid)
    assert stored() == FIRST

    sign_in(ingrid, named("Ingrid Solbakken"))
    ingrid.goto(REPORT)
    expect(ingrid.get_by_text("Vi tok vare på det du skrev før du ble logget ut.")).to_be_visible()
    screenshot(ingrid, "report-offered")
    audit(ingrid)
    with ingrid.expect_response("**/felt/"):
        ingrid.get_by_role("button", name="Sett inn teksten").click()

    expect(explanation(ingrid)).to_have_value(SECOND)
    ingrid.reload()
    expect(explanation(ingrid)).to_have_value(SECOND)
    assert stored() == SECOND


def test_two_who_write_in_one_field_are_told_and_neither_loses_a_word(ingrid, window, audit, screenshot):
    other = window(named("Ingrid Solbakken"))
    other.goto(REPORT)
    with ingrid.expect_response("**/felt/"):
        write(ingrid, FIRST)
    with other.expect_response("**/felt/"):
        write(other, SECOND)

    told = other.get_by_role("alert").filter(has_text="To har skrevet samtidig: Forklaring")
    expect(told).to_contain_text(FIRST)
    expect(explanation(other)).to_have_value(SECOND)
    screenshot(other, "report-conflict")
    audit(other)
    assert stored() == FIRST

    both = f"{FIRST} {SECOND}"
    with other.expect_response("**/felt/"):
        write(other, both)
    expect(told).to_have_count(0)
    assert stored() == both


def test_a_report_is_written_and_sent_without_scripts(scriptless_page, demonstration, sign_in, settings, screenshot):
    page = scriptless_page
    sign_in(page, named("Trond Eikeland"))
    page.goto(f"/rapportering/103/{YEAR}-09/")
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_text("Velg ja eller nei.")).to_be_visible()
    page.get_by_role("radio", name="Ja, som budsjett").check()
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapporten er sendt")

    page.get_by_role("button", name="Angre innsendingen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rapport for september")
