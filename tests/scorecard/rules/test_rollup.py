from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.numbers import round_half_up
from scorecard.rules.rollup import (
    ADDITIVE,
    NOTHING,
    Method,
    NotAdditive,
    Part,
    Sums,
    add,
    combine,
    over_time,
    part_of,
    subtract,
    sums_of,
    total,
    value_of,
)
from scorecard.rules.statuses import Direction, Limits, Quality, Status, status_of

HUNDRED = D(100)
CONTRACTED_DAYS = 230
# Full-time equivalents and sick leave in percent of the 22 result units and the staff.
UNITS = [
    (72, "11.8"),
    (70, "12.1"),
    (68, "9.6"),
    (71, "10.9"),
    (74, "11.8"),
    (69, "10.2"),
    (54, "9.1"),
    (38, "7.4"),
    (56, "11.9"),
    (48, "7.9"),
    (30, "6.3"),
    (58, "8.9"),
    (24, "6.8"),
    (22, "7.2"),
    (120, "13.8"),
    (36, "6.9"),
    (92, "12.6"),
    (118, "12.6"),
    (46, "9.4"),
    (18, "5.2"),
    (20, "5.8"),
    (26, "13.4"),
    (30, "4.9"),
]


def rate(lost, contracted, **more):
    return Part(D(lost), D(contracted), D(lost) / D(contracted) * HUNDRED, **more)


def figure(value, weight=None, **more):
    return Part(None, None if weight is None else D(weight), None if value is None else D(value), **more)


def district():
    # Lost days are whole days, as the payroll system gives them.
    return [rate(round_half_up(fte * CONTRACTED_DAYS * D(percent) / HUNDRED, 0), fte * CONTRACTED_DAYS) for fte, percent in UNITS]


def test_sick_leave_of_two_units_is_sum_over_sum():
    both = combine(Method.RATIO, [rate(884, 7560), rate(34, 1134)], factor=HUNDRED)

    assert round_half_up(both.value, 2) == D("10.56")
    assert round_half_up(both.value, 1) == D("10.6")
    assert (both.numerator, both.denominator, both.units, both.expected) == (918, 8694, 2, 2)


def test_sick_leave_of_the_district_is_weighted():
    whole = combine(Method.RATIO, district(), factor=HUNDRED)

    assert (whole.numerator, whole.denominator) == (30435, 289800)
    assert round_half_up(whole.value, 3) == D("10.502")
    assert round_half_up(whole.value, 1) == D("10.5")
    assert (whole.units, whole.expected) == (23, 23)
    assert status_of(whole.value, Limits(Direction.LOWER, target=D("9.9"), yellow_limit=D("10.9"))) == Status.NEARLY


def test_the_mean_of_percentages_would_look_green():
    mean = combine(Method.MEAN, [figure(percent) for _fte, percent in UNITS], factor=HUNDRED)

    assert round_half_up(mean.value, 2) == D("9.41")
    assert mean.unweighted


def test_one_person_half_sick_in_a_part_time_position():
    assert D(10) * D("0.6") * D("0.5") == D("3.0")


def test_a_merged_units_history_is_that_of_its_predecessors():
    merged = combine(Method.RATIO, [rate(100, 1000, restated=True), rate(10, 500, restated=True)], factor=HUNDRED)

    assert (merged.value, merged.restated) == (D(110) / D(1500) * HUNDRED, True)
    assert round_half_up(merged.value, 2) == D("7.33")


@pytest.mark.parametrize(
    "method, parts, expected",
    [
        (Method.SUM, [figure(3), figure("4.5")], "7.5"),
        (Method.MEAN, [figure(3), figure("4.5")], "3.75"),
        (Method.WEIGHTED, [figure(10, 3), figure(20, 1)], "12.5"),
        (Method.POOLED, [figure("4.60", 5), figure("3.75", 4)], "4.22"),
        (Method.POOLED, [Part(D(23), D(5), D("4.6")), Part(D(15), D(4), D("3.8"))], "4.22"),
        (Method.LATEST, [figure(3), figure("4.5"), figure(None)], "4.5"),
    ],
)
def test_methods(method, parts, expected):
    assert round_half_up(combine(method, parts, factor=D(1)).value, 2) == D(expected)


def test_pooled_shares_use_the_factor_once():
    parts = [Part(D(3), D(4), D(75)), Part(None, D(6), D(50))]

    assert combine(Method.POOLED, parts, factor=HUNDRED).value == 60


@pytest.mark.parametrize("method", [Method.RATIO, Method.WEIGHTED, Method.POOLED])
def test_a_rate_over_nothing_is_no_figure(method):
    empty = combine(method, [Part(D(0), D(0), D(5))], factor=HUNDRED)

    assert (empty.value, empty.quality) == (None, Quality.MISSING)


def test_a_bare_rate_is_not_added_to_others_and_not_covered():
    mixed = combine(Method.RATIO, [rate(884, 7560), figure("3.0")], factor=HUNDRED)

    assert (mixed.denominator, mixed.units, mixed.expected) == (7560, 1, 2)


def test_the_method_none_is_never_rolled_up():
    assert combine(Method.NONE, [figure(3)], factor=D(1)) is None
    assert sums_of(Method.NONE, figure(3)) == NOTHING
    assert combine(Method.SUM, [], factor=D(1)) is None


def test_latest_is_not_additive():
    for attempt in (
        lambda: sums_of(Method.LATEST, figure(3)),
        lambda: add(Method.LATEST, NOTHING, NOTHING),
        lambda: subtract(Method.LATEST, NOTHING, NOTHING),
        lambda: value_of(Method.LATEST, NOTHING),
    ):
        with pytest.raises(NotAdditive):
            attempt()
    assert combine(Method.LATEST, [figure(None)], factor=D(1)) is None


