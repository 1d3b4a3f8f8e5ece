"""Indicators with one value history each, scorecards that place them, targets, measurements and what is derived from them."""

from scorecard.models.actions import IndicatorAction
from scorecard.models.agreements import AcceptedDeviation, LimitReset, PointNote, Snapshot
from scorecard.models.derived import Cell, DataStamp, PeriodValue
from scorecard.models.indicators import Benchmark, Indicator
from scorecard.models.measurements import Measurement
from scorecard.models.structure import FactorLink, FocusArea, PlacedIndicator, Scorecard, SuccessFactor
from scorecard.models.targets import Target

__all__ = [
    "AcceptedDeviation",
    "Benchmark",
    "Cell",
    "DataStamp",
    "FactorLink",
    "FocusArea",
    "Indicator",
    "IndicatorAction",
    "LimitReset",
    "Measurement",
    "PeriodValue",
    "PlacedIndicator",
    "PointNote",
    "Scorecard",
    "Snapshot",
    "SuccessFactor",
    "Target",
]
