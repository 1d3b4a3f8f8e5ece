"""Two districts with a card and sick leave each, and somebody of every kind who may try the other's doors."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from common.periods import Period
from organisation.models import Unit, User
from organisation.rules.access import Role
from scorecard.models import Indicator, Scorecard, SuccessFactor
from scorecard.rules.rollup import Method
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

TODAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
FILE = Source(origin="file", name="tall.csv", checks_versions=False, asks_reason=False)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class District:
    """A district, two units of it, and its published card with sick leave."""

    top: Unit
    north: Unit
    south: Unit
    card: Scorecard
    factor: SuccessFactor
    sick: Indicator

    def placed(self, **fields) -> Indicator:
        indicator = IndicatorFactory.create(**{"rollup": Method.NONE, **fields})
        PlacedIndicatorFactory(factor=self.factor, indicator=indicator, weight=Decimal(10))
        return indicator


def record(indicator: Indicator, unit: Unit, period: Period, *, parts: tuple[str, str] | None = None, value: str | None = None) -> None:
    figures = {"numerator": Decimal(parts[0]), "denominator": Decimal(parts[1])} if parts else {"value": Decimal(value or 0)}
    entry = Entry(indicator, unit, period, **figures)
    record_values(entries=[entry], actor=None, source=FILE, now=NOW, today=TODAY)


def district(code: str, sick: Indicator) -> District:
    """Sick leave 11,7 in the north and 6,3 in the south, last month."""
    top = DistrictFactory(code=code, name=f"Bydel {code}")
    card = ScorecardFactory(unit=top, year=2026)
    factor = SuccessFactorFactory(area=FocusAreaFactory(scorecard=card, name="Ansatte"), name="Arbeidsplassen")
    north, south = (UnitFactory(parent=top, code=f"{code}-{end}", name=f"Enhet {code} {end}") for end in ("n", "s"))
    PlacedIndicatorFactory(factor=factor, indicator=sick, weight=Decimal(10))
    TargetFactory(indicator=sick, unit=top, value=Decimal(8), yellow_limit=Decimal(9))
    for unit, days in ((north, "117"), (south, "63")):
        record(sick, unit, Period.month(2026, 9), parts=(days, "1000"))
    return District(top, north, south, card, factor, sick)


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.ALNA_TODAY = TODAY


@pytest.fixture
def sick(db) -> Indicator:
    return SickLeaveFactory.create(code="sykefravaer", window=1)


@pytest.fixture
def home(sick) -> District:
    return district("A1", sick)


@pytest.fixture
def away(sick) -> District:
    return district("Z9", sick)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def as_role(role: Role, unit: Unit) -> Client:
    return signed_in(person(role, unit))
