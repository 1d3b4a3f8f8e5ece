"""Amounts, periods, headings about persons, and equal keys."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.numbers import NotANumber, parse_number
from common.periods import InvalidPeriod
from imports.rules.amounts import AmountReader, kroner, ore_text, rounding
from imports.rules.ledger_periods import find_in_name, find_in_title, last_day, parse_ledger_period
from imports.rules.persons import person_columns
from imports.rules.repeated import RepeatedKeys

SPELLINGS = st.from_regex(r"-?[0-9]{1,7}([,.][0-9]{1,3})?-?|-?[0-9]{1,3}( [0-9]{3}){0,3},[0-9]{2}-?|\([0-9]{1,6}\)|-|", fullmatch=True)


@given(st.lists(SPELLINGS, min_size=1, max_size=8))
def test_the_quick_way_reads_what_the_one_parser_reads(cells):
    try:
        slow = [parse_number(cell, decimal_point=False).value for cell in cells]
    except NotANumber:
        with pytest.raises(NotANumber):
            AmountReader(decimal_point=False).column(cells)
        return
    ores, texts = AmountReader(decimal_point=False).column(cells)

    for value, ore, text in zip(slow, ores, texts, strict=True):
        if value is None:
            assert (ore, text) == (None, None)
        else:
            assert abs(kroner(ore) - value) <= Decimal("0.005")
            assert Decimal(text) == kroner(ore)


@given(st.lists(st.integers(-(10**10), 10**10).map(lambda cents: cents / 100), min_size=1, max_size=5))
def test_a_workbooks_floats(cells):
    ores, texts = AmountReader().column(cells)

    assert [Decimal(text) for text in texts] == [kroner(ore) for ore in ores] == [round(Decimal(repr(cell)), 2) for cell in cells]


FLOATS = st.integers(-(10**10), 10**10).map(lambda cents: cents / 100)


@given(st.lists(FLOATS | st.sampled_from(["", None, "1 234,50", "-7"]), min_size=1, max_size=5), st.sampled_from([1, 1000]))
def test_amounts_without_their_texts_are_the_same(cells, unit):
    both, alone = AmountReader(unit=unit, decimal_point=False), AmountReader(unit=unit, decimal_point=False)

    assert list(alone.ores(cells)) == list(both.column(cells)[0])
    assert alone.decimals == both.decimals


@pytest.mark.parametrize("cell", [1.005, 0.001, 1e12, -1e12, 1e300, float("inf"), float("nan")])
def test_floats_that_are_not_written_in_whole_ore_go_another_way(cell):
    assert AmountReader()._floats([1.5, cell]) is None


@pytest.mark.parametrize("ore,text", [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-130550, "-1305.50"), (123456789, "1234567.89")])
def test_ore_as_text(ore, text):
    assert ore_text(ore) == text


@pytest.mark.parametrize("unit,decimals,rows,ore", [(1, 2, 1000, 0), (1, 0, 10, 500), (1000, 0, 4, 200_000), (1000, 2, 4, 2000)])
def test_a_sum_may_be_off_by_half_a_step_for_each_row(unit, decimals, rows, ore):
    assert rounding(unit, decimals, rows) == ore


@pytest.mark.parametrize(
    "text,period",
    [
        ("202509", (2025, 9)),
        ("202513", (2025, 13)),
        ("202500", (2025, 0)),
        ("09.2025", (2025, 9)),
        ("sep.25", (2025, 9)),
        ("202509,0", (2025, 9)),
    ],
)
def test_ledger_periods(text, period):
    assert parse_ledger_period(text) == period


@pytest.mark.parametrize("text", ["202516", "2025", "3. kvartal 2025", "", "i fjor"])
def test_what_is_no_ledger_period(text):
    with pytest.raises(InvalidPeriod):
        parse_ledger_period(text)


def test_periods_of_titles_and_names():
    assert find_in_title(["Firma: Bydel Alna", "Periode: 202509"]) == (2025, 9)
    assert find_in_title(["Budsjettoppfølging per september 2025"]) == (2025, 9)
    assert find_in_title(["Skrevet ut 05.10.2025 07:12"]) is None
    assert find_in_name("budsjettoppfolging_202609.csv") == (2026, 9)
    assert find_in_name("stavanger-2016-drift.csv") is None
    assert last_day(2025, 13).isoformat() == "2025-12-31"


def test_headings_about_persons_and_headings_that_only_look_so():
    about_units = ["Enhet", "Enhetsnavn", "Ansvar(T)", "Ansvar", "Kontonavn", "Antall ansatte", "Personer med fravær", "Navn på enhet"]

    assert person_columns(["Fødselsnr.", "ANSATTNUMMER", "Navn", "Etternavn"]) == ["Fødselsnr.", "ANSATTNUMMER", "Navn", "Etternavn"]
    assert person_columns(about_units) == []


def test_equal_keys():
    keys = RepeatedKeys()
    for row, key in enumerate(("a", "b", "a", "c", "a"), 1):
        keys.add(row, (key, "x"))

    assert sorted(keys.found()) == [(3, 1), (5, 1)]
