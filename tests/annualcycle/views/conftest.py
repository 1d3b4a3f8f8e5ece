"""A district with two units, and an administrator of its wheel."""

from dataclasses import dataclass
from datetime import date

import pytest

from organisation.models import Unit, User
from organisation.rules.access import Role
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import signed_in


@dataclass(frozen=True)
class World:
    district: Unit
    unit: Unit
    other: Unit
    administrator: User


@pytest.fixture
def world(settings):
    settings.ALNA_TODAY = date(2026, 10, 9)
    district = DistrictFactory(code="alna")
    unit, other = UnitFactory(code="402", parent=district), UnitFactory(code="403", parent=district)
    return World(district, unit, other, person(Role.ADMINISTRATOR, district))


@pytest.fixture
def admin(world):
    return signed_in(world.administrator)
