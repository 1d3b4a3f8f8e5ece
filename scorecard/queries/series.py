"""Kept period values as points of a series, and what is in force for them."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from common.periods import Period, PeriodKind
from organisation.rules.tree import OrganisationHistory
from scorecard.models import Cell, Indicator, PeriodValue
from scorecard.rules import rollup
from scorecard.rules.cells import CellState, SeriesPoint, cell_of
from scorecard.rules.rollup import Method, Part
from scorecard.rules.statuses import Direction, Limits, Quality
from scorecard.rules.targets import TargetRow, in_force
from scorecard.rules.windows import of_rhythm, rolling

# Two years of months: the same month last year, twelve for the trend, and a run of red.
REACH = {PeriodKind.MONTH: 25, PeriodKind.QUARTER: 13, PeriodKind.TERTIAL: 13, PeriodKind.YEAR: 13}


def part_of_row(row: PeriodValue | Cell, method: Method, factor: Decimal) -> Part:
    """What counts in a kept row, with the unrounded value where numerator and denominator give it."""
    value = row.value
    if method in rollup.DIVIDED and row.numerator is not None and row.denominator:
        value = row.numerator / row.denominator * (factor if method == Method.RATIO else Decimal(1))
    return Part(row.numerator, row.denominator, value, quality=Quality(row.quality), restated=row.restated)


def point_of(row: PeriodValue, indicator: Indicator, history: OrganisationHistory) -> SeriesPoint:
    """A kept row as a point of a series."""
    part = part_of_row(row, Method(indicator.rollup), indicator.factor)
    return SeriesPoint(
        period=row.period,
        value=part.value,
        numerator=row.numerator,
        denominator=row.denominator,
        quality=Quality(row.quality),
        covered=row.covered,
        expected=len(history.on(row.period.last_day).children(row.unit_id)) - row.excluded,
        restated=row.restated,
        own=row.own,
    )


def shown_points(points: list[SeriesPoint], indicator: Indicator) -> list[SeriesPoint]:
    """The points as the indicator is shown: of its own rhythm, and summed over its window."""
    regular = of_rhythm(points, indicator.kind)
    return rolling(regular, window=indicator.window, method=Method(indicator.rollup), factor=indicator.factor, kind=indicator.kind)


def cutoff(indicator: Indicator, newest: date) -> date:
    """The first day of the stretch that a cell is computed from."""
    kind = indicator.kind
    if kind is PeriodKind.YEAR:
        return date(newest.year - REACH[kind], 1, 1)
    return Period.containing(newest, kind).previous(REACH[kind] + indicator.window - 1).start


def limits_finder(unit_id: int, rows: Iterable[TargetRow], history: OrganisationHistory) -> Callable[[Period], Limits | None]:
    """Which limits are in force for the unit in a period: the nearest target at or above it in that period's tree."""

    def find(period: Period) -> Limits | None:
        row = target_in_force(unit_id, rows, history, period)
        return row.limits if row else None

    return find


def target_in_force(unit_id: int, rows: Iterable[TargetRow], history: OrganisationHistory, period: Period) -> TargetRow | None:
    """The target row in force; a unit that did not exist yet is read in the tree of its first day."""
    path = history.on(period.last_day).path(unit_id) or history.on(history.by_id[unit_id].valid_from).path(unit_id)
    return in_force(rows, period, path)


def state_of(
    indicator: Indicator, unit_id: int, points: list[SeriesPoint], rows: Iterable[TargetRow], history: OrganisationHistory
) -> CellState:
    """The cell's state by the indicator's own rules."""
    return cell_of(
        points,
        limits_for=limits_finder(unit_id, rows, history),
        direction=Direction(indicator.direction),
        places=indicator.places + 1,
        gap=indicator.change_gap or Decimal(0),
        floor=indicator.zero,
        ceil=indicator.zero,
    )
