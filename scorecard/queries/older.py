"""Figures from before the card's year, held against the card's own targets, as the card itself holds them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from common.periods import Period, PeriodKind
from organisation.queries import tree as organisation_tree
from scorecard.models import Cell, Indicator
from scorecard.queries.known import ever_above
from scorecard.queries.series import target_in_force
from scorecard.queries.targets import targets_by_indicator
from scorecard.rules.scores import score
from scorecard.rules.statuses import Limits, Status, status_of

Judged = tuple[Status, Decimal | None, Limits | None]


def judged_today(cells: Mapping[int, tuple[int, int]], indicators: Mapping[int, Indicator], day: date) -> dict[int, Judged]:
    """Status, score and limits of these cells (key → unit and indicator) by the targets in force on the day. Two SQL statements."""
    if not cells:
        return {}
    history = organisation_tree.history()
    units = {above for unit_id, _indicator_id in cells.values() for above in ever_above(history, unit_id)}
    targets = targets_by_indicator({indicator_id for _unit_id, indicator_id in cells.values()}, units)
    values = dict(Cell.objects.filter(pk__in=cells).order_by().values_list("pk", "value"))
    period = Period.containing(day, PeriodKind.MONTH)
    found: dict[int, Judged] = {}
    for key, (unit_id, indicator_id) in cells.items():
        row = target_in_force(unit_id, targets.get(indicator_id, []), history, period)
        limits = row.limits if row else None
        indicator = indicators[indicator_id]
        points = score(values[key], limits, floor=indicator.zero, ceil=indicator.zero)
        found[key] = status_of(values[key], limits), points, limits
    return found
