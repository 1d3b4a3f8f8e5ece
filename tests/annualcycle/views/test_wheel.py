"""The wheel of a year: who sees what of it, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annualcycle.queries.wheel import wheel_year
from annualcycle.rules.kinds import Scope, TaskState
from organisation.queries.access import access_of
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import markup_of, signed_in, text_of

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


def test_a_mark_leads_to_its_row_which_says_how_far_the_units_are(district, plan):
    page = signed_in(person(Role.DIRECTOR, district)).get(PATH)
    markup = markup_of(page)
    assert f'<a href="#a{plan.pk}" class="is-late" aria-label="{plan.title}, ' in markup
    assert f'<li id="a{plan.pk}">' in markup
    assert "1 av 2 ferdig" in text_of(page)
    assert "0 av 1 aktiviteter er ferdige. Én er over fristen." in text_of(page)


def test_another_district_has_no_wheel_here(district, plan):
    neighbour = person(Role.DIRECTOR, DistrictFactory(code="nabo"))
    assert signed_in(neighbour).get(PATH).status_code == 404


def test_a_politician_sees_what_is_public_and_not_how_far_the_units_are(district, plan):
    ActivityFactory(district=district, title="Budsjettvedtak", due_on=date(2026, 3, 10), is_public=True)
    page = signed_in(person(Role.POLITICIAN, district)).get(PATH)
    assert "Budsjettvedtak" in text_of(page)
    assert "Årsplan" not in text_of(page)
    assert " ferdig" not in text_of(page)
    assert "Over frist" not in text_of(page)


def test_a_cancelled_activity_is_not_drawn(district, plan):
    plan.cancelled_at = "2026-01-02T10:00Z"
    plan.save()
    page = signed_in(person(Role.DIRECTOR, district)).get(PATH)
    assert "Årsplan levert" not in text_of(page)
    assert "Året er ikke satt opp" in text_of(page)


def test_a_role_dims_what_is_not_its_own_and_an_unknown_one_nothing(district, plan):
    budget = ActivityFactory(district=district, title="Budsjett", responsible=Role.DIRECTOR.value, due_on=date(2026, 11, 25))
    client = signed_in(person(Role.DIRECTOR, district))
    chosen = markup_of(client.get(PATH, {"rolle": Role.DIRECTOR.value}))
    # Its row is left out of the list: the mark leads to where the list has it.
    assert f'<a href="?#a{plan.pk}" class="is-late is-dim" aria-label="{plan.title}, ' in chosen
    assert f'<a href="#a{budget.pk}" class="is-coming" aria-label="{budget.title}, ' in chosen
    assert "is-dim" not in markup_of(client.get(PATH, {"rolle": "finnes-ikke"}))


def test_a_role_leaves_its_own_alone_in_the_lists_and_says_the_way_back(district, plan):
    budget = ActivityFactory(district=district, title="Budsjett", responsible=Role.DIRECTOR.value, due_on=date(2026, 11, 25))
    late = ActivityFactory(district=district, title="Tertial", responsible=Role.DIRECTOR.value, due_on=date(2026, 9, 30))
    for activity in (budget, late):
        TaskFactory(activity=activity, unit=plan.tasks.first().unit)
    client = signed_in(person(Role.DIRECTOR, district))
    whole, chosen = client.get(PATH), client.get(PATH, {"rolle": Role.DIRECTOR.value})
    assert rows_of(whole) == [plan.pk, late.pk, budget.pk]
    assert rows_of(chosen) == [late.pk, budget.pk]
    assert [month["name"] for month in chosen.context["months"]] == ["september", "november"]
    assert [[row["activity"].pk for row in page.context["late"]] for page in (whole, chosen)] == [[plan.pk, late.pk], [late.pk]]
    # What other apps have is of no role, so neither the list nor the picture and its legend speak of it.
    assert chosen.context["listed"].others == ()
    assert "Viser" not in text_of(whole)
    assert text_of(chosen).count("Vis alle") == 2
    assert "Viser 1 av 2. Vis alle" in text_of(chosen)
    assert "Viser 2 av 3. Vis alle" in text_of(chosen)
    assert '<a href="?">Vis alle</a>' in markup_of(chosen)


def test_the_way_back_from_a_role_keeps_the_unit(district, plan):
    ActivityFactory(district=district, title="Budsjett", responsible=Role.DIRECTOR.value, due_on=date(2026, 11, 25))
    client = signed_in(person(Role.DIRECTOR, district))
    chosen = client.get(PATH, {"rolle": plan.responsible, "enhet": "402"})
    assert '<a href="?enhet=402">Vis alle</a>' in markup_of(chosen)


def test_what_lasts_is_dimmed_with_its_band(district, plan):
    ActivityFactory(district=district, title="Budsjett", responsible=Role.DIRECTOR.value, due_on=date(2026, 11, 25))
    plan.starts_on = date(2026, 1, 10)
    plan.save()
    client = signed_in(person(Role.DIRECTOR, district))
    band = '<path class="al-wheel__band al-wheel__band--late{}" d="'
    assert band.format("") in markup_of(client.get(PATH))
    assert band.format(" is-dim") in markup_of(client.get(PATH, {"rolle": Role.DIRECTOR.value}))


def rows_of(page):
    """The activities of the list, in its order."""
    return [row["activity"].pk for month in page.context["months"] for row in month["rows"]]


def test_the_wheel_and_the_activity_say_the_same_share(district):
    """20 of 22 are 90.9 per cent."""
    activity = ActivityFactory(district=district, due_on=date(2026, 9, 30), scope=Scope.UNITS)
    units = UnitFactory.create_batch(22, parent=district)
    for n, unit in enumerate(units):
        TaskFactory(activity=activity, unit=unit, **({} if n > 19 else {"state": TaskState.DONE, "done_on": date(2026, 9, 1)}))
    client = signed_in(person(Role.DIRECTOR, district))
    wheel, page = client.get(PATH), client.get(f"/styringshjul/aktivitet/{activity.pk}/")
    assert wheel.context["late"][0]["share"] == page.context["progress"]["share"] == "91\u00a0%"


def test_the_front_page_leads_to_this_year_of_ones_own_district(district):
    assert signed_in(person(Role.DIRECTOR, district)).get("/styringshjul/").headers["Location"] == PATH


@pytest.mark.parametrize("year", ["1999", "2101"])
def test_a_year_out_of_reach_is_not_there(district, year):
    assert signed_in(person(Role.DIRECTOR, district)).get(f"/styringshjul/alna/{year}/").status_code == 404


def test_eighty_activities_cost_as_many_statements_as_one(district, plan, connection_of_page):
    client = signed_in(person(Role.DIRECTOR, district))
    # One that is near: who is to do it is asked where there is anything near at all.
    TaskFactory(activity=ActivityFactory(district=district), unit=plan.tasks.first().unit)
    client.get(PATH)
    one = connection_of_page(client)
    for number in range(78):
        activity = ActivityFactory(district=district, due_on=date(2026, 1 + number % 12, 10), short="Et navn på tjueåtte tegn her")
        TaskFactory(activity=activity, unit=plan.tasks.first().unit)
    assert connection_of_page(client) == one


def test_ones_own_deadlines_are_looked_for_where_they_are_shown_alone(district):
    unit = UnitFactory(parent=district)
    due = TaskFactory(activity=ActivityFactory(district=district, due_on=date(2026, 10, 30)), unit=unit)
    access, statements = access_of(person(Role.UNIT_LEADER, unit), date(2026, 10, 9)), []
    for year, with_own in ((2026, False), (2026, False), (2026, True), (2025, True)):
        with CaptureQueriesContext(connection) as seen:
            own = wheel_year(district, year, access=access, with_own=with_own).own
        assert [each.key for each in own] == ([f"annualcycle.task:{due.pk}"] if with_own and year == 2026 else [])
        statements.append(len(seen))
    assert statements[2] == statements[1] + 1


@pytest.fixture
def connection_of_page():
    def count(client):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PATH).status_code == 200
        return len(seen)

    return count
