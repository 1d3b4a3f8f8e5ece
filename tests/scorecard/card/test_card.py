"""What stands on a card: status, score, index and words. Golden tests 11-16 and 31."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from organisation.rules.access import Role
from scorecard.models import AcceptedDeviation, Cell, Indicator, Scorecard
from scorecard.queries.card_summary import basis_text, held_back_text, index_text
from scorecard.queries.card_words import words_of
from scorecard.rules.statuses import Direction, Quality, Status
from tests.factories.scorecard import FocusAreaFactory, ScorecardFactory, SuccessFactorFactory

LOWER = {"direction": Direction.LOWER, "measure": Indicator.Measure.PERCENT, "scale_min": None, "scale_max": None, "score_floor": None}


SURVEY = {"value": "4.5", "yellow_limit": "4.2"}


SICK_LEAVE = {"value": "9.9", "yellow_limit": "10.9"}


BUDGET = {"value": "100", "yellow_limit": "101"}


@pytest.mark.parametrize(
    "fields, limits, value, status, shown",
    [
        ({}, SURVEY, "4.45", Status.NEARLY, "4,45"),
        ({}, SURVEY, "4.2", Status.NEARLY, "4,2"),
        ({}, SURVEY, "4.19", Status.NOT_REACHED, "4,19"),
        ({}, SURVEY, "4.5", Status.REACHED, "4,5"),
        (LOWER, SICK_LEAVE, "11.6", Status.NOT_REACHED, "11,6\u00a0%"),
        (LOWER, SICK_LEAVE, "10.7", Status.NEARLY, "10,7\u00a0%"),
        (LOWER, SICK_LEAVE, "10.5", Status.NEARLY, "10,5\u00a0%"),
        (LOWER, SICK_LEAVE, "9.9", Status.REACHED, "9,9\u00a0%"),
        ({}, {}, "4.5", Status.NO_TARGET, "4,5"),
    ],
    ids=["11", "12", "under the limit", "on the target", "13 red", "13 yellow", "13 yellow too", "13 green", "15"],
)
def test_the_status_is_of_the_unrounded_value_and_the_figure_shows_why(world, fields, limits, value, status, shown):
    indicator = world.indicator(**fields)
    if limits:
        world.target(indicator, **limits)
    world.record(indicator, world.district, 2025, value)

    row = world.row()

    assert row.status == status
    assert words_of(row).value == shown


def test_a_large_underspend_is_green_with_an_info_mark(world):
    consumption = world.indicator(**LOWER, places=2, info_below=Decimal(97))
    world.target(consumption, **BUDGET)
    world.record(consumption, world.district, 2025, "95.93")

    row = world.row()

    assert row.status == Status.REACHED
    assert words_of(row).info == "stort mindreforbruk"
    assert words_of(row).value == "95,93\u00a0%"


def test_an_estimate_is_told_as_one_and_without_a_difference_nobody_knows(world):
    consumption = world.indicator(**LOWER, places=2)
    world.target(consumption, **BUDGET)
    world.record(consumption, world.district, 2024, "95.93")
    world.record(consumption, world.district, 2025, "97", quality=Quality.ESTIMATE)

    words = words_of(world.row())

    assert (words.about, words.value, words.badge, words.status) == ("ca.", "97\u00a0%", "estimate", "reached")
    assert words.year_before == "95,93\u00a0%"
    assert words.change is None


def test_the_index_of_an_area_counts_what_is_measured_by_weight(world):
    survey = [world.indicator(weight=weight) for weight in ("30", "15", "15")]
    leave = world.indicator(**LOWER, weight="40")
    for each in survey:
        world.target(each, **SURVEY)
    world.target(leave, **SICK_LEAVE)
    world.record(survey[0], world.district, 2025, "4.5")
    world.record(survey[1], world.district, 2025, "4.6")
    world.record(leave, world.district, 2025, "10.5")

    (area,) = world.card().areas

    assert round(area.index.value, 1) == Decimal("94.3")
    assert (index_text(area), basis_text(area)) == ("94 av 100", "basert på 3 av 4 indikatorer")
    assert area.status == Status.NEARLY
    sick = world.row(indicator=leave)
    assert words_of(sick).score == "8,8 av 10"
    assert words_of(sick).formula == "(14,85 − 10,5) / (14,85 − 9,9) × 10 = 8,8"


def test_too_little_measured_gives_no_index(world):
    measured, missing = world.indicator(weight="55"), world.indicator(weight="45")
    for each in (measured, missing):
        world.target(each, **SURVEY)
    world.record(measured, world.district, 2025, "4.6")

    (area,) = world.card().areas

    assert index_text(area) == "For få målinger til poeng"
    assert area.status == Status.NO_VALUE


def test_a_critical_indicator_holds_its_area_back_and_is_named(world):
    good, bad = world.indicator(weight="90"), world.indicator(weight="10", critical=True, name="Skader på beboere")
    for each in (good, bad):
        world.target(each, **SURVEY)
    world.record(good, world.district, 2025, "4.6")
    world.record(bad, world.district, 2025, "3.9")

    (area,) = world.card().areas

    assert area.status == Status.NOT_REACHED
    assert held_back_text(area) == "Holdes tilbake av Skader på beboere, som må nås."


def test_what_is_not_quite_reached_never_reads_as_all_points(world):
    share = world.indicator(measure=Indicator.Measure.PERCENT, scale_max=Decimal(100), scale_min=None, score_floor=None, places=1)
    world.target(share, value="90", yellow_limit="85")
    world.record(share, world.district, 2025, "89.98")

    card = world.card()

    assert words_of(card.rows[0]).score == "9,998 av 10"
    assert index_text(card.areas[0]) == "99,98 av 100"


def test_a_tightening_in_june_leaves_the_figure_of_may_green(world):
    monthly = world.indicator(frequency="month")
    world.target(monthly, value="4.2", yellow_limit="4.0")
    world.target(monthly, value="4.5", yellow_limit="4.2", valid_from=date(2026, 6, 1))
    world.record(monthly, world.district, "2026-05", "4.3")

    assert world.row().status == Status.REACHED
    assert words_of(world.row()).target == "minst 4,2"

    world.record(monthly, world.district, "2026-06", "4.3")

    assert world.row().status == Status.NEARLY
    assert words_of(world.row()).target == "minst 4,5"


@pytest.fixture
def seed(world):
    """The district's card of 2009 with two results of the years before."""
    ScorecardFactory(unit=world.district, year=2009)
    area = FocusAreaFactory(scorecard=Scorecard.objects.get(year=2009), name="Brukere og tjenester")
    factor = SuccessFactorFactory(area=area)
    users, leave = world.indicator(factor=factor, name="Brukere", places=2), world.indicator(factor=factor, **LOWER, name="Sykefravær")
    world.target(users, **SURVEY, valid_from=date(2009, 1, 1))
    world.target(leave, **SICK_LEAVE, valid_from=date(2009, 1, 1))
    for year, value in ((2006, "4.89"), (2007, "4.70")):
        world.record(users, world.district, year, value)
    world.record(users, world.district, 2008, quality=Quality.MISSING)
    for year, value in ((2006, "11.6"), (2007, "10.7"), (2008, "10.5")):
        world.record(leave, world.district, year, value)
    return users, leave


