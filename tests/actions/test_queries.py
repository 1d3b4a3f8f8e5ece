"""Lists and sums of actions."""

from datetime import date
from decimal import Decimal

import pytest

from actions.queries.actions import actions_in, deadlines, effect_sums
from actions.queries.cover import cover_lines
from actions.rules.evidence import Cover, covered_percent
from actions.rules.states import EffectKind, Outcome, Status
from organisation.queries.access import access_of
from tests.actions.conftest import NOW, TODAY
from tests.factories.actions import ActionFactory

DONE = {"status": Status.DONE, "closed_on": TODAY, "evaluated_at": NOW, "outcome": Outcome.LESS}


@pytest.mark.django_db
def test_the_first_due_comes_first_and_other_units_do_not(world):
    late = ActionFactory(unit=world.unit, due_on=date(2026, 12, 1))
    soon = ActionFactory(unit=world.unit, due_on=date(2026, 9, 1))
    ended = ActionFactory(unit=world.unit, due_on=date(2026, 1, 1), **DONE)
    ActionFactory(unit=world.neighbour)

    assert [row.id for row in actions_in(unit_ids=[world.unit.pk])] == [soon.pk, late.pk]
    assert [row.id for row in actions_in(unit_ids=[world.unit.pk], open_only=False)] == [ended.pk, soon.pk, late.pk]
    assert [row.days_over(TODAY) for row in actions_in(unit_ids=[world.unit.pk], open_only=False)] == [0, 38, 0]
    assert [row.id for row in deadlines(unit_ids=[world.unit.pk], first=date(2026, 9, 1), last=date(2026, 11, 30))] == [soon.pk]
    assert actions_in(unit_ids=[]) == []


@pytest.mark.django_db
def test_what_an_action_has_come_to_counts_in_place_of_what_was_expected(world):
    def action(**more):
        ActionFactory(unit=world.unit, **more)

    action(effect_amount=Decimal(600000))
    action(effect_amount=Decimal(300000), outcome_amount=Decimal("120000.50"), **DONE)
    action(effect_amount=Decimal(900000), status=Status.CANCELLED, closed_on=TODAY)
    action(effect_amount=Decimal(50), effect_kind=EffectKind.OTHER)
    action(effect_amount=Decimal(1000), effect_from=date(2027, 1, 1))
    action(effect_amount=Decimal(10), effect_from=None, due_on=date(2026, 12, 31))
    action(effect_amount=Decimal(7), effect_from=None, due_on=date(2027, 1, 1))

    assert effect_sums(unit_ids=[world.unit.pk], year=2026)[world.unit.pk] == Decimal("720010.50")
    assert effect_sums(unit_ids=[world.unit.pk], year=2027)[world.unit.pk] == Decimal(1007)
    assert effect_sums(unit_ids=[world.unit.pk, world.neighbour.pk], year=2026)[world.neighbour.pk] == 0


@pytest.mark.parametrize(
    "effect, overspend, percent",
    [(0, 1500, 0), (900, 1500, 60), (1499, 1500, 99), (1500, 1500, 100), (2000, 1500, 100), (5, 0, 100), (-5, 1500, 0)],
)
def test_the_share_is_never_rounded_up_to_the_whole(effect, overspend, percent):
    assert covered_percent(Decimal(effect), Decimal(overspend)) == percent


@pytest.mark.django_db
def test_actions_below_count_and_no_unit_covers_more_than_its_own(world, monkeypatch):
    overspends = {world.unit.pk: Decimal(1500000), world.neighbour.pk: Decimal(100000)}
    told = {unit_id: Cover(amount, "september 2026") for unit_id, amount in overspends.items()}
    monkeypatch.setattr("actions.queries.cover.covers_of", lambda unit_ids, on, access: told)
    ActionFactory(unit=world.unit, effect_amount=Decimal(600000))
    ActionFactory(unit=world.department, effect_amount=Decimal(300000))
    ActionFactory(unit=world.neighbour, effect_amount=Decimal(400000))

    first, second = cover_lines([world.unit.pk, world.neighbour.pk], access=access_of(world.director, TODAY), on=TODAY)

    assert (first.unit_name, first.effect, first.counted, first.lacks, first.percent) == ("Hjemmetjenesten", 900000, 900000, 600000, 60)
    assert (second.unit_name, second.effect, second.counted, second.lacks, second.percent) == ("Sykehjemmet", 400000, 100000, 0, 100)
