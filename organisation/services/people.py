"""People who sign in: new, changed, kept out, let in again."""

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction

from organisation.models import RoleAssignment, Unit, User
from organisation.queries.validity import still_on
from organisation.rules.access import Role
from organisation.rules.refusals import NothingChanges
from organisation.rules.validity import day_before
from organisation.services import audit, roles
from organisation.services.versions import claim_person


@dataclass(eq=False)
class EmailTaken(Exception):
    """Another person signs in with this address."""

    email: str


class OwnAccess(Exception):
    """Nobody closes the door behind themselves."""


@transaction.atomic
def create_person(
    *, email: str, name: str, role: Role, unit: Unit, valid_from: date, valid_to: date | None, actor: User | None
) -> tuple[User, bool]:
    """The person with this address gets the role; made where nobody has the address. The person, and whether it is new.

    Sends nothing; the password is unusable until the person makes one. Raises what roles.give_role raises.
    """
    person = User.objects.filter(email=email.lower()).first()
    created = person is None
    if person is None:
        person = User.objects.create_user(email, name)
        audit.record(actor=actor, action="person.created", target=person, unit=unit, details={"email": person.email})
    roles.give_role(person=person, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to, actor=actor)
    return person, created


@transaction.atomic
def change_person(*, person: User, name: str, email: str, version: int, actor: User | None) -> None:
    """Another name or address. Raises StaleVersion, EmailTaken, NothingChanges."""
    claim_person(person, version)
    email = User.objects.normalize_email(email).lower()
    if (person.name, person.email) == (name, email):
        raise NothingChanges
    if User.objects.filter(email=email).exclude(pk=person.pk).exists():
        raise EmailTaken(email)
    before = f"{person.name}, {person.email}"
    if email != person.email:
        # The old address must not open the door any more.
        EmailAddress.objects.filter(user=person).delete()
    person.name, person.email = name, email
    person.save(update_fields=["name", "email", "sort_key", "search_text"])
    details = {"before": before, "after": f"{name}, {email}"}
    audit.record(actor=actor, action="person.changed", target=person, unit=_unit_of(person), details=details)


@transaction.atomic
def deactivate_person(*, person: User, today: date, actor: User | None) -> None:
    """The person cannot sign in, and every role ends with yesterday. Raises OwnAccess, roles.LastAdministrator, NothingChanges."""
    if actor is not None and actor.pk == person.pk:
        raise OwnAccess
    held = list(RoleAssignment.objects.filter(still_on(today), user=person).select_related("unit"))
    roles.guard_last_administrator([(assignment, day_before(today)) for assignment in held])
    unit = _unit_of(person)
    if not User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        raise NothingChanges
    ended = [label for assignment in held for label in roles.cut_role(assignment, day_before(today))]
    audit.record(actor=actor, action="person.deactivated", target=person, unit=unit, details={"ended_roles": ended})


@transaction.atomic
def reactivate_person(*, person: User, actor: User | None) -> None:
    """The person may sign in again; roles must be given anew. Raises NothingChanges."""
    if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise NothingChanges
    audit.record(actor=actor, action="person.reactivated", target=person, unit=_unit_of(person))


@transaction.atomic
def note_link_sent(*, person: User, actor: User | None) -> None:
    """Writes down that a link for making a password was sent."""
    audit.record(actor=actor, action="person.link_sent", target=person, unit=_unit_of(person), details={"email": person.email})


def _unit_of(person: User) -> int | None:
    """The unit the log files the person under: of the latest role."""
    return RoleAssignment.objects.filter(user=person).order_by("-valid_from", "-pk").values_list("unit_id", flat=True).first()
