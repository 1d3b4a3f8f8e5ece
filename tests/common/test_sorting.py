import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.sorting import norwegian_key


@pytest.mark.parametrize(
    "names",
    [
        ["Ærlig", "Østensjø", "Ås"],  # Golden test 37
        ["Alna", "Bjerke", "Grünerløkka", "Zoo", "Ærfugl", "Øst", "Aas", "Ås", "Åsen"],
        ["Kari", "Kåre", "Lise"],
        ["Haagensen", "Håkon"],
        ["alna", "Alnabru", "ALNES"],
        ["Ander", "André", "Andrea"],
        ["Emma", "Émma", "Emmy"],
        ["Bo", "Bö", "Bø", "Bøe"],
        ["Ydne", "Ünal", "Yngve", "Zara"],
        ["", "1. etasje", "402", "a"],
        ["Å", "А", "中"],
    ],
)
def test_norwegian_order(names):
    backwards = names[::-1]
    assert sorted(backwards, key=norwegian_key) == names


def test_a_composed_and_a_decomposed_letter_are_the_same():
    assert norwegian_key(unicodedata.normalize("NFD", "Åsen")) == norwegian_key("Åsen")


def test_braces_do_not_pass_for_norwegian_letters():
    assert max(["{x}", "b", "æ"], key=norwegian_key) == "æ"


@given(st.text(max_size=30))
def test_any_text_has_a_key(text):
    letters, folded, exact = norwegian_key(text)
    assert isinstance(letters + folded + exact, str)
