from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.rules.timeline import Span, cut, filled, first_uncovered, put, swapped

JAN, MAY, JUL, OCT, DEC = (date(2027, month, 1) for month in (1, 5, 7, 10, 12))
END_OF = {day: day - timedelta(days=1) for day in (JAN, MAY, JUL, OCT, DEC)}
PLANNED = (Span("a", JAN, END_OF[OCT]), Span("b", OCT, None))

PUT = [
    ((Span("a", JAN),), "b", JUL, (Span("a", JAN, END_OF[JUL]), Span("b", JUL)), "an open span is cut and the new one is open"),
    ((Span("a", JAN),), "b", JAN, (Span("b", JAN),), "from its first day the old value never held"),
    ((Span("a", JAN),), "a", JUL, (Span("a", JAN),), "the same value changes nothing"),
    (
        PLANNED,
        "c",
        JUL,
        (Span("a", JAN, END_OF[JUL]), Span("c", JUL, END_OF[OCT]), Span("b", OCT)),
        "a planned change stands",
    ),
    (PLANNED, "c", OCT, (Span("a", JAN, END_OF[OCT]), Span("c", OCT)), "a planned change can be corrected on its day"),
    (PLANNED, "a", OCT, (Span("a", JAN),), "a planned change is taken back by the old value"),
    (PLANNED, "b", JUL, (Span("a", JAN, END_OF[JUL]), Span("b", JUL)), "the same value earlier joins what was planned"),
    ((), "a", JUL, (Span("a", JUL, DEC),), "where nothing held, until the end of the life"),
    ((Span("b", OCT),), "a", JUL, (Span("a", JUL, END_OF[OCT]), Span("b", OCT)), "where nothing held, until something does"),
]


@pytest.mark.parametrize("spans, value, on, expected, why", PUT, ids=[row[-1] for row in PUT])
def test_a_value_holds_from_a_day(spans, value, on, expected, why):
    assert put(spans, value, on, DEC) == expected


days = st.integers(0, 60).map(lambda number: JAN + timedelta(days=number))


@given(st.lists(st.tuples(st.sampled_from("abc"), days), max_size=8))
def test_any_order_of_changes_leaves_every_day_with_one_value(changes):
    spans = (Span("start", JAN),)
    for value, on in changes:
        day_before = on - timedelta(days=1)
        before, spans = spans, put(spans, value, on)
        held = next(span.value for span in spans if span.valid_from <= on and (span.valid_to is None or on <= span.valid_to))
        assert held == value
        assert cut(spans, day_before) == cut(before, day_before)
    assert spans[0].valid_from == JAN
    assert spans[-1].valid_to is None
    for first, second in pairwise(spans):
        assert first.valid_to + timedelta(days=1) == second.valid_from
        assert first.value != second.value


@pytest.mark.parametrize(
    "last_day, expected",
    [
        (END_OF[JUL], (Span("a", JAN, END_OF[JUL]),)),
        (END_OF[OCT], (Span("a", JAN, END_OF[OCT]),)),
        (OCT, (Span("a", JAN, END_OF[OCT]), Span("b", OCT, OCT))),
        (END_OF[JAN], ()),
    ],
)
def test_nothing_holds_after_the_last_day(last_day, expected):
    assert cut(PLANNED, last_day) == expected


def test_values_are_swapped_from_a_day_and_not_before():
    swap = {"a": "x", "b": "b"}.get

    assert swapped(PLANNED, swap, JUL) == (Span("a", JAN, END_OF[JUL]), Span("x", JUL, END_OF[OCT]), Span("b", OCT))
    assert swapped(PLANNED, swap, OCT) == PLANNED
    assert swapped(PLANNED, lambda value: "x", JAN) == (Span("x", JAN),)


def test_gaps_are_filled():
    assert filled((), "a", JAN, None) == (Span("a", JAN),)
    assert filled((Span("b", MAY, END_OF[JUL]),), "a", JAN, DEC) == (
        Span("a", JAN, END_OF[MAY]),
        Span("b", MAY, END_OF[JUL]),
        Span("a", JUL, DEC),
    )
    assert filled((Span("b", JAN),), "a", JAN, None) == (Span("b", JAN),)


@pytest.mark.parametrize(
    "start, end, spans, expected",
    [
        (JAN, None, [(JAN, None)], None),
        (JAN, None, [], JAN),
        (JAN, None, [(JAN, MAY)], MAY + timedelta(days=1)),
        (JAN, MAY, [(JAN, MAY)], None),
        (JAN, None, [(JUL, None), (JAN, JUL)], None),
        (JAN, None, [(JUL, None), (JAN, END_OF[JUL])], None),
        (JAN, None, [(OCT, None), (JAN, END_OF[JUL])], JUL),
        (MAY, JUL, [(JUL, None)], MAY),
        (MAY, JUL, [(JAN, OCT), (JAN, MAY)], None),
    ],
)
def test_the_first_day_nobody_holds(start, end, spans, expected):
    assert first_uncovered(start, end, spans) == expected
