"""Targets as the rules read them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from scorecard.models import Cell, Target
from scorecard.rules.statuses import Direction, Limits
from scorecard.rules.targets import TargetRow

FIGURES = ("value", "yellow_limit", "low", "high", "tolerance")
ROW = ("indicator_id", "unit_id", "valid_from", "pk", "withdrawn", "indicator__direction", *FIGURES)


def row_of(target: Target, direction: Direction) -> TargetRow:
    """A target as a rule's row; a withdrawn one has no limits."""
    limits = None
    if not target.withdrawn:
        limits = Limits(direction, target.value, target.yellow_limit, target.low, target.high, target.tolerance)
    return TargetRow(target.unit_id, target.valid_from, limits, target.pk)


def limits_of_cell(cell: Cell, direction: str) -> Limits:
    """What the kept figure was judged against."""
    return Limits(Direction(direction), cell.target, cell.yellow_limit, cell.low, cell.high, cell.tolerance)


def target_rows(indicator_id: int, unit_ids: Collection[int]) -> list[TargetRow]:
    """The confirmed targets of one indicator in these units (a unit and everything above it). One SQL statement."""
    return targets_by_indicator([indicator_id], unit_ids).get(indicator_id, [])


def targets_by_indicator(
    indicator_ids: Collection[int], unit_ids: Collection[int], *, known_at: datetime | None = None
) -> dict[int, list[TargetRow]]:
    """Confirmed targets by indicator, oldest first, as they are or as they were known at a moment. One SQL statement."""
    source = Target.objects.all() if known_at is None else Target.history.as_of(known_at)
    rows = source.filter(indicator_id__in=indicator_ids, unit_id__in=unit_ids, confirmed=True).order_by("valid_from", "pk")
    found: dict[int, list[TargetRow]] = defaultdict(list)
    if known_at is not None:
        for target in rows.select_related("indicator"):
            found[target.indicator_id].append(row_of(target, Direction(target.indicator.direction)))
        return dict(found)
    # Plain values: of rows of the ORM with their indicators the same costs twice as much.
    for indicator_id, unit_id, valid_from, pk, withdrawn, direction, *figures in rows.values_list(*ROW):
        limits = None if withdrawn else Limits(Direction(direction), *figures)
        found[indicator_id].append(TargetRow(unit_id, valid_from, limits, pk))
    return dict(found)
