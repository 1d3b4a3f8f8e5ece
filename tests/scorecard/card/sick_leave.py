"""A district's card of one indicator, sick leave, that a unit below reports to."""

from datetime import UTC, date, datetime
from decimal import Decimal

from common.periods import Period
from scorecard.services.values import Entry, Source, record_values
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.factories.scorecard import (
    FocusAreaFactory,
    PlacedIndicatorFactory,
    ScorecardFactory,
    SickLeaveFactory,
    SuccessFactorFactory,
    TargetFactory,
)

NOW, TODAY = datetime(2026, 10, 8, 6, 0, tzinfo=UTC), date(2026, 10, 9)
FILE = Source(origin="file", name="sykefravaer.csv", checks_versions=False, asks_reason=False)


def a_card():
    """District, unit and the placed indicator."""
    district = DistrictFactory()
    unit = UnitFactory(parent=district)
    indicator = SickLeaveFactory(window=1)
    area = FocusAreaFactory(scorecard=ScorecardFactory(unit=district, year=2026), name="Medarbeidere")
    placed = PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area, name="Nærvær"), indicator=indicator)
    TargetFactory(indicator=indicator, unit=district, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))
    return district, unit, placed


def rate(indicator, unit) -> None:
    """September's figure."""
    entry = Entry(indicator, unit, Period.month(2026, 9), numerator=Decimal(138), denominator=Decimal(1000))
    record_values(entries=[entry], actor=None, source=FILE, now=NOW, today=TODAY)
