"""What a person may see and do. Every list starts from here; what is not reached does not exist."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from organisation.models import RoleAssignment, User
from organisation.queries.tree import tree_on
from organisation.rules.access import EVERYWHERE, Permission, Reach, Role, is_sensitive, reach_of
from organisation.rules.tree import UnitTree

TOPS = {"city", "district"}


@dataclass(frozen=True)
class Access:
    """A person's assignments on one day, and what follows from them."""

    user_id: int
    day: date
    held: tuple[tuple[Role, int], ...]
    tree: UnitTree

    def may(self, permission: Permission) -> bool:
        """Whether the person may do this anywhere at all."""
        return any(self._reach(role, unit_id, permission) for role, unit_id in self.held)

    def _reach(self, role: Role, unit_id: int, permission: Permission) -> Reach | None:
        """How far one assignment carries the permission; nowhere where its unit does not exist that day."""
        node = self.tree.nodes.get(unit_id)
        if node is None or (permission in EVERYWHERE and node.kind not in TOPS and node.parent_id is not None):
            return None
        return reach_of(role, permission)

    def unit_ids(self, permission: Permission) -> frozenset[int]:
        """Every unit where the person may do this. Closed by default: nothing held, nothing reached."""
        reached: set[int] = set()
        for role, unit_id in self.held:
            reach = self._reach(role, unit_id, permission)
            if reach is Reach.DISTRICT:
                reached.update(self.tree.subtree(self.tree.district_of(unit_id) or unit_id))
            elif reach is Reach.OWN:
                reached.update(self.tree.subtree(unit_id))
        return frozenset(reached)

    def may_in(self, permission: Permission, unit_id: int) -> bool:
        path = self.tree.path(unit_id)
        for role, held_unit in self.held:
            reach = self._reach(role, held_unit, permission)
            if reach is Reach.OWN and held_unit in path:
                return True
            if reach is Reach.DISTRICT and self.tree.district_of(held_unit) in path:
                return True
        return False

    @property
    def sensitive(self) -> bool:
        return any(is_sensitive(role) for role, _ in self.held)

    @property
    def home_unit_id(self) -> int | None:
        """The unit the person's own pages open at: the highest one reached."""
        standing = [unit_id for _, unit_id in self.held if unit_id in self.tree.nodes]
        return min(standing, key=lambda unit_id: (len(self.tree.path(unit_id)), self.tree.nodes[unit_id].code), default=None)


def access_of(user: User, on: date) -> Access:
    """The person's access that day. Two SQL statements (assignments, version of the organisation)."""
    if not user.is_authenticated or not user.is_active:
        return Access(0, on, (), UnitTree({}))
    valid = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    rows = RoleAssignment.objects.filter(valid, user=user).order_by("pk").values_list("role", "unit_id")
    return Access(user.pk, on, tuple((Role(role), unit_id) for role, unit_id in rows), tree_on(on))
