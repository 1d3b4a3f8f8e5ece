"""Puts figures into the house with the day they were recorded, in few statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from alna.demo.world import World, add_with_history
from common.numbers import round_half_up
from common.periods import Period
from organisation.models import User
from scorecard.models import Measurement
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality
from scorecard.services.values import Entry, Source, record_values

PLACES = 6
MADE_UP = "Demodata"


@dataclass(frozen=True)
class Figure:
    """One figure of an indicator (by code) in a unit (by code). `source` empty: made up, and the row says which of them it is.

    `origin` says how it came: with a source and none given it is the published one.
    """

    indicator: str
    unit: str
    period: Period
    recorded: datetime
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    quality: Quality = Quality.FINAL
    stated: Decimal | None = None
    note: str = ""
    source: str = ""
    place: str = ""
    text: str = ""
    origin: str = ""

    @property
    def way(self) -> str:
        return self.origin or (Measurement.Origin.SEED if self.source else Measurement.Origin.DEMO)

    @property
    def row(self) -> str:
        """Where in the source it stands."""
        return self.place if self.source else f"{self.indicator}, {self.unit}, {self.period.code}"


def add(world: World, figures: Iterable[Figure], *, by: User | None = None) -> None:
    """Records the figures that are not there yet; marks their indicators."""
    new = add_with_history(
        world,
        [_measurement(world, figure, by) for figure in figures],
        *("indicator_id", "unit_id", "period_start", "period_kind"),
        first_written="recorded_at",
    )
    codes = {indicator.pk: code for code, indicator in world.indicators.items()}
    world.touched.update(codes[row.indicator_id] for row in new)


def _measurement(world: World, figure: Figure, by: User | None) -> Measurement:
    indicator = world.indicators[figure.indicator]
    value = figure.value
    if figure.numerator is not None and figure.denominator and indicator.rollup == Method.RATIO:
        value = round_half_up(figure.numerator / figure.denominator * indicator.factor, PLACES)
    row = Measurement(
        indicator=indicator,
        unit=world.units[figure.unit],
        value=value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        quality=figure.quality.value,
        stated=figure.stated,
        note=figure.note,
        origin=figure.way,
        source_name=figure.source or MADE_UP,
        source_place=figure.row,
        source_text=figure.text,
        recorded_at=figure.recorded,
        recorded_by=by,
    )
    row.period = figure.period
    return row


def correct(world: World, figure: Figure, *, reason: str, by: User) -> None:
    """Puts this figure in place of the first one, with the reason; a figure that somebody has corrected already is left alone."""
    indicator, unit = world.indicators[figure.indicator], world.units[figure.unit]
    if figure.recorded.date() > world.plan.today:
        return
    first = Measurement.objects.filter(
        indicator=indicator, unit=unit, period_start=figure.period.start, period_kind=figure.period.kind.value, version=1
    )
    if not first.exists():
        return
    entry = Entry(
        indicator,
        unit,
        figure.period,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        quality=figure.quality,
        note=figure.note,
        stated=figure.stated,
        reason=reason,
        source_place=figure.row,
        source_text=figure.text,
    )
    source = Source(origin=figure.way, name=figure.source or MADE_UP, checks_versions=False)
    record_values(entries=[entry], actor=by, source=source, now=figure.recorded, today=world.plan.today)
    world.count("correction", 1)
