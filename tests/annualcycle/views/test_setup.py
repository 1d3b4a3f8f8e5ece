"""Setting up a year: who may, what is shown, and the year as a whole."""

from datetime import UTC, date, datetime

import pytest

from annualcycle.models import Activity
from annualcycle.rules.kinds import Moves, Scope
from organisation.models import Succession, Unit
from organisation.queries.tree import mark_changed
from organisation.rules.access import Role
from tests.annualcycle.setting_up import PLAN
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import signed_in, text_of

pytestmark = pytest.mark.django_db


def every_address(activity):
    own = [f"/styringshjul/oppsett/aktivitet/{activity.pk}/{rest}" for rest in ("", "utgar/")]
    year = [f"/styringshjul/alna/2026/{rest}" for rest in ("oppsett/", "oppsett/ny/", "rull/")]
    return own + year


def every_form(activity):
    forms = [f"/styringshjul/alna/2026/oppsett/{rest}" for rest in ("ny/", "dagen/", "vanlig-ar/")]
    one = [f"/styringshjul/oppsett/aktivitet/{activity.pk}/{rest}" for rest in ("", "utgar/", "tilbake/")]
    return [*forms, *one, "/styringshjul/alna/2027/rull/"]


def test_another_districts_wheel_does_not_exist(world):
    activity = ActivityFactory(district=world.district)
    before = Activity.objects.values().get()
    neighbour = signed_in(person(Role.ADMINISTRATOR, DistrictFactory(code="nabo")))
    for path in every_address(activity):
        assert neighbour.get(path).status_code == 404, path
    for path in every_form(activity):
        assert neighbour.post(path, PLAN | {"version": "1", "reason": "x"}).status_code == 404, path
    assert Activity.objects.values().get() == before


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.EMPLOYEE, Role.CONTROLLER, Role.POLITICIAN])
def test_who_does_not_set_up_the_wheel_has_no_such_page(world, role):
    activity = ActivityFactory(district=world.district)
    reader = signed_in(person(role, world.district))
    for path in [*every_address(activity), "/styringshjul/oppsett/"]:
        assert reader.get(path).status_code == 404, path


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.QUALITY, Role.ADMINISTRATOR])
def test_who_sets_it_up_finds_this_year(world, role):
    found = signed_in(person(role, world.district)).get("/styringshjul/oppsett/", follow=True)
    assert found.redirect_chain[-1][0] == "/styringshjul/alna/2026/oppsett/"
    assert "Oppsett av styringshjulet 2026" in text_of(found)


@pytest.mark.parametrize("path", ["alna/1999/oppsett/", "alna/2101/oppsett/", "402/2026/oppsett/", "finnes-ikke/2026/oppsett/"])
def test_what_is_no_districts_year_is_not_found(world, admin, path):
    assert admin.get(f"/styringshjul/{path}").status_code == 404


def test_an_activity_that_is_not_there_is_not_found(world, admin):
    for number in (1, 2**62, 10**30):
        assert admin.get(f"/styringshjul/oppsett/aktivitet/{number}/").status_code == 404


def test_the_year_is_shown_by_month_with_the_day_it_was_moved_from(world, admin):
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN)
    admin.post(
        "/styringshjul/alna/2026/oppsett/ny/", PLAN | {"title": "AMU", "rule": "week", "month": "3", "week_number": "-1", "weekday": "4"}
    )
    page = text_of(admin.get("/styringshjul/alna/2026/oppsett/"))
    assert "Februar Årsplan levert fredag 27. februar Flyttet fra lørdag 28. februar Resultatenhetsleder Alle resultatenheter" in page
    assert "Mars AMU fredag 27. mars Siste fredag i mars" in page


def test_a_day_off_that_is_not_moved_says_why(world, admin):
    """15 March is a Sunday in 2026 and a Monday in 2027; 16 May a Saturday and a Sunday."""
    for title, day in (("Foreløpige tall", date(2026, 3, 15)), ("Endelige tall", date(2026, 5, 16)), ("Hverdag", date(2026, 3, 16))):
        ActivityFactory(district=world.district, title=title, due_on=day, moves=Moves.STAYS)
    page = text_of(admin.get("/styringshjul/alna/2026/oppsett/"))
    assert "Foreløpige tall søndag 15. mars Flyttes ikke Resultatenhetsleder" in page
    assert "Hverdag mandag 16. mars Resultatenhetsleder" in page
    page = text_of(admin.get("/styringshjul/alna/2027/rull/"))
    assert "Foreløpige tall søndag 15. mars mandag 15. mars –" in page
    assert "Endelige tall lørdag 16. mai søndag 16. mai Flyttes ikke" in page


