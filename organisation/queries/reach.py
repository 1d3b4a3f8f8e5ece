"""Units a person reaches over time: those that have ended by how they stood last, those to come by how they begin."""

from collections import defaultdict
from datetime import date

from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.tree import history
from organisation.rules.access import Permission


def ever_reached(access: Access, permission: Permission) -> frozenset[int]:
    """Today's tree decides for what exists today. Nothing held, nothing reached. One SQL statement."""
    reached = set(access.unit_ids(permission))
    past = history()
    others: dict[date, set[int]] = defaultdict(set)
    for unit in past.units:
        if unit.id not in access.tree.nodes:
            others[unit.valid_from if unit.valid_from > access.day else unit.valid_to or access.day].add(unit.id)
    for day, unit_ids in others.items():
        reached |= unit_ids & Access(access.user_id, access.day, access.held, past.on(day)).unit_ids(permission)
    return frozenset(reached)


def unit_ever(access: Access, permission: Permission, code: str) -> Unit:
    """The unit with this code, also ended or to come, where the permission reaches it. Raises Unit.DoesNotExist.

    Looked up in what is known of all units, so that no text from an address reaches the database.
    """
    unit_id = next((unit.id for unit in history().units if unit.code == code), None)
    if unit_id is None or unit_id not in ever_reached(access, permission):
        raise Unit.DoesNotExist
    return Unit.objects.get(pk=unit_id)


def below(unit: Unit, on: date) -> frozenset[int]:
    """The unit and everything below it on the day, or on the nearest day of its life."""
    past = history()
    row = past.by_id[unit.pk]
    day = max(on, row.valid_from) if row.valid_to is None else min(max(on, row.valid_from), row.valid_to)
    return frozenset(past.on(day).subtree(unit.pk))
