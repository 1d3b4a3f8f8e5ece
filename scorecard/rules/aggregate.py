"""One indicator and one period over a whole tree: what every unit comes to. Pure; the kept rows must always equal this."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from common.periods import Period
from organisation.rules.tree import OrganisationHistory, UnitTree
from scorecard.rules.rollup import NOTHING, Method, Part, Sums, add, part_of, sums_of
from scorecard.rules.statuses import Quality

# Over units these have no sum: a formula is computed in each unit, and the latest of several units means nothing.
NOT_OVER_UNITS = frozenset({Method.LATEST, Method.NONE})


@dataclass(frozen=True)
class Aggregate:
    """A unit's figure: its own `own` where measured, and `sums` over its children, where `excluded` of them do not take part."""

    own: Part | None
    sums: Sums = NOTHING
    excluded: int = 0
    restated: bool = False


def effective(method: Method, aggregate: Aggregate, factor: Decimal) -> Part:
    """What counts: the unit's own figure, else what the children come to, else what the unit says about having none."""
    own = aggregate.own
    if own is not None and Quality(own.quality).has_figure:
        return own
    if method not in NOT_OVER_UNITS and aggregate.sums.weight_count and (own is None or own.quality != Quality.NOT_RELEVANT):
        return part_of(method, aggregate.sums, factor=factor)
    return own if own is not None else Part(None, None, None, quality=Quality.MISSING)


def contribution(method: Method, aggregate: Aggregate | None, factor: Decimal) -> tuple[Sums, int]:
    """What a unit adds to its parent: its sums (counted as one unit) and 1 where the indicator does not apply to it."""
    if aggregate is None or method in NOT_OVER_UNITS:
        return NOTHING, 0
    own = aggregate.own
    if own is not None and own.quality == Quality.NOT_RELEVANT:
        return NOTHING, 1
    if own is not None and Quality(own.quality).has_figure:
        sums = sums_of(method, replace(own, units=1, expected=0), factor=factor)
        if sums.weight_count or not aggregate.sums.weight_count:
            return sums, 0
    if not aggregate.sums.weight_count:
        return NOTHING, 0
    return replace(aggregate.sums, units=1, expected=0), 0


def is_empty(aggregate: Aggregate) -> bool:
    return aggregate.own is None and not aggregate.sums.weight_count and not aggregate.excluded


def roll_up(
    method: Method, factor: Decimal, own: Mapping[int, Part], *, period: Period, history: OrganisationHistory
) -> dict[int, Aggregate]:
    """Every unit with a figure in the period, bottom up through the tree of the period's last day, then forward to merged units."""
    tree = history.on(period.last_day)
    found: dict[int, Aggregate] = {}
    for unit_id in _deepest_first(tree, own):
        sums, excluded = NOTHING, 0
        for child in tree.children(unit_id):
            child_sums, child_excluded = contribution(method, found.get(child.id), factor)
            if method not in NOT_OVER_UNITS:
                sums = add(method, sums, child_sums)
            excluded += child_excluded
        aggregate = Aggregate(own.get(unit_id), sums, excluded)
        if not is_empty(aggregate):
            found[unit_id] = aggregate
    for unit_id in own.keys() - found.keys():
        found[unit_id] = Aggregate(own[unit_id])
    return _restated(method, factor, found, period, history)


def _deepest_first(tree: UnitTree, own: Mapping[int, Part]) -> list[int]:
    """Only the units with a figure and everything above them."""
    wanted: dict[int, int] = {}
    for unit_id in own:
        path = tree.path(unit_id)
        for position, ancestor in enumerate(path):
            wanted[ancestor] = len(path) - position
    return sorted(wanted, key=lambda unit_id: -wanted[unit_id])


def carries_on(history: OrganisationHistory, unit_id: int, period: Period) -> list[int]:
    """The units which this one wholly became, after the period, and which did not yet exist in it."""
    tree = history.on(period.last_day)
    return [
        row.successor_id
        for row in history.successors(unit_id)
        if row.whole and row.on > period.last_day and row.successor_id not in tree.nodes
    ]


def _restated(
    method: Method, factor: Decimal, found: dict[int, Aggregate], period: Period, history: OrganisationHistory
) -> dict[int, Aggregate]:
    """The history of a merged unit is the sum of its predecessors'. It adds nothing to parents: the predecessors already did."""
    if method in NOT_OVER_UNITS or not history.successions:
        return found
    queue = [unit_id for unit_id in found if carries_on(history, unit_id, period)]
    for unit_id in queue:
        sums, excluded = contribution(method, found[unit_id], factor)
        for successor_id in carries_on(history, unit_id, period):
            known = found.get(successor_id, Aggregate(None, restated=True))
            found[successor_id] = replace(known, sums=add(method, known.sums, sums), excluded=known.excluded + excluded, restated=True)
            if carries_on(history, successor_id, period) and successor_id not in queue:
                queue.append(successor_id)
    return found
