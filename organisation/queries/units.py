"""What the pages of units show, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from organisation.models import AuditEntry, CostCentre, RoleAssignment, ServiceSite, Staffing, Unit
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.queries.tree import history
from organisation.queries.validity import still_on, valid_on
from organisation.rules.access import Permission
from organisation.rules.events import Event, events_after
from organisation.rules.leadership import LEADS, leads
from organisation.rules.tree import Node, SuccessionRow, UnitTree

FULL_TREE = 300
INDENT = "\u00a0\u00a0\u00a0"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line of the tree of a day. `hidden`: how many units below are left out because the tree is long."""

    node: Node
    depth: int
    leaders: tuple[str, ...]
    wants_leader: bool
    fte: Decimal | None
    events: tuple[Event, ...]
    hidden: int

    @property
    def kind(self) -> str:
        return str(Unit.Kind(self.node.kind).label)


@dataclass(frozen=True)
class UnitsPage:
    """The tree, what comes to units that do not stand in it, and code and name of those."""

    lines: tuple[UnitLine, ...]
    coming: tuple[Event, ...]
    top: Node | None
    units: dict[int, tuple[str, str]]


def units_page(access: Access, day: date, top_code: str = "") -> UnitsPage:
    """The units the person may manage, as a tree of that day. Four SQL statements. Raises Unit.DoesNotExist for an unknown top."""
    past = history()
    reached = ever_reached(access, Permission.MANAGE_ORGANISATION)
    tree = past.on(day)
    tops = _tops(tree, reached, top_code)
    wide = sum(len(tree.subtree(top.id)) for top in tops) > FULL_TREE
    shown = [(node, depth) for top in tops for node, depth in tree.walk(top.id) if node.id in reached and (not wide or depth < 2)]
    events = events_after(past, day, reached)
    leaders, fte = _leaders(day, [node.id for node, _ in shown]), _fte(day, [node.id for node, _ in shown])
    lines = tuple(
        UnitLine(
            node,
            depth,
            tuple(name for role, name in leaders[node.id] if leads(role, node.kind)),
            node.kind in LEADS,
            fte.get(node.id),
            events.get(node.id, ()),
            len(tree.subtree(node.id)) - 1 if wide and depth == 1 else 0,
        )
        for node, depth in shown
    )
    coming = [event for unit_id in reached - tree.nodes.keys() for event in events.get(unit_id, ())]
    labels = {event.unit_id: (past.by_id[event.unit_id].code, past.by_id[event.unit_id].name) for event in coming}
    return UnitsPage(lines, tuple(sorted(coming, key=lambda event: (event.day, event.unit_id))), tops[0] if top_code else None, labels)


def _tops(tree: UnitTree, reached: Collection[int], top_code: str) -> list[Node]:
    if top_code:
        top = tree.by_code.get(top_code)
        if top is None or top.id not in reached:
            raise Unit.DoesNotExist
        return [top]
    nodes = [tree.nodes[unit_id] for unit_id in reached if unit_id in tree.nodes]
    return sorted((node for node in nodes if node.parent_id not in reached or node.parent_id not in tree.nodes), key=lambda node: node.code)


def _leaders(day: date, unit_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = RoleAssignment.objects.filter(
        valid_on(day), unit_id__in=unit_ids, role__in=set(LEADS.values()), deputy_for__isnull=True, user__is_active=True
    )
    for unit_id, role, name in rows.order_by("user__sort_key", "pk").values_list("unit_id", "role", "user__name"):
        found[unit_id].append((role, name))
    return found


def _fte(day: date, unit_ids: Collection[int]) -> dict[int, Decimal]:
    rows = Staffing.objects.filter(unit_id__in=unit_ids, valid_from__lte=day).order_by("valid_from")
    return dict(rows.values_list("unit_id", "fte"))


@dataclass(frozen=True)
class UnitPage:
    """Everything about one unit. Spans are (text, from, to), the latest first."""

    unit: Unit
    node: Node | None
    path: tuple[Node, ...]
    children: tuple[Node, ...]
    names: tuple[tuple[str, date, date | None], ...]
    places: tuple[tuple[str, date, date | None], ...]
    predecessors: tuple[tuple[str, str, SuccessionRow], ...]
    successors: tuple[tuple[str, str, SuccessionRow], ...]
    events: tuple[Event, ...]
    sites: tuple[ServiceSite, ...]
    cost_centres: tuple[CostCentre, ...]
    staffing: tuple[Staffing, ...]
    roles: tuple[RoleAssignment, ...]
    log: tuple[AuditEntry, ...]


def unit_page(unit: Unit, day: date) -> UnitPage:
    """Six SQL statements: the organisation's version, sites, cost centres, staffing, roles and the latest of the log."""
    past = history()
    tree = past.on(day)
    names = [(row.name, row.valid_from, row.valid_to) for row in past.names if row.unit_id == unit.pk]
    places = [
        (
            f"{past.by_id[row.parent_id].code} {past.name_of(row.parent_id, row.valid_to or max(day, row.valid_from))}",
            row.valid_from,
            row.valid_to,
        )
        for row in past.links
        if row.unit_id == unit.pk
    ]
    return UnitPage(
        unit=unit,
        node=tree.nodes.get(unit.pk),
        path=tuple(tree.nodes[step] for step in reversed(tree.path(unit.pk))),
        children=tree.children(unit.pk),
        names=tuple(sorted(names or [(unit.name, unit.valid_from, unit.valid_to)], key=lambda span: span[1], reverse=True)),
        places=tuple(sorted(places, key=lambda span: span[1], reverse=True)),
        predecessors=tuple(
            (past.by_id[row.predecessor_id].code, past.by_id[row.predecessor_id].name, row) for row in past.predecessors(unit.pk)
        ),
        successors=tuple((past.by_id[row.successor_id].code, past.by_id[row.successor_id].name, row) for row in past.successors(unit.pk)),
        events=events_after(past, day, [unit.pk]).get(unit.pk, ()),
        sites=tuple(unit.sites.order_by("name", "valid_from")),
        cost_centres=tuple(unit.cost_centres.order_by("code", "valid_from")),
        staffing=tuple(unit.staffing.order_by("-valid_from")),
        roles=tuple(
            unit.assignments.filter(still_on(day)).select_related("user", "deputy_for").order_by("role", "user__sort_key", "valid_from")
        ),
        log=tuple(AuditEntry.objects.filter(unit=unit).select_related("unit").order_by("-at", "-pk")[:10]),
    )


def unit_choices(access: Access, permission: Permission) -> list[tuple[str, str]]:
    """(code, indented label) of every unit the permission reaches and that has not ended; those to come last. One SQL statement."""
    past, reached = history(), ever_reached(access, permission)
    tree = access.tree
    found = [(node.code, f"{INDENT * depth}{_label(node)}") for top in _tops(tree, reached, "") for node, depth in tree.walk(top.id)]
    coming = [unit for unit in past.units if unit.id in reached and unit.id not in tree.nodes and unit.valid_from > access.day]
    return found + [(unit.code, f"{unit.code} {unit.name}") for unit in sorted(coming, key=lambda unit: unit.code)]


def _label(node: Node) -> str:
    """A district's code is for addresses, not for people."""
    return node.name if node.kind == Unit.Kind.DISTRICT else f"{node.code} {node.name}"
