"""Lists of actions: whose, narrowed how, and the same rows as a file."""

import io
from datetime import date

import openpyxl
import pytest

from actions.rules.states import Status
from organisation.models import Succession, Unit
from organisation.queries.tree import mark_changed
from tests.actions.conftest import NOW, TODAY, text_of
from tests.factories.actions import ActionFactory
from tests.factories.organisation import UnitFactory

pytestmark = pytest.mark.django_db


def test_the_list_is_narrowed_by_status_and_unit(world, sign_in, action):
    ActionFactory(unit=world.department, title="Over frist", due_on=date(2026, 10, 7))
    ActionFactory(unit=world.unit, title="Ferdig", status=Status.DONE, closed_on=TODAY, evaluated_at=NOW)
    director = sign_in(world.director)

    def titles(query):
        text = text_of(director.get(f"/tiltak/alle/?{query}"))
        return [title for title in ("Over frist", "To faste stillinger", "Ferdig") if f">{title}</a>" in text]

    assert titles("") == ["Over frist", "To faste stillinger"]
    assert titles("vis=over-frist") == ["Over frist"]
    assert titles("vis=done") == titles("vis=avsluttede") == ["Ferdig"]
    assert titles("vis=alle") == ["Over frist", "To faste stillinger", "Ferdig"]
    assert titles("enhet=402-1") == ["Over frist"]
    assert titles("enhet=402&vis=alle") == ["Over frist", "To faste stillinger", "Ferdig"]
    assert "2 dager over frist" in text_of(director.get("/tiltak/alle/"))
    for wrong in ("vis=noe", "enhet=finnes-ikke", "enhet=%00"):
        assert director.get(f"/tiltak/alle/?{wrong}").status_code == 404
    assert director.get("/tiltak/enhet/")["Location"] == "/tiltak/alle/"  # the director's place is the district itself


def test_mine_are_those_i_have_the_responsibility_for(world, sign_in, action):
    ActionFactory(unit=world.unit, owner=world.employee, title="En annens")
    text = text_of(sign_in(world.leader).get("/tiltak/"))
    assert "To faste stillinger" in text
    assert "En annens" not in text
    assert "En annens" in text_of(sign_in(world.leader).get("/tiltak/enhet/"))


def test_actions_of_a_unit_that_has_ended_are_read_by_those_above(world, sign_in, action):
    Unit.objects.filter(pk=world.unit.pk).update(valid_to=date(2026, 9, 30))
    mark_changed()
    assert sign_in(world.director).get(f"/tiltak/{action.pk}/").status_code == 200
    assert sign_in(world.director).get("/tiltak/alle/").status_code == 200
    assert not Succession.objects.exists()


def test_the_file_has_the_same_rows_as_the_list(world, sign_in, action):
    ActionFactory(unit=world.neighbour, title="=Naboens")
    leader, director = sign_in(world.leader), sign_in(world.director)

    text = leader.get("/tiltak/eksport.csv?liste=enhet").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("To faste stillinger;402;Hjemmetjenesten;")
    assert ";2026-11-01;Ikke startet;;600000;" in text
    assert "Naboens" not in text
    assert "'=Naboens" in director.get("/tiltak/eksport.csv?liste=alle").content.decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(director.get("/tiltak/eksport.xlsx?liste=alle").content)).active
    assert {sheet.cell(row, 8).value for row in (2, 3)} == {600000}
    for path in ("/tiltak/eksport.pdf?liste=alle", "/tiltak/eksport.csv?liste=andres"):
        assert director.get(path).status_code == 404


def test_the_list_costs_the_same_with_one_action_and_with_thirty(
    world, sign_in, action, django_assert_num_queries, django_assert_max_num_queries
):
    leader = sign_in(world.leader)

    def cost() -> int:
        leader.get("/tiltak/enhet/")
        with django_assert_max_num_queries(10) as captured:
            leader.get("/tiltak/enhet/")
        return len(captured.captured_queries)

    few = cost()
    for _ in range(29):
        ActionFactory(unit=UnitFactory(parent=world.unit), owner=world.employee)
    assert cost() == few > 3


def test_a_list_without_actions_is_told_in_words(world, sign_in):
    assert "Ingen tiltak her." in text_of(sign_in(world.director).get("/tiltak/"))
