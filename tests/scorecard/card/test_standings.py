"""Where figures come from, why one is missing, and for whom it is masked."""

from datetime import UTC, date, datetime
from decimal import Decimal

from organisation.queries.access import access_of
from scorecard.queries.card_rows import Row
from scorecard.queries.card_words import words_of
from scorecard.queries.known import end_of
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Missing, Quality, Status
from tests.factories.organisation import UnitFactory
from tests.factories.scorecard import SickLeaveFactory
from tests.scorecard.card.conftest import TODAY

SURVEY = {"value": "4.5", "yellow_limit": "4.2"}


SICK_LEAVE = {"value": "9.9", "yellow_limit": "10.9"}


def missing_of(row: Row) -> tuple[Missing | None, str, str, str]:
    words = words_of(row)
    return row.missing, words.status_word, words.badge, words.meta


def test_why_there_is_no_figure_has_four_different_answers(world):
    yearly, monthly, stated, other = (world.indicator(frequency=kind) for kind in ("year", "month", "month", "month"))
    leave = world.indicator(SickLeaveFactory, window=1)
    for each in (yearly, monthly, stated, other):
        world.target(each, **SURVEY)
    world.record(stated, world.unit, "2026-09", quality=Quality.MISSING)
    world.record(other, world.unit, "2026-09", quality=Quality.NOT_RELEVANT)
    world.record(leave, world.unit, "2026-09", parts=("884", "7560"))
    neighbour = access_of(world.person(unit=world.neighbour), TODAY)

    rows = {row.indicator: row for row in world.card(world.unit, access=neighbour).rows}

    assert missing_of(rows[yearly]) == (Missing.NOT_DUE, "Ikke forfalt ennå", "", "Ventes innen 10.01.2027")
    assert missing_of(rows[monthly]) == (Missing.MISSING, "Ingen måling", "missing", "Skulle vært klart 10.02.2026")
    assert missing_of(rows[stated]) == (Missing.MISSING, "Ingen måling", "missing", "Skulle vært klart 10.02.2026")
    assert missing_of(rows[other]) == (Missing.NOT_RELEVANT, "Ikke relevant", "", "Gjelder ikke for enheten")
    assert missing_of(rows[leave]) == (Missing.MASKED, "Vises ikke", "", "Vises bare for dem som leder enheten")


def test_an_old_figure_is_dated_and_never_taken_for_the_present(world):
    monthly = world.indicator(frequency="month")
    world.target(monthly, **SURVEY)
    world.record(monthly, world.unit, "2026-09", "4.6")
    assert words_of(world.row(world.unit)).meta == "Per september 2026"

    assert words_of(world.row(world.unit, today=date(2026, 12, 1))).meta == "Sist målt september 2026"


def test_a_figure_of_the_units_below_says_how_many_it_covers(world):
    leave = world.indicator(SickLeaveFactory, window=12)
    UnitFactory(parent=world.district)
    for month in range(1, 10):
        world.record(leave, world.unit, f"2026-0{month}", parts=("884", "7560"))
        world.record(leave, world.neighbour, f"2026-0{month}", parts=("34", "1134"))

    words = words_of(world.row())

    assert words.value == "10,6\u00a0%"
    assert words.meta == "Siste 12 måneder, per september 2026, dekker 2 av 3 enheter"
    assert words.badge == "preliminary"


def test_the_present_the_past_and_what_is_known_come_to_the_same(world):
    leave = world.indicator(SickLeaveFactory, window=3, change_gap=Decimal("0.1"))
    survey = world.indicator(rollup=Method.POOLED)
    formula = world.indicator(frequency="month", formula=f"[{leave.code}] * 2", rollup=Method.NONE)
    world.target(leave, **SICK_LEAVE)
    world.target(survey, **SURVEY)
    world.target(formula, value="20", yellow_limit="30")
    for month in range(1, 10):
        world.record(leave, world.unit, f"2026-0{month}", parts=(str(800 + 10 * month), "7560"))
        world.record(leave, world.neighbour, f"2026-0{month}", parts=(str(30 + month), "1134"))
    for year in (2023, 2024, 2025):
        world.record(survey, world.unit, year, "4.4", parts=(f"{year - 1500}", "120"))
        world.record(survey, world.neighbour, year, "4.4", parts=("90", "20"))

    def told(**choices):
        rows = world.card(**choices).rows
        return [(row.standing.period, row.standing.value, row.status, row.score, words_of(row).meta, words_of(row).change) for row in rows]

    now = told()

    assert all(figure[1] is not None for figure in now)
    assert [figure[:4] for figure in told(until=TODAY)] == [figure[:4] for figure in now]
    assert [figure[:4] for figure in told(known_at=end_of(TODAY))] == [figure[:4] for figure in now]
    assert [figure[1] for figure in told(known_at=end_of(date(2026, 10, 7)))] == [None, None, None]


def test_a_correction_and_a_new_target_are_not_known_before_they_are_made(world):
    survey = world.indicator()
    world.target(survey, **SURVEY)
    world.record(survey, world.unit, 2025, "4.1", now=datetime(2026, 2, 1, 12, tzinfo=UTC))
    world.record(survey, world.unit, 2025, "4.6", now=datetime(2026, 3, 1, 12, tzinfo=UTC))

    def known(day):
        row = world.row(world.unit, known_at=end_of(day))
        return row.standing.value

    assert known(date(2026, 1, 31)) is None
    assert known(date(2026, 2, 1)) == Decimal("4.1")
    assert known(date(2026, 2, 28)) == Decimal("4.1")
    assert known(date(2026, 3, 1)) == Decimal("4.6")


def test_a_formula_that_rests_on_a_shielded_figure_is_shielded_too(world):
    leave = world.indicator(SickLeaveFactory, window=1)
    attendance = world.indicator(frequency="month", formula=f"100 - [{leave.code}]", rollup=Method.NONE, scale_max=None)
    world.record(leave, world.unit, "2026-09", parts=("884", "7560"))
    leader, neighbour = access_of(world.person(), TODAY), access_of(world.person(unit=world.neighbour), TODAY)

    shown = world.row(world.unit, access=leader, indicator=attendance)
    hidden = world.row(world.unit, access=neighbour, indicator=attendance)

    assert round(shown.standing.value, 1) == Decimal("88.3")
    assert hidden.masked
    assert hidden.standing.value is None


def test_a_masked_figure_does_not_come_back_through_the_index(world):
    leave, survey = world.indicator(SickLeaveFactory, window=1, weight="50"), world.indicator(weight="50")
    world.target(leave, **SICK_LEAVE)
    world.target(survey, **SURVEY)
    world.record(leave, world.unit, "2026-09", parts=("884", "7560"))
    world.record(survey, world.unit, 2025, "4.5")

    (own,) = world.card(world.unit, access=access_of(world.person(), TODAY)).areas
    (other,) = world.card(world.unit, access=access_of(world.person(unit=world.neighbour), TODAY)).areas

    assert own.index.value is not None
    assert (other.index.value, other.index.covered_count) == (None, 1)
    assert other.status == Status.NO_VALUE
