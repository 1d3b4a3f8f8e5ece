from datetime import date

import pytest

from organisation.rules import refusals
from organisation.rules.changes import path_changes
from organisation.rules.reorganisation import NewUnit, close, create, merge, move, rename, split
from organisation.rules.tree import LinkRow, NameRow, OrganisationHistory, SuccessionRow, UnitRow

START, NEW_YEAR, JULY, OCTOBER = date(2004, 1, 1), date(2027, 1, 1), date(2027, 7, 1), date(2027, 10, 1)
JUNE_END = date(2027, 6, 30)
BYDEL, NORD, SOR, BARNEHAGE, AVDELING = 1, 2, 3, 4, 5


def unit(number, name, kind="result_unit", valid_to=None):
    return UnitRow(number, f"{100 + number}", name, kind, START, valid_to)


@pytest.fixture
def history():
    return OrganisationHistory(
        (
            unit(BYDEL, "Bydelen", "district"),
            unit(NORD, "Nord"),
            unit(SOR, "Sør"),
            unit(BARNEHAGE, "Barnehagen"),
            unit(AVDELING, "Avdelingen", "sub_unit"),
        ),
        (),
        (
            LinkRow(NORD, BYDEL, START, None),
            LinkRow(SOR, BYDEL, START, None),
            LinkRow(BARNEHAGE, NORD, START, None),
            LinkRow(AVDELING, BARNEHAGE, START, None),
        ),
    )


def way(history, unit_id, day):
    tree = history.on(day)
    return [tree.nodes[step].name for step in tree.path(unit_id)]


def test_a_move_holds_from_its_day_and_takes_along_what_stands_below(history):
    draft = move(history, BARNEHAGE, SOR, JULY)

    assert way(draft.after, AVDELING, JUNE_END) == ["Avdelingen", "Barnehagen", "Nord", "Bydelen"]
    assert way(draft.after, AVDELING, JULY) == ["Avdelingen", "Barnehagen", "Sør", "Bydelen"]
    assert draft.unit_ids == {BARNEHAGE, NORD, SOR}
    moved, follower = path_changes(draft)
    assert (moved.name, moved.before, moved.after, moved.follows) == (
        "Barnehagen",
        ("Bydelen", "Nord", "Barnehagen"),
        ("Bydelen", "Sør", "Barnehagen"),
        False,
    )
    assert (follower.name, follower.follows) == ("Avdelingen", True)


def test_the_same_move_again_changes_nothing(history):
    after = move(history, BARNEHAGE, SOR, JULY).after

    with pytest.raises(refusals.NothingChanges):
        move(after, BARNEHAGE, SOR, JULY)


def test_a_circle_is_refused_on_the_day_and_on_any_later_day(history):
    with pytest.raises(refusals.BelowItself) as now:
        move(history, NORD, AVDELING, JULY)
    assert now.value.day == JULY
    planned = move(history, NORD, SOR, OCTOBER).after
    with pytest.raises(refusals.BelowItself) as later:
        move(planned, SOR, BARNEHAGE, JULY)
    assert later.value.day == OCTOBER
    with pytest.raises(refusals.BelowItself):
        move(history, NORD, NORD, JULY)


def test_a_planned_move_away_makes_room_for_the_other_way(history):
    """Nord stands below Sør until October only; after that Sør may stand below Nord."""
    planned = move(move(history, NORD, SOR, JULY).after, NORD, BYDEL, OCTOBER).after

    assert way(move(planned, SOR, NORD, OCTOBER).after, SOR, OCTOBER) == ["Sør", "Nord", "Bydelen"]
    with pytest.raises(refusals.BelowItself):
        move(planned, SOR, NORD, JULY)


@pytest.mark.parametrize("unit_id, parent_id, day", [(BARNEHAGE, SOR, date(2003, 12, 31)), (BARNEHAGE, 6, OCTOBER), (6, SOR, OCTOBER)])
def test_a_day_outside_a_life_is_refused(history, unit_id, parent_id, day):
    ended = OrganisationHistory((*history.units, unit(6, "Nedlagt", valid_to=JUNE_END)), (), history.links)

    with pytest.raises(refusals.UnitOutsideLife) as refusal:
        move(ended, unit_id, parent_id, day)
    assert refusal.value.day == day


def test_a_parent_that_ends_before_the_unit_is_refused(history):
    ends = OrganisationHistory((*history.units, unit(6, "Slutter", valid_to=JUNE_END)), (), history.links)

    with pytest.raises(refusals.ParentOutsideLife) as refusal:
        move(ends, BARNEHAGE, 6, NEW_YEAR)
    assert refusal.value.day == JULY


def test_a_merge_ends_the_old_and_hands_on_what_stands_below(history):
    draft = merge(history, [NORD, SOR], NewUnit("200", "Nord og sør", "result_unit"), BYDEL, JULY)
    (new,) = draft.created

    assert way(draft.after, AVDELING, JUNE_END) == ["Avdelingen", "Barnehagen", "Nord", "Bydelen"]
    assert way(draft.after, AVDELING, JULY) == ["Avdelingen", "Barnehagen", "Nord og sør", "Bydelen"]
    assert [draft.after.by_id[old].valid_to for old in (NORD, SOR)] == [JUNE_END, JUNE_END]
    assert NORD not in draft.after.on(JULY).nodes
    assert draft.after.successions == (SuccessionRow(NORD, new.id, JULY, True), SuccessionRow(SOR, new.id, JULY, True))
    assert draft.unit_ids == {NORD, SOR, BARNEHAGE, BYDEL, new.id}
    assert {change.name: change.after for change in path_changes(draft) if not change.follows} == {
        "Nord": None,
        "Sør": None,
        "Nord og sør": ("Bydelen", "Nord og sør"),
        "Barnehagen": ("Bydelen", "Nord og sør", "Barnehagen"),
    }


