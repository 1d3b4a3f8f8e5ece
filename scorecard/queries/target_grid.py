"""Targets of all units of a scorecard, as one table: own, inherited, proposed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.periods import Period, PeriodKind
from organisation.models import RoleAssignment, User
from organisation.queries import tree as organisation_tree
from organisation.rules.access import Permission, roles_with
from organisation.rules.tree import Node, UnitTree
from scorecard.models import Indicator, PlacedIndicator, Scorecard, Target
from scorecard.queries.targets import row_of
from scorecard.rules.compact_targets import Written, written
from scorecard.rules.lifecycle import State
from scorecard.rules.statuses import Direction, Limits
from scorecard.rules.targets import Comparison, TargetKind, TargetRow, in_force

Key = tuple[int, int]


@dataclass(frozen=True)
class GridCell:
    """The target of one indicator in one unit. `own` is None where the unit inherits from `inherited`."""

    indicator: Indicator
    unit: Node
    own: Target | None
    inherited: Target | None
    inherited_from: str
    proposal: Target | None

    @property
    def key(self) -> Key:
        return self.indicator.pk, self.unit.id

    @property
    def text(self) -> str:
        """The unit's own target as it is typed; empty where it inherits."""
        return text_of(self.own, self.indicator)

    @property
    def inherited_text(self) -> str:
        return text_of(self.inherited, self.indicator)

    @property
    def limits(self) -> Limits | None:
        """What is in force, own or inherited."""
        target = self.own or self.inherited
        return None if target is None else row_of(target, Direction(self.indicator.direction)).limits

    @property
    def seen(self) -> tuple[int, int] | None:
        return None if self.own is None else (self.own.pk, self.own.version)


@dataclass(frozen=True)
class TargetGrid:
    """Units in rows, placed indicators in columns. `day` is the day the targets are shown for."""

    scorecard: Scorecard
    day: date
    units: list[Node]
    placed: list[PlacedIndicator]
    cells: dict[Key, GridCell]


def text_of(target: Target | None, indicator: Indicator) -> str:
    """A stored target as it is typed into a cell."""
    if target is None or target.withdrawn:
        return ""
    facts = Written(
        kind=TargetKind(target.kind),
        value=target.value,
        yellow_limit=target.yellow_limit,
        low=target.low,
        high=target.high,
        tolerance=target.tolerance,
        amount=target.amount,
        comparison=Comparison(target.comparison) if target.comparison else None,
        base_year=target.baseline_start.year if target.baseline_start else None,
        group=target.benchmark_group,
    )
    return written(facts, in_percent=indicator.measure == Indicator.Measure.PERCENT)


def grid_day(scorecard: Scorecard, today: date) -> date:
    """A draft is set up for 1 January; of a card in force one sees today's targets, of a past or coming year the last or first ones."""
    first, last = date(scorecard.year, 1, 1), date(scorecard.year, 12, 31)
    return first if scorecard.state in (State.DRAFT, State.PROPOSED) else min(max(today, first), last)


def card_tree(scorecard: Scorecard, day: date) -> UnitTree:
    """The tree of the day, or of the year's last day where the card's unit did not exist yet."""
    tree = organisation_tree.tree_on(day)
    return tree if scorecard.unit_id in tree.nodes else organisation_tree.tree_on(date(scorecard.year, 12, 31))


def all_units(scorecard: Scorecard) -> list[Node]:
    """The card's unit and everything below it in the year, in reading order."""
    tree = card_tree(scorecard, date(scorecard.year, 12, 31))
    return [node for node, _depth in tree.walk(scorecard.unit_id)] if scorecard.unit_id in tree.nodes else []


def units_at(scorecard: Scorecard, top: int) -> list[Node]:
    """A unit of the card and its children."""
    tree = card_tree(scorecard, date(scorecard.year, 12, 31))
    return [tree.nodes[top], *tree.children(top)] if top in tree.nodes else []


def target_grid(scorecard: Scorecard, placed: Sequence[PlacedIndicator], units: Sequence[Node], *, today: date) -> TargetGrid:
    """The targets of these units, own and inherited, also of a unit that begins later in the year. One SQL statement besides the tree's."""
    day = grid_day(scorecard, today)
    tree = card_tree(scorecard, date(scorecard.year, 12, 31))
    indicators = {each.indicator_id: each.indicator for each in placed}
    rows = _rows(indicators, {above for unit in units for above in tree.path(unit.id)})
    period = Period.containing(day, PeriodKind.MONTH)
    cells = {}
    for indicator in indicators.values():
        targets = rows.get(indicator.pk, {})
        as_rows = [row_of(row, Direction(indicator.direction)) for row in targets.values() if row.confirmed]
        for unit in units:
            cells[indicator.pk, unit.id] = _cell(indicator, unit, tree, as_rows, targets, period)
    return TargetGrid(scorecard, day, list(units), list(placed), cells)


def _rows(indicators: dict[int, Indicator], unit_ids: set[int]) -> dict[int, dict[int, Target]]:
    found: dict[int, dict[int, Target]] = defaultdict(dict)
    for target in Target.objects.filter(indicator_id__in=indicators, unit_id__in=unit_ids).order_by("valid_from", "pk"):
        found[target.indicator_id][target.pk] = target
    return found


def _cell(indicator: Indicator, unit: Node, tree: UnitTree, rows: list[TargetRow], targets: dict[int, Target], period: Period) -> GridCell:
    path = tree.path(unit.id)
    own_row = in_force(rows, period, path[:1])
    above = in_force(rows, period, path, own=False)
    proposal = next((target for target in targets.values() if target.unit_id == unit.id and not target.confirmed), None)
    return GridCell(
        indicator=indicator,
        unit=unit,
        own=targets[own_row.target_id] if own_row and own_row.target_id else None,
        inherited=targets[above.target_id] if above and above.target_id else None,
        inherited_from=tree.nodes[above.unit_id].name if above else "",
        proposal=proposal,
    )


def approvers(unit_id: int, day: date) -> list[User]:
    """Who may approve a changed target in this unit. One SQL statement besides the tree's."""
    path = organisation_tree.tree_on(day).path(unit_id)
    held = RoleAssignment.objects.filter(
        role__in=[role.value for role in roles_with(Permission.APPROVE_SCORECARD)],
        unit_id__in=path,
        valid_from__lte=day,
        user__is_active=True,
    ).exclude(valid_to__lt=day)
    return sorted({row.user for row in held.select_related("user")}, key=lambda user: user.name)
