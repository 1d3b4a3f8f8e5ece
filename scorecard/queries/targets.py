"""Targets as the rules read them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from scorecard.models import Cell, Target
from scorecard.rules.statuses import Direction, Limits
from scorecard.rules.targets import TargetRow


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
    """Confirmed targets by indicator, as they are or as they were known at a moment. One SQL statement."""
    source = Target.objects.all() if known_at is None else Target.history.as_of(known_at)
    found: dict[int, list[TargetRow]] = defaultdict(list)
    rows = source.filter(indicator_id__in=indicator_ids, unit_id__in=unit_ids, confirmed=True)
    directions: dict[int, Direction] = {}
    for target in rows.select_related("indicator").order_by("valid_from", "pk"):
        direction = directions.setdefault(target.indicator_id, Direction(target.indicator.direction))
        found[target.indicator_id].append(row_of(target, direction))
    return dict(found)
