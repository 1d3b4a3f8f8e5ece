from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils import translation

from common import formats
from common.periods import Period


@pytest.fixture(autouse=True)
def _norwegian():
    with translation.override("nb"):
        yield


@pytest.mark.parametrize(
    "value, places, shown",
    [
        ("1020000", None, "1\u00a0020\u00a0000"),
        ("-1470", None, "\u22121\u00a0470"),
        ("4.45", None, "4,45"),
        ("4.7000", None, "4,7"),
        ("12.0000", None, "12"),
        ("100", None, "100"),
        ("1.2E+6", None, "1\u00a0200\u00a0000"),
        ("0", None, "0"),
        ("0.00", None, "0"),
        ("93.25", 1, "93,3"),  # Golden test 18
        ("4.175", 1, "4,2"),  # Golden test 17
        ("10.502", 1, "10,5"),  # Golden test 3
        ("4.7", 2, "4,70"),
        ("999.5", 0, "1\u00a0000"),
        ("-0.04", 1, "0,0"),
        ("-0.5", 0, "\u22121"),
        ("-0.05", 1, "\u22120,1"),
        ("123456789012345678901234567890.5", 0, "123\u00a0456\u00a0789\u00a0012\u00a0345\u00a0678\u00a0901\u00a0234\u00a0567\u00a0891"),
    ],
)
def test_number(value, places, shown):
    assert formats.number(Decimal(value), places) == shown


def test_a_missing_value_is_a_dash_and_never_zero():
    shown = [formats.number(None), formats.percent(None), formats.points(None), formats.money(None), formats.date_long(None)]
    shown += [formats.date_short(None), formats.clock(None), formats.moment(None)]
    assert shown == ["–"] * 8
    assert formats.number(0) == "0"


@pytest.mark.parametrize("value, shown", [("5", "+5"), ("-5", "\u22125"), ("0", "0"), ("0.04", "0,0"), ("-0.04", "0,0"), ("0.05", "+0,1")])
def test_signed(value, shown):
    places = None if Decimal(value) == int(Decimal(value)) else 1
    assert formats.number(Decimal(value), places, signed=True) == shown


def test_units():
    assert formats.percent(Decimal("10.502")) == "10,5\u00a0%"
    assert formats.percent(Decimal("-2.9016")) == "\u22122,9\u00a0%"
    assert formats.money(Decimal("1470000.49")) == "1\u00a0470\u00a0000\u00a0kr"
    assert formats.points(Decimal("1.4")) == "1,4 prosentpoeng"
    assert formats.points(Decimal("2.67"), 2) == "2,67 prosentpoeng"  # Golden test 22


def test_dates():
    assert formats.date_long(date(2025, 5, 10)) == "10. mai 2025"
    assert formats.date_short(date(2025, 5, 1)) == "01.05.2025"
    assert formats.clock(time(9, 30)) == "09.30"


@pytest.mark.parametrize(
    "at, shown",
    [
        (datetime(2025, 5, 10, 7, 30, tzinfo=UTC), "10. mai 2025 kl. 09.30"),
        (datetime(2025, 1, 10, 8, 30, tzinfo=UTC), "10. januar 2025 kl. 09.30"),
        (datetime(2025, 12, 31, 23, 15, tzinfo=UTC), "1. januar 2026 kl. 00.15"),
    ],
)
def test_a_moment_is_told_in_oslo(at, shown):
    assert formats.moment(at) == shown
    assert shown.startswith(formats.date_long(at))
    assert shown.endswith(formats.clock(at))


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        formats.moment(datetime(2025, 5, 10, 7, 30, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize(
    "code, label, short",
    [
        ("2025-09", "september 2025", "sep. 2025"),
        ("2025-03", "mars 2025", "mars 2025"),
        ("2025-05", "mai 2025", "mai 2025"),
        ("2025-K3", "3. kvartal 2025", "K3 2025"),
        ("2025-T1", "1. tertial 2025", "T1 2025"),
        ("2025", "2025", "2025"),
    ],
)
def test_periods(code, label, short):
    assert formats.period_label(Period.parse(code)) == label
    assert formats.period_short(Period.parse(code)) == short


@pytest.mark.parametrize(
    "first, last, shown",
    [
        ("2025-01", "2025-04", "januar–april 2025"),
        ("2024-11", "2025-02", "november 2024–februar 2025"),
        ("2025-04", "2025-04", "april 2025"),
        ("2025-K1", "2025-K3", "1.–3. kvartal 2025"),
        ("2025-T1", "2025-T2", "1.–2. tertial 2025"),
        ("2024-K4", "2025-K1", "4. kvartal 2024–1. kvartal 2025"),
        ("2023", "2025", "2023–2025"),
        ("2025-01", "2025-T2", "januar–august 2025"),
    ],
)
def test_spans(first, last, shown):
    assert formats.period_span(Period.parse(first), Period.parse(last)) == shown


@pytest.mark.parametrize(
    "n, word", [(0, "null"), (1, "en"), (3, "tre"), (7, "sju"), (12, "tolv"), (13, "13"), (1200, "1\u00a0200"), (-1, "\u22121")]
)
def test_counts_are_words_up_to_twelve(n, word):
    assert formats.count_word(n) == word


def test_months_are_named_with_the_year_without_it_and_short():
    day = date(2025, 9, 17)

    assert (formats.month_label(day), formats.month_name(day), formats.month_short(day)) == ("september 2025", "september", "sep.")
    assert formats.date_brief(day) == "17. sep."
    assert formats.month_name(None) == ""


def test_words_follow_the_language_and_formats_do_not():
    with translation.override("en"):
        assert (formats.month_name(date(2025, 9, 17)), formats.month_short(date(2025, 9, 17))) == ("September", "Sept.")
        assert formats.date_brief(date(2025, 9, 17)) == "17 Sept."
        assert formats.period_label(Period.month(2025, 9)) == "September 2025"
        assert formats.period_short(Period.month(2025, 9)) == "Sept. 2025"
        assert formats.date_long(date(2025, 5, 10)) == "10 May 2025"
        assert formats.count_word(3) == "three"
        assert formats.number(Decimal("1234.5")) == "1\u00a0234,5"
    with translation.override("nn"):
        assert formats.count_word(1) == "ein"


@pytest.mark.parametrize(
    "value, target, places, shown",
    [
        ("4.45", "4.5", 1, 2),  # Golden test 11
        ("4.44", "4.5", 1, 1),
        ("4.5", "4.5", 1, 1),
        ("4.55", "4.5", 1, 1),
        ("4.54", "4.5", 1, 2),
        ("9.949", "9.9", 1, 2),
        ("4.44", "4.42", 1, 2),
        ("4.4996", "4.5", 1, 4),
        ("4.49999999", "4.5", 1, 4),
        ("99.6", "100", 0, 1),
        ("1.123456", "1.123457", 6, 6),
    ],
)
def test_decimals_show_on_which_side_of_the_target(value, target, places, shown):
    assert formats.distance_places(Decimal(value), Decimal(target), places) == shown


def test_without_target_the_usual_decimals():
    assert formats.distance_places(Decimal("4.45"), None, 1) == 1
    assert formats.distance_places(None, Decimal("4.5"), 1) == 1
    assert formats.number(Decimal("4.45"), formats.distance_places(Decimal("4.45"), Decimal("4.5"), 1)) == "4,45"
