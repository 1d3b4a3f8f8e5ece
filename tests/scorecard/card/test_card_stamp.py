"""The parts of a card are remembered until one of them is another; then the page tells it at once, and costs no more than before."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.rules.access import Role
from scorecard.models import AcceptedDeviation, PlacedIndicator, Scorecard, Target
from scorecard.queries.card_stamp import card_stamp, kept_places
from scorecard.rules.lifecycle import State
from scorecard.services import derive, library, lifecycle, structure
from scorecard.services.stamps import touch
from tests.factories.organisation import UnitFactory, person
from tests.factories.scorecard import (
    IndicatorFactory,
    PlacedIndicatorFactory,
    SuccessFactorFactory,
    TargetFactory,
)
from tests.scorecard.card.sick_leave import NOW, TODAY, a_card, rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    settings.ALNA_TODAY = TODAY
    return a_card()


def stamp(district, unit):
    return card_stamp(Scorecard.objects.get(unit=district), [unit.pk, district.pk], TODAY)


def test_the_same_places_are_given_while_nothing_is_another(world, django_assert_num_queries):
    district, unit, placed = world
    card = Scorecard.objects.get(unit=district)
    first = kept_places(card, stamp(district, unit))
    rate(placed.indicator, unit)
    now = stamp(district, unit)

    with django_assert_num_queries(0):
        assert kept_places(card, now) is first


def more_weight(district, unit, placed):
    PlacedIndicator.objects.filter(pk=placed.pk).update(weight=Decimal(40))


def must_be_reached(district, unit, placed):
    PlacedIndicator.objects.filter(pk=placed.pk).update(critical=True)


def one_more(district, unit, placed):
    PlacedIndicatorFactory(factor=placed.factor)


def one_less(district, unit, placed):
    placed.delete()


def another_factor(district, unit, placed):
    PlacedIndicator.objects.filter(pk=placed.pk).update(factor=SuccessFactorFactory(area=placed.factor.area))


def another_name(district, unit, placed):
    library.change_indicator(indicator=placed.indicator, version=1, fields={"name": "Fravær"}, reason="", actor=person(Role.HR, district))


def a_new_version_of_the_card(district, unit, placed):
    Scorecard.objects.filter(unit=district).update(version=2)


@pytest.mark.parametrize(
    "change", [more_weight, must_be_reached, one_more, one_less, another_factor, another_name, a_new_version_of_the_card]
)
def test_every_change_of_the_structure_gives_another_stamp(world, change):
    district, unit, placed = world
    before = stamp(district, unit).structure

    change(district, unit, placed)

    assert stamp(district, unit).structure != before


def test_targets_of_the_units_asked_about_count_and_others_do_not(world):
    district, unit, placed = world
    before = stamp(district, unit).targets

    TargetFactory(indicator=placed.indicator, unit=UnitFactory(parent=district))
    others = stamp(district, unit).targets
    Target.objects.filter(unit=district).update(version=2)

    assert others[0] != before[0]  # the organisation has one more unit
    assert others[1:] == before[1:]
    assert stamp(district, unit).targets != others


def test_deviations_are_counted_while_they_are_accepted(world):
    district, unit, _placed = world
    assert stamp(district, unit).accepted == 0

    for valid_to in (TODAY, date(2026, 10, 8)):
        AcceptedDeviation.objects.create(
            indicator=IndicatorFactory(),
            unit=unit,
            reason="Avtalt",
            valid_from=date(2026, 9, 1),
            valid_to=valid_to,
            agreed_by=person(Role.DIRECTOR, district),
            recorded_at=NOW,
        )

    assert stamp(district, unit).accepted == 1


def test_a_card_that_is_taken_back_changed_and_published_again_shows_its_new_words(client, world):
    district, unit, placed = world
    director = person(Role.DIRECTOR, district)
    client.force_login(director)
    address = f"/malekart/{unit.code}/2026/"
    assert "Nærvær" in client.get(address).text
    card = Scorecard.objects.get(unit=district)

    lifecycle.unpublish(scorecard=card, version=card.version, reason="Feil navn", actor=director)
    structure.change_factor(factor=placed.factor, version=card.version, name="Trygt arbeidsmiljø", area=placed.factor.area, actor=director)
    Scorecard.objects.filter(pk=card.pk).update(state=State.PUBLISHED)
    derive.structure_changed(unit_id=district.pk)

    text = client.get(address).text
    assert "Trygt arbeidsmiljø" in text
    assert "Nærvær" not in text


def test_a_new_target_shows_at_once(client, world):
    district, unit, placed = world
    rate(placed.indicator, unit)
    client.force_login(person(Role.DIRECTOR, district))
    address = f"/malekart/{unit.code}/2026/"
    text = client.get(address).text
    assert "9,9" in text
    assert "al-status--missed" in text

    TargetFactory(indicator=placed.indicator, unit=unit, value=Decimal("14.5"), yellow_limit=Decimal(15))
    derive.targets_changed(indicator_ids=[placed.indicator.pk], unit_ids=[unit.pk])

    text = client.get(address).text
    assert "14,5" in text
    assert "al-status--missed" not in text
    # Against what it would inherit it is still missed.
    assert "al-status--missed" in client.get(f"{address}?mal=bydel").text


def test_after_a_new_figure_only_figures_are_read(client, world):
    district, unit, _placed = world
    client.force_login(person(Role.DIRECTOR, district))
    client.get(f"/malekart/{unit.code}/2026/")
    touch([unit.pk])

    with CaptureQueriesContext(connection) as found:
        client.get(f"/malekart/{unit.code}/2026/")

    asked = [each["sql"] for each in found.captured_queries if "scorecard_" in each["sql"]]
    # Stamps of the units, the card, what it rests on, its cells, and the years to choose from.
    assert len(asked) == 5
