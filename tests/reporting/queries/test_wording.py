"""Amounts in words: the word belongs to what is read, not to øre behind it."""

from decimal import Decimal

import pytest

from reporting.queries.approval_words import percent_told
from reporting.queries.wording import told_thousands, word_in_thousands

CASES = [
    (None, "", "–"),
    (0, "i balanse", "i balanse"),
    (-499, "i balanse", "i balanse"),
    (499, "i balanse", "i balanse"),
    (-500, "merforbruk", "merforbruk 1"),
    (500, "mindreforbruk", "mindreforbruk 1"),
    (-1_470_000, "merforbruk", "merforbruk 1 470"),
]


@pytest.mark.parametrize("kroner, word, told", CASES)
def test_what_reads_nought_is_in_balance(kroner, word, told):
    variance = None if kroner is None else Decimal(kroner)
    assert word_in_thousands(variance) == word
    assert told_thousands(variance).replace("\xa0", " ") == told


def test_income_has_words_of_its_own_and_the_same_limit():
    assert word_in_thousands(Decimal(-499), is_income=True) == "i balanse"
    assert word_in_thousands(Decimal(-500), is_income=True) == "mindreinntekt"
    assert told_thousands(Decimal(100_000), is_income=True) == "merinntekt 100"


@pytest.mark.parametrize("kroner, told", [(-400, "som budsjett"), (0, "som budsjett"), (-600, "0,00 %, merforbruk")])
def test_a_percentage_stands_beside_what_can_be_read(kroner, told):
    assert percent_told(Decimal(kroner), Decimal(68_000_000)).replace("\xa0", " ") == told