def test_the_page_costs_the_same_with_one_activity_and_with_thirty(world, admin, django_assert_num_queries):
    def measure():
        with django_assert_num_queries(9):
            admin.get("/styringshjul/alna/2026/oppsett/")

    ActivityFactory(district=world.district)
    admin.get("/styringshjul/alna/2026/oppsett/")
    measure()
    for number in range(30):
        row = ActivityFactory(district=world.district, scope=Scope.CHOSEN, due_on=date(2026, 1 + number % 12, 5))
        row.units.add(world.unit)
    measure()


def test_an_activity_goes_out_with_a_reason_and_comes_back(world, admin):
    activity = ActivityFactory(district=world.district)
    path = f"/styringshjul/oppsett/aktivitet/{activity.pk}/"
    assert admin.post(f"{path}utgar/", {"version": "1", "reason": ""}).status_code == 422
    admin.post(f"{path}utgar/", {"version": "1", "reason": "Slått sammen med budsjettmøtet"})
    assert "Avlyst i år: Slått sammen med budsjettmøtet" in text_of(admin.get("/styringshjul/alna/2026/oppsett/"))
    admin.post(f"{path}tilbake/")
    activity.refresh_from_db()
    assert activity.cancelled_at is None
    assert "Slått sammen" not in text_of(admin.get("/styringshjul/alna/2026/oppsett/"))


def test_what_would_land_in_another_year_does_not_come_back_and_says_why(world, admin):
    anchor = ActivityFactory(district=world.district, due_on=date(2026, 12, 28), title="Årsoppgjør")
    cancelled = datetime(2026, 10, 1, 9, tzinfo=UTC)
    activity = ActivityFactory(
        district=world.district, rule="relative", anchor=anchor, offset=7, month=None, day=None, cancelled_at=cancelled
    )
    answer = admin.post(f"/styringshjul/oppsett/aktivitet/{activity.pk}/tilbake/", follow=True)
    assert "Dagen regnes fra «Årsoppgjør» og ville havnet i et annet år. Endre dagen først" in text_of(answer)
    activity.refresh_from_db()
    assert activity.cancelled_at == cancelled


def test_an_empty_year_is_filled_with_the_usual_once(world, admin):
    assert "Året er tomt" in text_of(admin.get("/styringshjul/alna/2026/oppsett/"))
    assert "46 aktiviteter er lagt inn." in text_of(admin.post("/styringshjul/alna/2026/oppsett/vanlig-ar/", follow=True))
    assert "Ingenting er endret." in text_of(admin.post("/styringshjul/alna/2026/oppsett/vanlig-ar/", follow=True))
    assert Activity.objects.count() == 46


def test_the_next_year_is_looked_at_and_then_rolled_once(world, admin):
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN)
    page = text_of(admin.get("/styringshjul/alna/2027/rull/"))
    assert "Årsplan levert fredag 27. februar fredag 26. februar Flyttet fra søndag 28. februar" in page
    assert "Legg 1 aktivitet inn i 2027" in page
    assert not Activity.objects.filter(year=2027).exists()
    assert "Én aktivitet er lagt inn i 2027." in text_of(admin.post("/styringshjul/alna/2027/rull/", follow=True))
    assert "Ingenting er lagt til." in text_of(admin.post("/styringshjul/alna/2027/rull/", follow=True))
    assert "Alle aktivitetene står i 2027." in text_of(admin.get("/styringshjul/alna/2027/rull/"))
    assert Activity.objects.filter(year=2027).count() == 1


def test_the_preview_says_what_has_become_of_chosen_units(world, admin):
    new = UnitFactory(parent=world.district, code="410", name="Nye hjemmetjenesten")
    for unit, title in ((world.unit, "Vernerunde"), (world.other, "Brannøvelse")):
        activity = ActivityFactory(district=world.district, title=title, scope=Scope.CHOSEN, due_on=date(2026, 5, 29))
        activity.units.add(unit)
    Unit.objects.filter(pk__in=(world.unit.pk, world.other.pk)).update(valid_to=date(2026, 12, 31))
    Succession.objects.create(predecessor=world.unit, successor=new, on=date(2027, 1, 1), whole=True)
    mark_changed()
    page = text_of(admin.get("/styringshjul/alna/2027/rull/"))
    assert "Vernerunde fredag 29. mai fredag 28. mai Flyttet fra lørdag 29. mai. Følger omorg" in page
    assert "Følger omorganiseringen til 410 Nye hjemmetjenesten" in page
    assert "Flyttet fra lørdag 29. mai. Ingen enheter igjen. Velg nye etterpå" in page
    admin.post("/styringshjul/alna/2027/rull/")
    page = text_of(admin.get("/styringshjul/alna/2027/oppsett/"))
    assert "Brannøvelse fredag 28. mai Flyttet fra lørdag 29. mai Resultatenhetsleder Ingen enheter" in page


def test_there_is_nothing_to_roll_from_an_empty_year(world, admin):
    assert "2026 er tomt" in text_of(admin.get("/styringshjul/alna/2027/rull/"))
