"""Finished lines are kept by everything they show: whatever changes, the page tells it at once."""

from datetime import date

import pytest
from django.utils import translation

from organisation.rules.access import Role
from scorecard.models import AcceptedDeviation
from scorecard.services import library
from tests.factories.organisation import person
from tests.scorecard.card.sick_leave import NOW, TODAY, a_card, rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, client):
    settings.ALNA_TODAY = TODAY
    district, unit, placed = a_card()
    rate(placed.indicator, unit)
    director = person(Role.DIRECTOR, district)
    client.force_login(director)
    return district, unit, placed.indicator, director


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
