from decimal import Decimal as D

import pytest

from common.periods import Period
from scorecard.rules.linter import (
    TargetDraft,
    lint_target,
    resolved_limits,
)
from scorecard.rules.statuses import Direction, Limits
from scorecard.rules.targets import Comparison, TargetKind

HIGHER, LOWER, RANGE = Direction.HIGHER, Direction.LOWER, Direction.RANGE
PERCENT, POINTS = Comparison.PERCENT, Comparison.POINTS
YEAR_2012 = Period.of_year(2012)


def codes(findings, *, blocking=True):
    return {finding.code for finding in findings if finding.blocking is blocking}


def draft(direction, unit_of_measure, typed="", **more):
    return TargetDraft(direction, unit_of_measure, typed, **more)


def finding(given, code):
    found = [each for each in lint_target(given) if each.code == code]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    "given",
    [
        draft(HIGHER, "scale", "4.5", scale_min=D(1), scale_max=D(6)),
        draft(HIGHER, "scale", "minst 4,5", yellow_limit=D("4.2"), scale_min=D(1), scale_max=D(6)),
        draft(LOWER, "percent", "høyst 9,9 %", yellow_limit=D("10.9")),
        draft(LOWER, "percent", "<= 100 %", last_values=[D("97.24"), D("95.93")]),
        draft(HIGHER, "percent", "90 %"),
        draft(HIGHER, "percent", value=D(90)),
        draft(HIGHER, "percent", "gode resultater", value=D(90)),
        draft(LOWER, "kroner", "ikke overstige 10 737,-"),
        draft(RANGE, "percent", "85–90 %", tolerance=D(2)),
        draft(RANGE, "percent", "minst 85"),
        draft(HIGHER, "percent", "+5 prosentpoeng", baseline_period=YEAR_2012, baseline_value=D("49.4")),
        draft(HIGHER, "percent", "10 % bedre enn snitt for Oslo", comparison=PERCENT, benchmark_present=True, benchmark_value=D(77)),
        draft(LOWER, "percent", "ikke øke", baseline_period=YEAR_2012, baseline_value=D("8.31")),
        draft(LOWER, "count", "ned 10 %", baseline_period=YEAR_2012, baseline_value=D(200)),
        draft(LOWER, "count", kind=TargetKind.BASELINE, amount=D(0), baseline_period=YEAR_2012, baseline_value=D(452)),
        draft(HIGHER, "percent", "90", yellow_limit=D(80), last_values=[D(91), D(89), D(95)]),
        draft(HIGHER, "percent", "minst 20 %", benchmark_present=True, benchmark_bodies=1),
        draft(HIGHER, "scale", "0,1 bedre enn snitt Norge", benchmark_present=True, benchmark_bodies=3),
    ],
)
def test_a_sound_goal_is_let_through(given):
    assert codes(lint_target(given)) == set()


@pytest.mark.parametrize(
    "given, code",
    [
        (draft(LOWER, "percent", ">9.9 %"), "operator_against_direction"),
        (draft(LOWER, "percent", "minst 9,9"), "operator_against_direction"),
        (draft(HIGHER, "scale", "høyst 4,5"), "operator_against_direction"),
        (draft(HIGHER, "scale", "< 4,5", value=D("4.5")), "operator_against_direction"),
        (draft(HIGHER, "percent", "85–90"), "operator_against_direction"),
        (
            draft(HIGHER, "percent", "ikke øke", baseline_period=YEAR_2012, baseline_value=D(8)),
            "change_against_direction",
        ),
        (
            draft(LOWER, "percent", "+5 prosentpoeng", baseline_period=YEAR_2012, baseline_value=D(8)),
            "change_against_direction",
        ),
        (draft(HIGHER, "scale", "4.5", yellow_limit=D("4.8")), "yellow_on_wrong_side"),
        (draft(LOWER, "percent", "9,9", yellow_limit=D("9.5")), "yellow_on_wrong_side"),
        (
            draft(HIGHER, "count", "ned til 5", kind=TargetKind.ABSOLUTE),
            "operator_against_direction",
        ),
        (draft(HIGHER, "scale", "45", scale_min=D(1), scale_max=D(6)), "outside_scale"),
        (draft(HIGHER, "scale", "0,5", scale_min=D(1), scale_max=D(6)), "outside_scale"),
        (draft(HIGHER, "scale", "4.5", yellow_limit=D("0.3"), scale_min=D(1), scale_max=D(6)), "outside_scale"),
        (
            draft(
                HIGHER,
                "percent",
                kind=TargetKind.BENCHMARK,
                amount=D(15),
                comparison=PERCENT,
                benchmark_present=True,
                benchmark_value=D(90),
                scale_max=D(100),
            ),
            "outside_scale",
        ),
        (draft(HIGHER, "percent", "økning på 5 %", baseline_period=YEAR_2012, baseline_value=D("49.4")), "percent_ambiguous"),
        (draft(HIGHER, "percent", "10 % bedre enn snitt for Oslo", benchmark_present=True), "percent_ambiguous"),
        (
            draft(HIGHER, "count", kind=TargetKind.BASELINE, amount=D(5), baseline_period=YEAR_2012, baseline_value=D(9)),
            "comparison_missing",
        ),
        (draft(LOWER, "percent", "ikke øke", baseline_period=YEAR_2012), "baseline_missing"),
        (draft(LOWER, "percent", "ikke øke", baseline_value=D("8.31")), "baseline_without_period"),
        (draft(HIGHER, "percent", "10 % bedre enn Oslo", comparison=PERCENT), "benchmark_missing"),
        (
            draft(HIGHER, "scale", "0,1 bedre enn snitt Norge", benchmark_present=True, benchmark_bodies=1),
            "benchmark_single_body",
        ),
        (
            draft(HIGHER, "scale", "0,1 bedre enn snitt Norge", benchmark_present=True, benchmark_high_equals_low=True),
            "benchmark_single_body",
        ),
        (
            draft(HIGHER, "scale", "0,1 bedre enn snitt Norge", benchmark_present=True, benchmark_bodies=2),
            "benchmark_few_bodies",
        ),
        (draft(None, "scale", "4.5"), "direction_missing"),
        (draft(HIGHER, "scale", "bra"), "not_understood"),
        (draft(HIGHER, "scale", "1.234"), "not_understood"),
        (draft(HIGHER, "scale"), "target_missing"),
        (draft(HIGHER, "scale", "4.5", value=D("4.6")), "value_differs_from_text"),
        (draft(HIGHER, "scale", "4 %"), "measure_differs"),
        (
            draft(HIGHER, "count", "økning på 5 %", kind=TargetKind.ABSOLUTE, value=D(5)),
            "relative_as_absolute",
        ),
        (draft(HIGHER, "count", kind=TargetKind.BENCHMARK, benchmark_present=True), "amount_missing"),
        (
            draft(RANGE, "count", "+5", baseline_period=YEAR_2012, baseline_value=D(9)),
            "relative_range",
        ),
        (draft(RANGE, "percent", "90–85"), "range_reversed"),
        (draft(RANGE, "percent", "85"), "range_incomplete"),
        (draft(RANGE, "percent", "85–90", tolerance=D(-1)), "tolerance_negative"),
    ],
)
def test_a_goal_that_contradicts_itself_is_stopped_for_one_reason(given, code):
    assert codes(lint_target(given)) == {code}


