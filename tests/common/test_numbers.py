from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.numbers import AmbiguousNumber, Mark, NotANumber, ParsedNumber, decide_decimal_point, parse_number, round_half_up


@pytest.mark.parametrize(
    "value, places, rounded",
    [
        ("93.25", 1, "93.3"),  # Golden test 18: a float would give 93.2
        ("4.175", 1, "4.2"),  # Golden test 17
        ("2.675", 2, "2.68"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-0.5", 0, "-1"),
        ("-93.25", 1, "-93.3"),
        ("452.25", 1, "452.3"),
        ("1234.5", -2, "1200"),
        ("7", 2, "7.00"),
        ("123456789012345678901234567890", 4, "123456789012345678901234567890.0000"),
    ],
)
def test_a_half_goes_up(value, places, rounded):
    assert format(round_half_up(Decimal(value), places), "f") == rounded


def test_nothing_rounds_to_minus_zero():
    assert str(round_half_up(Decimal("-0.04"), 1)) == "0.0"


@pytest.mark.parametrize(
    "text, value",
    [
        ("130 500,00-", "-130500.00"),  # Golden test 10, this and the four below
        ("1.234,5", "1234.5"),
        ("\u22123,0", "-3.0"),
        ("(1 234)", "-1234"),
        ("4.70", "4.70"),
        ("0", "0"),
        ("00", "0"),
        ("7", "7"),
        ("-7", "-7"),
        ("+7", "7"),
        ("- 7", "-7"),
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234\u00a0567,89", "1234567.89"),
        ("1\u202f234\u202f567,89", "1234567.89"),
        ("1\u2009234", "1234"),
        ("\u00a0 7 \t\r\n", "7"),
        ("1.234.567,89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("1,234,567.89", "1234567.89"),
        ("1,234,567", "1234567"),
        ("1234567.89", "1234567.89"),
        ("1234.567", "1234.567"),
        ("1 234.567", "1234.567"),
        ("0.123", "0.123"),
        ("012.345", "12.345"),
        ("1,234", "1.234"),
        ("1 234,567", "1234.567"),
        (",5", "0.5"),
        (".5", "0.5"),
        ("-,5", "-0.5"),
        ("\u2013 1 470", "-1470"),
        ("\u20131470", "-1470"),
        ("1 470\u2212", "-1470"),
        ("(1 234,50)", "-1234.50"),
        ("( 1 234 )", "-1234"),
        ("(1 234) kr", "-1234"),
        ("(2,5 %)", "-2.5"),
        ("-0", "0"),
        ("0-", "0"),
        ("69 500 kr", "69500"),
        ("69 500 kr.", "69500"),
        ("69 500 kroner", "69500"),
        ("kr 69 500,-", "69500"),
        ("1 234,-", "1234"),
        ("1 234,- kr", "1234"),
        ("kr -5", "-5"),
        ("-kr 5", "-5"),
        ("\u2212kr 5", "-5"),
        ("NOK 5", "5"),
        ("10,5 %", "10.5"),
        ("10,5\u00a0%", "10.5"),
        ("10,5%", "10.5"),
        ("10,5 prosent", "10.5"),
        ("-2,9 Prosent", "-2.9"),
        ("1,2E+06", "1200000"),
        ("1.2e6", "1200000"),
        ("-1,25E-02", "-0.0125"),
        ("1.234E+03", "1234"),
        ("5E12", "5000000000000"),
        ("9" * 30, "9" * 30),
        ("-" + "9" * 30, "-" + "9" * 30),
    ],
)
def test_what_a_figure_looks_like(text, value):
    parsed = parse_number(text)
    assert parsed == ParsedNumber(Decimal(value), Mark.EXACT)
    assert format(parsed.value, "f") == format(Decimal(value), "f")


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\t\n", "-", "\u2013", "\u2014", "\u2212", " - ", " " * 500])
def test_nothing_and_a_lone_dash_are_empty_and_not_zero(text):
    assert parse_number(text) == ParsedNumber(None, Mark.EMPTY)


@pytest.mark.parametrize("text", ["?", "??", "#I/T", "#i/t", "#DIV/0!", "#N/A", "#VERDI!", "#REF!", "#NAVN?", "#NUM!"])
def test_a_question_mark_or_a_spreadsheet_error_is_missing(text):
    assert parse_number(text) == ParsedNumber(None, Mark.MISSING)


@pytest.mark.parametrize(
    "text, value",
    [
        ("ca 97", "97"),
        ("ca. 97", "97"),
        ("Ca 97", "97"),
        ("CA. 97", "97"),
        ("ca.97", "97"),
        ("ca97", "97"),
        ("ca\u00a097,5 %", "97.5"),
        ("~97", "97"),
        ("~ 97", "97"),
        ("cirka 1 000 kr", "1000"),
        ("ca. kr 1 000", "1000"),
        ("ca \u22123", "-3"),
        ("ca.\u22123", "-3"),
        ("ca. (3)", "-3"),
    ],
)
def test_about_is_an_estimate(text, value):
    assert parse_number(text) == ParsedNumber(Decimal(value), Mark.ESTIMATE)


BROKEN_GROUPS = ["1 2", "12 34", "1 23", "1  234", "0 123", "1.23.4", "1,23,4", "1.234.56", "1,2.3,4", "1.234 567", "1 234.567,8"]
LOOSE_SEPARATORS = ["5,", "5.", ",", ".", "..", "1_000", "1'234", "1;2", "1\t2", "1\n2", "1/2", "." * 90]
TWO_SIGNS = ["--5", "-5-", "(-5)", "(5)-", "(5", "5)", "()", "+-5", "5+", "(" * 90, "-" * 90, "\u2013" * 90]
RANGES_AND_DATES = ["5\u20137", "5-7", "5 - 7", "2025-09", "10.05.2025"]
UNITS_ALONE = ["kr", "%", "prosent", "5 % %", "5 kr 3", "-5kr3", "kr kr 5", "kr " * 30, "$5", "€ 5"]
NO_ESTIMATES = ["ca", "ca.", "ca ca 5", "~", "5~", "ca ?", "ca -"]
NOT_FINITE = ["NaN", "nan", "-nan", "sNaN", "Infinity", "-inf", "\u221e"]
EXPONENTS = ["1E", "E5", "1E5E5", "1E+13", "1E-13", "1E9999", "1E99999999999"]
TOO_LONG = ["9" * 31, "0," + "1" * 30, "9" * 100_000, "1 " * 60]
OTHER_SCRIPTS = ["½", "²", "\u0663", "\uff11\uff12", "五", "\u202e5", "5\u200b", "\ud800", "\x00", "1\x002"]
WORDS = ["abc", "12a", "true", "0x10", "0b1", "=1+1", "#", "####"]


@pytest.mark.parametrize(
    "text",
    [
        *BROKEN_GROUPS,
        *LOOSE_SEPARATORS,
        *TWO_SIGNS,
        *RANGES_AND_DATES,
        *UNITS_ALONE,
        *NO_ESTIMATES,
        *NOT_FINITE,
        *EXPONENTS,
        *TOO_LONG,
        *OTHER_SCRIPTS,
        *WORDS,
    ],
)
def test_what_is_not_a_figure(text):
    with pytest.raises(NotANumber):
        parse_number(text)


@pytest.mark.parametrize("text", ["1.234", "-1.234", "999.000", "12.345 kr", "ca 1.234", "(1.234)", "1.234-", "100.000"])
def test_one_point_before_three_digits_is_ambiguous(text):
    with pytest.raises(AmbiguousNumber):
        parse_number(text)


@pytest.mark.parametrize(
    "text, as_decimals, as_thousands",
    [("1.234", "1.234", "1234"), ("-12.345", "-12.345", "-12345"), ("999.000 kr", "999.000", "999000")],
)
def test_the_column_settles_what_is_ambiguous(text, as_decimals, as_thousands):
    assert parse_number(text, decimal_point=True).value == Decimal(as_decimals)
    assert parse_number(text, decimal_point=False).value == Decimal(as_thousands)


@pytest.mark.parametrize("decimal_point", [True, False])
def test_what_is_not_ambiguous_stays(decimal_point):
    assert parse_number("4.70", decimal_point=decimal_point).value == Decimal("4.70")
    assert parse_number("1.234.567", decimal_point=decimal_point).value == Decimal(1234567)
    assert parse_number("1,234", decimal_point=decimal_point).value == Decimal("1.234")


@pytest.mark.parametrize(
    "cells, decided",
    [
        (["1.234", "4.70"], True),
        (["1.234", "1234.5", "ca 3.5"], True),
        (["1.234", "1,234.56"], True),
        (["1.234", "0.123"], True),
        (["1.234", "1.234.567"], False),
        (["1.234", "1.234,50 kr"], False),
        (["1.234", "3,5"], False),
        (["1.234", "950"], None),
        (["1.234", "2.345"], None),
        (["1.234", "4.70", "3,5"], None),
        (["1.234", "Navn", "??", "", "-", "1,2E+06", "1.5E+06"], None),
        (["-4.70"], True),
        ([], None),
    ],
)
def test_the_other_cells_decide(cells, decided):
    assert decide_decimal_point(cells) is decided


@given(st.text(max_size=120) | st.text(alphabet=st.sampled_from("0123456789 .,-+()eEkr%ca~?#\u2212\u2013\u00a0\u202f"), max_size=40))
def test_any_text_is_a_figure_or_refused(text):
    for decimal_point in (None, True, False):
        try:
            parsed = parse_number(text, decimal_point=decimal_point)
        except NotANumber:
            continue
        assert (parsed.value is None) == (parsed.mark in {Mark.MISSING, Mark.EMPTY})
        assert parsed.value is None or parsed.value.is_finite()
    assert decide_decimal_point([text]) in {True, False, None}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_a_figure_is_read_back_in_every_spelling(value):
    grouped = f"{abs(value):,.2f}"
    minus = "-" if value < 0 else ""
    for spelling in (
        minus + grouped.replace(",", "\u00a0").replace(".", ","),
        minus + grouped.translate(str.maketrans(",.", ".,")),
        minus + grouped,
        grouped.replace(",", " ").replace(".", ",") + minus,
        minus.replace("-", "\u2212") + f"{abs(value):.2f}",
    ):
        assert parse_number(spelling).value == value
