from decimal import Decimal as D

import pytest

from common.numbers import round_half_up
from common.periods import Period
from scorecard.rules.control_chart import Code, Reach, Side, Signal, SignalKind, Verdict, verdict, xmr
from scorecard.rules.statuses import Direction

SHARE_WITHIN_TWO_WEEKS = [
    "82",
    "91",
    "95",
    "89",
    "95",
    "93",
    "97",
    "95",
    "92",
    "94",
    "95",
    "92",
    "95",
    "93",
    "97",
    "96",
    "95",
    "97",
    "94",
    "94",
    "85",
    "90",
    "92",
    "91",
    "86.2",
]
CALM = ["50", "52", "49", "51", "50", "48", "51", "50", "49", "52", "50", "51"]


def series(values, start="2012-01"):
    first = Period.parse(start)
    return [(first.next(n), D(value)) for n, value in enumerate(values)]


def month(code):
    return Period.parse(code)


@pytest.fixture
def case_handling():
    return xmr(series(SHARE_WITHIN_TWO_WEEKS), scale_min=D(0), scale_max=D(100))


def test_limits_of_case_handling(case_handling):
    assert case_handling.mean == D("92.608")
    assert case_handling.mean_range == D("3.325")
    assert round_half_up(case_handling.lower, 2) == D("83.76")
    assert round_half_up(case_handling.upper_uncut, 2) == D("101.45")
    assert case_handling.upper == 100
    assert case_handling.lower_uncut == case_handling.lower


def test_signals_of_case_handling(case_handling):
    assert case_handling.signals == (
        Signal(SignalKind.OUTSIDE, month("2012-01"), month("2012-01"), Side.BELOW),
        Signal(SignalKind.RUN, month("2013-01"), month("2013-08"), Side.ABOVE),
    )


def test_an_old_signal_is_no_change_now_and_the_target_is_met_by_chance_only(case_handling):
    assert verdict(case_handling, target=D(95), direction=Direction.HIGHER) == Verdict(Code.NOISE, Reach.NOT_STEADY)


def test_a_run_that_has_just_reached_eight_is_a_change_since_it_began():
    eight, seven = ([*CALM, "49", *["51.5"] * n] for n in (8, 7))
    change = Verdict(Code.REAL_CHANGE, Reach.NO_TARGET, month("2013-02"), Side.ABOVE)

    assert verdict(xmr(series(eight)), target=None, direction=Direction.HIGHER) == change
    assert verdict(xmr(series(seven)), target=None, direction=Direction.HIGHER).code == Code.NOISE
    assert verdict(xmr(series([*eight, "50"])), target=None, direction=Direction.HIGHER).code == Code.NOISE


def test_the_length_of_a_run_is_a_parameter():
    assert not any(signal.kind == SignalKind.RUN for signal in xmr(series(SHARE_WITHIN_TWO_WEEKS), run_length=9).signals)


def test_a_last_value_outside_is_a_change_since_then():
    chart = xmr(series([*CALM, "70"]))

    assert verdict(chart, target=None, direction=Direction.LOWER) == Verdict(
        Code.REAL_CHANGE, Reach.NO_TARGET, month("2013-01"), Side.ABOVE
    )


def test_values_outside_in_a_row_are_one_change():
    chart = xmr(series([*CALM, *CALM, *CALM, "60", "60.5", "60"]))

    assert verdict(chart, target=None, direction=Direction.LOWER).since == month("2015-01")


def test_a_value_on_the_limit_or_on_the_mean_is_no_signal():
    assert xmr(series(["5"] * 12)).signals == ()


def test_a_value_on_the_mean_breaks_a_run():
    broken = ["1", "1", "1", "1", "0", "1", "1", "1", "1", "-1", "-1", "-1", "-1", "-1", "-1", "-1", "-1"]
    whole = [value for value in broken if value != "0"]

    assert xmr(series(broken)).mean == 0
    assert [signal.side for signal in xmr(series(broken)).signals if signal.kind == SignalKind.RUN] == [Side.BELOW]
    assert [signal.side for signal in xmr(series(whole)).signals if signal.kind == SignalKind.RUN] == [Side.ABOVE, Side.BELOW]


def test_too_few_values_give_no_chart():
    assert xmr(series(CALM[:11])) is None
    assert xmr([]) is None
    assert xmr(series(CALM)) is not None
    assert verdict(None, target=D(1), direction=Direction.HIGHER) == Verdict(Code.TOO_FEW, Reach.UNKNOWN)


def test_a_missing_month_joins_its_neighbours():
    points = series(CALM)
    with_gap = [*points[:6], *((period.next(), value) for period, value in points[6:])]

    assert xmr(with_gap).mean_range == xmr(points).mean_range


def test_years_before_the_months_are_left_out_and_order_does_not_matter():
    years = [(Period.of_year(year), D(10)) for year in (2006, 2007, 2008)]

    assert xmr([*reversed(series(CALM)), *years]) == xmr(series(CALM))


def test_limits_after_a_confirmed_change_are_of_the_values_since():
    chart = xmr(series([*CALM, *(str(D(value) + 20) for value in CALM)]), since=month("2013-01"))

    assert chart.mean == xmr(series(CALM)).mean + 20
    assert len(chart.points) == 12
    assert xmr(series([*CALM, *CALM]), since=month("2013-02")) is None


# CALM: mean 50.25, limits 44.93 and 55.57.
@pytest.mark.parametrize(
    "target, direction, expected",
    [
        ("40", Direction.HIGHER, Reach.STEADY),
        ("49", Direction.HIGHER, Reach.BY_CHANCE),
        ("50.25", Direction.HIGHER, Reach.BY_CHANCE),
        ("52", Direction.HIGHER, Reach.NOT_STEADY),
        ("60", Direction.HIGHER, Reach.OUT_OF_REACH),
        ("60", Direction.LOWER, Reach.STEADY),
        ("52", Direction.LOWER, Reach.BY_CHANCE),
        ("49", Direction.LOWER, Reach.NOT_STEADY),
        ("40", Direction.LOWER, Reach.OUT_OF_REACH),
    ],
)
def test_whether_the_process_reaches_the_target(target, direction, expected):
    chart = xmr(series(CALM))

    assert verdict(chart, target=D(target), direction=direction) == Verdict(Code.NOISE, expected)


def test_a_target_on_a_limit_is_still_reached_there():
    chart = xmr(series(CALM))

    def reach(target, direction):
        return verdict(chart, target=target, direction=direction).reach

    assert (reach(chart.lower, Direction.HIGHER), reach(chart.upper, Direction.LOWER)) == (Reach.STEADY, Reach.STEADY)
    assert (reach(chart.upper, Direction.HIGHER), reach(chart.lower, Direction.LOWER)) == (Reach.NOT_STEADY, Reach.NOT_STEADY)


@pytest.mark.parametrize(
    "low, high, expected",
    [
        ("40", "60", Reach.STEADY),
        ("48", "60", Reach.BY_CHANCE),
        ("51", "60", Reach.NOT_STEADY),
        ("58", "60", Reach.OUT_OF_REACH),
        (None, "60", Reach.STEADY),
        ("51", None, Reach.NOT_STEADY),
        (None, None, Reach.NO_TARGET),
    ],
)
def test_a_range_is_as_hard_as_its_harder_end(low, high, expected):
    ends = {"low": low and D(low), "high": high and D(high)}

    assert verdict(xmr(series(CALM)), target=None, direction=Direction.RANGE, **ends).reach == expected
