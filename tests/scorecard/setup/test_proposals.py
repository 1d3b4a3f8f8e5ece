"""A unit leader proposes for the own unit; the director or an administrator says yes or no."""

from datetime import date
from decimal import Decimal

import pytest

from organisation.models import AuditEntry
from scorecard.models import Scorecard, Target
from scorecard.queries.targets import target_rows
from scorecard.rules.lifecycle import State
from tests.factories.scorecard import TargetFactory


@pytest.fixture
def published(world):
    world.set_state(State.PUBLISHED)
    return world


def propose(client, world, code: str = "401", **given):
    wanted = {
        "kind": "absolute",
        "value": "4,3",
        "yellow_limit": "4,0",
        "valid_from": "2026-04-01",
        "reason": "Ny brukergruppe",
        "seen": "",
    }
    return client.post(f"/mal/{code}/2026/tilfredshet/", {**wanted, **given})


def test_the_way_in_leads_to_the_leaders_own_unit(published, leader):
    answer = leader.get("/mal/", follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/mal/401/2026/"
    assert "4,5 / 4,2" in page
    assert "Bydel Bekk" in page


def test_a_proposal_is_kept_but_not_in_force(published, leader):
    answer = propose(leader, published)

    [target] = Target.objects.filter(unit=published.unit)
    assert answer.status_code == 302
    assert (target.value, target.confirmed, target.recorded_by) == (Decimal("4.3"), False, published.leader)
    assert target_rows(published.survey.pk, [published.unit.pk]) == []
    assert "Venter på svar" in leader.get("/mal/401/2026/").content.decode()


def test_the_linter_reads_a_proposal_too(published, leader):
    answer = propose(leader, published, value="høyst 4,3")

    assert answer.status_code == 422
    assert "går mot retningen" in answer.content.decode()
    assert "Ny brukergruppe" in answer.content.decode()
    assert not Target.objects.filter(unit=published.unit).exists()


@pytest.mark.parametrize(
    "given, message",
    [
        ({"reason": ""}, "Fyll ut «Hvorfor»"),
        ({"valid_from": "2026-01-01"}, "beholder fargen sin"),
        ({"valid_from": "2027-04-01"}, "ikke i målekartets år"),
        ({"valid_from": "snart"}, "Skriv en dato"),
    ],
)
def test_a_proposal_says_from_when_and_why(published, leader, given, message):
    answer = propose(leader, published, **given)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Target.objects.filter(unit=published.unit).exists()


@pytest.mark.parametrize("code", ["402", "B1", "B2", "finnes ikke"])
def test_another_unit_does_not_exist_for_the_leader(published, leader, code):
    assert leader.get(f"/mal/{code}/2026/").status_code == 404
    assert propose(leader, published, code).status_code == 404


@pytest.mark.parametrize("year", ["1800", "2025", "99999999999999999999"])
def test_a_year_without_a_card_does_not_exist(published, leader, year):
    assert leader.get(f"/mal/401/{year}/").status_code == 404


def test_a_draft_is_not_shown_to_leaders(world, leader):
    assert leader.get("/mal/401/2026/").status_code == 404


@pytest.mark.parametrize("who, base", [("director", "/godkjenning/forslag/"), ("admin", "/oppsett/forslag/")])
def test_director_and_administrator_say_yes(published, leader, request, who, base):
    propose(leader, published)
    target = Target.objects.get(unit=published.unit)
    client = request.getfixturevalue(who)
    assert "Ny brukergruppe" in client.get(base).content.decode()

    client.post(f"{base}{target.pk}/", {"version": target.version, "do": "confirm"})

    target.refresh_from_db()
    assert (target.confirmed, target.approved_by) == (True, getattr(published, who))
    assert [row.limits.target for row in target_rows(published.survey.pk, [published.unit.pk])] == [Decimal("4.3")]
    assert AuditEntry.objects.filter(action="target.confirmed").count() == 1


def test_a_no_needs_a_reason_and_stays_in_the_history(published, leader, director):
    propose(leader, published)
    target = Target.objects.get(unit=published.unit)
    url = f"/godkjenning/forslag/{target.pk}/"

    page = director.post(url, {"version": target.version, "do": "decline", "reason": " "}, follow=True).content.decode()
    assert "Skriv hvorfor forslaget avslås." in page
    assert Target.objects.filter(pk=target.pk).exists()

    director.post(url, {"version": target.version, "do": "decline", "reason": "Målet må stå ut året"})
    assert not Target.objects.filter(pk=target.pk).exists()
    assert AuditEntry.objects.get(action="target.declined").details["reason"] == "Målet må stå ut året"


def test_an_answer_given_twice_counts_once(published, leader, director, admin):
    propose(leader, published)
    target = Target.objects.get(unit=published.unit)

    director.post(f"/godkjenning/forslag/{target.pk}/", {"version": target.version, "do": "confirm"})
    page = admin.post(f"/oppsett/forslag/{target.pk}/", {"version": target.version, "do": "confirm"}, follow=True).content.decode()

    assert "Forslaget er allerede behandlet." in page
    assert AuditEntry.objects.filter(action="target.confirmed").count() == 1


def test_a_proposal_changed_meanwhile_is_looked_at_again(published, leader, director):
    propose(leader, published)
    target = Target.objects.get(unit=published.unit)
    propose(leader, published, value="4,1", yellow_limit="3,9")

    page = director.post(f"/godkjenning/forslag/{target.pk}/", {"version": target.version, "do": "confirm"}, follow=True).content.decode()

    target.refresh_from_db()
    assert "Forslaget er endret etter at du åpnet siden" in page
    assert (target.confirmed, target.value) == (False, Decimal("4.1"))


def test_confirmed_late_it_holds_from_this_month(published, leader, director, settings):
    propose(leader, published, valid_from="2026-03-01")
    target = Target.objects.get(unit=published.unit)
    settings.ALNA_TODAY = date(2026, 8, 20)

    director.post(f"/godkjenning/forslag/{target.pk}/", {"version": target.version, "do": "confirm"})

    target.refresh_from_db()
    assert target.valid_from == date(2026, 8, 1)


def test_a_locked_year_takes_no_confirmation(published, leader, director):
    propose(leader, published)
    target = Target.objects.get(unit=published.unit)
    Scorecard.objects.update(state=State.LOCKED)

    director.post(f"/godkjenning/forslag/{target.pk}/", {"version": target.version, "do": "confirm"})

    target.refresh_from_db()
    assert not target.confirmed


def test_a_proposal_does_not_replace_a_target_from_the_same_day(published, leader):
    TargetFactory(indicator=published.survey, unit=published.unit, valid_from=date(2026, 4, 1), value=Decimal("4.9"))

    answer = propose(leader, published)

    assert answer.status_code == 422
    assert "allerede et mål fra denne datoen" in answer.content.decode()
    assert Target.objects.get(unit=published.unit).value == Decimal("4.9")


def test_the_neighbours_proposals_do_not_exist(published, leader, neighbour):
    propose(leader, published)
    target = Target.objects.get(unit=published.unit)

    assert "Ny brukergruppe" not in neighbour.get("/oppsett/forslag/").content.decode()
    assert neighbour.post(f"/oppsett/forslag/{target.pk}/", {"version": 1, "do": "confirm"}).status_code == 404
    assert neighbour.post(f"/oppsett/forslag/{10**30}/", {"version": 1}).status_code == 404
