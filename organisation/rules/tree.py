"""The units as a tree, on any day. Pure and immutable, so one loaded history can serve every request of a process."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from organisation.rules.validity import is_valid


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's own life; names change by NameRow."""

    id: int
    code: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class NameRow:
    unit_id: int
    name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    unit_id: int
    parent_id: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """From `on`, the successor carries `whole` (or only a part of) what the predecessor was."""

    predecessor_id: int
    successor_id: int
    on: date
    whole: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as it was called on the tree's day."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None


class CycleInTree(ValueError):
    """A unit would stand below itself."""


@dataclass(frozen=True)
class UnitTree:
    """The tree of one day. Children are ordered by code."""

    nodes: dict[int, Node]

    @cached_property
    def by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes.values()}

    @cached_property
    def _children(self) -> dict[int | None, tuple[Node, ...]]:
        grouped: dict[int | None, list[Node]] = {}
        for node in sorted(self.nodes.values(), key=lambda node: node.code):
            parent = node.parent_id if node.parent_id in self.nodes else None
            grouped.setdefault(parent, []).append(node)
        return {parent: tuple(children) for parent, children in grouped.items()}

    def children(self, unit_id: int) -> tuple[Node, ...]:
        return self._children.get(unit_id, ())

    def path(self, unit_id: int) -> tuple[int, ...]:
        """Ids from the unit up to its root; empty where the unit did not exist."""
        found: list[int] = []
        current: int | None = unit_id
        while current is not None and current in self.nodes:
            if current in found:
                raise CycleInTree(self.nodes[unit_id].code)
            found.append(current)
            current = self.nodes[current].parent_id
        return tuple(found)

    def subtree(self, unit_id: int) -> tuple[int, ...]:
        """Ids of the unit and everything below, parents before children."""
        if unit_id not in self.nodes:
            return ()
        kept = self._below.get(unit_id)
        if kept is None:
            found = [unit_id]
            for current in found:
                found.extend(child.id for child in self.children(current))
            kept = self._below[unit_id] = tuple(found)
        return kept

    @cached_property
    def _below(self) -> dict[int, tuple[int, ...]]:
        """What has been asked for: a tree never changes, and every request asks again."""
        return {}

    def district_of(self, unit_id: int) -> int | None:
        """The nearest district at or above the unit; else its root."""
        path = self.path(unit_id)
        return next((current for current in path if self.nodes[current].kind == "district"), path[-1] if path else None)

    def walk(self, unit_id: int, depth: int = 0) -> Iterator[tuple[Node, int]]:
        """The unit and everything below in reading order, each with its depth."""
        yield self.nodes[unit_id], depth
        for child in self.children(unit_id):
            yield from self.walk(child.id, depth + 1)


@dataclass(frozen=True)
class OrganisationHistory:
    """Every unit, name, link and succession there has ever been."""

    units: tuple[UnitRow, ...]
    names: tuple[NameRow, ...]
    links: tuple[LinkRow, ...]
    successions: tuple[SuccessionRow, ...] = ()
    _trees: dict[int, UnitTree] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _breaks(self) -> tuple[date, ...]:
        """The days on which something begins or has just ended; the tree is the same from one to the next."""
        spans: Sequence[UnitRow | NameRow | LinkRow] = (*self.units, *self.names, *self.links)
        starts = {row.valid_from for row in spans}
        ends = {date.fromordinal(row.valid_to.toordinal() + 1) for row in spans if row.valid_to is not None}
        return tuple(sorted(starts | ends))

    def breaks_after(self, day: date) -> tuple[date, ...]:
        """The later days on which the tree becomes another."""
        return tuple(later for later in self._breaks if later > day)

    def on(self, day: date) -> UnitTree:
        """The tree of that day; the same object for every day between two changes."""
        index = bisect_right(self._breaks, day)
        if index not in self._trees:
            self._trees[index] = self._build(day)
        return self._trees[index]

    def _build(self, day: date) -> UnitTree:
        alive = [unit for unit in self.units if is_valid(day, unit.valid_from, unit.valid_to)]
        names = {row.unit_id: row.name for row in self.names if is_valid(day, row.valid_from, row.valid_to)}
        parents = {row.unit_id: row.parent_id for row in self.links if is_valid(day, row.valid_from, row.valid_to)}
        return UnitTree(
            {unit.id: Node(unit.id, unit.code, names.get(unit.id, unit.name), unit.kind, parents.get(unit.id)) for unit in alive}
        )

    @cached_property
    def by_id(self) -> dict[int, UnitRow]:
        return {unit.id: unit for unit in self.units}

    def name_of(self, unit_id: int, day: date) -> str:
        """What the unit was called that day, or its latest name where it did not exist."""
        for row in self.names:
            if row.unit_id == unit_id and is_valid(day, row.valid_from, row.valid_to):
                return row.name
        return self.by_id[unit_id].name

    def predecessors(self, unit_id: int) -> tuple[SuccessionRow, ...]:
        return tuple(row for row in self.successions if row.successor_id == unit_id)

    def successors(self, unit_id: int) -> tuple[SuccessionRow, ...]:
        return tuple(row for row in self.successions if row.predecessor_id == unit_id)
