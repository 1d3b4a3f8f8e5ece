"""Setting up a year: who may, what is shown, what is refused and where."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import DateRule, LinkKind, Scope
from organisation.models import Unit, User
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import markup_of, text_of

pytestmark = pytest.mark.django_db
PLAN = {
    "version": "0",
    "title": "Årsplan levert",
    "short": "Årsplan",
    "description": "",
    "lane": "plan",
    "rule": "fixed",
    "month": "2",
    "day": "28",
    "moves": "before",
    "responsible": "unit_leader",
    "scope": "units",
    "lead_days": "14, 3",
    "link_kind": "none",
    "do": "save",
}


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


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin(world):
    return signed_in(world.administrator)


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


def test_a_new_activity_is_saved_with_its_tasks(world, admin):
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN, follow=True)
    assert "Aktiviteten er lagt til." in text_of(answer)
    activity = Activity.objects.get()
    assert (activity.title, activity.due_on, activity.lead_days) == ("Årsplan levert", date(2026, 2, 27), [14, 3])
    assert Task.objects.count() == 2


@pytest.mark.parametrize(
    "more, field, words",
    [
        ({"day": "30"}, "day", "Den dagen finnes ikke i måneden."),
        ({"day": "32"}, "day", "Skriv et helt tall fra 1 til 31."),
        ({"day": "første"}, "day", "Skriv et helt tall fra 1 til 31."),
        ({"month": ""}, "month", "Velg en måned."),
        ({"month": "13"}, "month", "Velg fra listen."),
        ({"rule": "week", "week_number": "6", "weekday": "0"}, "week_number", "Velg fra listen."),
        ({"rule": "week", "week_number": "", "weekday": "0"}, "week_number", "Velg første til fjerde, eller siste."),
        ({"rule": "week", "week_number": "1"}, "weekday", "Velg en ukedag."),
        ({"rule": "workday"}, "workday_number", "Velg en arbeidsdag fra listen."),
        ({"rule": "relative", "offset_days": "3"}, "anchor", "Velg aktiviteten dagen regnes fra."),
        ({"rule": "relative"}, "offset_days", "Skriv hvor mange dager. 0 er samme dag."),
        ({"start_month": "3", "start_day": "1"}, "start_day", "Den begynner etter fristen."),
        ({"start_month": "2", "start_day": "30"}, "start_day", "Den dagen finnes ikke i måneden."),
        ({"fixed_on": "01.02.2027"}, "fixed_on", "Datoen er i et annet år enn hjulet."),
        ({"scope": "chosen"}, "units", "Velg minst én enhet, eller la alle få oppgaven."),
        ({"link_kind": "report"}, "report_month", "Velg hvilken det gjelder."),
        ({"link_kind": "scorecard"}, "scorecard_year", "Velg hvilken det gjelder."),
        ({"lead_days": "14, ti"}, "lead_days", "Skriv høyst seks hele tall fra 0 til 120 med komma mellom, for eksempel 14, 3."),
        ({"lead_days": "1,2,3,4,5,6,7"}, "lead_days", "Skriv høyst seks hele tall fra 0 til 120"),
        ({"title": " "}, "title", "Fyll ut"),
        ({"responsible": ""}, "responsible", "Velg «Ansvarlig»."),
        ({"responsible": "konge"}, "responsible", "Velg fra listen."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(world, admin, more, field, words):
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"description": "Fra felles mal"} | more)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert words in str(errors[field])
    assert "Fra felles mal" in markup_of(answer)
    assert not Activity.objects.exists()


def test_a_unit_of_another_district_is_not_on_the_list(world, admin):
    stranger = UnitFactory(parent=DistrictFactory())
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"scope": "chosen", "units": [world.unit.pk, stranger.pk]})
    assert list(answer.context["form"].errors) == ["units"]
    assert stranger.name not in markup_of(admin.get("/styringshjul/alna/2026/oppsett/ny/"))
    assert not Activity.objects.exists()


def test_what_the_rule_does_not_ask_for_is_not_read(world, admin):
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"rule": "month", "day": "tull", "week_number": "9", "anchor": "77"})
    assert answer.status_code == 302
    activity = Activity.objects.get()
    assert (activity.rule, activity.month, activity.day, activity.number) == (DateRule.MONTH, 2, None, None)


def test_a_day_that_counts_from_another_before_it_in_working_days(world, admin):
    anchor = ActivityFactory(district=world.district, due_on=date(2026, 4, 7))
    more = {"rule": "relative", "anchor": str(anchor.pk), "offset_days": "1", "direction": "before", "offset_in_workdays": "on"}
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | more)
    activity = Activity.objects.get(title="Årsplan levert")
    assert (activity.offset, activity.offset_in_workdays, activity.due_on) == (-1, True, date(2026, 4, 1))
    page = text_of(admin.get("/styringshjul/alna/2026/oppsett/"))
    assert f"1 arbeidsdag før {anchor.title}" in page


def test_the_form_of_an_activity_holds_everything_and_saves_it_as_it_was(world, admin):
    anchor = ActivityFactory(district=world.district, due_on=date(2026, 4, 7))
    more = {
        "rule": "relative",
        "anchor": str(anchor.pk),
        "offset_days": "3",
        "direction": "before",
        "scope": "chosen",
        "units": [str(world.unit.pk)],
        "participants": ["hr", "director"],
        "minutes": "45",
        "escalate_after": "2",
        "is_public": "on",
        "link_kind": "report",
        "report_month": "2025-12-01",
        "start_month": "3",
        "start_day": "1",
        "all_year": "on",
    }
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | more)
    before = Activity.objects.get(title="Årsplan levert")
    path = f"/styringshjul/oppsett/aktivitet/{before.pk}/"
    form = admin.get(path).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert admin.post(path, {name: value for name, value in sent.items() if value not in (None, False)} | {"do": "save"}).status_code == 302
    after = Activity.objects.get(pk=before.pk)
    same = [field.attname for field in Activity._meta.concrete_fields if field.name != "version"]
    assert {name: getattr(after, name) for name in same} == {name: getattr(before, name) for name in same}
    assert (after.link_kind, after.link_period, after.offset) == (LinkKind.REPORT, date(2025, 12, 1), -3)
    assert list(after.units.all()) == [world.unit]


def test_a_circle_is_refused_at_the_anchor(world, admin):
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN)
    first = Activity.objects.get()
    after = {"rule": "relative", "offset_days": "3"}
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | after | {"title": "Etterpå", "anchor": str(first.pk)})
    second = Activity.objects.get(title="Etterpå")
    answer = admin.post(f"/styringshjul/oppsett/aktivitet/{first.pk}/", PLAN | after | {"version": "1", "anchor": str(second.pk)})
    assert "ellers går de i ring" in str(answer.context["form"].errors["anchor"])
    first.refresh_from_db()
    assert first.rule == DateRule.FIXED


def test_what_follows_and_would_leave_the_year_is_named(world, admin):
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN)
    first = Activity.objects.get()
    after = {"rule": "relative", "offset_days": "30", "title": "Etterpå", "anchor": str(first.pk)}
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | after)
    answer = admin.post(f"/styringshjul/oppsett/aktivitet/{first.pk}/", PLAN | {"version": "1", "month": "12", "day": "15"})
    assert "«Etterpå» regner sin dag fra denne" in str(answer.context["form"].errors["rule"])


def test_the_second_of_two_keeps_what_was_typed_and_saves_on_the_next_try(world, admin):
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN)
    path = f"/styringshjul/oppsett/aktivitet/{Activity.objects.get().pk}/"
    admin.post(path, PLAN | {"version": "1", "title": "Først"})
    answer = admin.post(path, PLAN | {"version": "1", "title": "Sist"})
    assert answer.status_code == 422
    assert "Noen har endret aktiviteten" in text_of(answer)
    assert answer.context["form"]["title"].value() == "Sist"
    assert admin.post(path, PLAN | {"version": str(answer.context["form"]["version"].value()), "title": "Sist"}).status_code == 302
    assert Activity.objects.get().title == "Sist"


@pytest.mark.parametrize(
    "more, words",
    [
        ({}, "Blir fredag 27. februar 2026. Flyttet fra lørdag 28. februar."),
        ({"month": "5", "day": "25"}, "Blir fredag 22. mai 2026. Flyttet fra 25. mai, andre pinsedag."),
        ({"month": "3", "day": "15", "moves": "stays"}, "Blir søndag 15. mars 2026."),
        ({"day": "30"}, "Den dagen finnes ikke i måneden."),
        ({"day": ""}, "Den dagen finnes ikke i måneden."),
        ({"rule": ""}, "Fyll ut feltene, så står dagen her."),
    ],
)
def test_the_day_is_said_before_it_is_saved(world, admin, more, words):
    # Nothing but the day is filled in yet.
    sent = {name: value for name, value in PLAN.items() if name in ("rule", "month", "day", "moves")} | more
    assert text_of(admin.post("/styringshjul/alna/2026/oppsett/dagen/", sent)).startswith(words)
    assert not Activity.objects.exists()


def test_the_day_is_said_without_a_script_too(world, admin):
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"do": "day"})
    assert "Blir fredag 27. februar 2026. Flyttet fra lørdag 28. februar." in text_of(answer)
    wrong = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"do": "day", "day": "30"})
    assert list(wrong.context["form"].errors) == ["day"]
    assert not Activity.objects.exists()


def test_an_activity_goes_out_with_a_reason_and_comes_back(world, admin):
    activity = ActivityFactory(district=world.district)
    path = f"/styringshjul/oppsett/aktivitet/{activity.pk}/"
    assert admin.post(f"{path}utgar/", {"version": "1", "reason": ""}).status_code == 422
    admin.post(f"{path}utgar/", {"version": "1", "reason": "Slått sammen med budsjettmøtet"})
    assert "Utgår i år: Slått sammen med budsjettmøtet" in text_of(admin.get("/styringshjul/alna/2026/oppsett/"))
    admin.post(f"{path}tilbake/")
    activity.refresh_from_db()
    assert activity.cancelled_at is None
    assert "Slått sammen" not in text_of(admin.get("/styringshjul/alna/2026/oppsett/"))


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


def test_there_is_nothing_to_roll_from_an_empty_year(world, admin):
    assert "2026 er tomt" in text_of(admin.get("/styringshjul/alna/2027/rull/"))
