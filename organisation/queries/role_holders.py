"""Who has which role where on a day, for whoever asks about many units at once: one reading, many answers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from organisation.models import RoleAssignment
from organisation.queries.validity import valid_on
from organisation.rules.access import TABLE, Permission, Role


@dataclass(frozen=True, slots=True)
class Post:
    """One role of one person in one unit. `deputy_for_id`: in whose place, None for a role of one's own."""

    user_id: int
    role: Role
    deputy_for_id: int | None


@dataclass(frozen=True)
class Posts:
    """Roles by unit, deputies included, and the people in them: name and language by id."""

    by_unit: dict[int, list[Post]]
    people: dict[int, tuple[str, str]]
    _deputies: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def holding(self, permission: Permission, unit_id: int) -> tuple[int, ...]:
        """Whoever has the permission by a role in the very unit."""
        return _each(post.user_id for post in self.by_unit.get(unit_id, ()) if permission in TABLE[post.role])

    def nearest(self, roles: Collection[str], path: Sequence[int]) -> tuple[int, ...]:
        """Whoever has one of the roles in the first unit of the path where somebody has."""
        for unit_id in path:
            found = _each(post.user_id for post in self.by_unit.get(unit_id, ()) if post.role.value in roles)
            if found:
                return found
        return ()

    def standing_in_for(self, user_id: int, path: Collection[int]) -> tuple[int, ...]:
        """Whoever has a role in this person's place in one of the units."""
        return _each(deputy for deputy, unit_id in self._deputies.get(user_id, ()) if unit_id in path)


def _each(user_ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(user_ids))


def posts_in(unit_ids: Collection[int], day: date) -> Posts:
    """Every role in these units on the day, of people who can sign in. One SQL statement."""
    rows = RoleAssignment.objects.filter(valid_on(day), unit_id__in=unit_ids, user__is_active=True).order_by("user__sort_key", "pk")
    by_unit: dict[int, list[Post]] = defaultdict(list)
    deputies: dict[int, list[tuple[int, int]]] = defaultdict(list)
    people: dict[int, tuple[str, str]] = {}
    for unit_id, user_id, role, deputy_for_id, name, language in rows.values_list(
        "unit_id", "user_id", "role", "deputy_for_id", "user__name", "user__language"
    ):
        by_unit[unit_id].append(Post(user_id, Role(role), deputy_for_id))
        people[user_id] = (name, language)
        if deputy_for_id is not None:
            deputies[deputy_for_id].append((user_id, unit_id))
    return Posts(dict(by_unit), people, dict(deputies))
