"""«Hjem»: what needs the person, and how the person's unit stands."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import Period
from organisation.rules.access import Role
from scorecard.models import AcceptedDeviation, Scorecard
from scorecard.rules.lifecycle import State
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
FILE = Source(origin="file", name="sykefravaer.csv", checks_versions=False, asks_reason=False)


@pytest.fixture(autouse=True)
def november(settings):
    settings.ALNA_TODAY = date(2026, 11, 12)


@pytest.fixture
def world():
    district = DistrictFactory()
    unit = UnitFactory(parent=district, name="Hjemmetjenesten")
    indicator = SickLeaveFactory(window=1, minutes=4)
    area = FocusAreaFactory(scorecard=ScorecardFactory(unit=district, year=2026))
    PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area), indicator=indicator)
    return district, unit, indicator


def record(indicator, unit, month: int) -> None:
    entry = Entry(indicator, unit, Period.month(2026, month), numerator=Decimal(138), denominator=Decimal(1000))
    record_values(entries=[entry], actor=None, source=FILE, now=datetime(2026, 11, 11, tzinfo=UTC), today=date(2026, 11, 11))


def test_a_leader_is_told_which_figures_are_due_and_how_long_it_takes_until_they_are_there(client, world):
    _district, unit, indicator = world
    record(indicator, unit, 9)
    client.force_login(person(Role.UNIT_LEADER, unit))
    text = client.get("/").text
    assert "Før inn 1 tall for Hjemmetjenesten" in text
    assert "Omtrent 4 minutter." in text

    record(indicator, unit, 10)

    assert "Alt er gjort." in client.get("/").text


def test_the_director_is_told_of_a_card_that_waits(client, world):
    district, _unit, _indicator = world
    client.force_login(person(Role.DIRECTOR, district))
    assert "Godkjenn målekartet for 2027" not in client.get("/").text

    ScorecardFactory(unit=district, year=2027, state=State.PROPOSED)

    assert "Godkjenn målekartet for 2027" in client.get("/").text


def test_an_employee_sees_the_unit_but_not_its_sick_leave(client, world):
    _district, unit, indicator = world
    record(indicator, unit, 10)
    client.force_login(person(Role.UNIT_LEADER, unit))
    assert "13,8" in client.get("/").text

    client.force_login(person(Role.EMPLOYEE, unit))
    text = client.get("/").text

    assert "Hjemmetjenesten" in text
    assert "13,8" not in text


def test_those_who_read_published_results_only_start_there(client, world):
    district, _unit, _indicator = world
    client.force_login(person(Role.POLITICIAN, district))
    assert client.get("/")["Location"] == "/malekart/publisert/"


def test_last_years_survey_is_held_against_this_years_target(client, world):
    district, unit, _indicator = world
    survey = IndicatorFactory(name="Brukertilfredshet")
    area = FocusAreaFactory(scorecard=Scorecard.objects.get(unit=district))
    PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area), indicator=survey)
    TargetFactory(indicator=survey, unit=district, valid_from=date(2025, 1, 1), value=Decimal("4.0"), yellow_limit=Decimal("3.8"))
    entry = Entry(survey, unit, Period.of_year(2025), value=Decimal("4.1"), denominator=Decimal(40))
    record_values(entries=[entry], actor=None, source=FILE, now=datetime(2026, 2, 1, tzinfo=UTC), today=date(2026, 2, 1))
    client.force_login(person(Role.UNIT_LEADER, unit))
    assert "al-status--reached" in client.get("/").text

    TargetFactory(indicator=survey, unit=district, valid_from=date(2026, 1, 1), value=Decimal("4.8"), yellow_limit=Decimal("4.5"))

    text = client.get("/").text
    assert "al-status--missed" in text
    assert "Mål: minst 4,8" in text


def test_an_accepted_deviation_is_grey_until_it_ends(client, world, settings):
    district, unit, indicator = world
    TargetFactory(indicator=indicator, unit=district, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))
    record(indicator, unit, 10)
    director = person(Role.DIRECTOR, district)
    AcceptedDeviation.objects.create(
        indicator=indicator,
        unit=unit,
        reason="Avtalt",
        valid_from=date(2026, 10, 1),
        valid_to=date(2026, 11, 12),
        agreed_by=director,
        recorded_at=datetime(2026, 10, 1, tzinfo=UTC),
    )
    client.force_login(person(Role.UNIT_LEADER, unit))
    assert "Akseptert avvik" in client.get("/").text

    settings.ALNA_TODAY = date(2026, 11, 13)

    assert "Ikke nådd" in client.get("/").text


def test_a_card_that_is_not_sent_waits_for_those_who_make_it_and_one_of_a_year_that_is_over_for_nobody(client, world):
    district, unit, _indicator = world
    client.force_login(person(Role.QUALITY, district))
    ScorecardFactory(unit=district, year=2027, state=State.DRAFT)
    ScorecardFactory(unit=district, year=2025, state=State.DRAFT)
    ScorecardFactory(unit=unit, year=2026, state=State.PROPOSED)

    text = client.get("/").text

    assert "Gjør ferdig målekartet for 2027" in text
    assert "Gjør ferdig målekartet for 2025" not in text
    assert "Godkjenn målekartet" not in text


def test_the_page_costs_the_same_statements_with_one_unit_and_with_thirty(client):
    def statements(units: int) -> int:
        district = DistrictFactory()
        area = FocusAreaFactory(scorecard=ScorecardFactory(unit=district, year=2026))
        indicator = SickLeaveFactory(window=1)
        PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area), indicator=indicator)
        for _ in range(units):
            record(indicator, UnitFactory(parent=district), 10)
        client.force_login(person(Role.DIRECTOR, district))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    statements(1)
    assert statements(1) == statements(30)
