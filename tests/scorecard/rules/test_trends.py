from decimal import Decimal as D

import pytest

from scorecard.rules.statuses import Direction
from scorecard.rules.trends import Arrow, Change, Effect, change

HIGHER, LOWER, RANGE = Direction.HIGHER, Direction.LOWER, Direction.RANGE


@pytest.mark.parametrize(
    "now, before, direction, gap, arrow, effect",
    [
        ("4.5", "4.3", HIGHER, "0.2", Arrow.UP, Effect.BETTER),
        ("4.49", "4.3", HIGHER, "0.2", Arrow.FLAT, Effect.SAME),
        ("4.1", "4.3", HIGHER, "0.2", Arrow.DOWN, Effect.WORSE),
        ("10.5", "10.7", LOWER, "0.2", Arrow.DOWN, Effect.BETTER),
        ("10.9", "10.7", LOWER, "0.1", Arrow.UP, Effect.WORSE),
        ("5", "5", HIGHER, "0", Arrow.FLAT, Effect.SAME),
        ("5.01", "5", HIGHER, "0", Arrow.UP, Effect.BETTER),
        ("84", "80", RANGE, "1", Arrow.UP, Effect.BETTER),
        ("95", "92", RANGE, "1", Arrow.UP, Effect.WORSE),
        ("86", "89", RANGE, "1", Arrow.DOWN, Effect.SAME),
        ("83", "92", RANGE, "1", Arrow.DOWN, Effect.SAME),
    ],
)
def test_an_arrow_only_for_a_change_that_means_something(now, before, direction, gap, arrow, effect):
    result = change(D(now), D(before), direction=direction, gap=D(gap), low=D(85), high=D(90))

    assert result == Change(D(now) - D(before), arrow, effect)


@pytest.mark.parametrize("now, before", [(None, D(1)), (D(1), None), (None, None)])
def test_no_change_from_or_to_nothing(now, before):
    assert change(now, before, direction=HIGHER) is None
