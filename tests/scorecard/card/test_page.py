"""The page of a scorecard: who may open it, what it shows to whom, and what bad addresses get."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from organisation.rules.access import Role
from scorecard.models import Indicator
from scorecard.rules.lifecycle import State
from tests.factories.organisation import DistrictFactory, person
from tests.factories.scorecard import IndicatorFactory, SickLeaveFactory
from tests.pages import markup_of

SURVEY = {"value": "4.5", "yellow_limit": "4.2"}


NASTY = ["<script>alert(1)</script>\"'", "=SUM(A1:A9)", "&amp; {{ 7*7 }} {% now %}", "Æøå \u202esnudd", "x" * 120]


@pytest.fixture
def page(client):
    """Opens a page as somebody."""

    def get(user, path, **headers):
        client.force_login(user)
        return client.get(path, headers=headers)

    return get


def test_a_neighbour_sees_the_card_and_not_the_shielded_figure(world, page):
    leave = world.indicator(SickLeaveFactory, window=1, name="Sykefravær")
    world.target(leave, value="9.9", yellow_limit="10.9")
    world.record(leave, world.unit, "2026-08", parts=("999", "7560"))
    world.record(leave, world.unit, "2026-09", parts=("884", "7560"))

    own = markup_of(page(world.person(), world.address()))
    other = markup_of(page(world.person(unit=world.neighbour), world.address()))

    for figure in ("11,7 %", "13,2", "Ikke nådd", "av 10", "av 100"):
        assert figure in own, figure
        assert figure not in other, figure
    assert "Sykefravær" in other
    assert "Vises ikke" in other
    assert "Én vises ikke for deg." in other
    assert "høyst 9,9 %" in other


@pytest.mark.parametrize("end", ["", "strategikart/", "eksport.csv", "eksport.xlsx"])
def test_another_district_does_not_exist_for_you(world, page, end):
    stranger = person(Role.DIRECTOR, DistrictFactory())
    world.indicator()

    assert page(world.person(), world.address(end=end)).status_code == 200
    assert page(stranger, world.address(end=end)).status_code == 404


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.RAPPORTEUR, Role.PRIVACY_OFFICER])
@pytest.mark.parametrize("end", ["", "strategikart/", "eksport.csv", "publiser/"])
def test_politicians_never_see_a_live_page(world, page, role, end):
    user = person(role, world.district)
    assert page(person(Role.DIRECTOR, world.district), world.address(world.district, end=end)).status_code == 200

    assert page(user, world.address(world.district, end=end)).status_code == 404
    assert page(user, "/malekart/").status_code == 404


def test_an_employee_reaches_the_own_unit_alone(world, page):
    employee = person(Role.EMPLOYEE, world.unit)

    assert page(employee, world.address()).status_code == 200
    assert page(employee, world.address(world.neighbour)).status_code == 404
    assert page(employee, world.address(world.district)).status_code == 404


WRONG = [
    "/malekart/{unit}/1989/",
    "/malekart/{unit}/2101/",
    "/malekart/{unit}/99999999999999999999/",
    "/malekart/{unit}/abc/",
    "/malekart/{unit}%00/2026/",
    "/malekart/{unit}/2026/eksport.pdf",
    "/malekart/finnes-ikke/2026/",
    "/malekart/?enhet={unit}&aar=20x6",
    "/malekart/?enhet={unit}&aar=99999",
    "/malekart/?enhet=finnes-ikke&aar=2026",
]


@pytest.mark.parametrize("path", WRONG)
def test_a_wrong_address_is_not_found(world, page, path):
    assert page(world.person(), path.format(unit=world.unit.code)).status_code == 404


def test_the_menu_leads_to_the_own_unit_and_this_year(world, page):
    user = world.person()

    assert page(user, "/malekart/")["Location"] == world.address()
    assert page(user, f"/malekart/?enhet={world.neighbour.code}&aar=2009&mal=bydel&kjent=31.12.2009")["Location"] == (
        f"{world.address(world.neighbour, 2009)}?mal=bydel&kjent=31.12.2009"
    )


def test_without_a_card_this_year_the_menu_shows_what_there_is(world, page):
    world.scorecard.year = 2024
    world.scorecard.save()

    body = markup_of(page(world.person(), "/malekart/"))

    assert world.address(year=2024) in body or world.address(world.district, 2024) in body


def test_a_year_without_a_card_says_what_to_do(world, page):
    plain = markup_of(page(world.person(), world.address(year=2025)))
    editor = markup_of(page(person(Role.ADMINISTRATOR, world.district), world.address(year=2025)))

    assert "Ikke noe målekart gjelder for 2025" in plain
    assert "/oppsett/malekart/" not in plain.split("<main")[1]
    assert "/oppsett/malekart/" in editor.split("<main")[1]


def test_a_draft_is_nobody_s_card(world, page):
    world.scorecard.state = State.DRAFT
    world.scorecard.save()

    assert "Ikke noe målekart gjelder for 2026" in markup_of(page(world.person(), world.address()))


@pytest.mark.parametrize(
    "typed, answer",
    [
        ("31.02.2026", "Skriv en dato, for eksempel 31.12.2026."),
        ("i går", "Skriv en dato, for eksempel 31.12.2026."),
        ("<b>", "Skriv en dato, for eksempel 31.12.2026."),
        ("10.10.2026", "Den dagen har ikke vært ennå."),
        ("01.01.0001", "Vi har ingen tall fra så langt tilbake."),
        ("9" * 400, "Skriv en dato, for eksempel 31.12.2026."),
    ],
)
def test_a_day_that_cannot_be_is_explained_and_kept(world, page, typed, answer):
    world.indicator()
    user = world.person()

    response = page(user, world.address() + f"?kjent={typed}")

    assert response.status_code == 422
    assert answer in markup_of(response)
    assert "ETag" not in response
    assert "<b>" not in response.content.decode().split('id="dato"')[1][:200]
    assert page(user, world.address(end="eksport.csv") + f"?kjent={typed}").status_code == 422


def test_the_page_can_be_read_as_it_was_known(world, page):
    survey = world.indicator()
    world.target(survey, **SURVEY)
    world.record(survey, world.unit, 2025, "4.13", now=datetime(2026, 2, 1, 12, tzinfo=UTC))
    world.record(survey, world.unit, 2025, "4.67", now=datetime(2026, 3, 1, 12, tzinfo=UTC))
    user = world.person()

    now, then = markup_of(page(user, world.address())), markup_of(page(user, world.address() + "?kjent=28.02.2026"))

    assert ">4,7<" in now
    assert ">4,13<" not in now
    assert ">4,1<" in then
    assert "Slik det var kjent 28. februar 2026." in then
    assert 'value="28.02.2026"' in then


def test_names_are_shown_as_they_are_written(world, page):
    for number, name in enumerate(NASTY):
        factor = world.factor if not number else type(world.factor).objects.create(area=world.area, name=name, order=number)
        world.indicator(factor=factor, name=name, method_text=name[:100], source=name)

    response = page(world.person(), world.address())
    html = response.content.decode()

    assert response.status_code == 200
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }}" in html
    assert page(world.person(), world.address(end="strategikart/")).status_code == 200


def test_forty_indicators_and_long_names_are_one_page(world, page):
    for number in range(40):
        world.indicator(IndicatorFactory, name=f"Andel av {'svært ' * 15}lange navn {number}"[:120], measure=Indicator.Measure.COUNT)
    response = page(world.person(), world.address())

    assert response.status_code == 200
    assert response.content.decode().count('role="rowheader" scope="row"') == 40


def test_a_card_without_rows_is_an_empty_state(world, page):
    assert "Målekartet har ingen indikatorer" in markup_of(page(world.person(), world.address()))


def test_own_targets_are_told_with_day_and_reason(world, page):
    survey = world.indicator(name="Gjennomføring av satsinger")
    world.target(survey, **SURVEY)
    target = world.target(survey, world.unit, value="4.0", yellow_limit="3.8", valid_from=date(2026, 5, 1))
    target.reason = "Avtalt i årsbrevet."
    target.save()

    body = markup_of(page(world.person(), world.address()))

    assert "Eget mål" in body
    assert "Gjelder fra 01.05.2026. Avtalt i årsbrevet." in body
    assert Decimal(target.value) == 4


def test_the_page_speaks_english_when_asked_to(world, client):
    world.indicator()
    client.force_login(world.person())
    nb = client.get(world.address())
    client.cookies["django_language"] = "en"

    en = client.get(world.address(), headers={"if-none-match": nb["ETag"]})

    assert en.status_code == 200
    assert 'lang="en"' in en.content.decode()
