"""The ways of showing a year: from each of them to all the others, and what each of them must hold."""

from datetime import date

import pytest

from annualcycle.rules.kinds import Scope
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import person
from tests.pages import markup_of, signed_in, text_of

pytestmark = pytest.mark.django_db
YEAR = "/styringshjul/alna/2026/"
END = f"{YEAR}slik-gikk-aret/"


def tabs_of(answer):
    return [(tab["label"], tab["url"], tab["current"]) for tab in answer.context["ways"]]


@pytest.fixture
def plan(world):
    activity = ActivityFactory(district=world.district, title="Årsplan levert", due_on=date(2026, 2, 27), scope=Scope.UNITS)
    TaskFactory(activity=activity, unit=world.unit)
    return activity


@pytest.fixture
def visits(world):
    """The whole year through, and with the safety representatives."""
    activity = ActivityFactory(
        district=world.district, title="Besøksrunden", responsible=Role.DIRECTOR.value, participants=[Role.SAFETY_REP.value],
        all_year=True, scope=Scope.UNITS, due_on=date(2026, 12, 31), starts_on=date(2026, 1, 2),
    )  # fmt: skip
    TaskFactory(activity=activity, unit=world.unit)
    return activity


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.ADMINISTRATOR])
def test_how_the_year_went_is_one_of_four_for_everybody_who_sees_it(world, plan, role):
    reader = signed_in(person(role, world.district))
    ways = tabs_of(reader.get(END))
    assert [label for label, _url, _is_current in ways] == ["Hjul og liste", "Måned", "Etter rolle", "Slik gikk året"]
    assert [url for _label, url, is_current in ways if is_current] == [END]
    assert tabs_of(reader.get(YEAR))[3][:2] == ("Slik gikk året", END)
    assert reader.get(ways[0][1]).status_code == 200


def test_the_set_up_has_its_own_parts_alone(world, plan, admin):
    assert [tab["label"] for tab in admin.get(f"{YEAR}oppsett/").context["tabs"]] == ["Aktiviteter", "Rull til 2027"]


def test_what_goes_on_all_year_stands_by_role_and_in_its_month(world, visits):
    reader = signed_in(person(Role.DIRECTOR, world.district))
    assert "Ingen aktiviteter" not in text_of(reader.get(YEAR))
    for page in (YEAR, f"{YEAR}12/", f"{YEAR}roller/"):
        assert "Besøksrunden" in text_of(reader.get(page)), page
    assert "Besøksrunden" not in text_of(reader.get(f"{YEAR}11/"))


def test_whoever_takes_part_finds_it_by_role_too(world, visits, plan):
    reader = signed_in(person(Role.DIRECTOR, world.district))
    said = text_of(reader.get(f"{YEAR}roller/"))
    assert "Besøksrunden" in said.split("Verneombud")[-1]
    assert "Deltar" in said.split("Verneombud")[-1]
    assert [name for name, _url, _is_chosen in reader.get(YEAR).context["roles"]] == [
        "Alle", "Bydelsdirektør", "Resultatenhetsleder", "Verneombud",
    ]  # fmt: skip


def test_whoever_sets_up_the_year_gets_from_the_activity_to_changing_it(world, plan, admin):
    path, change = f"/styringshjul/aktivitet/{plan.pk}/", f'href="/styringshjul/oppsett/aktivitet/{plan.pk}/"'
    assert change in markup_of(admin.get(path))
    assert change not in markup_of(signed_in(person(Role.UNIT_LEADER, world.unit)).get(path))
