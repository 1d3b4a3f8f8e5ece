"""The deadlines of all apps, each from where it is kept: nobody enters a day twice."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from django.apps import apps
from django.utils.module_loading import import_string

from common.deadlines import Deadline
from organisation.queries.access import Access
from organisation.rules.access import TABLE, Permission, Role

Provider = Callable[..., list[Deadline]]


def all_deadlines(*, unit_ids: Collection[int], first: date, last: date, today: date) -> list[Deadline]:
    """What is due in these units from `first` up to and including `last`, done or not, in the order of days.

    A fixed number of SQL statements, whatever the number of units. Units of any district: narrow before you show it.
    """
    if not unit_ids:
        return []
    found = [deadline for provider in _providers() for deadline in provider(unit_ids=unit_ids, first=first, last=last, today=today)]
    return sorted(found, key=lambda deadline: (deadline.due_on, deadline.title, deadline.key))


def visible_deadlines(access: Access, *, first: date, last: date) -> list[Deadline]:
    """What the person may know of, anywhere."""
    reached = access.unit_ids(Permission.SEE_TASKS)
    return seen_by(access, all_deadlines(unit_ids=reached, first=first, last=last, today=access.day))


def mine(access: Access, *, first: date, last: date) -> list[Deadline]:
    """What the person is to do: owns it, holds the permission in the very unit, or has the role there or in the nearest unit above."""
    return [deadline for deadline in visible_deadlines(access, first=first, last=last) if is_for(access, deadline)]


def seen_by(access: Access, deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Those in units where the person holds `seen_with`; what one owns one always sees."""
    reached: dict[str, frozenset[int]] = {}
    found = []
    for deadline in deadlines:
        if deadline.seen_with not in reached:
            reached[deadline.seen_with] = access.unit_ids(Permission(deadline.seen_with))
        if deadline.owner_id == access.user_id or deadline.unit_id in reached[deadline.seen_with]:
            found.append(deadline)
    return found


def is_for(access: Access, deadline: Deadline) -> bool:
    """Whether the person is one of those who shall do it."""
    if deadline.owner_id is not None:
        return deadline.owner_id == access.user_id
    if deadline.permission:
        permission = Permission(deadline.permission)
        return any(unit_id == deadline.unit_id and _gives(role, permission) for role, unit_id in access.held)
    path = access.tree.path(deadline.unit_id)
    return any(role.value in deadline.roles and unit_id in path for role, unit_id in access.held)


def _gives(role: Role, permission: Permission) -> bool:
    return permission in TABLE[role]


def _providers() -> list[Provider]:
    names = [getattr(config, "deadlines", None) for config in apps.get_app_configs()]
    return [import_string(name) for name in names if name]
