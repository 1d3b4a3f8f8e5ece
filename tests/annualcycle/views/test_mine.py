"""«Mine frister»: what the weekly message says, and what it leads to."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annualcycle.rules.kinds import TaskState
from notifications.models import Message
from organisation.rules.access import Role
from tests.annualcycle.reminding import run
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import UnitFactory, person
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 10, 9)


@pytest.fixture
def leader(world):
    return person(Role.UNIT_LEADER, world.unit)


def due(world, due_on, unit=None, **more):
    return TaskFactory(activity=ActivityFactory(district=world.district, due_on=due_on, **more), unit=unit or world.unit)


def test_the_link_of_the_weekly_message_shows_every_line_of_it(world, leader):
    """Late for most of a year, reached by its first lead two months ahead, an action: none of them stands on «Hjem»."""
    due(world, date(2025, 11, 3), title="Årsplanen fra i fjor")
    due(world, date(2026, 12, 4), title="Budsjettinnspill", lead_days=[60, 14])
    due(world, date(2026, 10, 13), title="Vernerunde")
    ActionFactory(unit=world.unit, owner=leader, title="Nye kjøreruter", due_on=date(2026, 10, 16))
    run(FRIDAY)

    message = Message.objects.get(recipient=leader, kind="cycle.week")
    days = re.findall(r"(\d+\. \w+ \d{4})$", message.text, re.MULTILINE)
    assert len(days) == 4
    page = signed_in(leader).get(message.link)
    assert page.status_code == 200
    assert [day for day in days if day not in page.text] == []
    for title in ("Årsplanen fra i fjor", "Budsjettinnspill", "Vernerunde", "Nye kjøreruter"):
        assert title in page.text


def test_what_is_over_stands_first_and_what_is_done_not_at_all(world, leader):
    due(world, date(2026, 10, 20), title="Vernerunde")
    due(world, date(2026, 10, 8), title="Årsplan", minutes=30)
    due(world, FRIDAY, title="Brannøvelse")
    due(world, date(2026, 10, 10), title="Lørdagsåpent")
    done = due(world, FRIDAY, title="Ferdig for lengst")
    done.state, done.done_on = TaskState.DONE, FRIDAY
    done.save()
    page = signed_in(leader).get(reverse("annualcycle:mine"))

    assert [(each["heading"], [item["title"] for item in each["items"]]) for each in page.context["sections"]] == [
        ("Over fristen", ["Årsplan"]),
        ("I dag", ["Brannøvelse"]),
        ("Denne uken", ["Lørdagsåpent"]),
        ("Senere", ["Vernerunde"]),
    ]
    assert "Fristen var 8. oktober 2026. 1 dag over fristen." in page.text
    assert "Omtrent 30 minutter." in page.text
    assert "4 ting du skal gjøre. Én er over fristen." in page.text


def test_one_activity_in_several_units_is_one_line(world):
    activity = ActivityFactory(district=world.district, title="Årsplan", due_on=date(2026, 10, 20), responsible=Role.DIRECTOR.value)
    for unit in (world.unit, world.other):
        TaskFactory(activity=activity, unit=unit)
    page = signed_in(person(Role.DIRECTOR, world.district)).get(reverse("annualcycle:mine"))

    assert page.text.count(f'href="/styringshjul/aktivitet/{activity.pk}/"') == 1
    assert "2 enheter gjenstår. Frist 20. oktober 2026. 11 dager igjen." in page.text


def test_the_neighbours_are_not_mine_and_nothing_is_said_kindly(world, leader):
    due(world, FRIDAY, unit=world.other, title="Naboens vernerunde")
    page = signed_in(leader).get(reverse("annualcycle:mine"))

    assert "Naboens" not in page.text
    assert "Det du har gjort, står ikke her." in page.text


def test_it_is_reached_from_home_and_no_page_of_politicians(world, leader):
    url = reverse("annualcycle:mine")
    assert f'href="{url}"' in signed_in(leader).get("/").text
    assert signed_in(person(Role.POLITICIAN, world.district)).get(url).status_code == 404


def test_a_hundred_deadlines_cost_what_two_cost(world, leader):
    client, costs = signed_in(leader), []
    for count in (2, 98):
        for number in range(count):
            department = UnitFactory(code=f"402-{count}-{number}", parent=world.unit, kind="sub_unit")
            due(world, FRIDAY + timedelta(days=number), unit=department)
        client.get(reverse("annualcycle:mine"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("annualcycle:mine")).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]
