from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.rules.statuses import Direction
from scorecard.rules.target_texts import Operator, ParsedTarget, parse_target_text
from scorecard.rules.targets import Comparison, TargetKind

PERCENT, POINTS = Comparison.PERCENT, Comparison.POINTS
BASELINE, BENCHMARK = TargetKind.BASELINE, TargetKind.BENCHMARK


@pytest.mark.parametrize(
    "text, operator, value, is_percent",
    [
        (">9.9 %", Operator.ABOVE, "9.9", True),
        ("<= 100 %", Operator.AT_MOST, "100", True),
        ("≤100%", Operator.AT_MOST, "100", True),
        ("=< 100", Operator.AT_MOST, "100", False),
        ("≥ 4,5", Operator.AT_LEAST, "4.5", False),
        ("=> 4,5", Operator.AT_LEAST, "4.5", False),
        ("4.5", None, "4.5", False),
        ("4,5", None, "4.5", False),
        ("90 %", None, "90", True),
        ("90 prosent", None, "90", True),
        ("minst 4,5", Operator.AT_LEAST, "4.5", False),
        ("Minimum 90 %", Operator.AT_LEAST, "90", True),
        ("ikke under 85", Operator.AT_LEAST, "85", False),
        ("høyst 9,9 %", Operator.AT_MOST, "9.9", True),
        ("maks. 10", Operator.AT_MOST, "10", False),
        ("ikke over 14 dager", Operator.AT_MOST, "14", False),
        ("gj.snittlig utbetalt sosialhjelp pr mnd ikke overstige 10 737,-", Operator.AT_MOST, "10737", False),
        ("mindre enn 14 dager", Operator.BELOW, "14", False),
        ("< 14", Operator.BELOW, "14", False),
        ("over 90 %", Operator.ABOVE, "90", True),
        ("høyere enn 90", Operator.ABOVE, "90", False),
        ("-3", None, "-3", False),
        ("> −3,5", Operator.ABOVE, "-3.5", False),
        ("1\u00a0234,5", None, "1234.5", False),
        ("95 % innen 2012", None, "95", True),
        ("0", None, "0", False),
        ("minst 75 poeng", Operator.AT_LEAST, "75", False),
    ],
)
def test_an_absolute_target(text, operator, value, is_percent):
    assert parse_target_text(text) == ParsedTarget(operator, D(value), is_percent=is_percent)


@pytest.mark.parametrize(
    "text, low, high, is_percent",
    [
        ("85–90", "85", "90", False),
        ("85 - 90 %", "85", "90", True),
        ("85 % – 90 %", "85", "90", True),
        ("mellom 85 og 90", "85", "90", False),
        ("85 til 90 dager", "85", "90", False),
        ("3,5-4,5", "3.5", "4.5", False),
    ],
)
def test_a_range(text, low, high, is_percent):
    assert parse_target_text(text) == ParsedTarget(Operator.BETWEEN, D(low), D(high), is_percent=is_percent)


@pytest.mark.parametrize(
    "text, value, comparison, kind, wanted, year",
    [
        ("økning på 5 %", 5, None, BASELINE, Direction.HIGHER, None),
        ("+ 5 %", 5, None, BASELINE, Direction.HIGHER, None),
        ("ned 10 %", 10, None, BASELINE, Direction.LOWER, None),
        ("Ungdom på sosialhjelp skal ned 10 % i forhold til snitt for 2012", 10, None, BASELINE, Direction.LOWER, 2012),
        ("+5 prosentpoeng", 5, POINTS, BASELINE, Direction.HIGHER, None),
        ("−5 prosentpoeng", 5, POINTS, BASELINE, Direction.LOWER, None),
        ("økning på 5", 5, POINTS, BASELINE, Direction.HIGHER, None),
        ("5 pp bedre enn Oslo", 5, POINTS, BENCHMARK, None, None),
        ("10 % bedre enn snitt for Oslo", 10, None, BENCHMARK, None, None),
        ("Alna skal levere 10 % bedre resultat enn det som er gjennomsnitt for Oslo", 10, None, BENCHMARK, None, None),
        ("10 % lavere enn 2012", 10, None, BASELINE, Direction.LOWER, 2012),
        ("ikke øke", 0, PERCENT, BASELINE, Direction.LOWER, None),
        ("skal ikke være økt i forhold til snitt for 2012", 0, PERCENT, BASELINE, Direction.LOWER, 2012),
        ("skal ikke øke i 2013 fra gj.snitt som var 10737,- for 2012", 0, PERCENT, BASELINE, Direction.LOWER, None),
        ("skal ikke gå ned", 0, PERCENT, BASELINE, Direction.HIGHER, None),
        ("lik eller bedre enn 2012", 0, PERCENT, BASELINE, None, 2012),
    ],
)
def test_a_relative_target(text, value, comparison, kind, wanted, year):
    found = parse_target_text(text)

    assert found.relative
    assert found.understood
    assert (found.value, found.comparison, found.kind, found.wanted, found.base_year) == (value, comparison, kind, wanted, year)


@pytest.mark.parametrize(
    "text, operator, value, wanted",
    [
        ("økning til 95 %", Operator.AT_LEAST, 95, Direction.HIGHER),
        ("reduseres til 9,9 %", Operator.AT_MOST, D("9.9"), Direction.LOWER),
    ],
)
def test_a_change_to_a_figure_is_that_figure(text, operator, value, wanted):
    assert parse_target_text(text) == ParsedTarget(operator, value, is_percent=True, wanted=wanted)


@pytest.mark.parametrize(
    "text", ["", "  ", "god", "100 (eller 90)", "ikke øke mer enn 2 %", "1.234", "økning", "x" * 201, "5" * 201, "%", "><"]
)
def test_what_says_no_figure_is_not_understood(text):
    assert not parse_target_text(text).understood


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="0123456789 .,%<>=-+–ikeøminstoverbdt", max_size=60))
def test_no_text_breaks_the_reader(text):
    found = parse_target_text(text)

    assert found.value is None or found.value.is_finite()
