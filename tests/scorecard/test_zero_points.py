"""Which value of an indicator gives no points where nobody has set one."""

from decimal import Decimal

import pytest

from scorecard.models import Indicator


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"measure": "scale", "direction": "higher", "scale_min": 1, "scale_max": 6}, "3.0"),
        ({"measure": "scale", "direction": "higher", "scale_min": 1, "scale_max": 6, "score_floor": Decimal(2)}, "2"),
        ({"measure": "scale", "direction": "lower", "scale_min": 1, "scale_max": 6}, None),
        ({"measure": "scale", "direction": "higher", "scale_min": 0, "scale_max": 100}, None),
        ({"measure": "percent", "direction": "higher"}, None),
        ({"measure": "percent", "direction": "lower", "score_floor": Decimal("14.85")}, "14.85"),
    ],
)
def test_the_value_that_gives_no_points(fields, expected):
    assert Indicator(**fields).zero == (None if expected is None else Decimal(expected))
