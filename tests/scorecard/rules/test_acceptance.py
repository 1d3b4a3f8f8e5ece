from datetime import date
from decimal import Decimal as D

import pytest

from scorecard.rules.acceptance import Acceptance, Problem, apply, problems
from scorecard.rules.statuses import Direction, Limits, Status

FIRST, LAST = date(2026, 2, 1), date(2026, 6, 30)
PLAIN = Acceptance(FIRST, LAST)
TARGET = Limits(Direction.LOWER, target=D("9.9"))
WITH_INTERIM = Acceptance(FIRST, LAST, interim=Limits(Direction.LOWER, target=D("11.5")))


@pytest.mark.parametrize("status", list(Status))
def test_only_a_miss_can_be_accepted(status):
    expected = Status.ACCEPTED if status in {Status.NOT_REACHED, Status.NEARLY} else status

    assert apply(status, PLAIN, today=date(2026, 3, 1)) == expected
    assert apply(status, None, today=date(2026, 3, 1)) == status


@pytest.mark.parametrize(
    "today, expected",
    [
        (date(2026, 1, 31), Status.NOT_REACHED),
        (FIRST, Status.ACCEPTED),
        (LAST, Status.ACCEPTED),
        (date(2026, 7, 1), Status.NOT_REACHED),
    ],
)
def test_the_colour_comes_back_by_itself(today, expected):
    assert apply(Status.NOT_REACHED, PLAIN, today=today) == expected


@pytest.mark.parametrize("value, expected", [("11.5", Status.ACCEPTED), ("11.6", Status.NOT_REACHED), (None, Status.NOT_REACHED)])
def test_what_was_accepted_is_the_interim_target(value, expected):
    assert apply(Status.NOT_REACHED, WITH_INTERIM, today=FIRST, value=value and D(value)) == expected


@pytest.mark.parametrize(
    "acceptance, limits, reason, expected",
    [
        (PLAIN, TARGET, "Flytting", []),
        (PLAIN, TARGET, " ", [Problem.REASON_MISSING]),
        (Acceptance(LAST, FIRST), None, "x", [Problem.ENDS_BEFORE_START]),
        (Acceptance(FIRST, FIRST), TARGET, "x", []),
        (WITH_INTERIM, TARGET, "x", []),
        (Acceptance(FIRST, LAST, TARGET), TARGET, "x", []),
        (Acceptance(FIRST, LAST, Limits(Direction.LOWER, target=D(9))), TARGET, "x", [Problem.INTERIM_STRICTER]),
        (Acceptance(FIRST, LAST, Limits(Direction.HIGHER, target=D(9))), TARGET, "x", [Problem.INTERIM_AGAINST_DIRECTION]),
        (
            Acceptance(FIRST, LAST, Limits(Direction.RANGE, low=D(86), high=D(95))),
            Limits(Direction.RANGE, low=D(85), high=D(90)),
            "x",
            [Problem.INTERIM_STRICTER],
        ),
        (Acceptance(FIRST, LAST, Limits(Direction.RANGE, low=D(80), high=D(95))), Limits(Direction.RANGE, low=D(85), high=D(90)), "x", []),
    ],
)
def test_what_keeps_an_acceptance_from_being_given(acceptance, limits, reason, expected):
    assert problems(acceptance, limits, reason=reason) == expected
