"""Forecasts against what the year came to, and three suggestions weighed without looking ahead."""

from decimal import Decimal

import pytest

from reporting.rules.accuracy import LEAST_ERROR, Method, Trial, accuracy_of, by_month, combined, weights_of, with_combined

D = Decimal
A, B, C = Method.NO_MORE, Method.SAME_PACE, Method.LAST_YEAR


def trial(month=1, *, year=2025, unit=1, budget=1000, result=1000, **said):
    return Trial(
        unit, year, month, {Method(name): D(amount) for name, amount in said.items()}, None if budget is None else D(budget), D(result)
    )


def test_bias_keeps_the_sign_and_the_mean_error_does_not():
    told = accuracy_of([trial(1, leader=1100), trial(2, leader=960)], Method.LEADER)
    assert (told.months, told.bias, told.error, told.percent) == (2, D(30), D(70), D(7))


def test_a_month_without_a_forecast_does_not_count():
    told = accuracy_of([trial(1, leader=1100), trial(2)], Method.LEADER)
    assert (told.months, told.bias) == (1, D(100))


def test_a_method_that_said_nothing_has_no_accuracy():
    assert accuracy_of([trial(1, leader=1)], A) is None
    assert accuracy_of([], A) is None


@pytest.mark.parametrize("budget", [None, 0])
def test_without_a_budget_there_is_no_percent(budget):
    told = accuracy_of([trial(1, budget=budget, leader=1100)], Method.LEADER)
    assert (told.error, told.percent) == (D(100), None)


def test_an_income_budget_has_its_percent_without_the_sign():
    assert accuracy_of([trial(1, budget=-1000, result=-900, leader=-1000)], Method.LEADER).percent == D(10)


def test_each_month_of_the_year_for_itself():
    found = by_month([trial(3, unit=1, leader=1100), trial(3, unit=2, leader=1300), trial(1, leader=1000)], Method.LEADER)
    assert {month: accuracy.error for month, accuracy in found.items()} == {1: D(0), 3: D(200)}


def test_the_one_that_missed_by_half_as_much_counts_twice():
    weights = weights_of([trial(5, no_more=1100, same_pace=950)])
    assert weights[5] == {A: D(10), B: D(20)}
    # (1100 · 10 + 800 · 20) / 30
    assert combined({A: D(1100), B: D(800)}, weights[5]) == D(900)


def test_a_method_that_was_never_wrong_still_does_not_decide_alone():
    weights = weights_of([trial(5, no_more=1000, same_pace=1010)])
    assert weights[5][A] == 1 / LEAST_ERROR


def test_without_earlier_years_all_count_the_same():
    assert combined({A: D(900), B: D(1000), C: D(1100)}, {}) == D(1000)


def test_a_method_that_was_never_tried_counts_as_the_worst():
    assert combined({A: D(900), C: D(1200)}, {A: D(20), B: D(10)}) == D(1000)


def test_nothing_to_weigh_gives_nothing():
    assert combined({Method.LEADER: D(900)}, {}) is None


def test_a_years_own_result_and_later_years_never_decide_its_weights():
    before = trial(5, year=2024, no_more=1100, same_pace=950)
    judged = trial(5, year=2025, no_more=1100, same_pace=800)
    expected = D(900)
    for result, later in ((0, 700), (5000, 9000)):
        seen = [
            before,
            Trial(1, 2025, 5, judged.forecasts, D(1000), D(result)),
            trial(5, year=2026, no_more=later, same_pace=1000),
        ]
        assert [each.forecasts[Method.COMBINED] for each in with_combined(seen, [2025])] == [expected]


def test_only_the_years_asked_for_are_given():
    assert [each.year for each in with_combined([trial(year=2023), trial(year=2024), trial(year=2025)], [2024])] == [2024]
    assert len(with_combined([trial(year=2023), trial(year=2024)])) == 2
