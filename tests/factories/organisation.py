"""Units, people and roles for tests. Names are made up."""

from datetime import date

import factory

from organisation.models import ParentLink, RoleAssignment, Unit, User
from organisation.queries.tree import mark_changed
from organisation.rules.access import Role

EPOCH = date(2004, 1, 1)


class UnitFactory(factory.django.DjangoModelFactory[Unit]):
    """A result unit from 2004 on; `parent=` places it below another."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    code = factory.Sequence(lambda number: f"{100 + number}")
    name = factory.Sequence(lambda number: f"Enhet {number}")
    kind = Unit.Kind.RESULT_UNIT
    valid_from = EPOCH

    @factory.post_generation
    def parent(self, create: bool, extracted: Unit | None, **kwargs: object) -> None:
        if extracted is not None:
            ParentLink.objects.create(unit=self, parent=extracted, valid_from=self.valid_from)
        mark_changed()


class DistrictFactory(UnitFactory):
    """The root of a small world."""

    code = factory.Sequence(lambda number: f"B{number}")
    name = factory.Sequence(lambda number: f"Bydel {number}")
    kind = Unit.Kind.DISTRICT


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.test")
    name = factory.Sequence(lambda number: f"Person Etternavn{number}")


class RoleAssignmentFactory(factory.django.DjangoModelFactory[RoleAssignment]):
    """A unit leader of a unit of a district of its own."""

    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = Role.UNIT_LEADER
    unit = factory.LazyFunction(lambda: UnitFactory(parent=DistrictFactory()))
    valid_from = EPOCH


def person(role: Role, unit: Unit) -> User:
    """A user with one role in one unit."""
    return RoleAssignmentFactory(role=role, unit=unit).user
