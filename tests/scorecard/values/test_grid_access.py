"""The grid of figures: who may open it, and addresses that are no page."""

from decimal import Decimal

import pytest

from organisation.rules.access import Role
from scorecard.models import Measurement
from tests.factories.organisation import person
from tests.scorecard.values.conftest import fields, shown


def test_a_neighbouring_unit_does_not_exist_for_a_leader(world, leader):
    assert leader.get(world.url).status_code == 200

    assert leader.get(f"/malekart/verdier/{world.neighbour.code}/").status_code == 404
    response = leader.post(f"/malekart/verdier/{world.neighbour.code}/", fields(world, world.count, world.neighbour, value="5"))
    assert response.status_code == 404
    assert not Measurement.objects.exists()


OUTSIDERS = [
    Role.ADMINISTRATOR,
    Role.POLITICIAN,
    Role.EMPLOYEE,
    Role.DIRECTOR,
    Role.HR,
    Role.AUDITOR,
    Role.SAFETY_REP,
    Role.PRIVACY_OFFICER,
]


@pytest.mark.parametrize("role", OUTSIDERS)
def test_only_those_who_enter_figures_find_the_pages(world, client, role):
    client.force_login(person(role, world.unit))

    for url in (world.url, world.paste_url, world.edit_url(world.count)):
        assert client.get(url).status_code == 404
        assert client.post(url, {}).status_code == 404


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.SUB_UNIT_LEADER, Role.REPORTER, Role.CONTROLLER, Role.QUALITY])
def test_those_who_enter_figures_may_open_every_page(world, client, role):
    client.force_login(person(role, world.unit))

    for url in (world.url, world.paste_url, world.edit_url(world.count)):
        assert client.get(url).status_code == 200


def test_a_row_of_another_unit_in_the_form_is_passed_over(world, leader):
    leader.post(world.url, fields(world, world.count, world.neighbour, value="5") | fields(world, world.count, value="7"))

    assert [(row.unit, row.value) for row in Measurement.objects.all()] == [(world.unit, Decimal(7))]


def test_shielded_figures_are_entered_by_those_who_may_see_them(world, client):
    world.record(world.leave, numerator="116", denominator="1000")
    client.force_login(person(Role.REPORTER, world.unit))
    page = client.get(world.url)

    assert world.count.name in shown(page)
    assert world.leave.name not in shown(page)
    assert "1 indikator er skjermet" in shown(page)
    client.post(world.url, fields(world, world.leave, numerator="1", denominator="100"))
    assert Measurement.objects.get().numerator == Decimal(116)
    assert client.get(world.url, {"indikator": world.leave.code}).status_code == 404
    assert client.get(world.edit_url(world.leave)).status_code == 404


WRONG = ["2026-13", "2026-00", "26-01", "2026-K5", "abc", "", "9999-01", "1899", "2026-09\x00", "٢٠٢٦", "2026-09 "]


@pytest.mark.parametrize("period", WRONG)
def test_a_wrong_period_in_the_address_is_not_a_page(world, leader, period):
    assert leader.get(world.url, {"periode": period}).status_code == 404
    if period and "\x00" not in period:
        assert leader.get(f"/malekart/{world.unit.code}/indikator/{world.count.code}/{period}/rediger/").status_code == 404


@pytest.mark.parametrize("query", [{"rytme": "weekly"}, {"indikator": "finnes_ikke"}, {"indikator": "\x00"}, {"rytme": ""}])
def test_a_wrong_choice_in_the_address_is_not_a_page(world, leader, query):
    assert leader.get(world.url, query).status_code == 404


def test_a_period_of_another_rhythm_than_the_indicators_is_not_a_page(world, leader):
    assert leader.get(world.url, {"indikator": world.count.code, "periode": "2026"}).status_code == 200
    assert leader.get(world.url, {"indikator": world.count.code, "periode": "2026-K3"}).status_code == 404
    assert leader.get(world.url, {"indikator": world.score.code, "periode": "2026-09"}).status_code == 404


@pytest.mark.parametrize("code", ["finnes-ikke", "%00", "' OR 1=1 --", "..", "é"])
def test_a_unit_that_is_not_there_is_not_a_page(world, leader, code):
    assert leader.get(f"/malekart/verdier/{code}/").status_code == 404
