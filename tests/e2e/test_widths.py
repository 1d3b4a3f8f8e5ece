"""No page is wider than its window, also when the window is made narrower while one looks, as when somebody enlarges the text."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from imports.models import Batch
from imports.rules.states import BatchState
from tests.e2e.demonstration import YEAR, named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WIDTHS = (1920, 1440, 1280, 1200, 1101, 1024, 901, 768, 641, 480, 360, 320)
CONTROL_PAGE = "the file that waits"
PAGES = {
    "Ragnhild Aasheim": [
        "/",
        "/bydelen-na/",
        f"/malekart/alna/{YEAR}/",
        f"/malekart/alna/{YEAR}/strategikart/",
        "/malekart/alna/indikator/sykefravaer/",
        f"/malekart/alna/indikator/sykefravaer/{YEAR}-08/",
        f"/godkjenning/malekart/alna/{YEAR + 1}/",
        "/administrasjon/logg/",
        f"/rapportering/godkjenning/alna/{YEAR}-09/",
        f"/rapportering/samlet/alna/{YEAR}-09/",
        f"/rapportering/sak/alna/{YEAR}-09/",
        f"/rapportering/okonomi/alna/{YEAR}-09/",
        "/rapportering/treffsikkerhet/alna/",
    ],
    "Mona Viken": [
        f"/oppsett/malekart/alna/{YEAR + 1}/",
        f"/oppsett/malekart/alna/{YEAR + 1}/mal/",
        f"/oppsett/malekart/alna/{YEAR + 1}/vekter/",
        "/oppsett/indikatorer/",
        "/administrasjon/enheter/",
        "/administrasjon/personer/",
    ],
    "Ingrid Solbakken": [
        "/malekart/verdier/101/",
        "/malekart/verdier/101/lim-inn/",
        f"/malekart/101/{YEAR}/",
        f"/rapportering/101/{YEAR}-09/",
        "/tiltak/",
    ],
    "Siv Ødegård": ["/administrasjon/import/", CONTROL_PAGE, "/administrasjon/import/ukjente/", "/administrasjon/rapportering/frister/"],
}
# A drawing follows its window a moment later.
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"


@pytest.mark.parametrize("name", list(PAGES))
def test_no_page_is_wider_than_its_window(wide_page, demonstration, sign_in, name):
    page = wide_page
    sign_in(page, named(name))
    for address in PAGES[name]:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(reverse("imports:batch", args=[Batch.objects.get(state=BatchState.CHECKED).pk]) if address == CONTROL_PAGE else address)
        if page.locator("[data-plotly]").count():
            expect(page.locator("[data-plotly] .main-svg").first).to_be_visible()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_function(FITS)
