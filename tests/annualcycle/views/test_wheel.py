"""The wheel of a year: who sees what of it, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annualcycle.rules.kinds import Scope, TaskState
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import markup_of, text_of

pytestmark = pytest.mark.django_db
PATH = "/styringshjul/alna/2026/"


@pytest.fixture
def district(settings):
    settings.ALNA_TODAY = date(2026, 10, 9)
    return DistrictFactory(code="alna", name="Bydel Prøve")


@pytest.fixture
def plan(district):
    """Over its day; one of two units is done."""
    activity = ActivityFactory(district=district, title="Årsplan levert", short="Årsplan", due_on=date(2026, 2, 27), scope=Scope.UNITS)
    units = [UnitFactory(code=code, parent=district) for code in ("401", "402")]
    TaskFactory(activity=activity, unit=units[0], state=TaskState.DONE, done_on=date(2026, 2, 20))
    TaskFactory(activity=activity, unit=units[1])
    return activity


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_mark_leads_to_its_row_which_says_how_far_the_units_are(district, plan):
    page = client_of(person(Role.DIRECTOR, district)).get(PATH)
    markup = markup_of(page)
    assert f'<a href="#a{plan.pk}" class="is-late" aria-label="{plan.title}, ' in markup
    assert f'<li id="a{plan.pk}">' in markup
    assert "1 av 2 ferdig" in text_of(page)
    assert "0 av 1 aktiviteter er ferdige. Én er over fristen." in text_of(page)


def test_another_district_has_no_wheel_here(district, plan):
    neighbour = person(Role.DIRECTOR, DistrictFactory(code="nabo"))
    assert client_of(neighbour).get(PATH).status_code == 404


def test_a_politician_sees_what_is_public_and_not_how_far_the_units_are(district, plan):
    ActivityFactory(district=district, title="Budsjettvedtak", due_on=date(2026, 3, 10), is_public=True)
    page = client_of(person(Role.POLITICIAN, district)).get(PATH)
    assert "Budsjettvedtak" in text_of(page)
    assert "Årsplan" not in text_of(page)
    assert " ferdig" not in text_of(page)
    assert "Over frist" not in text_of(page)


def test_a_cancelled_activity_is_not_drawn(district, plan):
    plan.cancelled_at = "2026-01-02T10:00Z"
    plan.save()
    page = client_of(person(Role.DIRECTOR, district)).get(PATH)
    assert "Årsplan levert" not in text_of(page)
    assert "Året er ikke satt opp." in text_of(page)


def test_a_role_dims_what_is_not_its_own_and_an_unknown_one_nothing(district, plan):
    budget = ActivityFactory(district=district, title="Budsjett", responsible=Role.DIRECTOR.value, due_on=date(2026, 11, 25))
    client = client_of(person(Role.DIRECTOR, district))
    chosen = markup_of(client.get(PATH, {"rolle": Role.DIRECTOR.value}))
    assert f'<a href="#a{plan.pk}" class="is-late is-dim" aria-label="{plan.title}, ' in chosen
    assert f'<a href="#a{budget.pk}" class="is-coming" aria-label="{budget.title}, ' in chosen
    assert "is-dim" not in markup_of(client.get(PATH, {"rolle": "finnes-ikke"}))


def test_the_front_page_leads_to_this_year_of_ones_own_district(district):
    assert client_of(person(Role.DIRECTOR, district)).get("/styringshjul/").headers["Location"] == PATH


@pytest.mark.parametrize("year", ["1999", "2101"])
def test_a_year_out_of_reach_is_not_there(district, year):
    assert client_of(person(Role.DIRECTOR, district)).get(f"/styringshjul/alna/{year}/").status_code == 404


def test_eighty_activities_cost_as_many_statements_as_one(district, plan, connection_of_page):
    client = client_of(person(Role.DIRECTOR, district))
    client.get(PATH)
    one = connection_of_page(client)
    for number in range(79):
        activity = ActivityFactory(district=district, due_on=date(2026, 1 + number % 12, 10), short="Et navn på tjueåtte tegn her")
        TaskFactory(activity=activity, unit=plan.tasks.first().unit)
    assert connection_of_page(client) == one


@pytest.fixture
def connection_of_page():
    def count(client):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PATH).status_code == 200
        return len(seen)

    return count
