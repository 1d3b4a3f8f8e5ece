"""From November whoever sets up the wheel is told on «Hjem» that the next year is empty."""

from datetime import UTC, date, datetime

import pytest

from organisation.queries.access import access_of
from organisation.rules.access import Role
from overview.queries.todos import todos
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
DAY = date(2026, 11, 2)


@pytest.fixture
def district():
    return ActivityFactory(district=DistrictFactory(code="alna", name="Bydel Prøve"), year=2026).district


def lines(user, day=DAY):
    return [(todo.title, todo.text, todo.url) for todo in todos(access_of(user, day), day, NOW) if "2027" in todo.title]


def test_an_administrator_is_led_to_rolling_the_year(district):
    user = person(Role.ADMINISTRATOR, district)
    said = "Bydel Prøve. Rull aktivitetene over fra i år, så får alle fristene sine."
    assert lines(user) == [("Styringshjulet for 2027 er tomt", said, "/styringshjul/alna/2027/rull/")]
    assert lines(user, date(2026, 10, 31)) == []
    ActivityFactory(district=district, year=2027, due_on=date(2027, 1, 5))
    assert lines(user) == []


def test_nobody_else_is_told_and_neither_is_a_district_without_a_wheel(district):
    assert lines(person(Role.UNIT_LEADER, UnitFactory(parent=district))) == []
    assert lines(person(Role.ADMINISTRATOR, DistrictFactory())) == []


def test_what_was_cancelled_is_no_year_to_roll(district):
    district.activities.update(cancelled_at=NOW)
    assert lines(person(Role.ADMINISTRATOR, district)) == []
