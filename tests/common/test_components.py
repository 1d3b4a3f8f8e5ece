"""The component sheet shows every component, and the small marks escape what they are given."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.functional import lazy

from common import marks
from common.samples import component_samples
from common.templatetags import ui
from scripts.sources import ROOT

COMPONENTS = ROOT / "templates" / "components"
NASTY = '"><script>alert(1)</script>'
# Parts of the frame stand on every page, and base.html includes them.
FRAME_TAGS = {"icon_sprite", "vendored"}
FRAME_FILES = {"crumbs.html", "errors.html", "messages.html", "sheet.html"}


@pytest.fixture(scope="module")
def sheet():
    return render_to_string("components/sheet.html", component_samples())


def sheet_sources():
    return "".join(path.read_text() for path in [COMPONENTS / "sheet.html", *(COMPONENTS / "sheet").glob("*.html")])


def show(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize("name", sorted({path.name for path in COMPONENTS.glob("*.html")} - FRAME_FILES))
def test_the_sheet_includes_the_component(name):
    assert f'include "components/{name}"' in re.sub(r"<code>.*?</code>", "", sheet_sources())


@pytest.mark.parametrize("name", sorted(set(ui.register.tags) - FRAME_TAGS - {"error_summary", "link_button", "submit_button"}))
def test_the_sheet_uses_the_tag(name):
    assert re.search(rf"{{% {name}\b", sheet_sources())


@pytest.mark.parametrize("name", sorted(set(ui.register.filters) - {"attribute_of"}))
def test_the_sheet_uses_the_filter(name):
    assert re.search(rf"\|{name}\b", re.sub(r"<code>.*?</code>", "", sheet_sources()))


def test_the_sheet_shows_marks_forms_and_errors(sheet):
    for word in ("Nesten nådd", "Foreløpig", "Det er tre ting å rette", "Vis flere", "Tallene som tabell", 'data-plotly="prove-figur"'):
        assert word in sheet
    assert "{%" not in re.sub(r"<code>.*?</code>", "", sheet)


def test_the_sheet_has_no_id_twice(sheet):
    ids = re.findall(r'\sid="([^"]+)"', sheet)

    assert len(ids) > 50
    assert sorted(ids) == sorted(set(ids))


def test_every_reference_in_the_sheet_leads_to_an_id(sheet):
    ids = set(re.findall(r'\sid="([^"]+)"', sheet))
    wanted = re.findall(r'(?:for|aria-labelledby|data-plotly)="([^"]+)"', sheet)
    wanted += [name for group in re.findall(r'aria-describedby="([^"]+)"', sheet) for name in group.split()]

    assert len(wanted) > 30
    assert set(wanted) - ids == set()


@pytest.mark.parametrize("code", marks.STATUSES)
def test_a_status_is_icon_and_word(code):
    html = show("{% status code %}", code=code)

    assert html.startswith('<span class="al-status al-status--')
    assert f"#i-{marks.STATUSES[code].icon}" in html
    assert html.endswith(f"{marks.STATUSES[code].word}</span>")


def test_a_status_follows_the_language_of_the_reader(monkeypatch):
    spoken = ["Nådd"]
    mark = marks.STATUSES["reached"]._replace(word=lazy(lambda: spoken[0], str)())
    monkeypatch.setitem(marks.STATUSES, "reached", mark)
    assert "Nådd" in marks.status_mark("reached")

    spoken[0] = "Reached"

    assert "Reached" in marks.status_mark("reached")


def test_an_unknown_status_is_no_colour():
    with pytest.raises(KeyError):
        show("{% status 'green' %}")


def test_a_tally_leaves_out_what_there_is_none_of():
    html = show("{% status_count counts %}", counts=[("reached", 3), ("nearly", 0), ("not_reached", 1)])

    assert "3\N{NO-BREAK SPACE}nådd" in html
    assert "1\N{NO-BREAK SPACE}ikke nådd" in html
    assert "nesten" not in html


@pytest.mark.parametrize("change", [("sideways", "better", "x"), ("up", "green", "x")])
def test_a_change_nobody_knows_is_refused(change):
    with pytest.raises(ValueError, match="unknown change"):
        marks.trend_mark(marks.Change(*change))


def test_no_change_shows_nothing():
    assert show("{% trend change %}", change=None) == ""


def test_a_final_number_needs_no_badge():
    assert show("{% quality 'final' %}{% quality '' %}") == ""
    assert "Endelig" in show("{% quality 'final' always=True %}")


@pytest.mark.parametrize("source", ["{{ none|nb_number }}", "{{ none|nb_number:1 }}", "{{ none|nb_percent }}", "{% missing %}"])
def test_a_missing_number_is_a_dash_with_words(source):
    assert show(source, none=None) == '<span aria-hidden="true">–</span><span class="pkt-sr-only">Ikke målt</span>'


@pytest.mark.parametrize(
    "source",
    [
        "{% icon nasty %}",
        "{% icon 'check' nasty %}",
        "{% status 'reached' nasty %}",
        "{% status_cell 'reached' nasty %}",
        "{% missing nasty %}",
        "{% link_button nasty nasty %}",
        "{% submit_button nasty name=nasty value=nasty %}",
        "{% table_wrap label=nasty %}{{ nasty }}{% endtable_wrap %}",
        "{% message %}{{ nasty }}{% endmessage %}",
        "{% explain %}{{ nasty }}{% endexplain %}",
        "{% spark line nasty %}",
        "{% trend change %}",
        '{% include "components/empty.html" with title=nasty text=nasty link_label=nasty link_url=nasty %}',
        '{% include "components/head.html" with title=nasty lead=nasty %}',
        '{% include "components/toast.html" with text=nasty %}',
        '{% include "components/chart.html" with chart=chart %}',
    ],
)
def test_what_is_shown_is_escaped(source):
    context = {
        "nasty": NASTY,
        "line": ui.Sparkline(120, 32, ("0,1 2,3",), (("0", "1"),), None),
        "change": marks.Change("up", "better", NASTY),
        "chart": {"id": "x", "sentence": NASTY, "figure": {"title": NASTY}, "columns": [NASTY], "rows": [(NASTY, [NASTY])]},
    }
    html = show(source, **context)

    assert "<script>alert" not in html
    assert "script" in html


def test_an_icon_in_a_template_is_in_the_sprite():
    recipe = (ROOT / "scripts" / "vendor_assets.json").read_text()
    used = set()
    for path in Path(ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        used |= set(re.findall(r"""\{% icon ["']([^"']+)["']""", text)) | set(re.findall(r'icon="([a-z]+)"', text))

    assert len(used) > 15
    assert {name for name in used if f'"{name}":' not in recipe} == set()
