"""What pages of the year say where there is little to say, and that one mistake hides no other."""

from datetime import date

import pytest
from django.test import Client

from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import person
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def leader_of(unit):
    client = Client()
    client.force_login(person(Role.UNIT_LEADER, unit))
    return client


def test_an_empty_year_has_one_main_button_and_empty_years_between_are_not_offered(world, admin):
    ActivityFactory(district=world.district, year=2023, due_on=date(2023, 3, 1))
    page = admin.get("/styringshjul/alna/2024/oppsett/")
    assert page.content.decode().count("pkt-btn--primary") == 1
    assert [year for year, _url in page.context["years"]] == [2023, 2024, 2026, 2027]


def test_what_lasts_the_whole_year_is_counted_apart(world, admin):
    for all_year in (False, False, True):
        ActivityFactory(district=world.district, all_year=all_year)
    assert "2 aktiviteter og én hele året" in text_of(admin.get("/styringshjul/alna/2026/oppsett/"))


def test_a_year_that_is_not_set_up_offers_that_and_nothing_else(world, admin):
    page = text_of(admin.get("/styringshjul/alna/2027/"))
    assert "Året er ikke satt opp Sett opp året" in page
    assert "Legg i kalenderen" not in page
    assert "Sett opp året" not in text_of(leader_of(world.unit).get("/styringshjul/alna/2027/"))


def test_a_missing_day_does_not_hide_a_bad_address(world):
    task = TaskFactory(activity=ActivityFactory(district=world.district), unit=world.unit)
    sent = {"version": "1", "done_on": "", "product": "plan", "product_name": "", "note": ""}
    answer = leader_of(world.unit).post(f"/styringshjul/oppgave/{task.pk}/", sent)
    assert list(answer.context["form"].errors) == ["done_on", "product"]


def test_one_mark_for_each_standing_here_as_in_the_wheel(world):
    activity = ActivityFactory(district=world.district, due_on=date(2026, 9, 30))
    TaskFactory(activity=activity, unit=world.unit)
    page = leader_of(world.unit).get(f"/styringshjul/aktivitet/{activity.pk}/")
    assert page.content.decode().count("al-spot--late") == 2
    assert "9 dager over fristen" in text_of(page)
    assert "etter fristen" not in text_of(page)


def test_a_districts_code_is_for_addresses(world, admin):
    activity = ActivityFactory(district=world.district, due_on=date(2026, 9, 30))
    for unit in (world.district, world.unit):
        TaskFactory(activity=activity, unit=unit)
    for path in (f"/styringshjul/aktivitet/{activity.pk}/", "/styringshjul/alna/2026/slik-gikk-aret/"):
        page = text_of(admin.get(path))
        assert world.district.name in page
        assert f"alna {world.district.name}" not in page
        assert f"402 {world.unit.name}" in page
