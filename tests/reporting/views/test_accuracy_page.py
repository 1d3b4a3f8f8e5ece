"""How well the year's forecasts met, for the director."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.rules.access import Role
from reporting.models import ForecastAccuracy
from tests.factories.month import a_district
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import markup_of, text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 20, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = date(2026, 10, 12)


def judged(unit, year=2025, **errors):
    for method, bias in errors.items():
        row = {"bias": Decimal(bias), "error": abs(Decimal(bias)), "months": 11, "percent": Decimal("1.2"), "computed_at": NOW}
        ForecastAccuracy.objects.create(unit=unit, year=year, method=method, **row)


def get(user, unit, query=""):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("reporting:accuracy", args=[unit.code]) + query)


def test_the_neighbour_and_the_leader_do_not_find_it():
    world = a_district()
    others = [person(Role.DIRECTOR, DistrictFactory()), world.leader("402")]
    assert [get(user, world.district).status_code for user in others] == [404, 404]
    assert get(world.director, world.units["402"]).status_code == 404


def test_before_the_first_year_is_over_it_says_so():
    world = a_district()
    assert "Ingen år er vurdert ennå" in text_of(get(world.director, world.district))


def test_the_one_that_was_furthest_away_stands_first_and_the_best_method_is_marked():
    world = a_district()
    judged(world.units["401"], leader=100_000, same_pace=300_000)
    judged(world.units["402"], leader=-900_000, same_pace=300_000)
    answer = get(world.director, world.district)
    text, markup = text_of(answer), markup_of(answer)
    assert text.rindex("Enhet 402") < text.rindex("Enhet 401")
    assert "I 2025 lå prognosene for høyt i 1 av 2 enheter, og for lavt i 1." in text
    assert "«B Samme takt» traff best når alle enheter legges sammen." in text
    assert "900 000 kr for lavt" in text
    assert "100 000 kr for høyt" in text
    # 402 and the sum: B; 401: the leader.
    assert markup.count("(minst)") == 3
    # The longest bar goes to the edge on the left, the other a ninth of the way to the right.
    assert 'x="0.0" y="3" width="100.0"' in markup
    assert 'x="100.0" y="3" width="11.1"' in markup


def test_a_year_can_be_chosen_and_a_wrong_one_is_not_there():
    world = a_district()
    judged(world.units["402"], 2024, leader=50_000)
    judged(world.units["402"], 2025, leader=70_000)
    assert "70 000 kr for høyt" in text_of(get(world.director, world.district))
    assert "50 000 kr for høyt" in text_of(get(world.director, world.district, "?ar=2024"))
    assert [get(world.director, world.district, f"?ar={year}").status_code for year in ("2020", "x", "²")] == [404, 404, 404]


def test_a_sum_of_different_units_is_not_compared():
    world = a_district()
    judged(world.units["401"], leader=100_000, same_pace=300_000)
    judged(world.units["402"], leader=900_000)
    text = text_of(get(world.director, world.district))
    assert "traff best" not in text


def test_the_neighbours_unit_is_not_in_the_list():
    world = a_district()
    judged(world.units["402"], leader=100_000)
    judged(UnitFactory(parent=DistrictFactory(), name="Naboen"), leader=100_000)
    assert "Naboen" not in text_of(get(world.director, world.district))


def test_the_same_number_of_statements_for_one_unit_and_for_thirty():
    counts = []
    world = a_district(["402"])
    judged(world.units["402"], leader=100_000, same_pace=1)
    for _more in range(2):
        get(world.director, world.district)
        with CaptureQueriesContext(connection) as caught:
            get(world.director, world.district)
        counts.append(len(caught))
        for _each in range(30):
            judged(UnitFactory(parent=world.district), leader=100_000, same_pace=1)
    assert counts[0] == counts[1]
