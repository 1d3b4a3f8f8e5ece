"""One indicator of one unit over time, with everything that is read together with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from common.periods import Period, PeriodKind
from organisation.rules.tree import OrganisationHistory
from scorecard.models import AcceptedDeviation, Indicator, LimitReset, Measurement, PeriodValue, PointNote, Target
from scorecard.queries import agreements
from scorecard.queries.known import calculated_at, end_of, ever_above, ever_below, measurements_at, series_at, versions_at
from scorecard.queries.series import limits_finder, point_of, shown_points, state_of, target_in_force
from scorecard.queries.targets import row_of
from scorecard.rules import acceptance
from scorecard.rules.averages import YearMean, year_means
from scorecard.rules.cells import CellState, SeriesPoint
from scorecard.rules.control_chart import ControlChart, Verdict, verdict, xmr
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Direction, Limits, Quality, Status, status_of
from scorecard.rules.targets import TargetRow
from scorecard.rules.windows import of_rhythm

Row = TypeVar("Row", PointNote, LimitReset)

# Limits from chance are for figures that come often; twelve years of yearly figures are not one process.
CHARTED = frozenset({PeriodKind.MONTH, PeriodKind.QUARTER})


@dataclass(frozen=True)
class Series:
    """A unit's figures of an indicator, oldest first.

    `singles` are the periods of the indicator's own rhythm each for itself, `shown` the same as they are shown (twelve months together
    where the indicator says so), `years` figures a source gave for whole years beside them. `known_on` is the day it is read as known,
    None for now. `own_targets` False reads it against the target the unit would inherit.
    """

    indicator: Indicator
    unit_id: int
    history: OrganisationHistory
    today: date
    singles: list[SeriesPoint]
    shown: list[SeriesPoint]
    years: list[SeriesPoint]
    measurements: dict[Period, Measurement]
    all_targets: list[Target]
    notes: list[PointNote]
    resets: list[LimitReset]
    acceptances: list[AcceptedDeviation]
    known_on: date | None = None
    own_targets: bool = True
    others: dict[int, list[SeriesPoint]] = field(default_factory=dict)

    @property
    def kind(self) -> PeriodKind:
        """The kind of period that is shown: the indicator's own, or that of what there is."""
        return self.shown[-1].period.kind if self.shown else self.indicator.kind

    @property
    def windowed(self) -> bool:
        return self.indicator.window > 1

    @cached_property
    def rows(self) -> list[TargetRow]:
        direction = Direction(self.indicator.direction)
        counting = [target for target in self.all_targets if target.confirmed and (self.own_targets or target.unit_id != self.unit_id)]
        return [row_of(target, direction) for target in counting]

    @cached_property
    def _targets(self) -> dict[int, Target]:
        return {target.pk: target for target in self.all_targets}

    def target_of(self, period: Period) -> Target | None:
        """The target in force in the period, as it was set."""
        row = target_in_force(self.unit_id, self.rows, self.history, period)
        return self._targets.get(row.target_id) if row and row.target_id else None

    def limits(self, period: Period) -> Limits | None:
        return limits_finder(self.unit_id, self.rows, self.history)(period)

    def status(self, point: SeriesPoint) -> Status:
        """The status of one point by the target of its period; an accepted miss is grey."""
        return self._judged(point, status_of(point.value, self.limits(point.period)), point.period.last_day)

    def _judged(self, point: SeriesPoint, status: Status, day: date) -> Status:
        row = agreements.in_force(self.acceptances, day)
        found = agreements.acceptance_of(row, Direction(self.indicator.direction)) if row else None
        return acceptance.apply(status, found, today=day, value=point.value)

    @cached_property
    def state(self) -> CellState:
        """The present state, by the same rule as every overview."""
        return state_of(self.indicator, self.unit_id, self.shown, self.rows, self.history)

    @property
    def status_now(self) -> Status:
        """The present status; a miss that is accepted today is grey today."""
        latest = self.state.latest
        return self.state.status if latest is None else self._judged(latest, self.state.status, self.today)

    @cached_property
    def figures(self) -> list[tuple[Period, Decimal]]:
        """What limits are told from: single periods with a figure."""
        singles = [point for point in self.singles if point.period.kind in CHARTED]
        return [(point.period, point.value) for point in singles if point.value is not None and Quality(point.quality).has_figure]

    @cached_property
    def stages(self) -> list[ControlChart]:
        """A chart for each stretch between the periods from which the limits are computed anew, oldest first."""
        starts: list[Period | None] = [None, *(reset.period for reset in self.resets)]
        ends: list[Period | None] = [*starts[1:], None]
        charts = [self._chart_of(start, end) for start, end in zip(starts, ends, strict=True)]
        return [chart for chart in charts if chart is not None]

    def _chart_of(self, start: Period | None, end: Period | None) -> ControlChart | None:
        points = [(period, value) for period, value in self.figures if end is None or period.start < end.start]
        return xmr(points, scale_min=self.indicator.scale_min, scale_max=self.indicator.scale_max, since=start)

    @cached_property
    def chart(self) -> ControlChart | None:
        """The chart of the last stretch, the one that speaks about now."""
        return self._chart_of(self.resets[-1].period if self.resets else None, None)

    @cached_property
    def verdict(self) -> Verdict:
        limits = self.state.limits or Limits(Direction(self.indicator.direction))
        return verdict(self.chart, target=limits.target, direction=Direction(limits.direction), low=limits.low, high=limits.high)

    @cached_property
    def confirmed_changes(self) -> list[Period]:
        """The periods from which limits may be computed anew: where a lasting change begins, in the last stretch."""
        if self.chart is None:
            return []
        runs = {signal.first for signal in self.chart.signals if signal.first != signal.last}
        first = self.chart.points[0][0]
        return sorted(period for period in {*runs, *([self.verdict.since] if self.verdict.since else [])} if period != first)

    @cached_property
    def means(self) -> list[YearMean]:
        """What the periods of each year come to; of single periods, never of overlapping ones."""
        singles = [point for point in self.singles if point.period.kind is not PeriodKind.YEAR]
        return year_means(singles, method=Method(self.indicator.rollup), factor=self.indicator.factor)

    @property
    def has_own_target(self) -> bool:
        return any(target.unit_id == self.unit_id and target.confirmed and not target.withdrawn for target in self.all_targets)


