"""The table of targets of a card in force: from when, why, by whose leave."""

from datetime import date

import pytest

from scorecard.rules.lifecycle import State
from tests.scorecard.setup.conftest import cell_name as name
from tests.scorecard.setup.conftest import opened, own


def test_a_published_card_asks_from_when_why_and_by_whose_leave(world, admin):
    world.set_state(State.PUBLISHED)
    typed = opened(admin, world.url("mal/")) | {name(world.survey, world.unit): "4,8"}

    refused = admin.post(world.url("mal/"), typed | {"valid_from": "2026-04-01", "reason": "", "approver": ""})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Fyll ut «Hvorfor»" in page
    assert "Velg «Godkjent av»" in page

    admin.post(world.url("mal/"), typed | {"valid_from": "2026-04-01", "reason": "Avtalt i årsbrevet", "approver": world.director.pk})
    [target] = own(world.survey, world.unit)
    assert (target.valid_from, target.reason, target.approved_by) == (date(2026, 4, 1), "Avtalt i årsbrevet", world.director)


@pytest.mark.parametrize(
    "day, message",
    [
        ("2026-02-28", "Måneder som er publisert, beholder fargen sin."),
        ("2027-01-01", "Datoen er ikke i målekartets år."),
        ("31.02.2026", "Skriv en dato"),
        ("", "Fyll ut «Gjelder fra»"),
    ],
)
def test_a_wrong_day_is_told_and_keeps_everything(world, admin, day, message):
    world.set_state(State.PUBLISHED)
    typed = opened(admin, world.url("mal/")) | {name(world.survey, world.unit): "4,8"}

    answer = admin.post(world.url("mal/"), typed | {"valid_from": day, "reason": "Fordi", "approver": world.director.pk})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert 'value="4,8"' in page
    assert own(world.survey, world.unit) == []


def test_somebody_without_the_right_cannot_be_named_as_approver(world, admin):
    world.set_state(State.PUBLISHED)
    typed = opened(admin, world.url("mal/")) | {name(world.survey, world.unit): "4,8"}

    answer = admin.post(world.url("mal/"), typed | {"valid_from": "2026-04-01", "reason": "Fordi", "approver": world.leader.pk})

    assert answer.status_code == 422
    assert own(world.survey, world.unit) == []


@pytest.mark.parametrize("state", [State.PROPOSED, State.LOCKED])
def test_neither_a_proposed_nor_a_locked_card_takes_targets(world, admin, state):
    typed = opened(admin, world.url("mal/")) | {name(world.survey, world.unit): "4,8"}
    world.set_state(state)

    answer = admin.post(world.url("mal/"), typed)

    assert answer.status_code == 422
    assert 'value="4,8"' in answer.content.decode()
    assert own(world.survey, world.unit) == []
