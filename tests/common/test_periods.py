from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.periods import InvalidPeriod, Period, PeriodKind, parse_period_text, period_range

MONTH, QUARTER, TERTIAL, YEAR = PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.TERTIAL, PeriodKind.YEAR


@pytest.mark.parametrize(
    "code, period, first, last",
    [
        ("2026-09", Period.month(2026, 9), date(2026, 9, 1), date(2026, 9, 30)),
        ("2024-02", Period.month(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", Period.month(2025, 12), date(2025, 12, 1), date(2025, 12, 31)),
        ("2026-K3", Period.quarter(2026, 3), date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-K4", Period.quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
        ("2025-T1", Period.tertial(2025, 1), date(2025, 1, 1), date(2025, 4, 30)),
        ("2025-T2", Period.tertial(2025, 2), date(2025, 5, 1), date(2025, 8, 31)),
        ("2025-T3", Period.tertial(2025, 3), date(2025, 9, 1), date(2025, 12, 31)),
        ("2026", Period.of_year(2026), date(2026, 1, 1), date(2026, 12, 31)),
        ("1900", Period.of_year(1900), date(1900, 1, 1), date(1900, 12, 31)),
        ("2199-12", Period.month(2199, 12), date(2199, 12, 1), date(2199, 12, 31)),
    ],
)
def test_a_code_names_one_period(code, period, first, last):
    assert Period.parse(code) == period
    assert str(period) == period.code == code
    assert (period.first_day, period.last_day) == (first, last)


OTHER_SPELLINGS = ["", "2026-9", "2026-k3", "202609", "2026-09-01", "26", " 2026", "2026\n", "2026-K", "2026-", "-2026", "2026-09\x00"]
OTHER_NUMBERS = ["2026-13", "2026-00", "2026-K5", "2026-K0", "2026-T4", "1899", "2200-01", "0000", "9" * 5000]


@pytest.mark.parametrize("code", [*OTHER_SPELLINGS, *OTHER_NUMBERS, "\u0662\u0660\u0662\u0666"])
def test_anything_else_is_no_code(code):
    with pytest.raises(InvalidPeriod):
        Period.parse(code)


@pytest.mark.parametrize(
    "start, kind",
    [
        (date(2026, 9, 2), MONTH),
        (date(2026, 2, 1), QUARTER),
        (date(2026, 4, 1), TERTIAL),
        (date(2026, 2, 1), YEAR),
        (date(1899, 12, 1), MONTH),
        (date(2200, 1, 1), YEAR),
        (datetime(2026, 9, 1, tzinfo=UTC), MONTH),
        ("2026-09-01", MONTH),
        (date(2026, 9, 1), "week"),
    ],
)
def test_a_period_must_begin_where_such_a_period_begins(start, kind):
    with pytest.raises(InvalidPeriod):
        Period(start, kind)


def test_a_kind_from_the_database_is_the_same_kind():
    stored = Period(date(2026, 9, 1), "month")
    assert stored == Period.month(2026, 9)
    assert stored.kind is MONTH
    assert hash(stored) == hash(Period.month(2026, 9))


@pytest.mark.parametrize(
    "make, number", [(Period.month, 0), (Period.month, 13), (Period.quarter, 5), (Period.tertial, 4), (Period.tertial, -1)]
)
def test_there_is_no_thirteenth_month(make, number):
    with pytest.raises(InvalidPeriod):
        make(2026, number)


@pytest.mark.parametrize(
    "day, kind, code",
    [
        (date(2026, 9, 17), MONTH, "2026-09"),
        (date(2026, 9, 30), QUARTER, "2026-K3"),
        (date(2025, 4, 30), TERTIAL, "2025-T1"),
        (date(2025, 5, 1), TERTIAL, "2025-T2"),
        (date(2025, 12, 31), YEAR, "2025"),
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), MONTH, "2025-12"),
    ],
)
def test_the_period_around_a_day(day, kind, code):
    assert Period.containing(day, kind).code == code


def test_months_inside_and_so_far_this_year():
    """Golden test 26: the first tertial is January-April, the second counts January-August."""
    second = Period.tertial(2025, 2)
    assert [month.number for month in Period.tertial(2025, 1).months] == [1, 2, 3, 4]
    assert [month.number for month in second.months] == [5, 6, 7, 8]
    assert [month.number for month in second.months_so_far] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert Period.month(2025, 3).months == (Period.month(2025, 3),)
    assert len(Period.of_year(2025).months) == 12


@pytest.mark.parametrize(
    "code, n, expected",
    [
        ("2025-12", 1, "2026-01"),
        ("2025-01", -1, "2024-12"),
        ("2025-11", 14, "2027-01"),
        ("2025-K4", 1, "2026-K1"),
        ("2025-T1", -1, "2024-T3"),
        ("2025-T2", -5, "2023-T3"),
        ("2025", 3, "2028"),
        ("2025-06", 0, "2025-06"),
    ],
)
def test_stepping(code, n, expected):
    assert Period.parse(code).next(n).code == expected
    assert Period.parse(code).previous(-n).code == expected


@pytest.mark.parametrize("step", [lambda p: p.previous(), lambda p: p.same_last_year()])
def test_no_step_leaves_the_years_in_use(step):
    with pytest.raises(InvalidPeriod):
        step(Period.month(1900, 1))
    with pytest.raises(InvalidPeriod):
        Period.of_year(2199).next()


def test_the_same_period_last_year():
    assert Period.quarter(2025, 3).same_last_year() == Period.quarter(2024, 3)
    assert Period.month(2024, 2).same_last_year().last_day == date(2023, 2, 28)


def test_order_is_by_start_and_then_by_length():
    codes = ["2026", "2025-12", "2026-T1", "2026-02", "2026-01", "2026-K1"]
    assert [p.code for p in sorted(map(Period.parse, codes))] == ["2025-12", "2026-01", "2026-K1", "2026-T1", "2026", "2026-02"]
    with pytest.raises(TypeError):
        assert Period.of_year(2026) < "2026"


@pytest.mark.parametrize(
    "outer, inner, inside",
    [
        ("2026-K3", Period.month(2026, 9), True),
        ("2026-K3", Period.month(2026, 10), False),
        ("2026-K3", Period.quarter(2026, 3), True),
        ("2026-09", Period.quarter(2026, 3), False),
        ("2026-T1", Period.quarter(2026, 2), False),
        ("2026", date(2026, 12, 31), True),
        ("2026", date(2027, 1, 1), False),
        ("2026-09", datetime(2026, 9, 30, 23, 59, tzinfo=UTC), True),
    ],
)
def test_contains(outer, inner, inside):
    assert Period.parse(outer).contains(inner) is inside


def test_a_period_is_over_the_day_after_its_last():
    assert not Period.month(2026, 9).is_over(date(2026, 9, 30))
    assert Period.month(2026, 9).is_over(date(2026, 10, 1))


def test_a_range_has_both_ends():
    assert [p.code for p in period_range(Period.month(2025, 11), Period.month(2026, 2))] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert period_range(Period.month(2026, 2), Period.month(2026, 1)) == []
    assert period_range(Period.month(2199, 12), Period.month(2199, 12)) == [Period.month(2199, 12)]
    with pytest.raises(InvalidPeriod):
        period_range(Period.month(2026, 1), Period.of_year(2026))


@pytest.mark.parametrize(
    "text, code",
    [
        ("sep.25", "2025-09"),
        ("Sep.25", "2025-09"),
        ("sep-25", "2025-09"),
        ("sept. 2025", "2025-09"),
        ("september 2025", "2025-09"),
        (" September\u00a02025 ", "2025-09"),
        ("202509", "2025-09"),
        ("09.2025", "2025-09"),
        ("9.2025", "2025-09"),
        ("9/2025", "2025-09"),
        ("2025-09", "2025-09"),
        ("2025-09-01", "2025-09"),
        ("01.09.2025", "2025-09"),
        ("febr. 2025", "2025-02"),
        ("mai 2025", "2025-05"),
        ("May 2025", "2025-05"),
        ("october 2025", "2025-10"),
        ("oktober '25", "2025-10"),
        ("2025 desember", "2025-12"),
        ("3. kvartal 2025", "2025-K3"),
        ("3.kvartal 2025", "2025-K3"),
        ("3 kv. 2025", "2025-K3"),
        ("K3 2025", "2025-K3"),
        ("k3-2025", "2025-K3"),
        ("2025K3", "2025-K3"),
        ("2025-K3", "2025-K3"),
        ("Q3 2025", "2025-K3"),
        ("3rd quarter 2025", "2025-K3"),
        ("2025 K3", "2025-K3"),
        ("3. 2025", "2025-03"),
        ("1. tertial 2025", "2025-T1"),
        ("T1 2025", "2025-T1"),
        ("2025T1", "2025-T1"),
        ("tertial 2 2025", "2025-T2"),
        ("2025", "2025"),
    ],
)
def test_what_people_write(text, code):
    assert parse_period_text(text).code == code


NO_SUCH_NUMBER = ["202513", "202500", "13.2025", "5. kvartal 2025", "K0 2025", "T4 2025", "1850", "9999"]
NO_SUCH_WORD = ["i fjor", "se 2025", "ju 2025", "septembre 2025"]
HALF_A_PERIOD = ["", "  ", "25", "09.25", "september", "kvartal 2025", "K32025", "-2025"]
DAYS = ["10. mai 2025", "2025-09-02", "2025-09-01T00:00"]
NASTY = ["\x00", "\ud800", "²0²5", "\u0662\u0660\u0662\u0665", "2025" * 50, " " * 1000 + "2025"]


@pytest.mark.parametrize("text", [*NO_SUCH_NUMBER, *NO_SUCH_WORD, *HALF_A_PERIOD, *DAYS, *NASTY])
def test_what_is_no_period(text):
    with pytest.raises(InvalidPeriod):
        parse_period_text(text)


def test_the_wanted_kind_refuses_others_and_reads_a_first_day():
    assert parse_period_text("K3 2025", kind=QUARTER) == Period.quarter(2025, 3)
    assert parse_period_text("01.07.2025", kind=QUARTER) == Period.quarter(2025, 3)
    assert parse_period_text("2025-01-01", kind=YEAR) == Period.of_year(2025)
    for text in ("september 2025", "01.08.2025", "2025"):
        with pytest.raises(InvalidPeriod):
            parse_period_text(text, kind=QUARTER)


@given(st.text(alphabet=st.sampled_from("0123456789 .-/'kqttertialvpsjundmgobfcyKT²\u0660\u00a0\x00"), max_size=30) | st.text(max_size=60))
def test_any_text_is_a_period_or_refused(text):
    for parse in (Period.parse, parse_period_text):
        with suppress(InvalidPeriod):
            assert isinstance(parse(text), Period)


@given(st.dates(date(1901, 1, 1), date(2198, 12, 31)), st.sampled_from(PeriodKind))
def test_periods_join_without_gap_and_read_back(day, kind):
    period = Period.containing(day, kind)
    assert period.contains(day)
    assert (period.next().first_day - period.last_day).days == 1
    assert period.next().previous() == period
    assert Period.parse(period.code) == period
    assert parse_period_text(period.code) == period
