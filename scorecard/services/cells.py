"""Keeps Cell: the present state of an indicator in a unit, from a short stretch of its newest figures."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Max

from organisation.queries import tree as organisation_tree
from organisation.rules.tree import OrganisationHistory
from scorecard.models import Cell, Indicator, PeriodValue
from scorecard.queries.series import cutoff, point_of, shown_points, state_of, target_in_force
from scorecard.queries.targets import target_rows
from scorecard.rules.cells import CellState, SeriesPoint
from scorecard.rules.scores import score
from scorecard.rules.statuses import Direction, Limits

FIELDS = (
    *("period_start", "period_kind", "value", "numerator", "denominator", "quality", "own", "restated", "covered", "expected"),
    *("newest_start", "newest_quality", "previous", "year_before", "target", "yellow_limit", "low", "high", "tolerance", "own_target"),
    *("status", "score", "score_change", "effect", "red_run", "trend"),
)


def refresh(indicator: Indicator, unit_ids: Collection[int], *, newest: Mapping[int, date] | None = None) -> None:
    """Computes the cells of one indicator in these units again. Five SQL statements, whatever the length of history.

    `newest`: the start of the newest period that has just changed, by unit, where the caller knows it.
    """
    known = {cell.unit_id: cell for cell in Cell.objects.filter(indicator=indicator, unit_id__in=unit_ids)}
    starts = _newest_starts(indicator, unit_ids, known, newest)
    if not starts:
        return
    history = organisation_tree.history()
    series = _series(indicator, starts, history)
    rows = target_rows(indicator.pk, {above for unit_id in unit_ids for above in _path_now(history, unit_id)})
    new: list[Cell] = []
    old: list[Cell] = []
    gone: list[int] = []
    for unit_id in unit_ids:
        points = series.get(unit_id, [])
        cell = known.get(unit_id)
        if not points:
            if cell is not None:
                gone.append(cell.pk)
            continue
        state = state_of(indicator, unit_id, points, rows, history)
        row = cell or Cell(indicator=indicator, unit_id=unit_id)
        target = target_in_force(unit_id, rows, history, (state.latest or points[-1]).period)
        has_own_target = target is not None and target.unit_id == unit_id
        (new if cell is None else old).append(filled(row, state, floor=indicator.zero, own_target=has_own_target))
    if gone:
        Cell.objects.filter(pk__in=gone).delete()
    Cell.objects.bulk_create(new, batch_size=500)
    if old:
        Cell.objects.bulk_update(old, FIELDS, batch_size=100)


def rebuild(indicator: Indicator, unit_ids: Collection[int]) -> None:
    """Makes the cells of these units again as if there were none: also where the newest figures have gone."""
    Cell.objects.filter(indicator=indicator, unit_id__in=unit_ids).delete()
    refresh(indicator, unit_ids)


def _newest_starts(
    indicator: Indicator, unit_ids: Collection[int], known: Mapping[int, Cell], newest: Mapping[int, date] | None
) -> dict[int, date]:
    """The newest period of each unit: from its cell and from what changed; only units new to the indicator are looked up."""
    found: dict[int, date] = {}
    for unit_id in unit_ids:
        cell = known.get(unit_id)
        candidates = [day for day in (cell and (cell.newest_start or cell.period_start), newest and newest.get(unit_id)) if day]
        if candidates:
            found[unit_id] = max(candidates)
    missing = [unit_id for unit_id in unit_ids if unit_id not in found]
    if missing:
        rows = PeriodValue.objects.filter(indicator=indicator, unit_id__in=missing).values("unit_id").annotate(newest=Max("period_start"))
        found.update({row["unit_id"]: row["newest"] for row in rows.order_by()})
    return found


def _series(indicator: Indicator, starts: Mapping[int, date], history: OrganisationHistory) -> dict[int, list[SeriesPoint]]:
    since = cutoff(indicator, min(starts.values()))
    series: dict[int, list[SeriesPoint]] = {}
    rows = PeriodValue.objects.filter(indicator=indicator, unit_id__in=starts, period_start__gte=since)
    for row in rows.order_by("period_start", "period_kind"):
        series.setdefault(row.unit_id, []).append(point_of(row, indicator, history))
    return {unit_id: shown_points(points, indicator) for unit_id, points in series.items()}


def _path_now(history: OrganisationHistory, unit_id: int) -> tuple[int, ...]:
    unit = history.by_id[unit_id]
    return history.on(unit.valid_to or date.max).path(unit_id)


def filled(cell: Cell, state: CellState, *, floor: Decimal | None, own_target: bool) -> Cell:
    """Puts a state into a row."""
    shown = state.latest or state.newest
    if shown is None or state.newest is None:
        raise ValueError("a cell needs at least one point")
    cell.period = shown.period
    cell.value, cell.numerator, cell.denominator = shown.value, shown.numerator, shown.denominator
    cell.quality, cell.own, cell.restated = shown.quality.value, shown.own, shown.restated
    cell.covered, cell.expected = shown.covered, max(shown.expected, 0)
    cell.newest_start = state.newest.period.start
    cell.newest_quality = state.newest.quality.value
    cell.previous = state.previous.value if state.previous else None
    cell.year_before = state.same_last_year.value if state.same_last_year else None
    limits = state.limits or Limits(Direction.HIGHER)
    cell.target, cell.yellow_limit = limits.target, limits.yellow_limit
    cell.low, cell.high, cell.tolerance = limits.low, limits.high, limits.tolerance
    cell.own_target = own_target
    cell.status, cell.score = state.status.value, state.score
    before = score(cell.previous, state.limits, floor=floor, ceil=floor)
    cell.score_change = None if before is None or state.score is None else state.score - before
    cell.effect = state.change.effect.value if state.change else ""
    cell.red_run, cell.trend = state.red_run, state.trend_text
    return cell
