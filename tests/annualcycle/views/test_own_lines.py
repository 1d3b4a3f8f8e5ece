"""One's own deadlines beside the wheel: few lines, and the same answer as «Mine frister»."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annualcycle.queries.own import Matter
from annualcycle.views.own import own_lines
from organisation.rules.access import Role
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import UnitFactory, person
from tests.pages import signed_in, text_of

pytestmark = pytest.mark.django_db
WHEEL = "/styringshjul/alna/2026/"
DAY = date(2026, 10, 9)


def matter(title, due_on, *units, url=""):
    return Matter(title, url or f"/{title}/{units[0]}/", due_on, units, None)


def titles(found):
    return [line["title"] for line in found["lines"]]


def test_old_things_do_not_hide_what_comes():
    late = [matter(f"Sent {n}", date(2026, 8, n), "402") for n in range(1, 12)]
    coming = [matter(f"Kommer {n}", date(2026, 11, n), "402") for n in range(1, 9)]
    found = own_lines([*late, *coming], DAY)
    assert titles(found) == ["Sent 1", "Sent 2", "Kommer 1", "Kommer 2", "Kommer 3"]
    assert found["more"] == "og ni til over fristen"
    assert own_lines([*late[:3], *coming], DAY)["more"] == "og én til over fristen"
    assert own_lines([*late[:2], *coming], DAY)["more"] == ""
    assert titles(own_lines(coming, DAY)) == [f"Kommer {n}" for n in range(1, 6)]


def test_what_is_due_today_is_not_over():
    found = own_lines([matter("Brannøvelse", DAY, "402")], DAY)
    assert (titles(found), found["more"]) == (["Brannøvelse"], "")


def test_the_same_in_several_units_is_one_line():
    together = own_lines([matter("Årsplan", date(2026, 10, 1), "401", "402", "403", url="/a/")], DAY)
    apart = own_lines([matter("Årsplan", date(2026, 10, 1), unit) for unit in ("401", "402", "403")], DAY)
    assert [(each["lines"][0]["unit"], len(each["lines"])) for each in (together, apart)] == [("3 enheter", 1)] * 2
    assert together["lines"][0]["url"] == "/a/"
    assert apart["lines"][0]["url"] == reverse("annualcycle:mine")
    assert own_lines([matter("Årsplan", date(2026, 10, 1), "401")], DAY)["lines"][0]["unit"] == "401"


def test_the_wheel_has_what_my_deadlines_have_however_old_or_far(world):
    leader = person(Role.UNIT_LEADER, world.unit)
    for title, due_on in (("Fra i fjor", date(2025, 11, 3)), ("Ganske ny", date(2026, 9, 3)), ("Langt fram", date(2027, 2, 10))):
        TaskFactory(activity=ActivityFactory(district=world.district, title=title, due_on=due_on, year=due_on.year), unit=world.unit)
    ActionFactory(unit=world.unit, owner=leader, title="Nye kjøreruter", due_on=date(2026, 8, 16))
    TaskFactory(activity=ActivityFactory(district=world.district, title="Annens", due_on=DAY), unit=UnitFactory(parent=world.district))
    client = signed_in(leader)
    mine = client.get(reverse("annualcycle:mine"))
    wheel = client.get(WHEEL)
    listed = [item["title"] for section in mine.context["sections"] for item in section["items"]]
    assert listed == ["Fra i fjor", "Nye kjøreruter", "Ganske ny", "Langt fram"]
    assert titles(wheel.context["own"]) == ["Fra i fjor", "Nye kjøreruter", "Langt fram"]
    assert "og én til over fristen" in text_of(wheel)
    assert f'href="{reverse("annualcycle:mine")}#over"' in wheel.text
    assert 'id="over"' in mine.text
    assert client.get(WHEEL, {"enhet": world.unit.code}).context["own"] == wheel.context["own"]


def test_many_of_ones_own_cost_what_one_costs(world):
    client = signed_in(person(Role.UNIT_LEADER, world.unit))

    def statements(n):
        for _each in range(n):
            TaskFactory(activity=ActivityFactory(district=world.district, due_on=date(2026, 3, 3)), unit=world.unit)
        client.get(WHEEL)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(WHEEL).status_code == 200
        return len(seen)

    assert statements(1) == statements(30)
