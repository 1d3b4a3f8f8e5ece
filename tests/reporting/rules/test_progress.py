"""Minutes, unchanged texts, regret."""

from datetime import UTC, datetime, timedelta

import pytest

from reporting.rules.progress import may_regret, regret_ends, seconds_worked, unchanged_months
from reporting.rules.times import Times

NOW = datetime(2026, 10, 9, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("pause, seconds", [(0, 0), (40, 40), (300, 300), (301, 0), (-5, 0)])
def test_long_pauses_do_not_count(pause, seconds):
    assert seconds_worked(NOW - timedelta(seconds=pause), NOW) == seconds
    assert seconds_worked(None, NOW) == 0


@pytest.mark.parametrize(
    "text, before, months_before, months",
    [
        ("Vikarer.", "Vikarer.", 0, 2),
        ("vikarer. ", " Vikarer.", 2, 3),
        ("Vikarer i natt.", "Vikarer.", 4, 0),
        ("", "", 4, 0),
    ],
)
def test_unchanged_months(text, before, months_before, months):
    assert unchanged_months(text, before, months_before) == months


def test_the_minutes_to_regret_are_what_was_decided():
    times = Times(regret_minutes=30)
    assert regret_ends(NOW, times) == NOW + timedelta(minutes=30)
    assert may_regret(NOW - timedelta(minutes=30), NOW, times)
    assert not may_regret(NOW - timedelta(minutes=30, seconds=1), NOW, times)
    assert not may_regret(NOW - timedelta(seconds=1), NOW, Times(regret_minutes=0))


def test_ten_minutes_to_regret():
    assert may_regret(NOW - timedelta(minutes=10), NOW)
    assert not may_regret(NOW - timedelta(minutes=10, seconds=1), NOW)
    assert not may_regret(None, NOW)
