"""«Mest å snakke om»: who is on the list, why, what is done, and what nobody is shown who may not see it."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import Action
from actions.rules.states import Status
from common.periods import Period
from organisation.rules import access as rules
from organisation.rules.access import Role
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState
from scorecard.models import IndicatorAction
from tests.factories.actions import ActionFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import BalanceFactory, MonthlyReportFactory
from tests.factories.scorecard import ScorecardFactory
from tests.overview.test_now import TODAY, rate, sick_leave_on
from tests.pages import text_of

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = TODAY


@pytest.fixture
def world():
    district = DistrictFactory(name="Bydel Alna")
    return district, sick_leave_on(ScorecardFactory(unit=district, year=2026))


def unit_with(world, name, before, now, **more):
    district, indicator = world
    unit = UnitFactory(parent=district, name=name, **more)
    rate(indicator, unit, 8, before)
    rate(indicator, unit, 9, now)
    return unit


def for_the_figure(world, unit, **more):
    action = ActionFactory(unit=unit, **more)
    made = IndicatorAction(action=action, indicator=world[1], unit=unit)
    made.period = Period.month(2026, 9)
    made.save()
    return action


def talk_of(client, user, query=""):
    client.force_login(user)
    text = client.get(f"/bydelen-na/{query}").text
    return text[text.index('id="snakk"') : text.index('id="na"')] if 'id="snakk"' in text else ""


def units_in(part):
    return re.findall(r"<strong>([^<]+)</strong>", part)


def test_the_worst_without_an_action_first_and_the_answered_ones_not_at_all(client, world):
    unit_with(world, "Rød og bedre", "140", "130")
    unit_with(world, "Rød og verre", "120", "138")
    busy = unit_with(world, "Rød og bedre med tiltak", "140", "130")
    falling = unit_with(world, "Rød og verre med tiltak", "110", "180")
    unit_with(world, "Grønn", "91", "90")
    for_the_figure(world, busy, title="Nye vakter")
    for_the_figure(world, falling, title="Ny turnus")

    part = talk_of(client, person(Role.DIRECTOR, world[0]))

    assert units_in(part) == ["Rød og verre", "Rød og verre med tiltak", "Rød og bedre"]
    assert "13,8\xa0% mot målet høyst 9,9\xa0%, verre enn sist, og ikke nådd i to målinger på rad." in part
    assert "Ett åpent tiltak, frist 1. november 2026." in part
    assert "Ny turnus" in part


def test_an_action_that_is_made_or_ended_shows_at_once(client, world):
    unit = unit_with(world, "Rød enhet", "120", "138")
    director = person(Role.DIRECTOR, world[0])
    assert f"/malekart/{unit.code}/indikator/{world[1].code}/tiltak/" in talk_of(client, director)

    action = for_the_figure(world, unit)
    part = talk_of(client, director)
    assert f"/tiltak/{action.pk}/" in part
    assert f"/indikator/{world[1].code}/tiltak/" not in part

    Action.objects.filter(pk=action.pk).update(status=Status.CANCELLED, closed_on=TODAY, version=2)
    assert f"/tiltak/{action.pk}/" not in talk_of(client, director)


def test_what_a_unit_does_about_other_things_is_told_too(client, world):
    ActionFactory(unit=unit_with(world, "Rød enhet", "120", "138"), title="Færre innleide")

    part = talk_of(client, person(Role.DIRECTOR, world[0]))

    assert "Ingen tiltak er knyttet til tallet. Enheten har ett tiltak." in part
    assert "Færre innleide" in part


def test_only_who_may_make_actions_is_offered_one(client, world):
    unit_with(world, "Rød enhet", "120", "138")
    assert "Lag tiltak" in talk_of(client, person(Role.DIRECTOR, world[0]))
    assert "Lag tiltak" not in talk_of(client, person(Role.CONTROLLER, world[0]))


def test_shielded_figures_of_a_unit_are_for_those_who_may_see_them(client, world, monkeypatch):
    unit_with(world, "Rød enhet", "120", "138")
    assert units_in(talk_of(client, person(Role.QUALITY, world[0]))) == ["Rød enhet"]

    without = {permission: reach for permission, reach in rules.TABLE[Role.QUALITY].items() if permission != rules.P.SEE_RESTRICTED}
    monkeypatch.setitem(rules.TABLE, Role.QUALITY, without)

    assert talk_of(client, person(Role.QUALITY, world[0])) == ""


def test_a_neighbours_units_are_not_talked_about(client, world):
    unit_with(world, "Rød enhet", "120", "138")
    neighbour = DistrictFactory()
    ScorecardFactory(unit=neighbour, year=2026)
    assert units_in(talk_of(client, person(Role.DIRECTOR, world[0]))) == ["Rød enhet"]

    client.force_login(person(Role.DIRECTOR, neighbour))

    assert "Rød enhet" not in client.get("/bydelen-na/").text


def test_the_leaders_words_are_those_that_were_delivered(client, world):
    unit = unit_with(world, "Rød enhet", "120", "138")
    BalanceFactory(unit=unit, district=world[0], month=SEPTEMBER, revised=Decimal(68_000_000))
    report = MonthlyReportFactory(
        unit=unit,
        month=SEPTEMBER,
        state=ReportState.BEGUN,
        forecast=Decimal(69_500_000),
        sick_text="Vi følger opp med bedriftshelsetjenesten.",
    )
    director = person(Role.DIRECTOR, world[0])
    assert "bedriftshelsetjenesten" not in talk_of(client, director)

    report.state, report.version, report.submitted_at = ReportState.DELIVERED, 2, datetime(2026, 10, 8, 12, tzinfo=UTC)
    report.save()

    part = talk_of(client, director)
    assert "Vi følger opp med bedriftshelsetjenesten." in part
    assert "−1,5<small>" in part
    assert f"/rapportering/{unit.code}/2026-09/les/" in part
    assert "bedriftshelsetjenesten" not in talk_of(client, person(Role.HR, world[0]))
    assert MonthlyReport.objects.count() == 1


def test_units_without_an_action_are_one_filter_and_units_with_a_new_colour_another(client, world):
    unit_with(world, "Rød enhet", "120", "138")
    unit_with(world, "Nylig rød", "80", "138")
    for_the_figure(world, unit_with(world, "Rød med tiltak", "120", "138"))
    client.force_login(person(Role.DIRECTOR, world[0]))

    def names(query):
        text = client.get(f"/bydelen-na/?vis={query}").text
        return set(re.findall(r'rowheader" scope="row"><a[^>]*>([^<]+)</a>', text))

    assert names("alle") == {"Rød enhet", "Nylig rød", "Rød med tiltak"}
    assert names("uten-tiltak") == {"Rød enhet", "Nylig rød"}
    assert names("endret") == {"Nylig rød"}
    client.force_login(person(Role.DIRECTOR, world[0]))
    assert "Uten tiltak (2)" in text_of(client.get("/bydelen-na/"))
    lines = client.get("/bydelen-na/eksport.csv?vis=uten-tiltak").content.decode("utf-8-sig")
    assert "Nylig rød" in lines
    assert "Rød med tiltak" not in lines


def test_it_costs_the_same_with_one_red_unit_and_with_thirty(client):
    def statements(units):
        district = DistrictFactory()
        world = district, sick_leave_on(ScorecardFactory(unit=district, year=2026))
        for number in range(units):
            unit = unit_with(world, f"Enhet {number}", "120", "138")
            MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=ReportState.DELIVERED)
            ActionFactory(unit=unit)
            BalanceFactory(unit=unit, district=district, month=SEPTEMBER)
        client.force_login(person(Role.DIRECTOR, district))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/bydelen-na/").status_code == 200
        return len(queries)

    statements(1)
    assert statements(1) == statements(30)
