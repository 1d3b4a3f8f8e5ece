"""A form sent twice makes one activity; whatever else is sent makes one of its own."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import Scope
from annualcycle.services import activities as services
from organisation.models import AuditEntry
from organisation.rules.access import Role
from tests.annualcycle import plans
from tests.factories.organisation import DistrictFactory, UnitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PLAN = replace(plans.PLAN, participants=(Role.DIRECTOR,))


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def units(district):
    return [UnitFactory(parent=district) for _ in range(3)]


def units_of(activity):
    return [task.unit for task in activity.tasks.all()]


def sent(district, form, **more):
    return services.create(district=district, year=2026, values=replace(PLAN, **more), actor=None, now=NOW, form=form)


def test_the_same_form_sent_twice_is_made_once(district, units):
    form = uuid.uuid4()
    assert sent(district, form) == sent(district, form)
    assert Activity.objects.count() == 1
    assert Task.objects.count() == 3
    assert AuditEntry.objects.count() == 1


def test_the_same_form_opened_twice_is_two_and_so_is_one_without_a_form(district, units):
    assert len({sent(district, form) for form in (uuid.uuid4(), uuid.uuid4(), None, None)}) == 4


def test_two_of_the_same_name_and_day_are_two(district, units):
    first = sent(district, uuid.uuid4(), scope=Scope.CHOSEN, units=(units[0],))
    second = sent(district, uuid.uuid4(), scope=Scope.CHOSEN, units=(units[1],), responsible=Role.HR)
    assert (units_of(first), units_of(second)) == ([units[0]], [units[1]])


@pytest.mark.parametrize("more", [{"title": "En annen"}, {"day": 20}, {"participants": (Role.HR,)}, {"scope": Scope.CHOSEN}])
def test_a_form_filled_in_anew_on_the_way_back_is_one_more(district, units, more):
    """The browser's way back gives the same form, and nothing that is sent is thrown away; twice is still once."""
    form = uuid.uuid4()
    first = sent(district, form)
    second, again = (sent(district, form, units=(units[0],), **more) for _ in range(2))
    assert first != second
    assert second == again


def test_other_units_are_another_activity(district, units):
    form = uuid.uuid4()
    one, other, again = (sent(district, form, scope=Scope.CHOSEN, units=chosen) for chosen in ((units[0],), (units[1],), (units[0],)))
    assert one != other
    assert one == again


def test_one_form_makes_one_in_each_district_and_year(district, units):
    form = uuid.uuid4()
    act = {"values": PLAN, "actor": None, "now": NOW, "form": form}
    made = {services.create(district=where, year=year, **act) for where in (district, DistrictFactory()) for year in (2026, 2027)}
    assert len(made) == 4
