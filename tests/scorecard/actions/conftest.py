"""A district with sick leave on its card; one unit over the target, one within it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from common.periods import Period
from organisation.models import Unit, User
from organisation.rules.access import Role
from scorecard.models import Indicator, Scorecard
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

NOW = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
TODAY = date(2026, 10, 9)
SEPTEMBER = Period.month(2026, 9)
FILE = Source(origin="file", name="sykefravaer.csv", checks_versions=False, asks_reason=False)


@dataclass(frozen=True)
class World:
    district: Unit
    unit: Unit
    other: Unit
    card: Scorecard
    indicator: Indicator
    leader: User
    director: User


def record(indicator: Indicator, unit: Unit, period: Period, lost: str) -> None:
    """So many of a thousand days."""
    entry = Entry(indicator, unit, period, numerator=Decimal(lost), denominator=Decimal(1000))
    record_values(entries=[entry], actor=None, source=FILE, now=NOW, today=date(2026, 12, 31))


def place(card: Scorecard, indicator: Indicator) -> None:
    area = FocusAreaFactory(scorecard=card)
    PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area), indicator=indicator)
    TargetFactory(indicator=indicator, unit=card.unit, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))


@pytest.fixture
def world(db, settings) -> World:
    settings.ALNA_TODAY = TODAY
    district = DistrictFactory(code="alna", name="Bydel Alna")
    unit = UnitFactory(code="402", name="Hjemmetjenesten", parent=district)
    other = UnitFactory(code="403", name="Sykehjemmet", parent=district)
    card = ScorecardFactory(unit=district, year=2026)
    indicator = SickLeaveFactory(code="sykefravaer", window=1)
    place(card, indicator)
    record(indicator, unit, SEPTEMBER.previous(), "120")
    record(indicator, unit, SEPTEMBER, "138")
    record(indicator, other, SEPTEMBER, "51")
    return World(district, unit, other, card, indicator, person(Role.UNIT_LEADER, unit), person(Role.DIRECTOR, district))


@pytest.fixture
def sign_in():
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
