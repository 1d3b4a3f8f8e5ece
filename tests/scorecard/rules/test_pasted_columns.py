"""Headings of pasted tables, long and across."""

import pytest

from common.periods import Period, PeriodKind
from scorecard.rules.pasted_columns import UnreadableTable, is_sum, layout_of, period_in

MONTH = PeriodKind.MONTH
LONG = ["Enhetskode", "Indikator", "Periode", "Teller", "Nevner", "Verdi", "Kvalitet"]


def columns(*rows, kind=None):
    layout = layout_of(rows, kind)
    return layout.head, layout.columns


LONG_TABLES = [
    ([LONG], None, (0, {"unit_code": 0, "indicator": 1, "period": 2, "numerator": 3, "denominator": 4, "value": 5, "quality": 6})),
    ([["ENHET:", "indikator", "Måned", "Resultat"]], None, (0, {"unit": 0, "indicator": 1, "period": 2, "value": 3})),
    ([["Rapport", ""], ["", ""], [*LONG[:3], "Verdi"]], None, (2, {"unit_code": 0, "indicator": 1, "period": 2, "value": 3})),
    ([["Enhet", "Periode", "Verdi", "Merknad"]], MONTH, (0, {"unit": 0, "period": 1, "value": 2, "note": 3})),
    ([["Enhet", "Indikator", "År", "Kvalitet"]], None, (0, {"unit": 0, "indicator": 1, "period": 2, "quality": 3})),
    (
        [["Enhet", "Indikator", "Periode", "Antall  svar", "Verdi"]],
        None,
        (0, {"unit": 0, "indicator": 1, "period": 2, "denominator": 3, "value": 4}),
    ),
]


@pytest.mark.parametrize("rows, kind, expected", LONG_TABLES)
def test_a_long_table_is_known_by_its_headings(rows, kind, expected):
    assert columns(*rows, kind=kind) == expected


def test_headings_that_mean_nothing_here_are_told():
    assert layout_of([["Enhet", "Lokale", "Indikator", "Periode", "Verdi", ""]], None).unread == ("Lokale",)


CROSS_TABLES = [
    ([["Enhet", "2026-01", "feb 2026"]], MONTH, {1: Period.month(2026, 1), 2: Period.month(2026, 2)}, {"unit": 0}),
    ([["", "2026-01", "sum"]], MONTH, {1: Period.month(2026, 1)}, {"unit": 0}),
    ([["2026", "", ""], ["Enhetskode", "Enhet", "2026-01-01"]], MONTH, {2: Period.month(2026, 1)}, {"unit_code": 0, "unit": 1}),
    ([["Enhet", "2026-01-01", "01.04.2026"]], PeriodKind.QUARTER, {1: Period.quarter(2026, 1), 2: Period.quarter(2026, 2)}, {"unit": 0}),
    ([["Enhet", "2024", "2025"]], MONTH, {1: Period.of_year(2024), 2: Period.of_year(2025)}, {"unit": 0}),
]


@pytest.mark.parametrize("rows, kind, periods, found", CROSS_TABLES)
def test_a_cross_table_has_units_down_and_periods_across(rows, kind, periods, found):
    layout = layout_of(rows, kind)

    assert (layout.periods, layout.columns, layout.is_cross) == (periods, found, True)


UNREADABLE = [
    ([["noe", "annet"]], None, "no_head"),
    ([[]], None, "no_head"),
    ([["Enhet", "2026-01"]], None, "no_indicator"),
    ([["Enhet", "Periode", "Verdi"]], None, "no_indicator"),
    ([["Indikator", "Periode", "Verdi"]], None, "no_unit"),
    ([["Enhet", "Indikator", "Verdi"]], None, "no_period"),
    ([["Enhet", "Indikator", "Periode", "Merknad"]], None, "no_figures"),
    ([["Enhet", "Fødselsnummer", "Periode", "Verdi"]], None, "personal"),
    ([["x"]] * 20 + [LONG], None, "no_head"),
]


@pytest.mark.parametrize("rows, kind, code", UNREADABLE)
def test_a_table_that_cannot_be_read_says_what_it_lacks(rows, kind, code):
    with pytest.raises(UnreadableTable) as caught:
        layout_of(rows, kind)

    assert caught.value.code == code


@pytest.mark.parametrize(
    "text, expected", [("Sum", True), ("Totalt:", True), ("Sum 402", True), ("I alt", True), ("Sumatra", False), ("", False)]
)
def test_rows_that_add_up_others_are_known(text, expected):
    assert is_sum(text) is expected


def test_a_period_is_read_in_the_rhythm_of_its_indicator_first():
    assert period_in("2026-04-01", PeriodKind.QUARTER) == Period.quarter(2026, 2)
    assert period_in("2026", MONTH) == Period.of_year(2026)
    assert period_in("tirsdag", MONTH) is None
