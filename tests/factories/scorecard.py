"""Indicators, scorecards, targets and measurements for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from common.periods import Period, PeriodKind
from scorecard.models import FocusArea, Indicator, Measurement, PlacedIndicator, Scorecard, SuccessFactor, Target
from scorecard.rules.lifecycle import State
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Direction
from tests.factories.organisation import DistrictFactory, UnitFactory

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)


class IndicatorFactory(factory.django.DjangoModelFactory[Indicator]):
    """A yearly survey score, higher is better, 1–6."""

    class Meta:
        model = Indicator

    code = factory.Sequence(lambda number: f"indikator_{number}")
    name = factory.Sequence(lambda number: f"Indikator {number}")
    method_text = "Brukerundersøkelse"
    source = "Undersøkelsen"
    measure = Indicator.Measure.SCALE
    direction = Direction.HIGHER
    rollup = Method.POOLED
    frequency = PeriodKind.YEAR
    scale_min = Decimal(1)
    scale_max = Decimal(6)
    score_floor = Decimal(3)


class SickLeaveFactory(IndicatorFactory):
    """A monthly rate with numerator and denominator, lower is better, shielded."""

    code = factory.Sequence(lambda number: f"sykefravaer_{number}")
    name = "Sykefravær"
    method_text = "Tall fra NLP"
    measure = Indicator.Measure.PERCENT
    unit_text = "%"
    direction = Direction.LOWER
    rollup = Method.RATIO
    factor = Decimal(100)
    frequency = PeriodKind.MONTH
    scale_min = Decimal(0)
    scale_max = Decimal(100)
    score_floor = None
    restricted = True


class ScorecardFactory(factory.django.DjangoModelFactory[Scorecard]):
    class Meta:
        model = Scorecard

    unit = factory.SubFactory(DistrictFactory)
    year = 2026
    state = State.PUBLISHED


class FocusAreaFactory(factory.django.DjangoModelFactory[FocusArea]):
    class Meta:
        model = FocusArea

    scorecard = factory.SubFactory(ScorecardFactory)
    name = factory.Sequence(lambda number: f"Fokusområde {number}")
    order = factory.Sequence(int)


class SuccessFactorFactory(factory.django.DjangoModelFactory[SuccessFactor]):
    class Meta:
        model = SuccessFactor

    area = factory.SubFactory(FocusAreaFactory)
    name = factory.Sequence(lambda number: f"Suksessfaktor {number}")
    order = factory.Sequence(int)


class PlacedIndicatorFactory(factory.django.DjangoModelFactory[PlacedIndicator]):
    class Meta:
        model = PlacedIndicator

    factor = factory.SubFactory(SuccessFactorFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    order = factory.Sequence(int)
    weight = Decimal(100)


class TargetFactory(factory.django.DjangoModelFactory[Target]):
    class Meta:
        model = Target

    indicator = factory.SubFactory(IndicatorFactory)
    unit = factory.SubFactory(DistrictFactory)
    valid_from = date(2026, 1, 1)
    value = Decimal("4.5")
    yellow_limit = Decimal("4.2")
    recorded_at = NOW


class MeasurementFactory(factory.django.DjangoModelFactory[Measurement]):
    """A row as it stands, without what is derived from it; use scorecard.services to get that too."""

    class Meta:
        model = Measurement

    indicator = factory.SubFactory(IndicatorFactory)
    unit = factory.SubFactory(UnitFactory)
    period = Period.of_year(2025)
    value = Decimal("4.7")
    recorded_at = NOW
