"""A district with a director, and Hjemmetjenesten with a leader, an employee and a department; a neighbour beside it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from organisation.models import Unit, User
from organisation.rules.access import Role
from tests.factories.actions import ActionFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person

TODAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class World:
    district: Unit
    unit: Unit
    department: Unit
    neighbour: Unit
    director: User
    leader: User
    head: User
    employee: User
    stranger: User


@pytest.fixture
def world(db, settings) -> World:
    settings.ALNA_TODAY = TODAY
    district = DistrictFactory(name="Bydel Prøve")
    unit = UnitFactory(code="402", name="Hjemmetjenesten", parent=district)
    department = UnitFactory(code="402-1", name="Avdeling sør", kind="sub_unit", parent=unit)
    neighbour = UnitFactory(code="403", name="Sykehjemmet", parent=district)
    return World(
        district=district,
        unit=unit,
        department=department,
        neighbour=neighbour,
        director=person(Role.DIRECTOR, district),
        leader=person(Role.UNIT_LEADER, unit),
        head=person(Role.SUB_UNIT_LEADER, department),
        employee=person(Role.EMPLOYEE, unit),
        stranger=person(Role.UNIT_LEADER, neighbour),
    )


@pytest.fixture
def sign_in():
    """Gives a browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return signed_in


def text_of(answer) -> str:
    """The page with ordinary spaces, so that figures can be written here as they are read."""
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def action(world):
    return ActionFactory(unit=world.unit, owner=world.leader, title="To faste stillinger", due_on=date(2026, 11, 1))
