"""Which deliveries make up a month, and which months one of them moves."""

from datetime import UTC, date, datetime

import pytest

from reporting.rules.ledger import Delivered, Filed, Prefixes, counted, counted_at, is_delivered, last_day_of, month_of, months_touched


def so_far(*numbers: int) -> list[Delivered]:
    return [Delivered(number, number, cumulative=True) for number in numbers]


def single(*numbers: int) -> list[Delivered]:
    return [Delivered(number, number, cumulative=False) for number in numbers]


@pytest.mark.parametrize(
    "deliveries, month, ids",
    [
        (so_far(8, 9), 9, [9]),
        (so_far(8), 9, [8]),
        (single(1, 2, 3), 2, [1, 2]),
        ([*so_far(6), *single(5, 7, 8)], 8, [6, 7, 8]),
        (so_far(12, 13), 12, [13]),
        ([*so_far(12), *single(13, 14)], 12, [12, 13, 14]),
        ([*so_far(11), *single(12, 13)], 12, [11, 12, 13]),
        (so_far(12, 13), 11, []),
        ([], 9, []),
    ],
)
def test_counted(deliveries, month, ids):
    assert [each.id for each in counted(deliveries, month)] == ids


@pytest.mark.parametrize(
    "deliveries, number, months",
    [
        (so_far(1, 2, 3), 1, (1,)),
        (single(1, 2, 3), 1, (1, 2, 3)),
        ([*single(1, 2, 4), *so_far(3)], 1, (1, 2)),
        (so_far(12, 13), 13, (12,)),
        (single(12, 13), 12, (12,)),
        ([*single(11, 12), *so_far(13)], 11, (11,)),
        ([], 5, (5,)),
    ],
)
def test_months_touched(deliveries, number, months):
    assert months_touched(deliveries, number) == months


def test_closing_periods_are_december():
    assert month_of(2026, 13) == date(2026, 12, 1)
    assert last_day_of(2026, 15) == date(2026, 12, 31)
    assert last_day_of(2028, 2) == date(2028, 2, 29)
    assert is_delivered(so_far(14), 12)
    assert not is_delivered(so_far(11), 12)


def test_longest_beginning_decides():
    groups = Prefixes({"1": "all", "102": "temporary", "10201": "one", "": "nothing"})
    assert [groups.of(code) for code in ("10201", "10202", "19", "2", "", "1")] == ["one", "temporary", "all", "", "", "all"]
    assert Prefixes({}).of("1") == ""


def test_the_files_that_counted_at_a_moment():
    def at(day):
        return datetime(2026, 10, day, tzinfo=UTC)

    first = Filed(1, 7, 2026, 9, 1, at(8), None)
    second = Filed(2, 7, 2026, 9, 2, at(12), at(20))
    other_month = Filed(3, 7, 2026, 8, 1, at(1), None)
    other_district = Filed(4, 8, 2026, 9, 1, at(9), None)
    files = [second, first, other_month, other_district]
    assert [counted_at(files, at(day)) for day in (5, 8, 12, 19, 20)] == [{3}, {1, 3}, {2, 3, 4}, {2, 3, 4}, {1, 3, 4}]