@pytest.mark.parametrize(
    "qualities, expected",
    [
        ([Quality.FINAL, Quality.FINAL], Quality.FINAL),
        ([Quality.FINAL, Quality.PRELIMINARY], Quality.PRELIMINARY),
        ([Quality.ESTIMATE, Quality.PRELIMINARY, Quality.FINAL], Quality.ESTIMATE),
        ([Quality.MISSING, Quality.FINAL], Quality.FINAL),
        ([Quality.MISSING, Quality.NOT_MEASURED], Quality.MISSING),
    ],
)
def test_the_worst_quality_wins_and_a_missing_part_has_none(qualities, expected):
    assert combine(Method.SUM, [figure(1, quality=quality) for quality in qualities], factor=D(1)).quality == expected


def test_coverage_counts_units_with_a_figure_of_those_expected():
    parts = [
        figure(1, units=4, expected=5),
        figure(None, quality=Quality.MISSING),
        figure(None, quality=Quality.NOT_RELEVANT),
        figure(7, quality=Quality.NOT_MEASURED),
    ]
    result = combine(Method.SUM, parts, factor=D(1))

    assert (result.value, result.units, result.expected) == (1, 4, 7)


def test_missing_everywhere_is_told_with_its_coverage():
    nothing = combine(Method.SUM, [figure(None, quality=Quality.MISSING)] * 3, factor=D(1))

    assert (nothing.value, nothing.quality, nothing.units, nothing.expected) == (None, Quality.MISSING, 0, 3)


figures = st.decimals(min_value=D(-(10**12)), max_value=D(10**12), places=6)
parts = st.builds(
    Part,
    numerator=st.none() | figures,
    denominator=st.none() | figures,
    value=st.none() | figures,
    units=st.integers(0, 30),
    expected=st.integers(0, 30),
    quality=st.sampled_from(Quality),
    restated=st.booleans(),
)
methods = st.sampled_from(sorted(ADDITIVE))
factors = st.sampled_from([D(1), D(100), D(1000), D(3)])
quick = settings(max_examples=60, deadline=None)


@quick
@given(methods, st.lists(parts, min_size=1, max_size=12), factors, st.randoms())
def test_combining_is_adding_in_any_order(method, some, factor, random):
    shuffled = list(some)
    random.shuffle(shuffled)
    sums = total(method, (sums_of(method, part, factor=factor) for part in shuffled))
    combined = combine(method, some, factor=factor)

    assert combined.value == value_of(method, sums, factor=factor)
    assert combined == part_of(method, sums, factor=factor)


@quick
@given(methods, st.lists(parts, max_size=6), parts, parts, factors)
def test_a_changed_part_moves_the_total_by_its_difference(method, others, before, after, factor):
    kept = total(method, (sums_of(method, part, factor=factor) for part in [*others, before]))
    old, new = sums_of(method, before, factor=factor), sums_of(method, after, factor=factor)
    moved = add(method, kept, subtract(method, new, old))

    assert moved == total(method, (sums_of(method, part, factor=factor) for part in [*others, after]))


@quick
@given(methods, st.lists(parts, max_size=5), st.lists(parts, max_size=5), factors)
def test_levels_do_not_matter(method, left, right, factor):
    def summed(some):
        return total(method, (sums_of(method, part, factor=factor) for part in some))

    assert add(method, summed(left), summed(right)) == summed(left + right)


def test_taking_everything_out_leaves_nothing():
    sums = sums_of(Method.RATIO, rate(884, 7560, quality=Quality.ESTIMATE, restated=True))

    assert subtract(Method.RATIO, sums, sums) == Sums() == NOTHING


def months(*values):
    return [figure(value) for value in values]


def test_a_year_of_months_is_sum_over_sum():
    year = over_time(Method.RATIO, [rate(10, 100), rate(90, 300), Part(None, None, None, quality=Quality.MISSING)], factor=HUNDRED)

    assert (year.value, year.unweighted, year.units, year.expected) == (25, False, 2, 3)


def test_a_year_of_bare_rates_is_a_simple_mean_and_says_so():
    year = over_time(Method.RATIO, months(95, 93, 97, 96, 95, 97, 94, 94, 85, 90, 92, 91), factor=HUNDRED)

    assert (year.value, year.unweighted) == (D("93.25"), True)
    assert round_half_up(year.value, 1) == D("93.3")


def test_one_bare_rate_among_others_makes_the_year_unweighted():
    year = over_time(Method.RATIO, [Part(D(1), D(10), None), figure(20)], factor=HUNDRED)

    assert (year.value, year.unweighted, year.numerator) == (15, True, None)


@pytest.mark.parametrize("method, expected", [(Method.SUM, 12), (Method.MEAN, 4), (Method.LATEST, 5)])
def test_a_year_by_method(method, expected):
    year = over_time(method, [*months(3, 4, 5), figure(None, quality=Quality.MISSING)])

    assert (year.value, year.units, year.expected) == (expected, 3, 4)


@pytest.mark.parametrize("method", list(Method))
def test_no_year_of_nothing(method):
    assert over_time(method, []) is None
    assert over_time(method, [figure(None, quality=Quality.MISSING)]) is None


def test_units_behind_a_month_are_not_periods_of_the_year():
    year = over_time(Method.SUM, [figure(3, units=22, expected=23, quality=Quality.PRELIMINARY)] * 2)

    assert (year.units, year.expected, year.quality) == (2, 2, Quality.PRELIMINARY)
