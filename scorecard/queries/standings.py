"""Where each indicator of a scorecard stands in a unit: from the cells for now, else from the kept period values or the versions of a day.

All three give the same standing for the same figures; the number of SQL statements depends on neither indicators nor history.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max, Q

from common.periods import Period, PeriodKind
from organisation.rules.tree import OrganisationHistory
from scorecard.models import Cell, Indicator, Measurement, PeriodValue
from scorecard.queries.formula_parts import named_by
from scorecard.queries.known import calculated_points, ever_below, series_at, versions_at
from scorecard.queries.series import cutoff, part_of_row, point_of, shown_points
from scorecard.rules.cells import TREND_LENGTH, SeriesPoint, parse_trend
from scorecard.rules.formulas import parse
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality

Trend = tuple[tuple[Period | None, Decimal | None], ...]
WITHDRAWN = frozenset({Quality.MISSING, Quality.NOT_RELEVANT})


@dataclass(frozen=True)
class Standing:
    """The latest figure, and what stands around it.

    `period` and everything up to `expected` belong to the latest figure; None where there never was one. `newest` is the newest period
    whatever it carries. `trend` is oldest first; a cell knows its figures but not the period of each.
    """

    period: Period | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    quality: Quality = Quality.MISSING
    own: bool = False
    restated: bool = False
    covered: int = 0
    expected: int = 0
    newest: Period | None = None
    newest_quality: Quality | None = None
    previous: Decimal | None = None
    year_before: Decimal | None = None
    trend: Trend = ()

    @property
    def withdrawn(self) -> bool:
        """A newer period says that there is no figure: showing the old one as the present would be a claim nobody makes."""
        return self.newest_quality in WITHDRAWN

    @property
    def judged(self) -> Decimal | None:
        """The figure that is held against the target."""
        return None if self.withdrawn else self.value


NOTHING = Standing()


def judged_value(cell: Cell) -> Decimal | None:
    """The figure of a cell that is held against the target: none where a newer period says that there is none."""
    return None if cell.newest_quality in WITHDRAWN else cell.value


def standings_now(unit_id: int, indicators: Collection[Indicator]) -> dict[int, Standing]:
    """The present state by indicator, from the kept cells. One SQL statement."""
    by_id = {indicator.pk: indicator for indicator in indicators}
    cells = Cell.objects.filter(unit_id=unit_id, indicator_id__in=by_id).order_by()
    return {cell.indicator_id: _of_cell(cell, by_id[cell.indicator_id]) for cell in cells}


def _of_cell(cell: Cell, indicator: Indicator) -> Standing:
    """Statuses are of unrounded figures, and a cell keeps six decimals: a rate is divided again."""
    newest = Period(cell.newest_start or cell.period_start, PeriodKind(cell.period_kind))
    newest_quality = Quality(cell.newest_quality or cell.quality)
    trend: list[tuple[Period | None, Decimal | None]] = [(None, value) for value in parse_trend(cell.trend)]
    withdrawn = newest_quality in WITHDRAWN
    year_before = cell.year_before
    if withdrawn:
        # Of the figures before the one that is missing a cell keeps the latest only.
        year_before = cell.value if newest.same_last_year() == cell.period else None
        if newest_quality == Quality.MISSING and trend and newest != cell.period:
            trend.append((None, None))
    return Standing(
        period=None if cell.value is None else cell.period,
        value=part_of_row(cell, Method(indicator.rollup), indicator.factor).value,
        numerator=cell.numerator,
        denominator=cell.denominator,
        quality=Quality(cell.quality),
        own=cell.own,
        restated=cell.restated,
        covered=cell.covered,
        expected=cell.expected,
        newest=newest,
        newest_quality=newest_quality,
        previous=cell.previous,
        year_before=year_before,
        trend=tuple(trend),
    )


def standings_until(unit_id: int, indicators: Collection[Indicator], until: date, history: OrganisationHistory) -> dict[int, Standing]:
    """What stood there on a day, from the figures of periods that had ended by then. Two SQL statements."""
    by_id = {indicator.pk: indicator for indicator in indicators}
    kept = PeriodValue.objects.filter(unit_id=unit_id, indicator_id__in=by_id, period_start__lte=until)
    newest = dict(kept.order_by().values_list("indicator_id").annotate(newest=Max("period_start")))
    # Indicators with the same beginning are asked for together: a few stretches, however many indicators and years.
    starts: dict[date, list[int]] = {}
    for indicator_id, start in newest.items():
        starts.setdefault(cutoff(by_id[indicator_id], start), []).append(indicator_id)
    stretches = Q(pk__in=[])
    for start, indicator_ids in starts.items():
        stretches |= Q(indicator_id__in=indicator_ids, period_start__gte=start)
    points: dict[int, list[SeriesPoint]] = {}
    for row in kept.filter(stretches).order_by("period_start", "period_kind"):
        if row.period.last_day <= until:
            points.setdefault(row.indicator_id, []).append(point_of(row, by_id[row.indicator_id], history))
    return {pk: standing_of(by_id[pk], found) for pk, found in points.items()}


def standings_known(
    unit_id: int, indicators: Collection[Indicator], until: date, moment: datetime, history: OrganisationHistory
) -> dict[int, Standing]:
    """What was known at a moment about periods that had ended by a day. One SQL statement, one to five more where formulas are shown."""
    named = named_by(indicators)
    every = {indicator.pk: indicator for indicator in (*indicators, *named.values())}
    below = ever_below(history, unit_id)
    rows: dict[int, list[Measurement]] = {}
    for row in versions_at(Measurement.history, moment, indicator_id__in=list(every), unit_id__in=below, period_start__lte=until):
        if row.period.last_day <= until:
            rows.setdefault(row.indicator_id, []).append(row)
    points = {
        pk: series_at(indicator, rows.get(pk, []), history).get(unit_id, []) for pk, indicator in every.items() if not indicator.formula
    }
    by_code = {indicator.code: indicator for indicator in every.values()}
    for indicator in every.values():
        if indicator.formula:
            points[indicator.pk] = _calculated(indicator, by_code, points)
    return {indicator.pk: standing_of(indicator, points[indicator.pk]) for indicator in indicators if points[indicator.pk]}


def _calculated(indicator: Indicator, by_code: Mapping[str, Indicator], points: Mapping[int, list[SeriesPoint]]) -> list[SeriesPoint]:
    """A formula period by period. It is computed in each unit for itself, from what the unit's figures came to."""
    formula = parse(indicator.formula)
    values: dict[Period, dict[str, SeriesPoint]] = {}
    for code in formula.codes:
        part = by_code.get(code)
        if part is None:
            continue
        found = _calculated(part, by_code, points) if part.formula else points.get(part.pk, [])
        for point in found:
            values.setdefault(point.period, {})[code] = point
    return calculated_points(formula, values)


