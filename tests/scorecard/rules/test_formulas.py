from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.rules.formula_grammar import MAX_DEPTH, MAX_LENGTH
from scorecard.rules.formulas import ErrorCode, FormulaError, check_measures, find_cycle, in_order, parse
from scorecard.rules.statuses import Quality

VALUES = {"saker_innen_2_uker": D(90), "saker": D(120), "år-2.b": D("0.5"), "ingen": None, "null": D(0)}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("[saker_innen_2_uker] / [saker] * 100", "75"),
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("100 / 10 / 2", "5"),
        ("-2 * -3", "6"),
        ("2 - -3", "5"),
        ("-(1 + 2)", "-3"),
        ("2,5 + 0.5", "3"),
        ("6 × 2 ÷ 4 − 1", "2"),
        ("[år-2.b]*[saker]", "60"),
        ("\t[null]\n", "0"),
    ],
)
def test_arithmetic(text, expected):
    assert parse(text).evaluate(VALUES) == D(expected)


@pytest.mark.parametrize(
    "text", ["[ingen] + 1", "[ukjent]", "1 / 0", "1 / [null]", "[saker] / ([null] * 2)", "-[ingen]", "1 / ([saker] - 120)"]
)
def test_what_has_no_figure_is_none(text):
    assert parse(text).evaluate(VALUES) is None


def test_a_figure_out_of_all_bounds_is_none():
    assert parse("[a] * [a]").evaluate({"a": D("1e999999")}) is None


def test_the_codes_a_formula_needs():
    assert parse("([a] + [b]) / [a] * -[c]").codes == {"a", "b", "c"}
    assert parse("1").codes == frozenset()


@pytest.mark.parametrize(
    "text, code, position",
    [
        ("", ErrorCode.EMPTY, 0),
        ("  ", ErrorCode.EMPTY, 0),
        ("1 +", ErrorCode.UNEXPECTED_END, 3),
        ("* 2", ErrorCode.UNEXPECTED, 0),
        ("1 2", ErrorCode.UNEXPECTED, 2),
        ("(1 + 2", ErrorCode.UNCLOSED_PARENTHESIS, 0),
        ("1 + 2)", ErrorCode.UNEXPECTED, 5),
        ("()", ErrorCode.UNEXPECTED, 1),
        ("2 ** 3", ErrorCode.UNEXPECTED, 3),
        ("[a", ErrorCode.INVALID_CODE, 0),
        ("[]", ErrorCode.INVALID_CODE, 0),
        ("[a b]", ErrorCode.INVALID_CODE, 0),
        ("1 + [_a]", ErrorCode.INVALID_CODE, 4),
        ("a]", ErrorCode.UNEXPECTED_CHARACTER, 0),
        ("1 + x", ErrorCode.UNEXPECTED_CHARACTER, 4),
        ("__import__('os')", ErrorCode.UNEXPECTED_CHARACTER, 0),
        ("1e5", ErrorCode.UNEXPECTED_CHARACTER, 1),
        ("1 % 2", ErrorCode.UNEXPECTED_CHARACTER, 2),
        ("1" * 21, ErrorCode.INVALID_NUMBER, 0),
        ("1" * (MAX_LENGTH + 1), ErrorCode.TOO_LONG, MAX_LENGTH),
        ("(" * 21 + "1" + ")" * 21, ErrorCode.TOO_DEEP, 21),
        ("-" * 400 + "1", ErrorCode.TOO_DEEP, 21),
    ],
)
def test_what_is_no_formula_says_where(text, code, position):
    with pytest.raises(FormulaError) as refusal:
        parse(text)

    assert (refusal.value.code, refusal.value.position) == (code, position)


def test_the_deepest_and_the_longest_still_work():
    assert parse("(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH).evaluate({}) == 1
    assert parse("+".join(["1"] * 250)).evaluate({}) == 250


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789,.+-*/()[]abæ _×%e\"'", max_size=40))
def test_no_text_breaks_the_reader(text):
    try:
        formula = parse(text)
    except FormulaError as refusal:
        where = refusal.position
    else:
        where = 0
        formula.evaluate({code: D(1) for code in formula.codes})

    assert 0 <= where <= len(text)


@pytest.mark.parametrize(
    "graph, expected",
    [
        ({}, None),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, None),
        ({"a": ["a"]}, ["a", "a"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["b", "c", "b"]),
        ({"x": [], "a": ["x", "b"], "b": ["x", "a"]}, ["a", "b", "a"]),
    ],
)
def test_a_circle_among_formulas_is_found(graph, expected):
    assert find_cycle(graph) == expected


def test_a_long_chain_is_no_circle():
    assert find_cycle({str(n): [str(n + 1)] for n in range(5000)}) is None


MEASURES = {"kr": "kroner", "kr2": "kroner", "n": "count", "dager": "days", "pst": "percent", "pst2": "percent"}


@pytest.mark.parametrize(
    "text",
    [
        "[kr] + [kr2]",
        "[kr] - 1000",
        "1000 + [kr]",
        "[kr] / [n] + [kr2] / [n]",
        "[kr] / [kr2] + [n] / [n]",
        "[pst] - [pst2]",
        "[kr] / [kr2] * 100 - [pst]",
        "[kr] * [pst] / 100 + [kr2]",
        "-[kr] + [kr2] / 1000",
        "1 / [n] + 2 / [n]",
        "[kr] * [n] / [n] - [kr]",
    ],
)
def test_the_same_measure_may_be_added(text):
    check_measures(parse(text), MEASURES)


@pytest.mark.parametrize(
    "text, code, position",
    [
        ("[kr] + [dager]", ErrorCode.DIFFERENT_MEASURES, 5),
        ("[kr] - [pst]", ErrorCode.DIFFERENT_MEASURES, 5),
        ("[kr] / [n] + [kr]", ErrorCode.DIFFERENT_MEASURES, 11),
        ("[kr] * [n] - [kr]", ErrorCode.DIFFERENT_MEASURES, 11),
        ("1 / [n] + [n]", ErrorCode.DIFFERENT_MEASURES, 8),
        ("2 * ([kr] - -[n])", ErrorCode.DIFFERENT_MEASURES, 10),
        ("[kr] + [ukjent]", ErrorCode.UNKNOWN_INDICATOR, 7),
    ],
)
def test_different_measures_are_not_added(text, code, position):
    with pytest.raises(FormulaError) as refusal:
        check_measures(parse(text), MEASURES)

    assert (refusal.value.code, refusal.value.position) == (code, position)


def test_formulas_come_behind_those_they_rest_on():
    graph = {"a": ["c", "plain"], "b": ["a"], "c": ["plain"]}

    assert in_order(graph) == ["c", "a", "b"]


@pytest.mark.parametrize(
    "parts, expected",
    [
        ({"a": (D(1), Quality.FINAL), "b": (D(2), Quality.FINAL)}, (D(3), Quality.FINAL)),
        ({"a": (D(1), Quality.FINAL), "b": (D(2), Quality.ESTIMATE)}, (D(3), Quality.PRELIMINARY)),
        ({"a": (D(1), Quality.PRELIMINARY), "b": (D(2), Quality.FINAL)}, (D(3), Quality.PRELIMINARY)),
        ({"a": (None, Quality.MISSING), "b": (D(2), Quality.FINAL)}, None),
        ({"b": (D(2), Quality.FINAL)}, None),
    ],
)
def test_a_result_is_as_sure_as_its_least_sure_part(parts, expected):
    assert parse("[a] + [b]").result(parts) == expected
