"""What a point means is asked of one figure of each spelling, and must be what all of them would have said."""

from hypothesis import given, settings
from hypothesis import strategies as st

from common.numbers import decide_decimal_point
from imports.importing.table import _alike

FIGURE = st.from_regex(r"\A-?[0-9]{0,3}([ .,\xa0]?[0-9]{3}){0,2}([.,][0-9]{1,4})?(-|e[0-9]{1,3}| kr)?\Z")


@settings(max_examples=400, deadline=None)
@given(cells=st.lists(FIGURE, max_size=4))
def test_figures_that_look_alike_say_the_same_of_points(cells):
    assert decide_decimal_point(set(map(_alike, cells))) == decide_decimal_point(set(cells))


def test_many_figures_of_one_spelling_are_asked_once():
    assert len({_alike(f"{number} 500,25") for number in range(100, 900)}) == 1
    assert _alike("0.500") == "0.500"