def test_a_merge_into_one_that_exists(history):
    draft = merge(history, [NORD], SOR, None, JULY)

    assert way(draft.after, BARNEHAGE, JULY) == ["Barnehagen", "Sør", "Bydelen"]
    assert draft.created == ()


def test_a_planned_move_below_what_ends_goes_to_the_heir(history):
    planned = move(history, AVDELING, NORD, OCTOBER).after

    after = merge(planned, [NORD], SOR, None, JULY).after

    assert way(after, AVDELING, OCTOBER) == ["Avdelingen", "Sør", "Bydelen"]


@pytest.mark.parametrize(
    "predecessors, successor, refusal",
    [
        ([NORD], NewUnit("200", "Ny", "result_unit"), refusals.TooFewUnits),
        ([NORD, NORD], NewUnit("200", "Ny", "result_unit"), refusals.TooFewUnits),
        ([], SOR, refusals.TooFewUnits),
        ([NORD, SOR], SOR, refusals.SameUnitTwice),
        ([NORD, SOR], NewUnit("104", "Ny", "result_unit"), refusals.CodeTaken),
        ([NORD], BARNEHAGE, refusals.SuccessorBelowPredecessor),
    ],
)
def test_a_merge_that_cannot_be(history, predecessors, successor, refusal):
    with pytest.raises(refusal):
        merge(history, predecessors, successor, BYDEL, JULY)


def test_what_ends_already_cannot_end_once_more(history):
    after = merge(history, [NORD], SOR, None, OCTOBER).after

    with pytest.raises(refusals.UnitEndsAlready) as refusal:
        merge(after, [NORD], SOR, None, JULY)
    assert refusal.value.last_day == date(2027, 9, 30)
    with pytest.raises(refusals.UnitEndsAlready):
        close(after, NORD, JUNE_END)


def test_a_split_gives_each_child_its_part(history):
    history = move(history, SOR, NORD, START).after
    parts = [NewUnit("201", "Nordøst", "result_unit"), NewUnit("202", "Nordvest", "result_unit")]

    draft = split(history, NORD, parts, JULY, {SOR: 1})

    assert way(draft.after, BARNEHAGE, JULY) == ["Barnehagen", "Nordøst", "Bydelen"]
    assert way(draft.after, SOR, JULY) == ["Sør", "Nordvest", "Bydelen"]
    assert [row.whole for row in draft.after.successions] == [False, False]
    assert draft.after.by_id[NORD].valid_to == JUNE_END


def test_a_split_into_one_or_into_codes_that_are_taken_is_refused(history):
    with pytest.raises(refusals.TooFewUnits):
        split(history, NORD, [NewUnit("201", "A", "result_unit")], JULY)
    with pytest.raises(refusals.CodeTaken):
        split(history, NORD, [NewUnit("201", "A", "result_unit"), NewUnit("201", "B", "result_unit")], JULY)


def test_a_unit_with_open_children_does_not_close(history):
    with pytest.raises(refusals.HasOpenChildren) as refusal:
        close(history, NORD, JUNE_END)
    assert refusal.value.children == ("104 Barnehagen",)
    draft = close(history, AVDELING, JUNE_END)
    assert AVDELING in draft.after.on(JUNE_END).nodes
    assert AVDELING not in draft.after.on(JULY).nodes
    assert BARNEHAGE in draft.unit_ids


def test_a_planned_child_keeps_a_unit_open(history):
    planned = move(history, AVDELING, SOR, OCTOBER).after

    with pytest.raises(refusals.HasOpenChildren):
        close(planned, SOR, JUNE_END)


def test_old_names_are_kept(history):
    after = rename(history, NORD, "Furuset", JULY).after

    assert (after.name_of(NORD, JUNE_END), after.name_of(NORD, JULY), after.by_id[NORD].name) == ("Nord", "Furuset", "Furuset")
    again = rename(after, NORD, "Gran", OCTOBER).after
    assert [again.name_of(NORD, day) for day in (JUNE_END, JULY, OCTOBER)] == ["Nord", "Furuset", "Gran"]
    between = rename(again, NORD, "Grorud", date(2027, 8, 1)).after
    assert [between.name_of(NORD, day) for day in (JULY, date(2027, 8, 1), OCTOBER)] == ["Furuset", "Grorud", "Gran"]
    assert between.by_id[NORD].name == "Gran"
    with pytest.raises(refusals.NothingChanges):
        rename(after, NORD, "Furuset", OCTOBER)


def test_a_name_row_that_covers_only_the_past_does_not_lose_the_present_name(history):
    named = OrganisationHistory(history.units, (NameRow(NORD, "Gamle Nord", START, date(2010, 12, 31)),), history.links)

    after = rename(named, NORD, "Furuset", JULY).after

    assert [after.name_of(NORD, day) for day in (START, NEW_YEAR, JULY)] == ["Gamle Nord", "Nord", "Furuset"]


def test_a_code_is_never_used_twice_whatever_its_letters(history):
    after = create(history, NewUnit("a1", "En", "result_unit"), BYDEL, JULY).after

    with pytest.raises(refusals.CodeTaken):
        create(after, NewUnit("A1", "To", "result_unit"), BYDEL, JULY)


def test_a_unit_cannot_begin_before_the_one_above(history):
    with pytest.raises(refusals.UnitOutsideLife):
        create(history, NewUnit("300", "Ny", "result_unit"), NORD, date(2003, 1, 1))
