"""One figure: what it is made of, where it came from, and every version of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from common.periods import Period
from organisation.rules.tree import Node, OrganisationHistory, SuccessionRow
from scorecard.models import Indicator, Measurement, PeriodValue
from scorecard.queries.series import part_of_row, point_of, shown_points
from scorecard.rules import rollup
from scorecard.rules.aggregate import NOT_OVER_UNITS
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.rollup import NOTHING, Method, Sums
from scorecard.rules.statuses import Quality


@dataclass(frozen=True)
class Contribution:
    """What one unit adds to the figure: numerator and denominator (of a mean: sum of answers and their number), or its value."""

    unit_id: int
    code: str
    name: str
    sums: Sums = NOTHING
    value: Decimal | None = None
    quality: str = ""


@dataclass(frozen=True)
class Figure:
    """A unit's figure of one period.

    `single` is the period alone, `shown` the figure as pages show it: over the indicator's window, whose periods are `window`. `rows` are
    the units below (or, where `restated`, the units this one was made of) and `total` is what they come to.
    """

    single: SeriesPoint
    shown: SeriesPoint
    window: list[SeriesPoint]
    measurement: Measurement | None
    versions: list[Any]
    rows: list[Contribution]
    total: Sums
    predecessors: list[SuccessionRow]

    @property
    def restated(self) -> bool:
        return self.single.restated


def load_figure(indicator: Indicator, unit_id: int, period: Period, history: OrganisationHistory) -> Figure | None:
    """The figure, or None where the unit has none for the period. Four SQL statements, with one unit below or with thirty."""
    kept = _kept(indicator, unit_id, period)
    points = sorted((point_of(row, indicator, history) for row in kept), key=lambda point: point.period)
    single = next((point for point in points if point.period == period), None)
    measurement = (
        Measurement.objects.filter(indicator=indicator, unit_id=unit_id, period_start=period.start, period_kind=period.kind.value)
        .select_related("recorded_by")
        .first()
    )
    if single is None:
        return None
    window = [point for point in points if point.period.kind == period.kind]
    shown = next((point for point in shown_points(window, indicator) if point.period == period), single)
    predecessors = [row for row in history.predecessors(unit_id) if row.whole and row.on > period.last_day and single.restated]
    rows = _contributions(indicator, unit_id, period, history, predecessors)
    return Figure(
        single=single,
        shown=shown,
        window=window if indicator.window > 1 and period.kind == indicator.kind else [],
        measurement=measurement,
        versions=_versions(measurement),
        rows=rows,
        total=_total(indicator, rows),
        predecessors=predecessors,
    )


def _kept(indicator: Indicator, unit_id: int, period: Period) -> Sequence[PeriodValue]:
    """The period's row, and those of its window."""
    first = period.previous(indicator.window - 1) if period.kind == indicator.kind else period
    return list(
        PeriodValue.objects.filter(
            indicator=indicator,
            unit_id=unit_id,
            period_kind=period.kind.value,
            period_start__gte=first.start,
            period_start__lte=period.start,
        )
    )


def _versions(measurement: Measurement | None) -> list[Any]:
    """Every version as a row of the history, newest first. One SQL statement."""
    if measurement is None:
        return []
    return list(Measurement.history.filter(id=measurement.pk).select_related("recorded_by").order_by("-history_date", "-history_id"))


def _contributions(
    indicator: Indicator, unit_id: int, period: Period, history: OrganisationHistory, predecessors: Sequence[SuccessionRow]
) -> list[Contribution]:
    method = Method(indicator.rollup)
    if method in NOT_OVER_UNITS:
        return []
    nodes = _nodes(unit_id, period, history, predecessors)
    if not nodes:
        return []
    kept = PeriodValue.objects.filter(
        indicator=indicator, unit_id__in=[node.id for node in nodes], period_start=period.start, period_kind=period.kind.value
    )
    rows = {row.unit_id: row for row in kept}
    return [_contribution(node, rows.get(node.id), method, indicator.factor) for node in nodes]


def _nodes(unit_id: int, period: Period, history: OrganisationHistory, predecessors: Sequence[SuccessionRow]) -> list[Node]:
    """The units below on the period's last day; of a unit that did not exist then, those it was made of."""
    tree = history.on(period.last_day)
    nodes = list(tree.children(unit_id))
    for row in predecessors:
        unit = history.by_id[row.predecessor_id]
        name = history.name_of(unit.id, period.last_day)
        nodes.append(tree.nodes.get(unit.id) or Node(unit.id, unit.code, name, unit.kind, None))
    return nodes


def _contribution(node: Node, row: PeriodValue | None, method: Method, factor: Decimal) -> Contribution:
    if row is None:
        return Contribution(node.id, node.code, node.name)
    part = part_of_row(row, method, factor)
    sums = NOTHING
    if row.own and Quality(row.own_quality).has_figure:
        sums = rollup.sums_of(method, replace(part, units=1, expected=0), factor=factor)
    if not sums.weight_count and row.sum_count and row.own_quality != Quality.NOT_RELEVANT:
        sums = Sums(Decimal(row.sum_numerator), Decimal(row.sum_denominator), row.sum_count, units=1)
    return Contribution(node.id, node.code, node.name, sums, part.value, row.quality)


def _total(indicator: Indicator, rows: Sequence[Contribution]) -> Sums:
    method = Method(indicator.rollup)
    return NOTHING if method in NOT_OVER_UNITS else rollup.total(method, (row.sums for row in rows))
