"""A small district with one card: what the tests of reading stand on."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from common.periods import Period
from organisation.models import Unit
from organisation.rules.access import Role
from scorecard.models import FocusArea, Indicator, Scorecard, SuccessFactor, Target
from scorecard.queries.card import Card, card_for
from scorecard.queries.card_rows import Row
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality
from scorecard.services import derive
from scorecard.services.values import Entry, Source, record_values
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.scorecard import (
    FocusAreaFactory,
    IndicatorFactory,
    PlacedIndicatorFactory,
    ScorecardFactory,
    SuccessFactorFactory,
    TargetFactory,
)

TODAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
FILE = Source(origin="file", name="tall.csv", checks_versions=False, asks_reason=False)


@dataclass
class World:
    """District, a unit and its neighbour, and a published card of the district for 2026."""

    district: Unit
    unit: Unit
    neighbour: Unit
    scorecard: Scorecard
    area: FocusArea
    factor: SuccessFactor
    people: dict = field(default_factory=dict)

    def indicator(self, factory=IndicatorFactory, *, factor=None, weight="10", critical=False, **fields) -> Indicator:
        """An indicator on the card; a mean is its own in every unit unless the test says how it adds up."""
        fields.setdefault("rollup", Method.NONE if factory is IndicatorFactory else Method.RATIO)
        indicator = factory(**fields)
        PlacedIndicatorFactory(factor=factor or self.factor, indicator=indicator, weight=Decimal(weight), critical=critical)
        return indicator

    def target(self, indicator, unit=None, *, valid_from=date(2026, 1, 1), **limits) -> Target:
        limits = {name: None if value is None else Decimal(value) for name, value in limits.items()}
        fields = {"value": None, "yellow_limit": None, **limits}
        target = TargetFactory.create(indicator=indicator, unit=unit or self.district, valid_from=valid_from, **fields)
        target.history.update(history_date=target.recorded_at)
        derive.targets_changed(indicator_ids=[indicator.pk], unit_ids=[target.unit_id])
        return target

    def record(self, indicator, unit, period, value=None, *, parts=None, quality=Quality.FINAL, now=NOW, **more) -> None:
        period = Period.parse(str(period))
        figures = {"numerator": Decimal(parts[0]), "denominator": Decimal(parts[1])} if parts else {"value": value and Decimal(value)}
        entry = Entry(indicator, unit, period, quality=quality, **figures, **more)
        record_values(entries=[entry], actor=None, source=FILE, now=now, today=TODAY)

    def card(self, unit=None, *, year=2026, access=None, **choices) -> Card:
        return card_for(unit=unit or self.district, year=year, access=access, today=choices.pop("today", TODAY), **choices)

    def row(self, unit=None, *, indicator=None, **choices) -> Row:
        rows = self.card(unit, **choices).rows
        return next(row for row in rows if indicator is None or row.indicator == indicator)

    def person(self, role=Role.UNIT_LEADER, unit=None):
        return person(role, unit or self.unit)

    def address(self, unit=None, year=2026, end="") -> str:
        return f"/malekart/{(unit or self.unit).code}/{year}/{end}"


@pytest.fixture
def world(db, settings) -> World:
    settings.ALNA_TODAY = TODAY
    district = DistrictFactory(name="Bydel Alna")
    unit = UnitFactory(parent=district, name="Hjemmetjenesten")
    neighbour = UnitFactory(parent=district, name="Seniorsentre")
    scorecard = ScorecardFactory(unit=district, year=2026)
    area = FocusAreaFactory(scorecard=scorecard, name="Ansatte og arbeidsmiljø")
    factor = SuccessFactorFactory(area=area, name="Attraktiv arbeidsplass")
    return World(district, unit, neighbour, scorecard, area, factor)
