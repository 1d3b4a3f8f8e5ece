"""Roles given, ended, taken over for a time, and handed over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from organisation.models import RoleAssignment, Unit, User
from organisation.queries.tree import tree_on
from organisation.queries.validity import still_on
from organisation.rules.access import Permission, Role, roles_with
from organisation.rules.refusals import NothingChanges, UnitOutsideLife
from organisation.rules.timeline import first_uncovered
from organisation.rules.validity import day_before, is_valid
from organisation.services import audit
from organisation.services.holdings import EndsBeforeStart
from organisation.services.versions import StaleVersion, begin


@dataclass(eq=False)
class RoleHeldAlready(Exception):
    """The person has this role in this unit in the period."""

    person: str
    valid_from: date
    valid_to: date | None


@dataclass(eq=False)
class PersonInactive(Exception):
    """The person cannot sign in, and gets no roles."""

    person: str


@dataclass(eq=False)
class LastAdministrator(Exception):
    """From that day nobody would administer the unit."""

    unit: str
    day: date


@dataclass(eq=False)
class DeputyOutsideRole(Exception):
    """A deputy has the role only while the other has it."""

    valid_from: date
    valid_to: date | None


class OwnDeputy(Exception):
    """Nobody is a deputy for themselves, nor for a deputy."""


@transaction.atomic
def give_role(
    *,
    person: User,
    role: Role,
    unit: Unit,
    valid_from: date,
    valid_to: date | None,
    actor: User | None,
    deputy_for: User | None = None,
) -> RoleAssignment:
    """The role from that day. Raises PersonInactive, UnitOutsideLife, RoleHeldAlready."""
    begin()  # one list of roles: two at once must not both be the first
    if not person.is_active:
        raise PersonInactive(person.name)
    for day in (valid_from, valid_to or valid_from):
        if not is_valid(day, unit.valid_from, unit.valid_to):
            raise UnitOutsideLife(str(unit), day, unit.valid_from, unit.valid_to)
    last = valid_to or unit.valid_to
    same = RoleAssignment.objects.filter(still_on(valid_from), user=person, role=role, unit=unit)
    held = same.filter(valid_from__lte=last).first() if last else same.first()
    if held is not None:
        raise RoleHeldAlready(person.name, held.valid_from, held.valid_to)
    assignment = RoleAssignment.objects.create(
        user=person, role=role, unit=unit, valid_from=valid_from, valid_to=last, deputy_for=deputy_for
    )
    _record(actor, "role.deputy_given" if deputy_for else "role.given", assignment)
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, last_day: date, today: date, actor: User | None) -> None:
    """The role has its last day; one that has not begun is taken back by a day before its first. Deputies end with it.

    Raises EndsBeforeStart, NothingChanges (no earlier than before), LastAdministrator, StaleVersion.
    """
    begin()
    seen = RoleAssignment.objects.filter(pk=assignment.pk, valid_to=assignment.valid_to)
    if not (seen if assignment.valid_to else RoleAssignment.objects.filter(pk=assignment.pk, valid_to__isnull=True)).exists():
        raise StaleVersion
    if assignment.valid_to is not None and last_day >= assignment.valid_to:
        raise NothingChanges
    if last_day < assignment.valid_from <= today:
        raise EndsBeforeStart(assignment.valid_from)
    guard_last_administrator([(assignment, last_day)])
    _record(actor, "role.ended", assignment, to=last_day, ended_deputies=cut_role(assignment, last_day)[1:])


@transaction.atomic
def give_deputy(*, assignment: RoleAssignment, deputy: User, valid_from: date, valid_to: date, actor: User | None) -> RoleAssignment:
    """Somebody has the role in the other's place for a time. Raises OwnDeputy, DeputyOutsideRole, EndsBeforeStart and as `give_role`."""
    if assignment.deputy_for_id is not None or assignment.user_id == deputy.pk:
        raise OwnDeputy
    if valid_to < valid_from:
        raise EndsBeforeStart(valid_from)
    if not all(is_valid(day, assignment.valid_from, assignment.valid_to) for day in (valid_from, valid_to)):
        raise DeputyOutsideRole(assignment.valid_from, assignment.valid_to)
    return give_role(
        person=deputy,
        role=Role(assignment.role),
        unit=assignment.unit,
        valid_from=valid_from,
        valid_to=valid_to,
        actor=actor,
        deputy_for=assignment.user,
    )


