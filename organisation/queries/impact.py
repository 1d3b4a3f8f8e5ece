"""Whom and what a draft concerns besides the units themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from organisation.models import CostCentre, RoleAssignment, ServiceSite
from organisation.queries.validity import still_on
from organisation.rules.reorganisation import Draft


@dataclass(frozen=True)
class Impact:
    """Roles and holdings on the day of the draft. `ending`: in units that end. `moving`: in units that change place.

    `gaining` and `losing` stand in units that get, or no longer have, something below them.
    """

    ending: tuple[RoleAssignment, ...]
    moving: tuple[RoleAssignment, ...]
    gaining: tuple[RoleAssignment, ...]
    losing: tuple[RoleAssignment, ...]
    cost_centres: tuple[CostCentre, ...]
    sites: tuple[ServiceSite, ...]


def impact_of(draft: Draft) -> Impact:
    """Three SQL statements, whatever the draft."""
    before, after = draft.before.on(draft.on), draft.after.on(draft.on)
    closed = frozenset(draft.closed)
    moved = frozenset(
        unit_id
        for unit_id in before.nodes.keys() & after.nodes.keys()
        if before.path(unit_id) != after.path(unit_id) and unit_id not in closed
    )
    had = frozenset(above for unit_id in moved for above in before.path(unit_id)[1:]) - moved - closed
    has = frozenset(above for unit_id in moved for above in after.path(unit_id)[1:]) - moved - closed
    roles = tuple(_assignments(draft.on, closed | moved | (had ^ has)))
    concerned = closed | moved
    holding = {"unit_id__in": concerned}
    return Impact(
        ending=tuple(role for role in roles if role.unit_id in closed),
        moving=tuple(role for role in roles if role.unit_id in moved),
        gaining=tuple(role for role in roles if role.unit_id in has - had),
        losing=tuple(role for role in roles if role.unit_id in had - has),
        cost_centres=tuple(CostCentre.objects.filter(still_on(draft.on), **holding).select_related("unit")),
        sites=tuple(ServiceSite.objects.filter(still_on(draft.on), **holding).select_related("unit")),
    )


def _assignments(day: date, unit_ids: Collection[int]) -> QuerySet[RoleAssignment]:
    rows = RoleAssignment.objects.filter(still_on(day), unit_id__in=unit_ids, user__is_active=True)
    return rows.select_related("user", "unit").order_by("unit__code", "user__sort_key", "pk")
