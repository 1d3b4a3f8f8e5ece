"""A scorecard before it is in force, as its readers will meet it: the five columns of the printed målekart."""

from dataclasses import dataclass
from datetime import date

from common.periods import Period
from organisation.queries import tree as organisation_tree
from organisation.rules.tree import Node
from scorecard.models import PlacedIndicator, Scorecard
from scorecard.queries.checks import placed_on
from scorecard.queries.figures import target_text
from scorecard.queries.targets import targets_by_indicator
from scorecard.rules.targets import in_force

LEADER, POLITICIAN = "leder", "politiker"
READERS = (LEADER, POLITICIAN)


@dataclass(frozen=True)
class PreviewRow:
    """One placed indicator; `first_of_area` and `first_of_factor` say where a new group begins."""

    placed: PlacedIndicator
    target: str
    own: bool
    unconfirmed: bool
    first_of_area: bool
    first_of_factor: bool


@dataclass(frozen=True)
class Preview:
    unit: Node
    units: list[Node]
    rows: list[PreviewRow]


def preview(scorecard: Scorecard, reader: str = LEADER, *, unit_code: str = "") -> Preview:
    """A leader sees the targets of a unit (the first child, else the code's), a politician those of the card's own unit.

    Two SQL statements besides the tree's. An unknown code gives the first unit.
    """
    tree = organisation_tree.tree_on(date(scorecard.year, 12, 31))
    own = tree.nodes.get(scorecard.unit_id) or Node(scorecard.unit_id, scorecard.unit.code, scorecard.unit.name, scorecard.unit.kind, None)
    below = [tree.nodes[pk] for pk in tree.subtree(scorecard.unit_id)[1:]]
    units = [own] if reader == POLITICIAN or not below else below
    unit = next((node for node in units if node.code == unit_code), units[0])
    placed = placed_on(scorecard)
    path = tree.path(unit.id) or (unit.id,)
    targets = targets_by_indicator([each.indicator_id for each in placed], path)
    rows, area, factor = [], None, None
    for each in placed:
        row = in_force(targets.get(each.indicator_id, []), Period.of_year(scorecard.year), path)
        rows.append(
            PreviewRow(
                each,
                target_text(each.indicator, row.limits if row else None),
                row is not None and row.unit_id == unit.id and unit.id != scorecard.unit_id,
                not each.target_confirmed,
                each.factor.area_id != area,
                each.factor_id != factor,
            )
        )
        area, factor = each.factor.area_id, each.factor_id
    return Preview(unit, units, rows)