def test_the_operator_of_sick_leave_gets_its_right_spelling():
    params = finding(draft(LOWER, "percent", ">9.9 %"), "operator_against_direction").params

    assert params == {"operator": ">", "direction": "lower", "value": D("9.9"), "suggestion": "<="}


def test_an_ambiguous_percent_shows_what_each_reading_comes_to():
    given = draft(HIGHER, "percent", "10 % bedre enn snitt for Oslo", benchmark_present=True, benchmark_value=D(77))

    assert finding(given, "percent_ambiguous").params == {"amount": 10, "base": 77, "percent": D("84.7"), "points": 87}


def test_a_baseline_of_two_years_names_none():
    given = draft(LOWER, "kroner", "skal ikke øke i 2013 fra gj.snitt som var 10737,- for 2012")

    assert codes(lint_target(given)) == {"baseline_missing", "baseline_without_period"}
    assert finding(given, "baseline_without_period").params == {"year": None}


@pytest.mark.parametrize(
    "given, code",
    [
        (draft(HIGHER, "scale", "4.5"), "no_yellow"),
        (draft(HIGHER, "scale", "4.5", yellow_limit=D("4.5")), "no_yellow"),
        (draft(RANGE, "percent", "85–90"), "no_yellow"),
        (draft(HIGHER, "scale", "4.5", yellow_limit=D(4), last_values=[D("4.5"), D("4.6"), D("4.7")]), "already_reached"),
        (
            draft(
                LOWER,
                "count",
                kind=TargetKind.BASELINE,
                amount=D(-5),
                comparison=PERCENT,
                baseline_value=D(9),
                baseline_period=YEAR_2012,
                yellow_limit=D(99),
            ),
            "amount_for_the_worse",
        ),
    ],
)
def test_hints_do_not_stop(given, code):
    findings = lint_target(given)

    assert codes(findings) == set()
    assert codes(findings, blocking=False) == {code}


def test_not_worse_is_not_for_the_worse():
    given = draft(LOWER, "count", "ikke øke", baseline_period=YEAR_2012, baseline_value=D(452), yellow_limit=D(460))

    assert lint_target(given) == []


def test_what_blocks_comes_first():
    blocking = [each.blocking for each in lint_target(draft(HIGHER, "scale", "høyst 45", scale_max=D(6), last_values=[D(99)] * 3))]

    assert blocking == sorted(blocking, reverse=True)
    assert set(blocking) == {True, False}


@pytest.mark.parametrize(
    "given, expected",
    [
        (draft(LOWER, "percent", "høyst 9,9 %", yellow_limit=D("10.9")), Limits(LOWER, D("9.9"), D("10.9"))),
        (draft(HIGHER, "percent", "10 % bedre enn Oslo", comparison=POINTS, benchmark_value=D(77)), Limits(HIGHER, D(87))),
        (draft(LOWER, "count", "ned 10 %", baseline_value=D(200)), Limits(LOWER, D(180))),
        (draft(RANGE, "percent", "85–90", tolerance=D(2)), Limits(RANGE, low=D(85), high=D(90), tolerance=D(2))),
        (draft(RANGE, "percent", "høyst 90"), Limits(RANGE, high=D(90))),
        (draft(HIGHER, "percent", "økning på 5 %", baseline_value=D(50)), Limits(HIGHER)),
        (draft(None, "percent", "90"), None),
    ],
)
def test_the_figure_a_goal_comes_to(given, expected):
    assert resolved_limits(given) == expected
