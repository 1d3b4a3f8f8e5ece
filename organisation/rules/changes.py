"""What a draft changes for each unit, for people to look at before it is done. Pure."""

from dataclasses import dataclass

from organisation.rules.reorganisation import Draft
from organisation.rules.tree import UnitTree


@dataclass(frozen=True, slots=True)
class PathChange:
    """One unit's way down from the top, before and after; None where it does not exist.

    `follows`: the unit stands where it stood and only moves because something above it does.
    """

    unit_id: int
    code: str
    name: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    follows: bool


def path_changes(draft: Draft) -> tuple[PathChange, ...]:
    """Every unit that on the day of the draft has another way, another name, begins or has ended; by code."""
    before, after = draft.before.on(draft.on), draft.after.on(draft.on)
    found = []
    for unit_id in before.nodes.keys() | after.nodes.keys():
        old, new = _way(before, unit_id), _way(after, unit_id)
        if old != new:
            node = after.nodes.get(unit_id) or before.nodes[unit_id]
            follows = unit_id in before.nodes and before.nodes[unit_id] == after.nodes.get(unit_id)
            found.append(PathChange(unit_id, node.code, node.name, old, new, follows))
    return tuple(sorted(found, key=lambda change: change.code))


def _way(tree: UnitTree, unit_id: int) -> tuple[str, ...] | None:
    path = tree.path(unit_id)
    return tuple(tree.nodes[step].name for step in reversed(path)) if path else None
