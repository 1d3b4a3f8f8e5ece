"""Finished lines are kept by everything they show: whatever changes, the page tells it at once."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from common.periods import Period
from organisation.rules.access import Role
from scorecard.models import AcceptedDeviation
from scorecard.services import library
from scorecard.services.values import Entry, Source, record_values
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.scorecard import (
    FocusAreaFactory,
    PlacedIndicatorFactory,
    ScorecardFactory,
    SickLeaveFactory,
    SuccessFactorFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 10, 8, 6, 0, tzinfo=UTC), date(2026, 10, 9)
FILE = Source(origin="file", name="sykefravaer.csv", checks_versions=False, asks_reason=False)


@pytest.fixture
def world(settings, client):
    settings.ALNA_TODAY = TODAY
    district = DistrictFactory()
    unit = UnitFactory(parent=district)
    indicator = SickLeaveFactory(window=1)
    area = FocusAreaFactory(scorecard=ScorecardFactory(unit=district, year=2026))
    PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area), indicator=indicator)
    TargetFactory(indicator=indicator, unit=district, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))
    entry = Entry(indicator, unit, Period.month(2026, 9), numerator=Decimal(138), denominator=Decimal(1000))
    record_values(entries=[entry], actor=None, source=FILE, now=NOW, today=TODAY)
    director = person(Role.DIRECTOR, district)
    client.force_login(director)
    return district, unit, indicator, director


def page(client, unit) -> str:
    return client.get(f"/malekart/{unit.code}/2026/").text


def test_a_new_name_of_an_indicator(client, world):
    district, unit, indicator, _director = world
    assert "Sykefravær</a>" in page(client, unit)

    actor = person(Role.ADMINISTRATOR, district)
    library.change_indicator(indicator=indicator, version=indicator.version, fields={"name": "Fravær ved sykdom"}, reason="", actor=actor)

    assert "Fravær ved sykdom</a>" in page(client, unit)


def test_an_accepted_deviation_and_its_end(client, world, settings):
    _district, unit, indicator, director = world
    assert "Ikke nådd" in page(client, unit)
    AcceptedDeviation.objects.create(
        indicator=indicator, unit=unit, reason="Avtalt i høst", valid_from=TODAY, valid_to=TODAY, agreed_by=director, recorded_at=NOW
    )
    settings.ALNA_TODAY = date(2026, 10, 10)
    assert "Avtalt i høst" not in page(client, unit)

    settings.ALNA_TODAY = TODAY
    client.cookies.clear()
    client.force_login(person(Role.DIRECTOR, unit))

    assert "Akseptert avvik" in client.get(f"/malekart/{unit.code}/2026/?mal=").text


def test_another_language(client, world):
    _district, unit, _indicator, _director = world
    assert "Ikke nådd" in page(client, unit)

    client.cookies["django_language"] = "en"

    with translation.override("en"):
        assert "Målemetode" not in page(client, unit)
