"""Who may open which page of set-up: the right person, and nobody else."""

import pytest
from django.test import Client

from organisation.rules.access import Role
from scorecard.models import FocusArea
from scorecard.rules.lifecycle import State
from tests.factories.organisation import person
from tests.factories.scorecard import IndicatorFactory, PlacedIndicatorFactory, TargetFactory
from tests.scorecard.setup.conftest import signed_in

CARD_PAGES = [
    "",
    "innstillinger/",
    "kontroll/",
    "forhandsvisning/",
    "endringer/",
    "fokusomrade/",
    "suksessfaktor/",
    "indikator/",
    "vekter/",
]
TARGET_PAGES = ["mal/", "mal/lim-inn/", "mal/fil.csv", "mal/fil.xlsx", "mal/401/tilfredshet/"]
LIBRARY_PAGES = ["", "ny/", "fil.csv", "tilfredshet/", "tilfredshet/endre/", "tilfredshet/ta-ut/", "tilfredshet/sammenlikning/"]


@pytest.mark.parametrize("rest", CARD_PAGES + TARGET_PAGES)
def test_only_the_administrator_of_the_district_opens_the_card(world, admin, neighbour, leader, director, rest):
    assert admin.get(world.url(rest)).status_code == 200
    assert {client.get(world.url(rest)).status_code for client in (neighbour, leader, director)} == {404}
    assert Client().get(world.url(rest)).status_code == 302


@pytest.mark.parametrize("rest", LIBRARY_PAGES)
def test_only_who_may_edit_the_library_opens_it(world, admin, leader, director, rest):
    assert admin.get(f"/oppsett/indikatorer/{rest}").status_code == 200
    assert {client.get(f"/oppsett/indikatorer/{rest}").status_code for client in (leader, director)} == {404}


@pytest.mark.parametrize("rest", ["", "publiser/", "returner/", "ta-tilbake/", "las/"])
def test_only_the_director_of_the_district_approves(world, director, admin, leader, neighbour, rest):
    url = f"/godkjenning/malekart/{world.district.code}/2026/{rest}"
    world.set_state(State.PROPOSED)
    other = signed_in(person(Role.DIRECTOR, world.neighbour.assignments.get().unit))

    for client in (admin, leader, neighbour, other):
        assert (client.get(url) if not rest else client.post(url, {"version": 1, "reason": "x"})).status_code == 404
    world.card.refresh_from_db()
    assert world.card.state == State.PROPOSED
    assert director.get(f"/godkjenning/malekart/{world.district.code}/2026/").status_code == 200


@pytest.mark.parametrize("rest", ["fokusomrade/", "vekter/", "send/", "mal/", "mal/bekreft/", "flytt/area/{area}/", "fjern/area/{area}/"])
def test_nobody_else_changes_anything(world, neighbour, leader, rest):
    url = world.url(rest.format(area=world.area.pk))
    for client in (neighbour, leader):
        assert client.post(url, {"version": world.version, "name": "Ny", "step": "up"}).status_code == 404
    assert list(FocusArea.objects.values_list("name", flat=True)) == ["Ansatte"]


def test_a_quality_adviser_edits_structure_but_not_targets(world):
    client = signed_in(person(Role.QUALITY, world.district))

    assert client.get(world.url()).status_code == 200
    assert client.get(world.url("mal/")).status_code == 404
    assert world.url("mal/") not in client.get(world.url()).content.decode()


@pytest.mark.parametrize("year", ["1", "1800", "2025", "2101", "999999999999999999999999"])
def test_a_wrong_year_does_not_exist(world, admin, year):
    assert admin.get(f"/oppsett/malekart/{world.district.code}/{year}/").status_code == 404


@pytest.mark.parametrize("code", ["finnes-ikke", "%00", "%F0%9F%92%A9", "B1'--", "a" * 3000])
def test_a_wrong_unit_does_not_exist(world, admin, code):
    assert admin.get(f"/oppsett/malekart/{code}/2026/").status_code == 404


NASTY = [
    "<script>alert(1)</script>",
    "'; DROP TABLE scorecard_focusarea; --",
    "{{ 7 * 7 }}{% debug %}",
    "=cmd|' /C calc'!A0",
    "\u202eomvendt\u202c",
    "Z\u0351\u036b\u0343a\u0336lgo",
    "👩‍👩‍👧‍👦 familie",
    "ÆØÅ æøå Ǻ",
    "%s %(name)s %d",
    "../../etc/passwd",
    "a" * 119,
]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_names_are_kept_as_text_and_shown_escaped(world, admin, text):
    admin.post(world.url("fokusomrade/"), {"version": world.version, "name": text, "short_name": ""})

    area = FocusArea.objects.get(scorecard=world.card, order__gt=0)
    assert area.name == text
    for rest in ("", "kontroll/", "endringer/", f"fokusomrade/{area.pk}/"):
        answer = admin.get(world.url(rest))
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "\x00", "nul\x00inni", "a" * 121])
def test_names_that_cannot_be_kept_are_refused(world, admin, text):
    answer = admin.post(world.url("fokusomrade/"), {"version": world.version, "name": text, "short_name": ""})

    assert answer.status_code == 422
    assert FocusArea.objects.count() == 1


@pytest.mark.parametrize("text", [*NASTY, "\x00", "-", "1e999", "9" * 40, "4,5 / 4,2 / 4,1", "∞", "NaN", "½", "４，５", "1.234"])
def test_nasty_targets_never_break_the_page(world, admin, text):
    page = admin.get(world.url("mal/")).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    cell = f"c-{world.sick_leave.pk}-{world.unit.pk}"

    answer = admin.post(world.url("mal/"), {"seen": seen, cell: text})

    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()


def test_nasty_names_of_units_and_indicators_do_not_break_the_files(world, admin):
    indicator = IndicatorFactory(name="=1+1", code="farlig")
    PlacedIndicatorFactory(factor=world.factor, indicator=indicator, weight=0)
    TargetFactory(indicator=indicator, unit=world.unit)

    text = admin.get(world.url("mal/fil.csv")).content.decode("utf-8-sig")

    assert "'=1+1" in text.splitlines()[0]
