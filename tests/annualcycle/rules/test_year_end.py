"""How a year went."""

from datetime import date

import pytest

from annualcycle.rules.year_end import Counts, judge, total, widths

DUE, TODAY = date(2026, 2, 27), date(2026, 10, 9)


@pytest.mark.parametrize(
    "due_on, done_on, expected",
    [
        (DUE, date(2026, 2, 26), Counts(on_time=1)),
        (DUE, DUE, Counts(on_time=1)),
        (DUE, date(2026, 2, 28), Counts(late=1)),
        (DUE, None, Counts(missed=1)),
        (TODAY, None, Counts(coming=1)),
        (date(2026, 12, 1), None, Counts(coming=1)),
        (date(2026, 12, 1), date(2026, 9, 1), Counts(on_time=1)),
    ],
)
def test_one_thing_is_on_time_late_missed_or_still_to_come(due_on, done_on, expected):
    assert judge(due_on, done_on, TODAY) == expected


def test_what_is_to_come_counts_neither_for_nor_against():
    counts = total([Counts(on_time=2), Counts(late=1), Counts(coming=7)])
    assert (counts.over, counts.share) == (3, 67)
    assert Counts(coming=7).share is None


def test_hundred_per_cent_means_all():
    assert Counts(on_time=999, late=1).share == 99
    assert Counts(on_time=1000).share == 100


@pytest.mark.parametrize(
    "counts, expected",
    [
        (Counts(), (0, 0, 0)),
        (Counts(coming=3), (0, 0, 0)),
        (Counts(on_time=1), (400, 0, 0)),
        (Counts(on_time=1, late=1, missed=2), (100, 100, 200)),
        # One of a thousand is still seen.
        (Counts(on_time=999, missed=1), (398, 0, 2)),
        (Counts(on_time=1, late=999, missed=1), (2, 396, 2)),
    ],
)
def test_the_parts_of_the_bar_are_the_whole_bar(counts, expected):
    assert widths(counts, 400) == expected
