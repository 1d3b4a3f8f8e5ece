"""The figure of an indicator: drawn, the same numbers beside it, and nothing sent anywhere."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.demonstration import YEAR, named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ADDRESS = "/malekart/402/indikator/okonomisk_resultat/"


def test_the_figure_is_drawn_from_the_numbers_in_the_table_beside_it(any_page, demonstration, sign_in, audit, screenshot):
    page = any_page
    sign_in(page, named("Ragnhild Aasheim"))
    page.goto(ADDRESS)
    expect(page.locator("[data-plotly] .main-svg").first).to_be_visible()
    assert page.locator("[data-plotly] .main-svg:not([aria-hidden=true])").count() == 0

    drawn = page.evaluate(
        """() => { const line = document.querySelector('[data-plotly]').data.find(each => each.name === 'Resultat');
        return line.x.map((day, at) => [day, line.text[at]]); }"""
    )
    table = page.get_by_role("region", name="De samme tallene")
    heads = table.locator("thead th").all_inner_texts()
    shown = {
        (heads[column], number): cell.partition("*")[0].strip()
        for number, row in enumerate(table.locator("tbody tr").all(), 1)
        for column, cell in enumerate(row.locator("th, td").all_inner_texts())
    }

    assert len(drawn) == 33
    for day, text in drawn:
        in_table = float(shown[day[:4], int(day[5:7])].replace(",", "."))
        assert in_table == float(text.replace("\xa0%", "").replace(" %", "").replace(",", ".")), day
    expect(page.locator(".al-chart figcaption")).to_contain_text(f"september {YEAR}")
    audit(page)
    screenshot(page, "chart")


def test_the_chart_has_no_button_that_shares_it_and_speaks_norwegian(wide_page, demonstration, sign_in):
    page = wide_page
    sign_in(page, named("Ragnhild Aasheim"))
    page.goto(ADDRESS)
    page.locator("[data-plotly]").hover()
    buttons = page.locator(".modebar-btn").evaluate_all("buttons => buttons.map(button => button.dataset.title)")

    assert buttons == ["Last ned bildet", "Zoom", "Flytt", "Zoom inn", "Zoom ut", "Vis alt"]
    assert "Chart Studio" not in page.content()
    assert not re.search("share chart", page.content(), re.IGNORECASE)


def test_on_a_phone_no_buttons_lie_over_the_figure(phone_page, demonstration, sign_in):
    page = phone_page
    sign_in(page, named("Ragnhild Aasheim"))
    page.goto(ADDRESS)
    expect(page.locator("[data-plotly] .main-svg").first).to_be_visible()

    expect(page.locator(".modebar-btn")).to_have_count(0)


def test_without_scripts_the_sentence_and_the_table_are_the_figure(scriptless_page, demonstration, sign_in):
    page = scriptless_page
    sign_in(page, named("Ragnhild Aasheim"))
    page.goto(ADDRESS)

    expect(page.locator("figcaption")).to_contain_text("Økonomisk resultat steg fra")
    expect(page.get_by_role("region", name="De samme tallene")).to_be_visible()
    expect(page.locator(".main-svg")).to_have_count(0)
