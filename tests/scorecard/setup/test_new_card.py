"""A new scorecard: empty, or a copy of an earlier one."""

from decimal import Decimal

import pytest

from scorecard.models import FactorLink, PlacedIndicator, Scorecard
from scorecard.rules.lifecycle import State
from tests.factories.scorecard import IndicatorFactory, PlacedIndicatorFactory, ScorecardFactory, SuccessFactorFactory


def test_an_empty_card_is_made_once(world, admin):
    wanted = {"unit": world.district.pk, "year": "2027", "title": "", "source": ""}

    first = admin.post("/oppsett/malekart/nytt/", wanted)
    again = admin.post("/oppsett/malekart/nytt/", wanted)

    assert first.status_code == 302
    assert again.status_code == 422
    assert "har allerede et målekart for 2027" in again.content.decode()
    assert Scorecard.objects.filter(year=2027).count() == 1


def test_a_copy_has_structure_weights_and_arrows_and_its_targets_are_suggestions(world, admin):
    other = SuccessFactorFactory(area=world.area, name="Myndige medarbeidere")
    FactorLink.objects.create(source=other, goal=world.factor)
    retired = PlacedIndicatorFactory(factor=other, indicator=IndicatorFactory(name="Utgått", retired_on="2025-01-01"), weight=0)

    answer = admin.post(
        "/oppsett/malekart/nytt/", {"unit": world.district.pk, "year": "2027", "title": "", "source": world.card.pk}, follow=True
    )

    copy = Scorecard.objects.get(year=2027)
    placed = PlacedIndicator.objects.filter(factor__area__scorecard=copy)
    assert {(each.indicator.code, each.weight) for each in placed} == {("tilfredshet", Decimal(60)), ("sykefravaer", Decimal(40))}
    assert not any(each.target_confirmed for each in placed)
    assert FactorLink.objects.filter(source__area__scorecard=copy, goal__name="Attraktiv arbeidsplass").count() == 1
    assert copy.copied_from == world.card
    assert retired.indicator.name in answer.content.decode()
    assert copy.state == State.DRAFT


@pytest.mark.parametrize("year", ["1989", "2101", "", "i år", "20260"])
def test_a_year_out_of_range_is_told_and_nothing_is_made(world, admin, year):
    answer = admin.post("/oppsett/malekart/nytt/", {"unit": world.district.pk, "year": year, "title": "Min tittel", "source": ""})

    assert answer.status_code == 422
    assert 'value="Min tittel"' in answer.content.decode()
    assert Scorecard.objects.count() == 1


def test_a_unit_of_the_neighbour_cannot_be_chosen(world, admin):
    other = ScorecardFactory(year=2025)

    answer = admin.post("/oppsett/malekart/nytt/", {"unit": other.unit_id, "year": "2027", "title": "", "source": other.pk})

    assert answer.status_code == 422
    assert not Scorecard.objects.filter(year=2027).exists()
