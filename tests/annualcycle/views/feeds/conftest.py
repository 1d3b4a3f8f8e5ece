"""A unit with a task on the day the clock is put back."""

from datetime import date

import pytest
from django.core.cache import cache

from tests.annualcycle.calendar_programs import TODAY
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.ALNA_TODAY = TODAY
    # Readings are counted there.
    cache.clear()


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def unit(district):
    return UnitFactory(parent=district, code="402", name="Hjemmetjenesten")


@pytest.fixture
def task(unit, district):
    return TaskFactory(activity=ActivityFactory(district=district, title="Medarbeidersamtaler", due_on=date(2026, 10, 25)), unit=unit)
