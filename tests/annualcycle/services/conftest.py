"""A district with a director and two units, one of them with a department."""

from types import SimpleNamespace

import pytest

from organisation.rules.access import Role
from tests.factories.organisation import DistrictFactory, UnitFactory, person


@pytest.fixture
def world(db):
    district = DistrictFactory(name="Bydel Prøve")
    unit = UnitFactory(code="402", name="Hjemmetjenesten", parent=district)
    department = UnitFactory(code="402-1", name="Avdeling sør", kind="sub_unit", parent=unit)
    neighbour = UnitFactory(code="403", name="Sykehjemmet", parent=district)
    return SimpleNamespace(
        district=district,
        unit=unit,
        department=department,
        neighbour=neighbour,
        director=person(Role.DIRECTOR, district),
        leader=person(Role.UNIT_LEADER, unit),
        other=person(Role.UNIT_LEADER, neighbour),
    )
