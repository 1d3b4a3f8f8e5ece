"""«Bydelen nå»: units against focus areas, for those who oversee them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import Period
from organisation.models import Unit
from organisation.rules.access import Role
from scorecard.models import AcceptedDeviation, Scorecard
from scorecard.services import derive
from scorecard.services.values import Entry, Source, record_values
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.scorecard import (
    FocusAreaFactory,
    IndicatorFactory,
    PlacedIndicatorFactory,
    ScorecardFactory,
    SickLeaveFactory,
    SuccessFactorFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
TODAY = date(2026, 10, 9)
FILE = Source(origin="file", name="sykefravaer.csv", checks_versions=False, asks_reason=False)


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = TODAY


def rate(indicator, unit: Unit, month: int, lost: str) -> None:
    entry = Entry(indicator, unit, Period.month(2026, month), numerator=Decimal(lost), denominator=Decimal(1000))
    record_values(entries=[entry], actor=None, source=FILE, now=NOW, today=TODAY)


def sick_leave_on(card: Scorecard):
    indicator = SickLeaveFactory(window=1)
    area = FocusAreaFactory(scorecard=card, name="Ansatte og arbeidsmiljø")
    PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area), indicator=indicator)
    TargetFactory(indicator=indicator, unit=card.unit, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))
    return indicator


@pytest.fixture
def world():
    district = DistrictFactory(name="Bydel Alna")
    card = ScorecardFactory(unit=district, year=2026)
    return district, sick_leave_on(card)


def test_a_leader_of_one_unit_and_a_politician_find_no_overview(client, world):
    district, _indicator = world
    unit = UnitFactory(parent=district)
    for role, place in ((Role.UNIT_LEADER, unit), (Role.POLITICIAN, district), (Role.EMPLOYEE, unit)):
        client.force_login(person(role, place))
        assert client.get("/bydelen-na/").status_code == 404


def test_a_director_of_another_district_neither_sees_nor_reaches_this_one(client, world):
    district, indicator = world
    rate(indicator, UnitFactory(parent=district, name="Hemmelig hjemmetjeneste"), 9, "138")
    client.force_login(person(Role.DIRECTOR, district))
    assert "Hemmelig hjemmetjeneste" in client.get("/bydelen-na/").text

    neighbour = DistrictFactory()
    ScorecardFactory(unit=neighbour, year=2026)
    client.force_login(person(Role.DIRECTOR, neighbour))

    assert "Hemmelig hjemmetjeneste" not in client.get("/bydelen-na/").text
    assert client.get(f"/bydelen-na/?enhet={district.code}").status_code == 404


def test_the_worst_change_comes_first_when_asked_for(client, world):
    district, indicator = world
    for name, before, now in (("Rolig enhet", "90", "91"), ("Enhet som faller", "100", "140"), ("Enhet som stiger", "140", "90")):
        unit = UnitFactory(parent=district, name=name)
        rate(indicator, unit, 8, before)
        rate(indicator, unit, 9, now)
    client.force_login(person(Role.DIRECTOR, district))

    page = client.get("/bydelen-na/?sorter=endring").text

    text = page[page.index("al-heat--areas") :]
    assert text.index("Enhet som faller</a>") < text.index("Rolig enhet</a>") < text.index("Enhet som stiger</a>")
    assert "Verre enn sist" in text


def test_a_filter_shows_only_units_with_a_missed_target_and_counts_them(client, world):
    district, indicator = world
    red, green = UnitFactory(parent=district, name="Rød enhet"), UnitFactory(parent=district, name="Grønn enhet")
    rate(indicator, red, 9, "138")
    rate(indicator, green, 9, "80")
    client.force_login(person(Role.DIRECTOR, district))
    assert "Grønn enhet</a>" in client.get("/bydelen-na/").text

    text = client.get("/bydelen-na/?vis=ikke-nadd").text

    assert "Rød enhet</a>" in text
    assert "<small>Grønn" not in text
    assert "Viser 1 av 2 enheter." in text
    assert "Ikke nådd (1)" in text


def test_an_accepted_deviation_is_not_red_until_it_ends(client, world, settings):
    district, indicator = world
    unit = UnitFactory(parent=district)
    rate(indicator, unit, 9, "138")
    director = person(Role.DIRECTOR, district)
    AcceptedDeviation.objects.create(
        indicator=indicator, unit=unit, reason="Avtalt", valid_from=date(2026, 9, 1), valid_to=TODAY, agreed_by=director, recorded_at=NOW
    )
    client.force_login(director)
    assert "Ikke nådd (0)" in client.get("/bydelen-na/").text

    settings.ALNA_TODAY = date(2026, 10, 10)

    assert "Ikke nådd (1)" in client.get("/bydelen-na/").text


def test_a_new_figure_shows_at_once_and_an_unchanged_page_is_not_sent_again(client, world):
    district, indicator = world
    unit = UnitFactory(parent=district)
    rate(indicator, unit, 8, "91")
    client.force_login(person(Role.DIRECTOR, district))
    client.get("/bydelen-na/")
    first = client.get("/bydelen-na/")
    assert "9,1" in first.text
    assert client.get("/bydelen-na/", headers={"If-None-Match": first["ETag"]}).status_code == 304

    rate(indicator, unit, 9, "138")

    second = client.get("/bydelen-na/", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "13,8" in second.text


@pytest.mark.parametrize("query", ["sorter=drop", "vis=alt", "sorter=%00", "sorter=99999999999999999999", "enhet=finnes-ikke"])
def test_what_cannot_be_asked_for_does_not_exist(client, world, query):
    district, _indicator = world
    client.force_login(person(Role.DIRECTOR, district))
    assert client.get(f"/bydelen-na/?{query}").status_code == 404


def test_the_export_has_the_same_rows_and_is_safe_to_open(client, world):
    district, indicator = world
    rate(indicator, UnitFactory(parent=district, name="=SUM(A1)"), 9, "138")
    client.force_login(person(Role.DIRECTOR, district))

    text = client.get("/bydelen-na/eksport.csv").content.decode("utf-8-sig")

    assert ";'=SUM(A1);Ikke nådd;13,8" in text.replace("\N{NO-BREAK SPACE}%", "").replace(" %", "")
    assert client.get("/bydelen-na/eksport.xlsx").content.startswith(b"PK")
    assert client.get("/bydelen-na/eksport.exe").status_code == 404


def test_the_page_costs_the_same_statements_with_one_unit_and_with_thirty(client):
    def statements(units: int) -> int:
        district = DistrictFactory()
        indicator = sick_leave_on(ScorecardFactory(unit=district, year=2026))
        for _ in range(units):
            rate(indicator, UnitFactory(parent=district), 9, "91")
        client.force_login(person(Role.DIRECTOR, district))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/bydelen-na/").status_code == 200
        return len(queries)

    statements(1)
    assert statements(1) == statements(30)


def test_a_name_with_markup_is_shown_as_written(client, world):
    district, indicator = world
    rate(indicator, UnitFactory(parent=district, name="<b>Fet</b> & co"), 9, "138")
    client.force_login(person(Role.DIRECTOR, district))

    text = client.get("/bydelen-na/").text

    assert "&lt;b&gt;Fet&lt;/b&gt; &amp; co" in text
    assert "<b>Fet" not in text


def test_without_a_published_card_the_page_says_what_is_missing(client):
    client.force_login(person(Role.DIRECTOR, DistrictFactory()))
    assert "Ingen målekart er publisert" in client.get("/bydelen-na/").text


def test_last_years_survey_is_held_against_this_years_target_here_as_on_the_card(client, world):
    district, _indicator = world
    survey = IndicatorFactory(name="Brukertilfredshet")
    area = FocusAreaFactory(scorecard=Scorecard.objects.get(unit=district))
    PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area), indicator=survey)
    TargetFactory(indicator=survey, unit=district, valid_from=date(2025, 1, 1), value=Decimal("4.0"), yellow_limit=Decimal("3.8"))
    unit = UnitFactory(parent=district)
    entry = Entry(survey, unit, Period.of_year(2025), value=Decimal("4.1"), denominator=Decimal(40))
    record_values(entries=[entry], actor=None, source=FILE, now=NOW, today=TODAY)
    client.force_login(person(Role.DIRECTOR, district))
    assert "Ikke nådd (0)" in client.get("/bydelen-na/").text
    assert "al-status--missed" not in client.get(f"/malekart/{unit.code}/2026/").text

    TargetFactory(indicator=survey, unit=district, valid_from=date(2026, 1, 1), value=Decimal("4.8"), yellow_limit=Decimal("4.5"))
    derive.targets_changed(indicator_ids=[survey.pk], unit_ids=[district.pk])

    assert "Ikke nådd (1)" in client.get("/bydelen-na/").text
    assert "al-status--missed" in client.get(f"/malekart/{unit.code}/2026/").text


def test_a_cell_leads_to_its_focus_area_on_the_units_card(client, world):
    district, indicator = world
    unit = UnitFactory(parent=district)
    rate(indicator, unit, 9, "138")
    client.force_login(person(Role.DIRECTOR, district))
    page = client.get("/bydelen-na/").text
    address, anchor = re.search(rf'href="(/malekart/{unit.code}/2026/)#([^"]+)"', page).groups()

    assert f'id="{anchor}"' in client.get(address).text
