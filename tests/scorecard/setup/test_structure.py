"""The tree of a draft: added to, changed, moved and cut, by anybody who may, one version at a time."""

from decimal import Decimal

import pytest

from organisation.models import AuditEntry
from scorecard.models import FactorLink, FocusArea, PlacedIndicator, Scorecard, SuccessFactor
from scorecard.rules.lifecycle import State
from tests.factories.scorecard import (
    FocusAreaFactory,
    IndicatorFactory,
    PlacedIndicatorFactory,
    ScorecardFactory,
    SuccessFactorFactory,
)
from tests.scorecard.setup.conftest import statements


def test_area_factor_and_indicator_are_added_in_order(world, admin):
    admin.post(world.url("fokusomrade/"), {"version": world.version, "name": "  Brukere   og tjenester ", "short_name": ""})
    area = FocusArea.objects.get(name="Brukere og tjenester")
    admin.post(world.url("suksessfaktor/"), {"version": world.version, "name": "Rett kvalitet", "area": area.pk})
    factor = SuccessFactor.objects.get(name="Rett kvalitet")
    new = IndicatorFactory(name="Ventetid")
    answer = admin.post(
        world.url("indikator/"), {"version": world.version, "indicator": new.pk, "factor": factor.pk, "weight": "33,5", "critical": "on"}
    )

    placed = PlacedIndicator.objects.get(indicator=new)
    assert answer.status_code == 302
    assert (placed.factor, placed.weight, placed.critical) == (factor, Decimal("33.5"), True)
    assert list(world.card.areas.values_list("name", flat=True)) == ["Ansatte", "Brukere og tjenester"]
    actions = set(AuditEntry.objects.filter(target_id=str(world.card.pk)).values_list("action", flat=True))
    assert {"scorecard.area_added", "scorecard.factor_added", "scorecard.indicator_placed"} <= actions


def test_the_same_form_twice_adds_once(world, admin):
    typed = {"version": world.version, "name": "Brukere", "short_name": ""}

    admin.post(world.url("fokusomrade/"), typed)
    again = admin.post(world.url("fokusomrade/"), typed)

    assert again.status_code == 422
    assert FocusArea.objects.filter(name="Brukere").count() == 1


def test_a_stale_form_is_refused_and_keeps_the_text_and_can_be_sent_again(world, admin):
    old = world.version
    admin.post(world.url("fokusomrade/"), {"version": old, "name": "Brukere", "short_name": ""})

    refused = admin.post(world.url(f"fokusomrade/{world.area.pk}/"), {"version": old, "name": "Medarbeidere", "short_name": "Med."})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Noen har endret målekartet" in page
    assert 'value="Medarbeidere"' in page
    assert f'name="version" value="{old + 1}"' in page
    assert FocusArea.objects.get(pk=world.area.pk).name == "Ansatte"


def test_an_indicator_stands_once_on_a_card(world, admin):
    page = admin.get(world.url("indikator/")).content.decode()

    answer = admin.post(world.url("indikator/"), {"version": world.version, "indicator": world.survey.pk, "factor": world.factor.pk})

    assert "Tilfredshet" not in page.split("<select")[1].split("</select")[0]
    assert answer.status_code == 422
    assert PlacedIndicator.objects.filter(indicator=world.survey).count() == 1


@pytest.mark.parametrize("weight", ["-1", "100,01", "mye", "33,333"])
def test_a_weight_is_a_number_from_0_to_100(world, admin, weight):
    answer = admin.post(world.url(f"indikator/{world.placed.pk}/"), {"version": world.version, "factor": world.factor.pk, "weight": weight})

    assert answer.status_code == 422
    assert f'value="{weight}"' in answer.content.decode()
    world.placed.refresh_from_db()
    assert world.placed.weight == 60


