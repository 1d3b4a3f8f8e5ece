"""Who holds a permission by a role in a very unit, deputies included: whom a message about the unit is for."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from common.sorting import norwegian_key
from organisation.models import RoleAssignment
from organisation.queries.validity import valid_on
from organisation.rules.access import Permission, roles_with


@dataclass(frozen=True, slots=True)
class Holder:
    """One person. `deputy_for_id`: in whose place, None for a role of one's own."""

    user_id: int
    name: str
    language: str
    deputy_for_id: int | None


def holders_in(permission: Permission, unit_ids: Collection[int], day: date) -> dict[int, tuple[Holder, ...]]:
    """By unit, in alphabetical order, each person once; the units above and below do not count. One SQL statement."""
    rows = RoleAssignment.objects.filter(valid_on(day), unit_id__in=unit_ids, role__in=roles_with(permission), user__is_active=True)
    found: dict[int, dict[int, Holder]] = defaultdict(dict)
    wanted = rows.order_by("user__sort_key", "pk").values_list("unit_id", "user_id", "user__name", "user__language", "deputy_for_id")
    for unit_id, user_id, name, language, deputy_for_id in wanted:
        known = found[unit_id].get(user_id)
        # Who is both is there on behalf of nobody.
        if known is None or (known.deputy_for_id is not None and deputy_for_id is None):
            found[unit_id][user_id] = Holder(user_id, name, language, deputy_for_id)
    return {unit_id: tuple(people.values()) for unit_id, people in found.items()}


def reachable_holders(permission: Permission, unit_ids_upward: Collection[int], day: date) -> tuple[Holder, ...]:
    """Everybody who holds it in one of these units, each once, in alphabetical order. One SQL statement."""
    by_unit = holders_in(permission, unit_ids_upward, day)
    people = {holder.user_id: holder for holders in by_unit.values() for holder in holders}
    return tuple(sorted(people.values(), key=lambda holder: norwegian_key(holder.name)))
