"""Rows kept as columns: the same as rows, as text, and added up whichever way is quicker."""

import pytest

from imports.rules.control_sums import Bucket, add_up
from imports.rules.ledger_block import EconomyBlock, account_of, centre_of


def test_a_block_is_the_same_as_rows_and_as_text():
    known, unknown = centre_of(9, "402100", 7, ()), centre_of(9, "999", None, ())
    wage, other = account_of("10101", "Lønn", 0), account_of("11200", "Forbruk", 2)
    texts, ores = (None, None, ["1.00", None], ["-2.50", "3.00"]), (None, None, [100, None], [-250, 300])
    block = EconomyBlock(range(4, 6), [known, unknown], [wage, other], ["254", ""], ["", "P1"], texts, ores)

    assert len(block) == 2
    assert [tuple(row) for row in block] == [
        (4, 9, "402100", 7, "10101", "Lønn", "254", "", None, None, "1.00", "-2.50"),
        (5, 9, "999", None, "11200", "Forbruk", "", "P1", None, None, None, "3.00"),
    ]
    written = ["\t".join("\\N" if cell is None else str(cell) for cell in row) for row in block]
    assert block.as_text("8\t") == "".join(f"8\t{row}\n" for row in written)
    units, accounts, functions, projects, amounts = block.codes_and_amounts()
    assert (list(units), list(accounts), functions, projects, amounts) == ([7, None], ["10101", "11200"], ["254", ""], ["", "P1"], ores)


@pytest.mark.parametrize("places", [[0] * 20 + [1] * 20, [0, 1] * 20])
def test_neighbours_of_one_bucket_and_rows_that_take_turns_come_to_the_same(places):
    buckets = [Bucket("402100", "", None), Bucket("402100", "", None)]
    amounts = list(range(1, 41))

    add_up([buckets[place] for place in places], [amounts, None, None, [-1] * 40, None])

    for which, bucket in enumerate(buckets):
        mine = [amount for amount, place in zip(amounts, places, strict=True) if place == which]
        assert bucket.sums == [20, sum(mine), 0, 0, -20, 0]
