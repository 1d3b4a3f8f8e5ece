"""A district with a card of three indicators, a unit with a leader, and a neighbour."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from common.periods import Period, PeriodKind
from organisation.models import Unit, User
from organisation.rules.access import Role
from scorecard.models import FocusArea, Indicator, Measurement
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
)

TODAY = date(2026, 10, 8)
NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
SEPTEMBER = Period.month(2026, 9)


@dataclass
class World:
    """What the tests walk in; `leave` is a shielded monthly rate, `count` a monthly sum, `score` a yearly survey score."""

    district: Unit
    unit: Unit
    neighbour: Unit
    leader: User
    area: FocusArea
    leave: Indicator
    count: Indicator
    score: Indicator

    @property
    def url(self) -> str:
        return f"/malekart/verdier/{self.unit.code}/"

    @property
    def paste_url(self) -> str:
        return f"{self.url}lim-inn/"

    def edit_url(self, indicator: Indicator, period: str = "2026-09", unit: Unit | None = None) -> str:
        return f"/malekart/{(unit or self.unit).code}/indikator/{indicator.code}/{period}/rediger/"

    def place(self, *indicators: Indicator) -> None:
        """More indicators on the card."""
        for indicator in indicators:
            PlacedIndicatorFactory(factor=SuccessFactorFactory(area=self.area), indicator=indicator)

    def record(self, indicator: Indicator, period: Period = SEPTEMBER, unit: Unit | None = None, **facts: Any) -> Measurement:
        """A figure that stands."""
        unit = unit or self.unit
        known = Measurement.objects.filter(indicator=indicator, unit=unit, period_start=period.start).first()
        figures = {name: Decimal(value) if isinstance(value, str) and name in ("value", "numerator", "denominator") else value
                   for name, value in facts.items() if name != "actor"}  # fmt: skip
        entry = Entry(indicator, unit, period, version=known.version if known else None, reason="Talt på nytt", **figures)
        record_values(entries=[entry], actor=facts.get("actor"), source=Source(), now=NOW, today=TODAY)
        return Measurement.objects.get(indicator=indicator, unit=unit, period_start=period.start)


@pytest.fixture
def world(db, settings) -> World:
    settings.ALNA_TODAY = TODAY
    district = DistrictFactory()
    unit, neighbour = UnitFactory(parent=district), UnitFactory(parent=district)
    area = FocusAreaFactory(scorecard=ScorecardFactory(unit=district))
    leave = SickLeaveFactory(window=1)
    count = IndicatorFactory(
        name="Brukere i alt", rollup=Method.SUM, frequency=PeriodKind.MONTH, measure="count", places=0, scale_min=0, scale_max=None
    )
    score = IndicatorFactory(name="Brukertilfredshet")
    made = World(district, unit, neighbour, person(Role.UNIT_LEADER, unit), area, leave, count, score)
    made.place(leave, count, score)
    return made


@pytest.fixture
def leader(world, client) -> Client:
    """A browser where the unit's leader is signed in."""
    client.force_login(world.leader)
    return client


def fields(
    world: World, indicator: Indicator, unit: Unit | None = None, *, seen: str = '{"quality": "final"}', version: str = "", **typed: str
) -> dict[str, str]:
    """One row of the form as a browser sends it; `seen` empty: nothing stood there."""
    key = f"{indicator.pk}-{(unit or world.unit).pk}"
    return {f"{key}-{name}": text for name, text in {"seen": seen, "version": version, "quality": "final", **typed}.items()}


def sent_by(response: Any) -> dict[str, str]:
    """Every field of the page's form as the browser would send it back untouched."""
    found: dict[str, str] = {}
    for row in response.context["grid"].rows:
        found |= {f"{row.place.key}-{name}": text for name, text in row.form.texts.items()}
        found |= {f"{row.place.key}-seen": row.seen_text, f"{row.place.key}-version": "" if row.version is None else str(row.version)}
    return found


def told(response: Any) -> list[str]:
    """The messages of an answer."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def shown(response: Any) -> str:
    """The page's markup."""
    return str(response.content.decode())
