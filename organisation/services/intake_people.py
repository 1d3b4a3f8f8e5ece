"""A file of people and roles, all of it or nothing. The check is the same act, taken back."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from organisation.models import RoleAssignment, Unit, UploadedTable, User
from organisation.rules.access import Role
from organisation.rules.refusals import Refused
from organisation.services import audit, holdings, people, roles, uploads
from organisation.services.versions import OrganisationChanged


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row: a role of a person. `valid_from` None: as it is, or from today. `deputy_for`: an address, "" for an own role."""

    number: int
    name: str
    email: str
    role: Role
    unit: Unit
    valid_from: date | None
    valid_to: date | None
    deputy_for: str


@dataclass(eq=False)
class NobodyToStandInFor(Exception):
    """No person with this address has the role in the unit."""

    email: str


class DeputyWithoutEnd(Exception):
    """A deputy always has a last day."""


@dataclass(frozen=True, slots=True)
class Step:
    """ "create" or "give" or "end", of this row; "other_name" says that the person is called something else here, and stays so."""

    row: PersonRow
    what: str
    before: str = ""


@dataclass
class PeopleOutcome:
    steps: list[Step] = field(default_factory=list)
    problems: list[tuple[PersonRow, Exception]] = field(default_factory=list)

    @property
    def changes(self) -> list[Step]:
        return [step for step in self.steps if step.what != "other_name"]

    @property
    def digest(self) -> str:
        """Names what was seen: the same steps have the same digest."""
        seen = "\n".join(f"{step.row.number}|{step.what}|{step.before}|{step.row}" for step in self.changes)
        return hashlib.sha256(seen.encode()).hexdigest()[:32]


REFUSALS: tuple[type[Exception], ...] = (
    Refused,
    roles.RoleHeldAlready,
    roles.PersonInactive,
    roles.LastAdministrator,
    roles.DeputyOutsideRole,
    roles.OwnDeputy,
    holdings.EndsBeforeStart,
    NobodyToStandInFor,
    DeputyWithoutEnd,
)


def plan_people(*, rows: Sequence[PersonRow], actor: User, today: date) -> PeopleOutcome:
    """What the rows would do: done and taken back, so that every rule has been asked."""
    with transaction.atomic():
        outcome = _take_in(rows, actor, today)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def import_people(*, upload: UploadedTable, rows: Sequence[PersonRow], seen: str, actor: User, today: date, now: datetime) -> PeopleOutcome:
    """Does what was seen. Raises OrganisationChanged where the rows would do something else now, uploads.AlreadyConfirmed."""
    uploads.claim(upload, now)
    outcome = _take_in(rows, actor, today)
    if outcome.problems or outcome.digest != seen:
        raise OrganisationChanged
    audit.record(actor=actor, action="people.imported", target=upload, details={"file": upload.file_name, "changed": len(outcome.changes)})
    return outcome


def _take_in(rows: Sequence[PersonRow], actor: User, today: date) -> PeopleOutcome:
    """Own roles first: a deputy stands in for somebody who may be in the same file."""
    outcome = PeopleOutcome()
    for row in sorted(rows, key=lambda row: (bool(row.deputy_for), row.number)):
        try:
            with transaction.atomic():
                outcome.steps += list(_take(row, actor, today))
        except REFUSALS as refusal:
            outcome.problems.append((row, refusal))
    outcome.problems.sort(key=lambda problem: problem[0].number)
    outcome.steps.sort(key=lambda step: step.row.number)
    return outcome


def _take(row: PersonRow, actor: User, today: date) -> Iterator[Step]:
    person = User.objects.filter(email=row.email).first()
    if person is not None and person.name != row.name:
        yield Step(row, "other_name", person.name)
    held = _held(person, row, today) if person is not None else None
    if held is not None and held.valid_to == (row.valid_to or held.unit.valid_to):
        return
    if held is not None and row.valid_to is not None and (held.valid_to is None or row.valid_to < held.valid_to):
        roles.end_role(assignment=held, last_day=row.valid_to, today=today, actor=actor)
        yield Step(row, "end", str(held.valid_to or ""))
        return
    begins = row.valid_from or today
    if row.deputy_for:
        yield from _stand_in(row, person, begins, actor)
    elif person is None:
        people.create_person(
            email=row.email, name=row.name, role=row.role, unit=row.unit, valid_from=begins, valid_to=row.valid_to, actor=actor
        )
        yield Step(row, "create")
    else:
        roles.give_role(person=person, role=row.role, unit=row.unit, valid_from=begins, valid_to=row.valid_to, actor=actor)
        yield Step(row, "give")


def _held(person: User, row: PersonRow, today: date) -> RoleAssignment | None:
    """The role as the row speaks of it: begun on its day, or, where it says none, held today."""
    rows = RoleAssignment.objects.filter(user=person, role=row.role, unit=row.unit, deputy_for__isnull=not row.deputy_for)
    if row.deputy_for:
        rows = rows.filter(deputy_for__email=row.deputy_for)
    rows = rows.filter(valid_from=row.valid_from) if row.valid_from else rows.filter(valid_from__lte=today)
    found: RoleAssignment | None = rows.select_related("unit", "user").order_by("-valid_from").first()
    if found is not None and row.valid_from is None and found.valid_to is not None and found.valid_to < today:
        return None
    return found


def _stand_in(row: PersonRow, person: User | None, begins: date, actor: User) -> Iterator[Step]:
    if row.valid_to is None:
        raise DeputyWithoutEnd
    place = RoleAssignment.objects.filter(user__email=row.deputy_for, role=row.role, unit=row.unit, deputy_for__isnull=True)
    assignment = place.filter(valid_from__lte=begins).select_related("user", "unit").order_by("-valid_from").first()
    if assignment is None:
        raise NobodyToStandInFor(row.deputy_for)
    if person is None:
        person = User.objects.create_user(row.email, row.name)
        audit.record(actor=actor, action="person.created", target=person, unit=row.unit, details={"email": person.email})
        yield Step(row, "create")
    roles.give_deputy(assignment=assignment, deputy=person, valid_from=begins, valid_to=row.valid_to, actor=actor)
    yield Step(row, "give")
