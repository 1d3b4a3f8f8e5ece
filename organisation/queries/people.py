"""People with a role somewhere the person reaches, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from organisation.models import RoleAssignment, User
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.queries.validity import still_on
from organisation.rules.access import Permission

PAGE_SIZE = 50


@dataclass(frozen=True)
class PeopleFilter:
    """What the list is narrowed to. `unit_ids` None: everywhere reached."""

    text: str = ""
    role: str = ""
    unit_ids: frozenset[int] | None = None
    deputies: bool = False
    former: bool = False
    after: int | None = None


@dataclass(frozen=True)
class PersonLine:
    person: User
    roles: tuple[RoleAssignment, ...]


@dataclass(frozen=True)
class PeoplePage:
    """`next_after`: the key of the next page, None at the end."""

    lines: tuple[PersonLine, ...]
    next_after: int | None


def people_where(reached: Collection[int]) -> QuerySet[User]:
    """Everybody who has, has had or will have a role in one of these units."""
    return User.objects.filter(Exists(RoleAssignment.objects.filter(user=OuterRef("pk"), unit_id__in=reached)))


def people_page(access: Access, wanted: PeopleFilter, day: date, size: int | None = PAGE_SIZE) -> PeoplePage:
    """One page in Norwegian alphabetical order. Four SQL statements: version, the key, people, their roles. `size` None: all."""
    reached = ever_reached(access, Permission.SEE_ROLES)
    people = _narrowed(wanted, reached, day).order_by("sort_key", "pk")
    if wanted.after is not None:
        last = people_where(reached).filter(pk=wanted.after).values_list("sort_key", "pk").first()
        if last is not None:
            people = people.filter(Q(sort_key__gt=last[0]) | Q(sort_key=last[0], pk__gt=last[1]))
    found = list(people if size is None else people[: size + 1])
    shown = found if size is None else found[:size]
    roles = _roles_of(shown, reached, day)
    lines = tuple(PersonLine(person, tuple(roles[person.pk])) for person in shown)
    return PeoplePage(lines, shown[-1].pk if len(found) > len(shown) else None)


def _narrowed(wanted: PeopleFilter, reached: frozenset[int], day: date) -> QuerySet[User]:
    roles = RoleAssignment.objects.filter(
        user=OuterRef("pk"), unit_id__in=reached if wanted.unit_ids is None else reached & wanted.unit_ids
    )
    if not wanted.former:
        roles = roles.filter(still_on(day))
    if wanted.role:
        roles = roles.filter(role=wanted.role)
    if wanted.deputies:
        roles = roles.filter(deputy_for__isnull=False)
    people = User.objects.filter(Exists(roles))
    if not wanted.former:
        people = people.filter(is_active=True)
    for word in wanted.text.casefold().split():
        people = people.filter(search_text__contains=word)
    return people


def _roles_of(people: Collection[User], reached: Collection[int], day: date) -> dict[int, list[RoleAssignment]]:
    found: dict[int, list[RoleAssignment]] = defaultdict(list)
    rows = RoleAssignment.objects.filter(still_on(day), user__in=people, unit_id__in=reached)
    for row in rows.select_related("unit", "deputy_for").order_by("valid_from", "pk"):
        found[row.user_id].append(row)
    return found


@dataclass(frozen=True)
class PersonPage:
    """One person as somebody with these rights sees them. `whole`: nothing the person holds lies outside what may be managed."""

    person: User
    present: tuple[RoleAssignment, ...]
    former: tuple[RoleAssignment, ...]
    deputies: tuple[RoleAssignment, ...]
    managed: frozenset[int]
    whole: bool


def person_page(access: Access, person_id: int, day: date) -> PersonPage:
    """Four SQL statements. Raises User.DoesNotExist where no role of the person is reached."""
    reached = ever_reached(access, Permission.SEE_ROLES)
    managed = ever_reached(access, Permission.MANAGE_ROLES) if access.may(Permission.MANAGE_ROLES) else frozenset()
    person = people_where(reached).get(pk=person_id)
    every = list(RoleAssignment.objects.filter(user=person).select_related("unit", "deputy_for").order_by("-valid_from", "-pk"))
    rows = [row for row in every if row.unit_id in reached]
    still = [row for row in every if row.valid_to is None or row.valid_to >= day]
    deputies = RoleAssignment.objects.filter(still_on(day), deputy_for=person, unit_id__in=reached).select_related("unit", "user")
    return PersonPage(
        person=person,
        present=tuple(row for row in rows if row in still),
        former=tuple(row for row in rows if row not in still),
        deputies=tuple(deputies.order_by("valid_from", "pk")),
        managed=managed,
        whole=all(row.unit_id in managed for row in (still or every)),
    )
