"""A district with two units, one of them with a unit below, and a neighbouring district; an administrator in each."""

from dataclasses import dataclass

import pytest
from django.test import Client

from organisation.models import Unit, User
from organisation.rules.access import Role
from tests.factories.organisation import DistrictFactory, UnitFactory, person


@dataclass
class World:
    district: Unit
    north: Unit
    south: Unit
    below: Unit
    admin: User
    neighbour: Unit
    neighbour_unit: Unit
    neighbour_admin: User


@pytest.fixture
def world(db) -> World:
    district, neighbour = DistrictFactory(code="B1", name="Bydelen"), DistrictFactory(code="B2", name="Nabobydelen")
    north = UnitFactory(code="N1", name="Nord", parent=district)
    return World(
        district=district,
        north=north,
        south=UnitFactory(code="S1", name="Sør", parent=district),
        below=UnitFactory(code="N1-1", name="Barnehagen", kind=Unit.Kind.SUB_UNIT, parent=north),
        admin=person(Role.ADMINISTRATOR, district),
        neighbour=neighbour,
        neighbour_unit=UnitFactory(code="X1", name="Naboenheten", parent=neighbour),
        neighbour_admin=person(Role.ADMINISTRATOR, neighbour),
    )


@pytest.fixture
def admin_client(world, settings) -> Client:
    settings.MFA_REQUIRED = False
    client = Client()
    client.force_login(world.admin)
    return client
