from datetime import date
from decimal import Decimal as D

import pytest

from common.periods import Period
from scorecard.rules.statuses import Direction, Limits, Status, status_of
from scorecard.rules.targets import Comparison, TargetKind, TargetRow, effective_target, in_force

HIGHER, LOWER, RANGE = Direction.HIGHER, Direction.LOWER, Direction.RANGE
PERCENT, POINTS = Comparison.PERCENT, Comparison.POINTS


@pytest.mark.parametrize(
    "base, amount, comparison, direction, expected",
    [
        ("77", "10", PERCENT, HIGHER, "84.7"),
        ("77", "10", POINTS, HIGHER, "87"),
        ("200", "10", PERCENT, LOWER, "180"),
        ("8.31", "1", POINTS, LOWER, "7.31"),
        ("8.31", "0", PERCENT, LOWER, "8.31"),
        ("8.31", "0", None, LOWER, "8.31"),
        ("-50", "10", PERCENT, HIGHER, "-45"),
        ("-50", "10", PERCENT, LOWER, "-55"),
    ],
)
@pytest.mark.parametrize("kind", [TargetKind.BASELINE, TargetKind.BENCHMARK])
def test_a_relative_target_is_so_much_better_than_its_base(kind, base, amount, comparison, direction, expected):
    target = effective_target(kind, value=D(1), base=D(base), amount=D(amount), comparison=comparison, direction=direction)

    assert target == D(expected)


@pytest.mark.parametrize(
    "base, amount, comparison, direction",
    [(None, D(10), PERCENT, HIGHER), (D(77), None, PERCENT, HIGHER), (D(77), D(10), None, HIGHER), (D(77), D(10), PERCENT, RANGE)],
)
def test_a_relative_target_is_unknown_while_something_is_missing(base, amount, comparison, direction):
    assert effective_target(TargetKind.BENCHMARK, base=base, amount=amount, comparison=comparison, direction=direction) is None


def test_an_absolute_target_is_its_value():
    assert effective_target(TargetKind.ABSOLUTE, value=D("4.5"), base=D(77), amount=D(10), comparison=PERCENT, direction=HIGHER) == D("4.5")
    assert effective_target(TargetKind.ABSOLUTE, direction=HIGHER) is None


UNIT, AREA, DISTRICT = 7, 3, 1
PATH = [UNIT, AREA, DISTRICT]


def row(unit, day, target):
    return TargetRow(unit, date.fromisoformat(day), None if target is None else Limits(LOWER, target=D(target)))


JANUARY = row(DISTRICT, "2026-01-01", "9.9")
JUNE = row(DISTRICT, "2026-06-01", "9.0")


@pytest.mark.parametrize(
    "period, expected",
    [
        ("2025-12", None),
        ("2026-01", "9.9"),
        ("2026-05", "9.9"),
        ("2026-06", "9.0"),
        ("2026-T1", "9.9"),
        ("2026-K2", "9.0"),
        ("2026", "9.0"),
    ],
)
@pytest.mark.parametrize("rows", [[JANUARY, JUNE], [JUNE, JANUARY]])
def test_a_tightening_from_june_leaves_may_alone(rows, period, expected):
    found = in_force(rows, Period.parse(period), PATH)

    assert (found and found.limits.target) == (expected and D(expected))


def test_may_stays_green_after_a_tightening_in_june():
    value, rows = D("9.5"), [JANUARY, JUNE]

    assert status_of(value, in_force(rows, Period.month(2026, 5), PATH).limits) == Status.REACHED
    assert status_of(value, in_force(rows, Period.month(2026, 6), PATH).limits) == Status.NOT_REACHED


@pytest.mark.parametrize(
    "rows, own, expected",
    [
        ([JANUARY, row(UNIT, "2025-01-01", "8")], True, "8"),
        ([JANUARY, row(UNIT, "2025-01-01", "8")], False, "9.9"),
        ([JANUARY, row(AREA, "2025-01-01", "7"), row(UNIT, "2026-07-01", "8")], True, "7"),
        ([JANUARY, row(99, "2026-01-01", "1")], True, "9.9"),
        ([JANUARY, row(UNIT, "2025-01-01", "8"), row(UNIT, "2026-03-01", None)], True, "9.9"),
        ([JANUARY, row(UNIT, "2026-03-01", None), row(UNIT, "2026-05-01", "6")], True, "6"),
        ([JANUARY, row(AREA, "2026-02-01", None)], True, "9.9"),
        ([row(DISTRICT, "2026-01-01", None)], True, None),
        ([row(UNIT, "2026-01-01", "5")], False, None),
        ([], True, None),
    ],
)
def test_the_nearest_unit_with_a_target_decides(rows, own, expected):
    found = in_force(rows, Period.month(2026, 6), PATH, own=own)

    assert (found and found.limits.target) == (expected and D(expected))


def test_of_two_rows_from_the_same_day_the_later_counts():
    rows = [row(DISTRICT, "2026-01-01", "9.9"), row(DISTRICT, "2026-01-01", "9.5")]

    assert in_force(rows, Period.month(2026, 1), PATH).limits.target == D("9.5")


def test_the_callers_key_comes_back():
    found = in_force([TargetRow(DISTRICT, date(2026, 1, 1), JANUARY.limits, target_id=42)], Period.month(2026, 1), PATH)

    assert (found.target_id, found.unit_id) == (42, DISTRICT)
