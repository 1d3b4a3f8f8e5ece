"""Which scorecards there are."""

from collections.abc import Collection
from dataclasses import dataclass

from organisation.rules.tree import Node, UnitTree
from scorecard.models import Scorecard
from scorecard.rules.lifecycle import IN_FORCE


@dataclass(frozen=True)
class UnitCards:
    """A unit and the years in which a scorecard of its own is in force, newest first."""

    unit: Node
    years: list[int]


def cards_in_reach(tree: UnitTree, unit_ids: Collection[int]) -> list[UnitCards]:
    """Scorecards in force of these units and of everything above them, by unit code. One SQL statement.

    A unit is read by the nearest card at or above it, so the cards above are shown at the highest unit that is reached.
    """
    above = {holder for unit_id in unit_ids for holder in tree.path(unit_id)}
    years: dict[int, set[int]] = {}
    rows = Scorecard.objects.filter(unit_id__in=above, state__in=IN_FORCE).order_by().values_list("unit_id", "year")
    for holder, year in rows:
        shown_at = [holder] if holder in unit_ids else _highest(tree, unit_ids, holder)
        for unit_id in shown_at:
            years.setdefault(unit_id, set()).add(year)
    found = [UnitCards(tree.nodes[unit_id], sorted(found, reverse=True)) for unit_id, found in years.items()]
    return sorted(found, key=lambda cards: (len(tree.path(cards.unit.id)), cards.unit.code))


def _highest(tree: UnitTree, unit_ids: Collection[int], holder: int) -> list[int]:
    below = [unit_id for unit_id in unit_ids if holder in tree.path(unit_id)]
    least = min((len(tree.path(unit_id)) for unit_id in below), default=0)
    return [unit_id for unit_id in below if len(tree.path(unit_id)) == least]
