"""«Bydelen nå» on a wall: one thing at a time, nobody named, no figure of a unit so small that it tells of somebody."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.models import Staffing
from organisation.rules.access import Role
from reporting.rules.kinds import ReportState
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory, person
from tests.factories.reporting import MonthlyReportFactory
from tests.factories.scorecard import ScorecardFactory
from tests.overview.test_now import TODAY, rate, sick_leave_on
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = "/bydelen-na/presentasjon/"
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = TODAY


@pytest.fixture
def world():
    district = DistrictFactory(name="Bydel Alna")
    return district, sick_leave_on(ScorecardFactory(unit=district, year=2026))


def unit_of(world, name, now="138", fte="60"):
    district, indicator = world
    unit = UnitFactory(parent=district, name=name)
    rate(indicator, unit, 8, "120")
    rate(indicator, unit, 9, now)
    Staffing.objects.create(unit=unit, fte=Decimal(fte), valid_from=date(2026, 1, 1))
    return unit


def test_the_steps_lead_from_one_to_the_next_and_out_again(client, world):
    unit = unit_of(world, "Rød enhet")
    client.force_login(person(Role.DIRECTOR, world[0]))
    seen, address = [], PAGE
    while address:
        html = client.get(address).text
        seen.append(re.search(r"<h1[^>]*>([^<]+)</h1>", html)[1])
        assert f'href="/bydelen-na/?enhet={world[0].code}"' in html
        found = re.search(r'href="([^"]+)" rel="next"', html)
        address = found[1].replace("&amp;", "&") if found else ""

    assert seen == ["Fokusområdene", "Enhetene", "Mest å snakke om", "Rød enhet"]
    back = client.get(f"{PAGE}?side=enhet-{unit.code}").text
    assert re.search(r'side=snakk" rel="prev"', back)


def test_there_is_no_menu_and_no_name_of_the_reader(client, world):
    director = person(Role.DIRECTOR, world[0])
    client.force_login(director)
    assert director.name in client.get("/bydelen-na/").text

    html = client.get(PAGE).text

    assert "al-nav" not in html
    assert director.name not in html


def test_names_of_people_are_left_out_of_leaders_words(client, world):
    unit = unit_of(world, "Rød enhet")
    leader = UserFactory(name="Kari Nordmann")
    leader.assignments.create(role=Role.UNIT_LEADER, unit=unit, valid_from=date(2026, 1, 1))
    MonthlyReportFactory(
        unit=unit, month=SEPTEMBER, state=ReportState.DELIVERED, sick_text="Kari Nordmann er tilbake, og Karis vikar slutter."
    )
    client.force_login(person(Role.DIRECTOR, world[0]))
    assert "Kari Nordmann er tilbake" in client.get("/bydelen-na/").text

    text = text_of(client.get(f"{PAGE}?side=enhet-{unit.code}"))

    assert "[navn] er tilbake, og [navn]s vikar slutter." in text


def test_figures_of_small_units_are_hidden_though_the_reader_may_see_them(client, world):
    small, tiny = unit_of(world, "Liten enhet", "177", fte="9.5"), unit_of(world, "Bitteliten enhet", "188", fte="2")
    unit_of(world, "Stor enhet", "166")
    client.force_login(person(Role.DIRECTOR, world[0]))
    everything = client.get("/bydelen-na/").text
    assert all(figure in everything for figure in ("17,7", "18,8", "16,6"))

    shown = client.get(f"{PAGE}?side=enheter").text + client.get(f"{PAGE}?side=snakk").text

    assert "16,6" in shown
    assert "17,7" not in shown
    assert "18,8" not in shown
    for unit in (small, tiny):
        assert client.get(f"{PAGE}?side=enhet-{unit.code}").status_code == 404
    assert "17,7" in client.get("/bydelen-na/").text


def test_many_units_are_parted_on_pages_that_a_wall_has_room_for(client, world):
    for number in range(23):
        unit_of(world, f"Enhet {number:02}", "90")
    client.force_login(person(Role.DIRECTOR, world[0]))

    pages = [client.get(f"{PAGE}?side={side}").text for side in ("enheter", "enheter-2", "enheter-3")]

    names = [re.findall(r">(Enhet \d\d)</a>", page) for page in pages]
    assert [len(each) for each in names] == [7, 8, 8]
    assert [name for each in names for name in each] == [f"Enhet {number:02}" for number in range(23)]
    assert client.get(f"{PAGE}?side=enheter-4").status_code == 404


def test_it_is_for_those_who_oversee_and_as_far_as_they_do(client, world):
    unit = unit_of(world, "Rød enhet")
    for role, place in ((Role.UNIT_LEADER, unit), (Role.POLITICIAN, world[0]), (Role.EMPLOYEE, unit)):
        client.force_login(person(role, place))
        assert client.get(PAGE).status_code == 404
    client.force_login(person(Role.DIRECTOR, DistrictFactory()))
    assert client.get(f"{PAGE}?enhet={world[0].code}").status_code == 404
    assert client.get(f"{PAGE}?side=enhet-{unit.code}").status_code == 404
    assert client.get(f"{PAGE}?side=%00").status_code == 404
    assert "Ingen målekart er publisert" in client.get(PAGE).text


def test_it_costs_the_same_with_one_unit_and_with_thirty(client):
    def statements(units):
        district = DistrictFactory()
        world = district, sick_leave_on(ScorecardFactory(unit=district, year=2026))
        for number in range(units):
            MonthlyReportFactory(unit=unit_of(world, f"Enhet {number}"), month=SEPTEMBER, state=ReportState.DELIVERED)
        client.force_login(person(Role.DIRECTOR, district))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{PAGE}?side=snakk").status_code == 200
        return len(queries)

    statements(1)
    assert statements(1) == statements(30)
