"""Amounts, variances and the groups worth naming."""

from decimal import Decimal as D

import pytest

from common.numbers import round_half_up
from reporting.rules.economy import Amounts, GroupVariance, Word, largest_groups, main_groups
from reporting.rules.forecast import YearSoFar, forecast_percent, forecast_result, forecast_variance, suggestions

HOME_CARE = Amounts(D(67200), D(68000), D(50660), D(52130))


def test_overspend_to_date():
    assert HOME_CARE.variance == -1470
    assert round_half_up(HOME_CARE.variance_percent, 1) == D("-2.9")
    assert HOME_CARE.word is Word.OVERSPEND


def test_too_little_income_is_called_so():
    income = Amounts(budget=D(-1000), actual=D(-900))
    assert income.variance == -100
    assert income.word is Word.LESS_INCOME
    assert Amounts(budget=D(-1000), actual=D(-1100)).word is Word.MORE_INCOME


def test_no_budget_gives_no_percentage():
    assert Amounts(budget=D(0), actual=D(10), revised=D(0)).variance_percent is None
    assert Amounts().variance is None


def test_percentages_come_after_adding():
    both = HOME_CARE + Amounts(D(1000), D(1000), D(1000), D(0))
    assert both.variance == -470
    assert round_half_up(both.variance_percent, 2) == D("-0.91")
    assert HOME_CARE + Amounts() == HOME_CARE


def test_the_demonstration_adds_up():
    total = Amounts(revised=D(1_020_000), budget=D(762_071), actual=D(767_573))
    assert total.variance == -5502
    assert round_half_up(total.variance_percent, 2) == D("-0.72")
    assert forecast_variance(D(1_020_000), D(1_029_700)) == -9700
    assert round_half_up(forecast_percent(D(1_020_000), D(1_029_700)), 2) == D("-0.95")


def group(name: str, budget: int, actual: int) -> GroupVariance:
    return GroupVariance(name, name, Amounts(budget=D(budget), actual=D(actual)))


def test_the_groups_that_hold_most_of_the_overspend():
    groups = [group("faste", 1000, 635), group("vikarer", 500, 2746), group("avgift", 100, 376), group("refusjon", -500, -1061)]
    assert [each.code for each in main_groups(groups)] == ["vikarer"]
    assert main_groups([group("faste", 1000, 900)]) == ()
    assert [each.code for each in main_groups([group("a", 0, 100), group("b", 0, 80), group("c", 0, 5)])] == ["a", "b"]


def test_the_largest_groups_and_the_rest():
    groups = [group(name, 0, amount) for name, amount in (("a", 1), ("b", -50), ("c", 20), ("d", 3), ("e", 9), ("f", 2))]
    shown, rest = largest_groups(groups)
    assert [each.code for each in shown] == ["b", "c", "e", "d"]
    assert rest is not None
    assert rest.variance == -3
    assert largest_groups(groups[:2])[1] is None


def test_suggestions_of_home_care():
    found = suggestions(HOME_CARE, YearSoFar(D(752), D(1000)))
    assert (found.no_more, found.same_pace, found.last_year) == (D(69470), D(69973), D(69322))


@pytest.mark.parametrize(
    "amounts, last_year",
    [
        (Amounts(), None),
        (Amounts(revised=D(100), budget=D(0), actual=D(5)), YearSoFar(D(0), D(5))),
        (Amounts(revised=D(0), budget=D(10), actual=D(5)), YearSoFar(D(5), D(0))),
        (Amounts(revised=D(100), budget=D(-10), actual=D(5)), YearSoFar(D(-5), D(10))),
    ],
)
def test_what_cannot_be_worked_out_is_not_suggested(amounts, last_year):
    found = suggestions(amounts, last_year)
    assert (found.same_pace, found.last_year) == (None, None)


def test_forecast_in_percent_of_the_budget():
    assert round_half_up(forecast_result(D(68000), D(69500)), 1) == D("102.2")
    assert forecast_result(D(0), D(5)) is None
    assert forecast_result(D(-100), D(-90)) is None
