"""What stands around an indicator's series: the units below, the district, others' figures, corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from common.periods import Period, PeriodKind
from organisation.rules.tree import Node
from scorecard.models import Benchmark, Cell, Measurement, PeriodValue
from scorecard.queries.agreements import acceptances_on
from scorecard.queries.indicator import Series
from scorecard.queries.known import end_of, versions_at
from scorecard.queries.library import BenchmarkRow, judged
from scorecard.queries.series import point_of, shown_points, state_of
from scorecard.queries.targets import limits_of_cell
from scorecard.rules import acceptance
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.statuses import Limits, Status


@dataclass(frozen=True)
class ChildRow:
    """A unit directly below with its latest figure; `period` None where it has none."""

    node: Node
    period: Period | None = None
    value: Decimal | None = None
    limits: Limits | None = None
    quality: str = ""
    status: str = Status.NO_VALUE
    covered: int = 0
    expected: int = 0
    own: bool = True


@dataclass(frozen=True)
class Correction:
    """Two versions of a figure that follow one another, as rows of its history."""

    before: Any
    after: Any

    @property
    def period(self) -> Period:
        return Period(self.after.period_start, PeriodKind(self.after.period_kind))


def children_of(series: Series) -> list[ChildRow]:
    """The units directly below today, each with its latest figure. Two SQL statements, none where nothing stands below."""
    nodes = series.history.on(series.today).children(series.unit_id)
    if not nodes:
        return []
    if series.known_on is not None:
        return [_known_child(series, node) for node in nodes]
    ids = [node.id for node in nodes]
    cells = {cell.unit_id: cell for cell in Cell.objects.filter(indicator=series.indicator, unit_id__in=ids)}
    accepted = acceptances_on(series.today, unit_ids=ids, indicator_ids=[series.indicator.pk])
    found = []
    for node in nodes:
        cell = cells.get(node.id)
        if cell is None:
            found.append(ChildRow(node))
            continue
        given = accepted.get((node.id, series.indicator.pk))
        status = acceptance.apply(Status(cell.status), given, today=series.today, value=cell.value)
        limits = limits_of_cell(cell, series.indicator.direction)
        found.append(ChildRow(node, cell.period, cell.value, limits, cell.quality, status, cell.covered, cell.expected, cell.own))
    return found


def _known_child(series: Series, node: Node) -> ChildRow:
    points = shown_points(series.others.get(node.id, []), series.indicator)
    if not points:
        return ChildRow(node)
    state = state_of(series.indicator, node.id, points, series.rows, series.history)
    latest = state.latest or points[-1]
    return ChildRow(
        node, latest.period, latest.value, state.limits, latest.quality, state.status, latest.covered, latest.expected, latest.own
    )


def district_point(series: Series, district_id: int | None, period: Period) -> SeriesPoint | None:
    """The district's figure for the period as it is shown. One SQL statement."""
    if district_id is None or district_id == series.unit_id:
        return None
    if series.known_on is not None:
        return None
    indicator = series.indicator
    first = period.previous(indicator.window - 1) if series.windowed and period.kind == indicator.kind else period
    rows = PeriodValue.objects.filter(
        indicator=indicator,
        unit_id=district_id,
        period_kind=period.kind.value,
        period_start__gte=first.start,
        period_start__lte=period.start,
    )
    points = sorted((point_of(row, indicator, series.history) for row in rows), key=lambda point: point.period)
    return next((point for point in shown_points(points, indicator) if point.period == period), None)


def benchmarks(series: Series) -> list[BenchmarkRow]:
    """What others have, by group and period, with a word on those that may not be shown. One SQL statement."""
    if series.known_on is None:
        rows: Sequence[Benchmark] = list(Benchmark.objects.filter(indicator=series.indicator))
    else:
        rows = versions_at(Benchmark.history, end_of(series.known_on), indicator_id=series.indicator.pk)
    return judged(sorted(rows, key=lambda row: (row.group, row.period)))


def corrections(series: Series) -> list[Correction]:
    """Every figure that was changed after it was first recorded, newest change first. At most one SQL statement."""
    changed = [row.pk for row in series.measurements.values() if row.version > 1]
    if not changed:
        return []
    history = Measurement.history.filter(id__in=changed).select_related("recorded_by")
    if series.known_on is not None:
        history = history.filter(history_date__lte=end_of(series.known_on))
    versions: dict[int, list[Any]] = {}
    for record in history.order_by("history_date", "history_id"):
        versions.setdefault(record.id, []).append(record)
    found = [Correction(before, after) for rows in versions.values() for before, after in pairwise(rows)]
    return sorted(found, key=lambda each: (each.after.history_date, each.after.history_id), reverse=True)
