"""The frame of a page: only what it is given, and readable without what the set-up fetches."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from common import icons


@pytest.fixture
def nothing_fetched(monkeypatch):
    """A machine where the set-up could not fetch anything."""
    monkeypatch.setattr(icons, "_is_there", lambda _name: False)
    monkeypatch.setattr(icons.finders, "find", lambda _name: None)
    icons.sprite.cache_clear()
    yield
    icons.sprite.cache_clear()


def page(**frame):
    return render_to_string("base.html", {"frame": SimpleNamespace(**frame), "request": RequestFactory().get("/her/?a=1")})


def link(label, **more):
    return {"label": label, "url": f"/{label}/", **more}


def test_an_empty_frame_has_no_dead_parts():
    html = page()

    for absent in ("al-nav", "al-search", "al-unit", "al-bottom", "al-report", "al-demo", "al-user", 'href="#"', 'href=""'):
        assert absent not in re.sub(r"<svg class=.al-sprite.*?</svg>", "", html, flags=re.DOTALL)


def test_a_full_frame_shows_what_it_is_given():
    html = page(
        menu=[link("maalekart", current=True, children=[link("enheter", current=True)]), link("hjem")],
        admin_menu=[link("enheter-admin"), link("logg")],
        bottom=[link("hjem", icon="home"), link("meld", icon="report", strong=True)],
        units={"current_label": "Barnehageenhet Trosterud og Haugerud", "items": [link("u1", current=True)]},
        user_menu=[link("profil")],
        footer=[link("personvern")],
        user_name="Kari Nordmann",
        user_initials="KN",
        demo_notice="Demodata",
        district_name="Bydel Prøve",
        search_url="/sok/",
        report_link=link("meld-avvik"),
    )

    for shown in (
        "/maalekart/",
        "/enheter/",
        "/logg/",
        "/meld/",
        "/u1/",
        "/profil/",
        "/personvern/",
        "/meld-avvik/",
        "Bydel Prøve",
        "Demodata",
    ):
        assert shown in html
    assert html.count('role="search"') == 2
    assert re.search(r'<a href="/maalekart/" aria-current="true">', html)
    assert re.search(r'<a href="/enheter/" aria-current="page">', html)


def test_signing_out_and_the_language_are_forms():
    html = page(user_name="Kari Nordmann", user_initials="KN")

    assert re.search(r'<form[^>]*method="post" action="[^"]*logout/"', html)
    assert re.search(r'name="next" value="/her/\?a=1"', html)
    assert re.search(r'name="language" value="en"', html)


def test_the_page_says_its_language_and_has_a_way_past_the_menu():
    html = page()

    assert '<html lang="' in html
    assert '<a class="al-skip" href="#innhold">' in html
    assert 'id="innhold"' in html


def test_a_page_is_readable_where_nothing_was_fetched(nothing_fetched):
    html = page(user_name="Kari Nordmann")

    assert "css/fallback.css" in html
    assert "vendor/" not in html
    assert 'id="i-check"' in html
    assert "Oslo kommune" in html


def test_charts_leave_the_table_where_nothing_was_fetched(nothing_fetched):
    assert "<script" not in render_to_string("components/chart_scripts.html")


def test_the_fetched_files_are_used_where_they_are():
    if not icons.vendored("punkt/css/pkt.min.css"):
        pytest.skip("static/vendor is not there: run the set-up")
    html = page()

    assert "punkt/css/pkt.min.css" in html
    assert "css/fallback.css" not in html


@pytest.mark.parametrize("name, says", [
    ("404.html", "Siden finnes ikke, eller du har ikke tilgang til den."),
    ("403.html", "Du har ikke tilgang"),
    ("403_csrf.html", "Skjemaet er gått ut"),
    ("429.html", "For mange forsøk"),
    ("500.html", "Noe gikk galt"),
])  # fmt: skip
def test_an_error_page_says_what_happened_and_leads_home(name, says):
    html = render_to_string(name)

    assert says in html
    assert 'href="/"' in html