def load_series(
    indicator: Indicator,
    unit_id: int,
    history: OrganisationHistory,
    *,
    today: date,
    known_on: date | None = None,
    own_targets: bool = True,
) -> Series:
    """A unit's series with targets, notes and agreements. Six SQL statements, whatever the length of history or the units below.

    With `known_on` everything is as it was known at the end of that day; the figures of the units below are then read as well.
    """
    if known_on is not None:
        return _as_known(indicator, unit_id, history, known_on, own_targets)
    kept = PeriodValue.objects.filter(indicator=indicator, unit_id=unit_id)
    singles, shown, years = _parted([point_of(row, indicator, history) for row in kept], indicator)
    measured = Measurement.objects.filter(indicator=indicator, unit_id=unit_id).select_related("recorded_by")
    targets = Target.objects.filter(indicator=indicator, unit_id__in=ever_above(history, unit_id))
    return Series(
        indicator=indicator,
        unit_id=unit_id,
        history=history,
        today=today,
        singles=singles,
        shown=shown,
        years=years,
        measurements={row.period: row for row in measured},
        all_targets=list(targets.select_related("approved_by", "recorded_by").order_by("valid_from", "pk")),
        notes=agreements.notes(indicator, unit_id),
        resets=agreements.resets(indicator, unit_id),
        acceptances=agreements.acceptances(indicator, unit_id),
        own_targets=own_targets,
    )


def _as_known(indicator: Indicator, unit_id: int, history: OrganisationHistory, day: date, own_targets: bool) -> Series:
    moment = end_of(day)
    below = ever_below(history, unit_id)
    measured = measurements_at(indicator, below, moment)
    every = calculated_at(indicator, below, moment, history) if indicator.formula else series_at(indicator, measured, history)
    singles, shown, years = _parted(every.get(unit_id, []), indicator)
    targets = versions_at(Target.history, moment, indicator_id=indicator.pk, unit_id__in=ever_above(history, unit_id) | below)
    accepted = versions_at(AcceptedDeviation.history, moment, indicator_id=indicator.pk, unit_id=unit_id)
    return Series(
        indicator=indicator,
        unit_id=unit_id,
        history=history,
        today=day,
        singles=singles,
        shown=shown,
        years=years,
        measurements={row.period: row for row in measured if row.unit_id == unit_id},
        all_targets=sorted(targets, key=lambda target: (target.valid_from, target.pk)),
        notes=_until(agreements.notes(indicator, unit_id), moment),
        resets=_until(agreements.resets(indicator, unit_id), moment),
        acceptances=sorted(accepted, key=lambda row: row.valid_from, reverse=True),
        known_on=day,
        own_targets=own_targets,
        others=every,
    )


def _until(rows: Iterable[Row], moment: datetime) -> list[Row]:
    return [row for row in rows if row.recorded_at <= moment]


def _parted(points: Sequence[SeriesPoint], indicator: Indicator) -> tuple[list[SeriesPoint], list[SeriesPoint], list[SeriesPoint]]:
    """Single periods, the same as shown, and whole years beside them."""
    ordered = sorted(points, key=lambda point: point.period)
    singles = of_rhythm(ordered, indicator.kind)
    years = [point for point in ordered if point.period.kind is PeriodKind.YEAR and point not in singles]
    return singles, shown_points(ordered, indicator), years
