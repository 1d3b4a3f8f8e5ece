"""Sick leave: days are added and never percentages, and nobody is found behind a small number."""

from datetime import date
from decimal import Decimal

import pytest

from common.numbers import round_half_up
from reporting.rules.sick_leave import Days, ShieldLimits, Split, also_hidden, lost_days, rate, shows_split, total, year_to

SPLIT = Split(Decimal(3), Decimal(7), Decimal(4), Decimal(6))


def days(lost: str, contracted: str, **fields: object) -> Days:
    return Days(Decimal(lost), Decimal(contracted), **fields)


def test_half_graded_in_a_position_of_sixty_percent():
    assert lost_days(Decimal(10), Decimal("0.6"), Decimal("0.5")) == Decimal("3.0")


def test_two_units_are_their_days_together_and_not_the_mean_of_two_rates():
    together = total([days("884", "7560"), days("34", "1134")])

    assert round_half_up(together.rate, 1) == Decimal("10.6")
    assert round_half_up(together.rate, 2) == Decimal("10.56")


@pytest.mark.parametrize("lost,contracted", [(None, Decimal(10)), (Decimal(3), None), (Decimal(3), Decimal(0))])
def test_without_days_there_is_no_rate(lost, contracted):
    assert rate(lost, contracted) is None


def test_twelve_months_count_and_the_thirteenth_does_not():
    by_month = {date(2025, month, 1): days("0", "100") for month in (10, 11, 12)}
    by_month |= {date(2026, month, 1): days("10", "100") for month in range(1, 10)}
    by_month[date(2025, 9, 1)] = days("100", "100")

    assert year_to(date(2026, 9, 1), by_month) == days("90", "1200")
    assert year_to(date(2026, 10, 1), by_month) is None


@pytest.mark.parametrize("first,expected", [(1, days("90", "900")), (2, None)])
def test_a_year_that_lacks_more_than_a_quarter_says_nothing(first, expected):
    by_month = {date(2026, month, 1): days("10", "100") for month in range(first, 10)}

    assert year_to(date(2026, 9, 1), by_month) == expected


def test_nothing_added_up_is_nothing():
    assert total([]) is None


@pytest.mark.parametrize(
    "fte,persons,split,expected",
    [
        ("10", 5, SPLIT, True),
        ("9.9", 5, SPLIT, False),
        ("10", 4, SPLIT, False),
        ("10", 0, SPLIT, False),
        ("120", None, SPLIT, True),
        (None, 40, SPLIT, False),
        ("120", 40, None, False),
    ],
)
def test_details_need_ten_full_time_equivalents_and_five_persons(fte, persons, split, expected):
    found = days("10", "200", split=split, fte=None if fte is None else Decimal(fte), persons=persons)

    assert shows_split(found, ShieldLimits()) is expected


def test_what_one_part_does_not_know_the_sum_does_not_know():
    together = days("10", "200", split=SPLIT, fte=Decimal(10), persons=5) + days("1", "20")

    assert (together.lost, together.split, together.fte, together.persons) == (11, None, None, None)


def part(contracted, *, lost="10", fte="20", persons=6):
    return days(lost, str(contracted), split=SPLIT, fte=Decimal(fte), persons=persons)


LARGE = {2: part(300), 3: part(200), 4: part(400)}
TINY = {"fte": "3", "persons": 1}


@pytest.mark.parametrize(
    "parts,hidden,also",
    [
        # One alone is what is left of the sum.
        ({1: part(100, **TINY), **LARGE}, {1}, {3}),
        ({1: part(100, **TINY), 2: part(200), 3: part(200)}, {1}, {2}),
        ({1: part(100, **TINY)}, {1}, set()),
        # Two are enough where they are large enough together.
        ({1: part(100, **TINY), **LARGE}, {1, 2}, set()),
        ({1: part(100, **TINY), 5: part(50, fte="7", persons=4), **LARGE}, {1, 5}, set()),
        ({1: part(100, **TINY), 5: part(50, **TINY), **LARGE}, {1, 5}, {3}),
        # Where nobody was away, nobody hides behind it.
        ({1: part(100, **TINY), 5: part(50, lost="0", persons=0), **LARGE}, {1, 5}, {3}),
        ({1: part(100, **TINY), 2: part(200, lost="0"), 3: part(300)}, {1}, {2, 3}),
        ({1: part(100, lost="0", fte="3", persons=0), **LARGE}, {1}, set()),
        (LARGE, set(), set()),
        (LARGE, {9}, set()),
    ],
)
def test_what_is_left_of_a_sum_tells_of_nobody(parts, hidden, also):
    assert also_hidden(parts, hidden, ShieldLimits()) == also
