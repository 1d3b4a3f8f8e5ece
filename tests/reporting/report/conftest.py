"""A unit over its budget in September 2026, and its leader."""

import pytest
from django.utils import timezone

from organisation.rules.access import Role
from reporting.services.defaults import install_defaults
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import AccountGroupFactory, BalanceFactory
from tests.reporting.report.world import TODAY, signed_in


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = TODAY


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def unit(district):
    install_defaults(actor=None, now=timezone.now(), today=TODAY)
    AccountGroupFactory(code="vikarer", name="Vikarer")
    unit = UnitFactory(parent=district, code="402", name="Hjemmetjenesten")
    BalanceFactory(unit=unit)
    return unit


@pytest.fixture
def leader(unit):
    return person(Role.UNIT_LEADER, unit)


@pytest.fixture
def client(leader):
    return signed_in(leader)
