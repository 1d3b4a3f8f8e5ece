"""The components in a browser, under the policy of the application: what they look like to axe, and what they do."""

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PASTE = """([field, text]) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.querySelector(field).dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def values(page, *names):
    return [page.input_value(f'[name="{name}"]') for name in names]


def test_the_sheet_is_accessible_and_fits(open_sheet, any_page, audit, screenshot):
    open_sheet(any_page)

    audit(any_page)
    screenshot(any_page, "komponenter")


def test_the_sheet_is_accessible_with_every_panel_open(open_sheet, any_page, audit):
    open_sheet(any_page)
    any_page.evaluate("document.querySelectorAll('main details, .al-header details').forEach((panel) => { panel.open = true; })")

    audit(any_page)


@pytest.mark.parametrize("width", [320, 700, 1000, 1920])
def test_the_sheet_fits_every_width(open_sheet, wide_page, width):
    wide_page.set_viewport_size({"width": width, "height": 900})
    open_sheet(wide_page)

    assert wide_page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_chart_speaks_norwegian_and_offers_no_sharing(open_sheet, wide_page):
    open_sheet(wide_page)
    wide_page.hover(".js-plotly-plot .nsewdrag")

    offered = wide_page.eval_on_selector_all(".modebar-btn", "buttons => buttons.map((button) => button.dataset.title)")
    assert "Last ned bildet" in offered
    assert not any("hare" in title or "loud" in title for title in offered)
    assert "okt" in wide_page.text_content(".js-plotly-plot .xaxislayer-above")


def test_a_drawn_chart_folds_its_table(open_sheet, wide_page):
    open_sheet(wide_page)

    wide_page.wait_for_function("!document.querySelector('.al-chart__table').open")


def test_cells_from_a_spreadsheet_spread_over_the_grid(open_sheet, wide_page):
    open_sheet(wide_page)
    wide_page.evaluate(PASTE, ['[name="g-0-target"]', "4,5\t4,2\r\n5,0\t4,7\r\n"])

    assert values(wide_page, "g-0-target", "g-0-limit", "g-1-target", "g-1-limit") == ["4,5", "4,2", "5,0", "4,7"]
    assert values(wide_page, "g-2-target") == ["9,9"]


def test_cells_without_a_place_are_counted(open_sheet, wide_page):
    open_sheet(wide_page)
    wide_page.evaluate(PASTE, ['[name="g-2-limit"]', "1\n2\n3"])

    assert values(wide_page, "g-2-limit") == ["1"]
    assert wide_page.inner_text("[data-grid-status]") == "Tallene er limt inn. 2 celler fikk ikke plass."


def test_one_pasted_word_is_left_to_the_browser(open_sheet, wide_page):
    open_sheet(wide_page)
    wide_page.evaluate(PASTE, ['[name="g-0-target"]', "4,5"])

    assert wide_page.query_selector(".is-pasted") is None


def test_a_line_of_the_error_list_puts_the_cursor_in_the_field(open_sheet, any_page):
    open_sheet(any_page)
    any_page.click(".al-errors a >> nth=1")

    assert any_page.evaluate("document.activeElement.name") == "reason"


def test_escape_closes_a_panel_and_gives_the_focus_back(open_sheet, wide_page):
    open_sheet(wide_page)
    wide_page.click(".al-period summary")
    wide_page.focus(".al-period .al-drop__panel a >> nth=0")
    wide_page.keyboard.press("Escape")

    assert wide_page.evaluate("document.querySelector('.al-period details').open") is False
    assert wide_page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_click_elsewhere_closes_a_panel(open_sheet, wide_page):
    open_sheet(wide_page)
    wide_page.click(".al-period summary")
    wide_page.click("h1")

    assert wide_page.evaluate("document.querySelector('.al-period details').open") is False


def test_a_row_menu_is_not_cut_by_the_scrolling_box(open_sheet, wide_page):
    wide_page.set_viewport_size({"width": 900, "height": 900})
    open_sheet(wide_page)
    wide_page.click(".al-act summary >> nth=2")

    assert wide_page.evaluate(
        """() => {
            const panel = document.querySelector('.al-act[open] .al-drop__panel').getBoundingClientRect();
            const box = document.querySelector('.al-table-wrap').getBoundingClientRect();
            return panel.height > 40 && panel.bottom <= box.bottom + 1;
        }"""
    )


def test_a_form_is_sent_once(open_sheet, wide_page):
    open_sheet(wide_page)
    sent = wide_page.evaluate(
        """() => {
            const form = document.querySelector('.al-confirm form');
            let count = 0;
            window.addEventListener('submit', (event) => { if (!event.defaultPrevented) { count += 1; } event.preventDefault(); });
            form.requestSubmit();
            form.requestSubmit();
            return count;
        }"""
    )

    assert sent == 1


def test_what_is_hidden_is_not_there_whatever_its_class(open_sheet, wide_page):
    open_sheet(wide_page)
    button = wide_page.locator("[data-print]").first
    assert button.is_visible()

    button.evaluate("button => { button.hidden = true; }")
    assert not button.is_visible()
