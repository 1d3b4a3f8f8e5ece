"""How far an activity has come, in whole per cent."""

import pytest

from annualcycle.rules.standing import share_of


@pytest.mark.parametrize(
    "done, total, expected",
    [
        (0, 22, 0),
        (20, 22, 91),
        (2, 3, 67),
        (1, 3, 33),
        (1, 8, 13),  # 12.5
        (1, 1000, 0),
        # Never all before all is done.
        (199, 200, 99),
        (999, 1000, 99),
        (1000, 1000, 100),
    ],
)
def test_per_cent_are_rounded_and_hundred_means_all(done, total, expected):
    assert share_of(done, total) == expected
