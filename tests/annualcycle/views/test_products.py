"""What came of an activity: one link for many units at once, and in how the year went what has none."""

from datetime import date

import pytest

from annualcycle.models import Task
from annualcycle.rules.kinds import Scope, TaskState
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import person
from tests.pages import markup_of, signed_in, text_of

pytestmark = pytest.mark.django_db
END = "/styringshjul/alna/2026/slik-gikk-aret/"
LINK = {"product": "https://eksempel.no/referat", "product_name": "Referatet"}


@pytest.fixture
def talks(world):
    return ActivityFactory(
        district=world.district, title="Tertialsamtaler", responsible=Role.DIRECTOR.value, scope=Scope.UNITS, due_on=date(2026, 9, 30)
    )


@pytest.fixture
def tasks(world, talks):
    return [TaskFactory(activity=talks, unit=unit) for unit in (world.unit, world.other)]


@pytest.fixture
def director(world):
    return signed_in(person(Role.DIRECTOR, world.district))


def finish(client, tasks, **more):
    path = f"/styringshjul/aktivitet/{tasks[0].activity_id}/ferdig/"
    return client.post(path, {"unit": [task.unit_id for task in tasks], "done_on": "2026-09-29"} | more)


def kept():
    return list(Task.objects.order_by("pk").values_list("state", "product", "product_name"))


def test_several_units_get_the_same_link(director, tasks):
    said = markup_of(director.get(f"/styringshjul/aktivitet/{tasks[0].activity_id}/"))
    assert 'name="product"' in said
    assert 'name="product_name"' in said
    assert finish(director, tasks, **LINK).status_code == 302
    assert kept() == [(TaskState.DONE, *LINK.values())] * 2
    assert Task.history.filter(product=LINK["product"]).count() == 2


def test_without_a_link_what_was_there_before_stays(director, tasks):
    Task.objects.filter(pk=tasks[0].pk).update(product="/tiltak/", product_name="Tiltakene")
    assert finish(director, tasks).status_code == 302
    assert kept() == [(TaskState.DONE, "/tiltak/", "Tiltakene"), (TaskState.DONE, "", "")]


@pytest.mark.parametrize(
    "sent, said",
    [({"product": "referat.docx"}, "Skriv en adresse som begynner med"), ({"product_name": "Referatet"}, "Lim inn lenken også")],
)
def test_a_link_that_is_none_is_refused_and_nothing_typed_is_lost(director, tasks, sent, said):
    answer = finish(director, tasks, **sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert f'value="{next(iter(sent.values()))}"' in markup_of(answer)
    assert kept() == [(TaskState.OPEN, "", "")] * 2


def test_what_is_done_without_a_link_says_so_and_leads_those_who_may_to_give_it_one(world, director, talks, tasks):
    assert "Ingen lenke" not in text_of(director.get(END))
    finish(director, tasks)
    assert "Ingen lenke" in text_of(director.get(END))
    assert f'<a href="/styringshjul/aktivitet/{talks.pk}/">Legg til<' in markup_of(director.get(END))
    reader = signed_in(person(Role.EMPLOYEE, world.unit))
    assert "Ingen lenke" in text_of(reader.get(END))
    assert "Legg til" not in text_of(reader.get(END))


def test_products_of_one_name_are_told_apart_by_their_units(director, world, talks, tasks):
    for task in tasks:
        finish(director, [task], product=f"/tiltak/alle/?enhet={task.unit.code}", product_name="Tiltakene")
    names = [f"{unit.name}: Tiltakene" for unit in (world.unit, world.other)]
    assert ", ".join(names) in text_of(director.get(END)).replace(" ,", ",")


def test_one_link_for_all_is_there_once(director, tasks):
    finish(director, tasks, **LINK)
    assert markup_of(director.get(END)).count(">Referatet<") == 1


def test_one_task_alone_is_led_to_itself(world, director):
    alone = ActivityFactory(district=world.district, responsible=Role.DIRECTOR.value, due_on=date(2026, 9, 30))
    task = TaskFactory(activity=alone, unit=world.district, state=TaskState.DONE, done_on=date(2026, 9, 29))
    assert f'<a href="/styringshjul/oppgave/{task.pk}/">Legg til<' in markup_of(director.get(END))
    Task.objects.update(product="/tiltak/", product_name="Tiltakene")
    assert "Ingen lenke" not in text_of(director.get(END))
