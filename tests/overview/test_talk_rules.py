"""What a meeting talks about first, whose names stay off the wall, and which units are too small for it."""

from collections import defaultdict
from decimal import Decimal

import pytest

from overview.rules.names import without_names
from overview.rules.small import too_small
from overview.rules.talk import Missed, first_of, subject_of


def missed(unit, *, indicator=1, critical=False, worse=False, answered=False, run=1, change=None):
    return Missed(unit, indicator, critical, worse, answered, run, None if change is None else Decimal(change))


def subjects(found):
    """As the page does it: each unit for itself, then the most urgent of them."""
    by_unit = defaultdict(list)
    for each in found:
        by_unit[each.unit_code].append(each)
    return first_of(filter(None, map(subject_of, by_unit.values())))


def order(*found):
    return [subject.first.unit_code for subject in subjects(found)]


@pytest.mark.parametrize(
    "first, then",
    [
        (missed("9", worse=True), missed("1", worse=True, answered=True)),
        (missed("9", worse=True, answered=True), missed("1", run=29, critical=True)),
        (missed("9", critical=True, worse=True), missed("1", worse=True, change=-40)),
        (missed("9", worse=True, change=-12), missed("1", worse=True, change=-4, run=20)),
        (missed("9", worse=True, run=3), missed("1", worse=True, run=2)),
        (missed("1"), missed("9")),
    ],
    ids=["without an action", "worse", "must be reached", "fell the most", "the longest", "by code"],
)
def test_what_comes_first(first, then):
    assert order(then, first) == [first.unit_code, then.unit_code]


def test_what_somebody_is_at_and_does_not_get_worse_is_left_out():
    assert order(missed("1", answered=True, run=12, critical=True)) == []


def test_a_better_figure_is_not_called_a_fall():
    assert order(missed("1", change=30), missed("2", change=-1)) == ["2", "1"]


def test_a_unit_comes_once_with_its_others_beside_it():
    subject, *rest = subjects([missed("1", indicator=7), missed("1", indicator=8, worse=True), missed("1", indicator=9, answered=True)])

    assert not rest
    assert subject.first.indicator_id == 8
    assert [other.indicator_id for other in subject.others] == [7, 9]


def test_no_more_than_one_gets_through():
    assert len(subjects([missed(f"{number:02}") for number in range(30)])) == 8


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Kari Nordmann er tilbake.", "[navn] er tilbake."),
        ("Nordmanns plan, og Karis.", "[navn]s plan, og [navn]s."),
        ("Fra mai går det bedre, sier Mai.", "Fra mai går det bedre, sier [navn]."),
        ("Karihaugen og Nordmannsgården", "Karihaugen og Nordmannsgården"),
        ("Åse-Marie og Åse er syke.", "[navn] og [navn] er syke."),
        ("Ingen navn her.", "Ingen navn her."),
    ],
)
def test_names_are_taken_out_whole(text, shown):
    assert without_names(text, ["Kari Nordmann", "Mai Bo", "Åse-Marie Li"], "[navn]") == shown


def test_without_names_nothing_is_changed():
    assert without_names("Kari. (x) [y]", [], "[navn]") == "Kari. (x) [y]"
    assert without_names("A+B (Kari)", ["A+B C"], "-") == "- (Kari)"


@pytest.mark.parametrize(
    "sizes, small",
    [
        ({1: Decimal("9.9"), 2: Decimal(3), 3: Decimal(10)}, {1, 2}),
        ({1: None, 2: Decimal(10), 3: None}, {1, 3}),
        ({1: Decimal(9), 2: Decimal(50), 3: Decimal(40)}, {1, 3}),
        ({1: Decimal(9)}, {1}),
        ({1: Decimal(10), 2: Decimal(11)}, set()),
    ],
    ids=["the limit itself is large enough", "unknown is small", "never one alone", "nobody to hide with", "none"],
)
def test_small_units(sizes, small):
    assert too_small(sizes, Decimal(10)) == small


def test_a_unit_without_a_missed_target_is_no_subject():
    assert subject_of([]) is None
