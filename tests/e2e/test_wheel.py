"""The year of one unit, from the wheel to its months, and the wheel on paper: the file, and what the browser itself prints."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from annualcycle.rules.kinds import Scope, TaskState
from common.deadlines import Lane
from organisation.rules.access import Role
from tests.annualcycle.sheets import LANDSCAPE, sheets_of, words_of
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WHEEL = "/styringshjul/alna/2026/"
LANES = list(Lane)
# What is left of a landscape A4 within its margins, in the browser's pixels.
ROOM = {"width": 1046, "height": 733}


@pytest.fixture
def director(settings):
    """Of a year of eighty activities with long names; unit 402 has done its plan, 403 has not."""
    settings.ALNA_TODAY = date(2026, 10, 9)
    district = DistrictFactory(code="alna", name="Bydel Alna")
    units = [UnitFactory(code=code, name=name, parent=district) for code, name in (("402", "Hjemmetjenesten"), ("403", "Sykehjemmet"))]
    plan = ActivityFactory(district=district, title="Årsplan levert", short="Årsplan", due_on=date(2026, 2, 27), scope=Scope.UNITS)
    TaskFactory(activity=plan, unit=units[0], state=TaskState.DONE, done_on=date(2026, 2, 20))
    TaskFactory(activity=plan, unit=units[1])
    for n in range(79):
        day = date(2026, 1, 1) + timedelta(days=(n * 37) % 365)
        title = "Gjennomgang av internkontrolldokumentasjonen og kvalitetsforbedringstiltakene i alle enhetene"
        ActivityFactory(district=district, title=title, short="MMMM WWWW OPPSUMMERING MMMM", due_on=day, lane=LANES[n % 4])
    for n in range(12):
        ActionFactory(unit=units[n % 2], title="Nye kjøreruter for kveldsvaktene", due_on=date(2026, n + 1, 13))
    return person(Role.DIRECTOR, district)


def test_the_year_of_one_unit(any_page, sign_in, director, screenshot, audit):
    page = any_page
    sign_in(page, director)
    page.goto(WHEEL)
    audit(page)
    screenshot(page, "wheel-crowded")
    page.locator("summary").filter(has_text="Andre frister").first.click()
    expect(page.get_by_text("Fra tiltak").first).to_be_visible()
    audit(page)
    page.get_by_label("Vis for").select_option("403")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_text("0 av 1 aktiviteter er ferdige. Én er over fristen.")).to_be_visible()
    audit(page)
    screenshot(page, "wheel-unit")
    page.get_by_role("link", name="Måned", exact=True).click()
    expect(page.get_by_text("for 403 Sykehjemmet")).to_be_visible()
    audit(page)
    page.get_by_role("link", name="Hjul og liste").click()
    expect(page.get_by_label("Vis for")).to_have_value("403")


def test_the_file_of_a_crowded_year(wide_page, sign_in, director):
    page = wide_page
    sign_in(page, director)
    page.goto(WHEEL)
    with page.expect_download() as found:
        page.get_by_role("link", name="Skriv ut (PDF)").click()
    assert found.value.suggested_filename == "styringshjul-alna-2026.pdf"
    wheel, rows, *_rest = words_of(Path(found.value.path()).read_bytes())
    assert "Årsplan" in wheel
    assert "Måned for måned" in rows


def test_the_browsers_own_print_has_the_wheel_on_one_sheet_too(wide_page, sign_in, director):
    page = wide_page
    sign_in(page, director)
    page.goto(WHEEL)
    printed = page.pdf(prefer_css_page_size=True)
    assert set(sheets_of(printed)) == {LANDSCAPE}
    wheel, rows, *_rest = words_of(printed)
    assert "Årsplan" in wheel
    assert "Kommer" in wheel
    assert rows.startswith("Måned for måned")
    # What is folded on the screen is open on paper.
    assert any("kveldsvaktene" in sheet for sheet in [rows, *_rest])
    # In letters of their own size: nothing is wider than the sheet, which the browser would answer by making all of it smaller.
    page.emulate_media(media="print")
    page.set_viewport_size(ROOM)
    assert page.evaluate("document.documentElement.scrollWidth") <= ROOM["width"]
    assert page.locator(".al-wheel").evaluate("wheel => wheel.getBoundingClientRect().bottom") <= ROOM["height"]