def test_moving_up_and_down_changes_the_order_and_the_ends_stay(world, admin):
    second = FocusAreaFactory(scorecard=world.card, name="Brukere", order=9)

    admin.post(world.url(f"flytt/area/{second.pk}/"), {"version": world.version, "step": "up"})
    assert list(world.card.areas.values_list("name", flat=True)) == ["Brukere", "Ansatte"]

    answer = admin.post(world.url(f"flytt/area/{second.pk}/"), {"version": world.version, "step": "up"})
    assert list(world.card.areas.values_list("name", flat=True)) == ["Brukere", "Ansatte"]
    assert answer.url.endswith(f"#omrade-{second.pk}")


def test_a_double_click_on_move_moves_once(world, admin):
    for number in range(3):
        FocusAreaFactory(scorecard=world.card, name=f"Område {number}", order=10 + number)
    last = FocusArea.objects.get(name="Område 2")
    typed = {"version": world.version, "step": "up"}

    admin.post(world.url(f"flytt/area/{last.pk}/"), typed)
    admin.post(world.url(f"flytt/area/{last.pk}/"), typed)

    assert list(world.card.areas.values_list("name", flat=True)) == ["Ansatte", "Område 0", "Område 2", "Område 1"]


def test_a_factor_moves_to_another_area_and_a_placement_to_another_factor(world, admin):
    area = FocusAreaFactory(scorecard=world.card, name="Brukere")
    factor = SuccessFactorFactory(area=area, name="Rett kvalitet")

    admin.post(world.url(f"indikator/{world.placed.pk}/"), {"version": world.version, "factor": factor.pk, "weight": "100"})
    admin.post(world.url(f"suksessfaktor/{world.factor.pk}/"), {"version": world.version, "name": "Arbeidsplass", "area": area.pk})

    world.placed.refresh_from_db()
    world.factor.refresh_from_db()
    assert world.placed.factor == factor
    assert (world.factor.area, world.factor.name) == (area, "Arbeidsplass")


def test_two_factors_of_an_area_have_different_names(world, admin):
    other = SuccessFactorFactory(area=world.area, name="Myndige medarbeidere")

    answer = admin.post(
        world.url(f"suksessfaktor/{other.pk}/"), {"version": world.version, "name": world.factor.name, "area": world.area.pk}
    )

    assert answer.status_code == 422
    assert "allerede en suksessfaktor" in answer.content.decode()


def test_arrows_lead_to_other_factors_of_the_same_card(world, admin):
    goal = SuccessFactorFactory(area=world.area, name="Myndige medarbeidere")
    stranger = SuccessFactorFactory(name="Fremmed")
    url = world.url(f"suksessfaktor/{world.factor.pk}/piler/")

    admin.post(url, {"version": world.version, "goals": [goal.pk]})
    refused = admin.post(url, {"version": world.version, "goals": [stranger.pk]})
    to_itself = admin.post(url, {"version": world.version, "goals": [world.factor.pk]})

    assert (refused.status_code, to_itself.status_code) == (422, 422)
    assert list(FactorLink.objects.values_list("source_id", "goal_id")) == [(world.factor.pk, goal.pk)]
    admin.post(url, {"version": world.version})
    assert not FactorLink.objects.exists()


def test_removing_shows_what_goes_and_keeps_the_library(world, admin):
    url = world.url(f"fjern/area/{world.area.pk}/")

    page = admin.get(url).content.decode()
    assert "Tilfredshet" in page
    assert FocusArea.objects.filter(pk=world.area.pk).exists()

    admin.post(url, {"version": world.version})
    assert not FocusArea.objects.filter(pk=world.area.pk).exists()
    world.survey.refresh_from_db()


def test_weights_that_are_not_100_are_told_with_sum_and_gap(world, admin):
    placed = PlacedIndicator.objects.get(indicator=world.sick_leave)
    typed = {"version": world.version, f"weight-{world.placed.pk}": "60", f"weight-{placed.pk}": "25"}

    page = admin.post(world.url("vekter/"), typed, follow=True).content.decode()

    assert "Ansatte har vekter på 85 til sammen. Det mangler 15." in page


