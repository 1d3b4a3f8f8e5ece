"""Forecasts that count, shares of a forecast, the colour of the year, and texts that follow their originals."""

from decimal import Decimal as D

import pytest

from reporting.rules.consolidation import (
    Source,
    Standing,
    built_text,
    newer_units,
    paragraphs_of,
    rebuilt,
    result_status,
    split_forecast,
    standing,
    text_of,
)
from reporting.rules.economy import Amounts


def year(handed_in, budgets):
    """Month by month."""
    found = []
    for (forecast, is_confirmed), budget in zip(handed_in, budgets, strict=True):
        found.append(standing(forecast, found[-1] if found else None, budget, is_confirmed=is_confirmed))
    return tuple(found)


def test_a_month_without_a_forecast_has_the_one_before_and_the_first_has_the_budget():
    handed_in = [(None, False), (D(101), True), (None, False), (D(103), True), (D(103), False)]
    found = year(handed_in, [D(100)] * 5)
    assert found == (
        Standing(D(100), False),
        Standing(D(101), True),
        Standing(D(101), False),
        Standing(D(103), True),
        Standing(D(103), False),
    )


def test_nothing_is_known_where_there_is_no_budget_either():
    assert year([(None, False), (None, False)], [None, D(5)]) == (Standing(None, False), Standing(D(5), False))


@pytest.mark.parametrize(
    "forecast, revised, expected",
    [
        ("100", "100", "reached"),
        ("95", "100", "reached"),
        ("100.01", "100", "nearly"),
        ("101", "100", "nearly"),
        ("101.01", "100", "not_reached"),
        # 69 500 of 68 000 is 102,2 %.
        ("69500", "68000", "not_reached"),
        ("1029700", "1020000", "nearly"),
        # An income budget: less income than planned is bad.
        ("-99", "-100", "nearly"),
        ("-90", "-100", "not_reached"),
        ("-110", "-100", "reached"),
        (None, "100", "no_value"),
        ("100", None, "no_value"),
        ("100", "0", "no_value"),
    ],
)
def test_the_colour_of_the_year(forecast, revised, expected):
    assert result_status(forecast and D(forecast), revised and D(revised)) == expected


def area(revised, budget, actual):
    return Amounts(revised=D(revised), budget=D(budget), actual=D(actual))


def test_one_area_has_the_whole_forecast():
    assert split_forecast(D(69500), {"FO3": area(68000, 50660, 52130)}) == {"FO3": D(69500)}


def test_the_expected_variance_goes_where_the_variance_is():
    found = split_forecast(D(99000), {"FO1": area(38000, 28500, 28720), "FO4": area(58000, 43500, 45224)})
    # 3 000 over, of which 220 and 1 724 of 1 944 so far.
    assert found == {"FO1": D("38339.51"), "FO4": D("60660.49")}
    assert sum(found.values()) == 99000


def test_areas_that_lean_both_ways_share_by_budget():
    found = split_forecast(D(99000), {"FO1": area(38000, 28500, 28000), "FO4": area(58000, 43500, 45000)})
    assert found == {"FO1": D("39187.5"), "FO4": D("59812.5")}


def test_shares_add_up_to_the_øre():
    thirds = {code: area(100, 75, 80) for code in ("FO1", "FO2", "FO3")}
    found = split_forecast(D("300.01"), thirds)
    assert sum(found.values()) == D("300.01")


def test_no_forecast_is_no_share():
    assert split_forecast(None, {"FO1": area(1, 1, 1)}) == {"FO1": None}
    assert split_forecast(D(5), {}) == {}


# Text


def source(code, version=1, text=None):
    return Source(code, int(code), version, text or f"Tekst {code} v{version}")


def test_a_text_keeps_its_joins_through_editing():
    text = built_text([source("402"), source("404")])
    assert text == "[402] Tekst 402 v1\n\n[404] Tekst 404 v1"
    assert text_of(paragraphs_of(text)) == text
    assert [part.unit_code for part in paragraphs_of("Innledning\r\n\r\n\r\n[402]   Mer\nto linjer\n\n")] == ["", "402"]
    assert paragraphs_of("  ") == ()


def test_which_originals_are_newer():
    assert newer_units([source("402"), source("404")], [source("402", 2), source("404"), source("405")]) == ("402", "405")


def test_a_report_that_says_the_same_is_not_newer():
    assert newer_units([source("402")], [source("402", 2, "Tekst 402 v1")]) == ()


def test_building_anew_exchanges_what_nobody_has_touched_and_keeps_the_rest():
    built = [source("402"), source("404"), source("405"), source("406")]
    text = "Innledning av direktøren\n\n[402] Omskrevet\n\n[404] Tekst 404 v1\n\n[406] Tekst 406 v1"
    present = [source("402", 2), source("404", 2), source("405", 2), source("407")]

    found, sources = rebuilt(text, built, present)

    # 404 is exchanged; 402 was written in; 405 was taken out by somebody; 406 no longer counts; 407 is new.
    assert found == "Innledning av direktøren\n\n[402] Omskrevet\n\n[404] Tekst 404 v2\n\n[407] Tekst 407 v1"
    assert {one.unit_code: one.version for one in sources} == {"402": 1, "404": 2, "405": 1, "407": 1}
    assert newer_units(sources, present) == ("402", "405")


def test_building_twice_is_building_once():
    present = [source("402", 2), source("404")]
    once = rebuilt("Innledning\n\n[402] Omskrevet", [source("402")], present)
    assert rebuilt(once[0], once[1], present) == once