@transaction.atomic
def hand_over(*, person: User, receiver: User, assignments: Sequence[RoleAssignment], on: date, actor: User | None) -> None:
    """From that day the receiver has these roles, each as long as it was given for. Deputies of the leaving person end.

    What the receiver has already lasts as long as the longer of the two. Raises PersonInactive, OwnDeputy, NothingChanges.
    """
    begin()
    if receiver.pk == person.pk:
        raise OwnDeputy
    if not receiver.is_active:
        raise PersonInactive(receiver.name)
    if not assignments:
        raise NothingChanges
    moved: list[str] = []
    ended: list[str] = []
    for assignment in assignments:
        ended += cut_role(assignment, day_before(on))[1:]
        _take_over(assignment, receiver, max(on, assignment.valid_from))
        moved.append(_label(assignment))
    guard_last_administrator([(assignment, day_before(on)) for assignment in assignments])
    details = {"to_person": receiver.name, "from": on, "roles": moved, "ended_roles": ended, "own": _is_own(actor, person, receiver)}
    audit.record(actor=actor, action="role.handed_over", target=person, unit=assignments[0].unit, details=details)


def _take_over(assignment: RoleAssignment, receiver: User, begins: date) -> None:
    if receiver.pk == assignment.deputy_for_id:
        return  # the one whose place it was has the role already
    ends = assignment.valid_to
    place = RoleAssignment.objects.filter(user=receiver, role=assignment.role, unit=assignment.unit)
    same = place.filter(still_on(begins), deputy_for=assignment.deputy_for_id)
    has = (same.filter(valid_from__lte=ends) if ends else same).first()
    if has is None:
        place.filter(valid_from=begins).delete()  # a deputyship that would begin the same day gives way
        has = RoleAssignment(user=receiver, role=assignment.role, unit=assignment.unit, valid_from=begins, deputy_for=assignment.deputy_for)
        has.valid_to = ends
        has.save()
    elif has.valid_to is not None and (ends is None or ends > has.valid_to):
        place.filter(pk=has.pk).update(valid_to=ends)


def cut_role(assignment: RoleAssignment, last_day: date) -> list[str]:
    """Nothing of the role after that day, nor of its deputies. What ended, by name, the role itself first."""
    deputies = RoleAssignment.objects.filter(
        still_on(last_day + timedelta(days=1)), deputy_for_id=assignment.user_id, role=assignment.role, unit_id=assignment.unit_id
    )
    rows = [assignment, *(deputies.select_related("user", "unit") if assignment.deputy_for_id is None else [])]
    for row in rows:
        if row.valid_from > last_day:
            RoleAssignment.objects.filter(pk=row.pk).delete()
        else:
            RoleAssignment.objects.filter(pk=row.pk).update(valid_to=last_day)
    return [_label(row) for row in rows]


def guard_last_administrator(endings: Iterable[tuple[RoleAssignment, date]]) -> None:
    """Raises LastAdministrator where an ending would leave its unit without anybody who manages roles, on any day it was covered."""
    administering = {role.value for role in roles_with(Permission.MANAGE_ROLES)}
    ending = [(row, last_day) for row, last_day in endings if row.role in administering and row.deputy_for_id is None]
    if not ending:
        return
    gone = {row.pk for row, _ in ending}
    others = RoleAssignment.objects.filter(role__in=administering, deputy_for__isnull=True, user__is_active=True).exclude(pk__in=gone)
    held = list(others.values_list("unit_id", "valid_from", "valid_to"))
    for row, last_day in ending:
        first = max(last_day + timedelta(days=1), row.valid_from)
        path = tree_on(first).path(row.unit_id)
        if not path:  # the unit has ended: nothing to administer
            continue
        day = first_uncovered(first, row.valid_to, [(begins, ends) for unit_id, begins, ends in held if unit_id in path])
        if day is not None:
            raise LastAdministrator(str(row.unit), day)


def _record(actor: User | None, action: str, assignment: RoleAssignment, **more: object) -> None:
    details: dict[str, object] = {
        "role": assignment.get_role_display(),
        "from": assignment.valid_from,
        "to": assignment.valid_to,
        "deputy_for": assignment.deputy_for.name if assignment.deputy_for else None,
        "own": _is_own(actor, assignment.user),
    }
    audit.record(actor=actor, action=action, target=assignment.user, unit=assignment.unit, details=details | more)


def _is_own(actor: User | None, *persons: User) -> bool | None:
    """True where somebody changes what they themselves may do; else nothing, so that the log shows it only then."""
    return True if actor is not None and actor in persons else None


def _label(assignment: RoleAssignment) -> str:
    return f"{assignment.user.name} ({assignment.get_role_display()}, {assignment.unit.code})"