def test_all_weights_are_saved_or_none(world, admin):
    placed = PlacedIndicator.objects.get(indicator=world.sick_leave)
    typed = {"version": world.version, f"weight-{world.placed.pk}": "50", f"weight-{placed.pk}": "halvparten"}

    answer = admin.post(world.url("vekter/"), typed)

    world.placed.refresh_from_db()
    assert answer.status_code == 422
    assert 'value="halvparten"' in answer.content.decode()
    assert world.placed.weight == 60


@pytest.mark.parametrize("state", [State.PROPOSED, State.PUBLISHED, State.LOCKED])
def test_only_a_draft_is_changed(world, admin, state):
    world.set_state(state)

    added = admin.post(world.url("fokusomrade/"), {"version": world.version, "name": "Brukere", "short_name": ""})
    admin.post(world.url(f"fjern/area/{world.area.pk}/"), {"version": world.version})
    admin.post(world.url(f"flytt/area/{world.area.pk}/"), {"version": world.version, "step": "up"})

    assert added.status_code == 422
    assert 'value="Brukere"' in added.content.decode()
    assert list(world.card.areas.values_list("name", flat=True)) == ["Ansatte"]
    assert "Nytt fokusområde" not in admin.get(world.url()).content.decode().split("<main")[1]


def test_a_part_of_another_card_does_not_exist_here(world, admin):
    other = SuccessFactorFactory(area__scorecard=ScorecardFactory(unit=world.district, year=2025))

    assert admin.get(world.url(f"suksessfaktor/{other.pk}/")).status_code == 404
    assert admin.post(world.url(f"fjern/factor/{other.pk}/"), {"version": world.version}).status_code == 404
    assert admin.get(world.url(f"suksessfaktor/{10**30}/")).status_code == 404
    assert admin.get(world.url("fjern/scorecard/1/")).status_code == 404


def test_the_tree_warns_of_too_many_and_tells_the_minutes(world, admin):
    Scorecard.objects.filter(pk=world.card.pk).update(max_per_area=1)
    world.sick_leave.minutes = 30
    world.sick_leave.save()

    page = admin.get(world.url()).content.decode().replace("\xa0", " ")

    assert "Ansatte har 2 indikatorer. Anbefalt er høyst 1." in page
    assert "30 minutter i måneden" in page


def test_settings_are_kept_within_bounds(world, admin):
    wrong = {"version": world.version, "title": "T", "max_per_area": "0", "coverage": "101", "source_note": ""}

    refused = admin.post(world.url("innstillinger/"), wrong)
    taken = admin.post(world.url("innstillinger/"), {**wrong, "max_per_area": "6", "coverage": "62,5"})

    world.card.refresh_from_db()
    assert refused.status_code == 422
    assert taken.status_code == 302
    assert (world.card.max_per_area, world.card.min_coverage) == (6, Decimal("0.625"))


def test_the_log_says_who_did_what(world, admin):
    admin.post(world.url("fokusomrade/"), {"version": world.version, "name": "100 % <b>", "short_name": ""})

    page = admin.get(world.url("endringer/")).content.decode()

    assert "La til fokusområdet «100 % &lt;b&gt;»" in page
    assert world.admin.name in page


@pytest.mark.parametrize("rest", ["", "vekter/", "kontroll/", "forhandsvisning/"])
def test_pages_of_the_card_cost_the_same_with_two_and_with_thirty_indicators(world, admin, rest):
    def more(number: int) -> None:
        factor = SuccessFactorFactory.create(area=FocusAreaFactory(scorecard=world.card))
        FactorLink.objects.create(source_id=factor.pk, goal=world.factor)
        for _ in range(3):
            PlacedIndicatorFactory(factor=factor, weight=number)

    more(1)
    few = statements(admin, world.url(rest))
    for number in range(10):
        more(number)

    assert statements(admin, world.url(rest)) == few


def test_the_list_costs_the_same_with_one_and_with_thirty_cards(world, admin):
    few = statements(admin, "/oppsett/malekart/")
    for year in range(1990, 2020):
        ScorecardFactory(unit=world.district, year=year)

    assert statements(admin, "/oppsett/malekart/") == few