def standing_of(indicator: Indicator, found: Sequence[SeriesPoint]) -> Standing:
    """The standing that a series, oldest first, comes to. The same choices as `rules.cells.cell_of` makes."""
    points = shown_points(list(found), indicator)
    newest = points[-1] if points else None
    latest = next((point for point in reversed(points) if point.value is not None), None)
    if latest is None or newest is None:
        return Standing(newest=newest.period if newest else None, newest_quality=newest.quality if newest else None)
    alike = [point for point in points if point.period.kind == latest.period.kind]
    figures = [point for point in alike if point.value is not None]
    seen_from = newest.period if newest.quality in WITHDRAWN and newest.period.kind == latest.period.kind else latest.period
    year_before = next((point.value for point in figures if point.period == seen_from.same_last_year()), None)
    shown = [(point.period, point.value) for point in alike if point.value is not None or point.quality == Quality.MISSING]
    upto = max(shown.index((latest.period, latest.value)) + 1, len(shown) if newest.quality == Quality.MISSING else 0)
    return Standing(
        period=latest.period,
        value=latest.value,
        numerator=latest.numerator,
        denominator=latest.denominator,
        quality=latest.quality,
        own=latest.own,
        restated=latest.restated,
        covered=latest.covered,
        expected=max(latest.expected, 0),
        newest=newest.period,
        newest_quality=newest.quality,
        previous=figures[-2].value if len(figures) > 1 else None,
        year_before=year_before,
        trend=tuple(shown[:upto][-TREND_LENGTH:]),
    )