def test_a_card_with_targets_only_holds_the_latest_result_against_them(world, seed):
    _users, leave = seed

    row = world.row(year=2009, indicator=leave)

    assert (row.status, words_of(row).value, words_of(row).meta) == (Status.NEARLY, "10,5\u00a0%", "Målt 2008")
    assert words_of(row).year_before == "10,7\u00a0%"
    assert words_of(row).change.text == "0,2 prosentpoeng"
    assert words_of(row).change_meaning == "lavere enn sist, bedre"
    assert words_of(row).spark_label == "2006: 11,6. 2007: 10,7. 2008: 10,5. Målet er høyst 9,9\u00a0%."


def test_a_result_that_is_stated_as_missing_is_never_red_and_the_one_before_is_told(world, seed):
    users, _leave = seed

    words = words_of(world.row(year=2009, indicator=users))

    assert (words.status, words.status_word, words.badge, words.value) == ("no_value", "Ingen måling", "missing", "")
    assert (words.meta, words.year_before) == ("Sist målt 2007", "4,70")
    assert words.spark_label == "2006: 4,89. 2007: 4,70. 2008: mangler. Målet er minst 4,5."


def test_years_without_targets_of_their_own_have_no_colour(world, seed):
    ScorecardFactory(unit=world.district, year=2007)
    factor = SuccessFactorFactory(area=FocusAreaFactory(scorecard=Scorecard.objects.get(year=2007)))
    factor.placements.create(indicator=seed[1])

    row = world.row(year=2007)

    assert (row.status, words_of(row).target, words_of(row).value) == (Status.NO_TARGET, "–", "10,7\u00a0%")


def test_an_own_target_wins_and_the_district_s_can_be_asked_for(world):
    survey = world.indicator()
    world.target(survey, value="4.5", yellow_limit="4.2")
    world.target(survey, world.unit, value="4.0", yellow_limit="3.8")
    world.record(survey, world.unit, 2025, "4.1")

    own, inherited = world.row(world.unit), world.row(world.unit, own_targets=False)

    assert (own.status, own.own_target, words_of(own).target) == (Status.REACHED, True, "minst 4")
    assert (inherited.status, inherited.own_target, words_of(inherited).target) == (Status.NOT_REACHED, False, "minst 4,5")


def test_an_accepted_miss_is_grey_with_its_reason_and_ends_by_itself(world):
    survey = world.indicator()
    world.target(survey, **SURVEY)
    world.record(survey, world.unit, 2025, "4.0")
    accepted = {"indicator": survey, "unit": world.unit, "reason": "Ombygging", "recorded_at": datetime(2026, 5, 1, tzinfo=UTC)}
    director = world.person(Role.DIRECTOR, world.district)
    AcceptedDeviation.objects.create(**accepted, valid_from=date(2026, 5, 1), valid_to=date(2026, 10, 9), agreed_by=director)

    row = world.row(world.unit)
    assert (row.status, words_of(row).accepted) == (Status.ACCEPTED, "Akseptert til 09.10.2026: Ombygging")
    assert row.score.score < 100

    assert world.row(world.unit, today=date(2026, 10, 10)).status == Status.NOT_REACHED
    assert world.row(world.neighbour).status == Status.NO_VALUE


def test_the_value_that_gives_no_points_counts_also_where_lower_is_better(world):
    leave = world.indicator(**{**LOWER, "score_floor": Decimal("19.9")})
    world.target(leave, **SICK_LEAVE, valid_from=date(2025, 1, 1))
    world.record(leave, world.district, 2025, "14.9")

    row = world.row()

    assert row.score.score == Decimal(50)
    assert Cell.objects.get(unit=world.district).score == Decimal(50)
