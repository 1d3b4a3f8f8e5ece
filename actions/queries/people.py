"""Who may have the responsibility for an action in a unit."""

from datetime import date

from organisation.queries.holders import Holder, reachable_holders
from organisation.queries.tree import tree_on
from organisation.rules.access import Permission


def owners_in(unit_id: int, day: date) -> tuple[Holder, ...]:
    """Everybody with a role in the unit or above who can read its actions. One SQL statement besides the tree's."""
    return reachable_holders(Permission.SEE_ACTIONS, tree_on(day).path(unit_id), day)


def owner_ids_in(unit_id: int, day: date) -> frozenset[int]:
    return frozenset(holder.user_id for holder in owners_in(unit_id, day))
