"""A month as a calendar, and the year by roles: who sees what, odd months, and what they cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annualcycle.rules.kinds import Scope, TaskState
from organisation.rules.access import Role
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import markup_of, signed_in, text_of

pytestmark = pytest.mark.django_db
MONTH, ROLES = "/styringshjul/alna/2026/10/", "/styringshjul/alna/2026/roller/"


@pytest.fixture
def district(settings):
    settings.ALNA_TODAY = date(2026, 10, 9)
    return DistrictFactory(code="alna", name="Bydel Prøve")


@pytest.fixture
def talks(district):
    """Due on 30 October; one of two units is done."""
    activity = ActivityFactory(district=district, title="Medarbeidersamtaler", scope=Scope.UNITS)
    units = [UnitFactory(code=code, parent=district) for code in ("401", "402")]
    TaskFactory(activity=activity, unit=units[0], state=TaskState.DONE, done_on=date(2026, 10, 1))
    TaskFactory(activity=activity, unit=units[1])
    return activity


def test_a_month_shows_what_is_due_on_its_day_and_how_far_it_is(district, talks):
    page = signed_in(person(Role.DIRECTOR, district)).get(MONTH)
    assert "Medarbeidersamtaler" in text_of(page)
    assert "1 av 2 ferdig" in text_of(page)
    assert markup_of(page).count('datetime="2026-10-30"') == 1
    assert "Medarbeidersamtaler" not in text_of(signed_in(person(Role.DIRECTOR, district)).get("/styringshjul/alna/2026/9/"))


def test_deadlines_of_other_apps_stand_there_for_those_who_may_see_them(district, talks):
    unit = UnitFactory(code="403", parent=district)
    ActionFactory(unit=unit, title="Ny turnus", due_on=date(2026, 10, 20))
    assert "Ny turnus" in text_of(signed_in(person(Role.UNIT_LEADER, unit)).get(MONTH))
    neighbour = text_of(signed_in(person(Role.UNIT_LEADER, UnitFactory(code="404", parent=district))).get(MONTH))
    assert "Medarbeidersamtaler" in neighbour
    assert "Ny turnus" not in neighbour


@pytest.mark.parametrize("path", [MONTH, ROLES])
def test_another_district_does_not_exist(district, talks, path):
    assert signed_in(person(Role.DIRECTOR, DistrictFactory(code="nabo"))).get(path).status_code == 404


@pytest.mark.parametrize("path", [MONTH, ROLES])
def test_a_politician_sees_what_is_public_and_not_how_far_the_units_are(district, talks, path):
    ActivityFactory(district=district, title="Budsjettforslag", due_on=date(2026, 10, 20), is_public=True)
    page = text_of(signed_in(person(Role.POLITICIAN, district)).get(path))
    assert "Budsjettforslag" in page
    assert "Medarbeidersamtaler" not in page
    assert " ferdig" not in page


@pytest.mark.parametrize("month", ["0", "13"])
def test_a_month_that_is_none_is_not_found(district, month):
    assert signed_in(person(Role.DIRECTOR, district)).get(f"/styringshjul/alna/2026/{month}/").status_code == 404


@pytest.mark.parametrize(
    "year, month, days, weeks", [(2024, 2, 29, 5), (2026, 3, 31, 6), (2027, 2, 28, 4), (2000, 1, 31, 6), (2100, 12, 31, 5)]
)
def test_every_month_has_its_days_once_and_says_when_it_is_empty(district, year, month, days, weeks):
    page = signed_in(person(Role.DIRECTOR, district)).get(f"/styringshjul/alna/{year}/{month}/")
    assert markup_of(page).count(f'datetime="{year}-{month:02}-') == days
    assert markup_of(page).count('<th scope="row">') == weeks
    assert "Ingenting har frist denne måneden" in text_of(page)


def test_roles_list_their_own_activities(district, talks):
    ActivityFactory(district=district, title="Budsjettforslag", responsible=Role.DIRECTOR.value)
    page = text_of(signed_in(person(Role.DIRECTOR, district)).get(ROLES))
    assert (
        page.index("Bydelsdirektør") < page.index("Budsjettforslag") < page.index("Resultatenhetsleder") < page.index("Medarbeidersamtaler")
    )


@pytest.mark.parametrize("path", [MONTH, ROLES])
def test_many_activities_cost_no_more_statements_than_one(district, talks, path):
    client = signed_in(person(Role.DIRECTOR, district))
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(30):
        activity = ActivityFactory(district=district, due_on=date(2026, 10, 1 + number % 28))
        TaskFactory(activity=activity, unit=UnitFactory(code=f"5{number:02}", parent=district))
    client.get(path)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)
