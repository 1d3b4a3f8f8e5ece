"""What a reorganisation does to the history, worked out before anything is written. Pure: a history in, a draft out.

New units have negative ids in a draft, counted down from -1; the service that writes gives them real ones.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from organisation.rules.refusals import (
    BelowItself,
    CodeTaken,
    HasOpenChildren,
    NothingChanges,
    ParentOutsideLife,
    SameUnitTwice,
    SuccessorBelowPredecessor,
    TooFewUnits,
    UnitEndsAlready,
    UnitOutsideLife,
    WideBelowNarrow,
)
from organisation.rules.timeline import Span, cut, filled, put, swapped
from organisation.rules.tree import CycleInTree, LinkRow, NameRow, OrganisationHistory, SuccessionRow, UnitRow
from organisation.rules.validity import day_before, is_valid

# What may stand above a kind whose figures are shown to everybody; else a unit of few could be shown as one.
ABOVE = {"city": frozenset[str](), "district": frozenset({"city"})}


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that does not exist yet."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Draft:
    """The organisation as it would be from `on`, and the units whose sums may be others then."""

    on: date
    before: OrganisationHistory
    after: OrganisationHistory
    unit_ids: frozenset[int]
    closed: tuple[int, ...] = ()

    @property
    def created(self) -> tuple[UnitRow, ...]:
        return tuple(unit for unit in self.after.units if unit.id < 0)


def create(history: OrganisationHistory, new: NewUnit, parent_id: int | None, on: date) -> Draft:
    """A unit from that day. Raises CodeTaken, UnitOutsideLife, ParentOutsideLife or WideBelowNarrow."""
    after = _with_unit(history, new, parent_id, on)
    return _checked(Draft(on, history, after, frozenset({-1})))


def rename(history: OrganisationHistory, unit_id: int, name: str, on: date) -> Draft:
    """Another name from that day until the next planned one. Raises UnitOutsideLife or NothingChanges."""
    unit = _alive(history, unit_id, on)
    spans = [Span(row.name, row.valid_from, row.valid_to) for row in history.names if row.unit_id == unit_id]
    whole = filled(spans, unit.name, unit.valid_from, unit.valid_to)
    changed = put(whole, name, on, unit.valid_to)
    if changed == whole:
        raise NothingChanges
    others = tuple(row for row in history.names if row.unit_id != unit_id)
    names = tuple(NameRow(unit_id, span.value, span.valid_from, span.valid_to) for span in changed)
    units = tuple(replace(row, name=changed[-1].value) if row.id == unit_id else row for row in history.units)
    return Draft(on, history, _rebuilt(history, units=units, names=others + names), frozenset())


def move(history: OrganisationHistory, unit_id: int, parent_id: int, on: date) -> Draft:
    """Another place from that day until the next planned one.

    Raises UnitOutsideLife, ParentOutsideLife, BelowItself (on that day or any later), WideBelowNarrow or NothingChanges.
    """
    unit = _alive(history, unit_id, on)
    parent = _alive(history, parent_id, on)
    if parent_id == unit_id:
        raise BelowItself(_label(unit), _label(parent), on)
    before = _places(history, unit_id)
    changed = put(before, parent_id, on, unit.valid_to)
    if changed == before:
        raise NothingChanges
    after = _rebuilt(history, links=_with_places(history, {unit_id: changed}))
    above = {span.value for span in before if span.valid_to is None or span.valid_to >= on}
    return _checked(Draft(on, history, after, frozenset({unit_id, parent_id} | above)))


def merge(history: OrganisationHistory, predecessor_ids: Sequence[int], successor: int | NewUnit, parent_id: int | None, on: date) -> Draft:
    """Several units end the day before and one carries on, with everything that stood below them.

    Raises TooFewUnits, SameUnitTwice, UnitOutsideLife, UnitEndsAlready, SuccessorBelowPredecessor, CodeTaken, BelowItself.
    """
    ending = tuple(dict.fromkeys(predecessor_ids))
    if isinstance(successor, int):
        if successor in ending:
            raise SameUnitTwice
        _alive(history, successor, on)
        after, successor_id = history, successor
    else:
        after, successor_id = _with_unit(history, successor, parent_id, on), -1
    if len(ending) < (1 if isinstance(successor, int) else 2):
        raise TooFewUnits
    for unit_id in ending:
        _may_end(history, unit_id, on)
        if successor_id > 0 and unit_id in history.on(on).path(successor_id):
            raise SuccessorBelowPredecessor(_label(history.by_id[successor_id]), _label(history.by_id[unit_id]))
    after = _handed_on(after, ending, lambda _child: successor_id, on)
    links = tuple(SuccessionRow(unit_id, successor_id, on, whole=True) for unit_id in ending)
    after = _rebuilt(after, successions=(*after.successions, *links))
    return _checked(Draft(on, history, after, _concerned(history, after, ending, successor_id), ending))


def split(
    history: OrganisationHistory, unit_id: int, parts: Sequence[NewUnit], on: date, children: Mapping[int, int] | None = None
) -> Draft:
    """A unit ends the day before and several carry on where it stood; `children` says which part (by number) each unit below goes to.

    Raises TooFewUnits, UnitOutsideLife, UnitEndsAlready, CodeTaken.
    """
    if len(parts) < 2:
        raise TooFewUnits
    _may_end(history, unit_id, on)
    parent_id = history.on(on).nodes[unit_id].parent_id
    after = history
    for part in parts:
        after = _with_unit(after, part, parent_id, on)
    chosen = children or {}
    after = _handed_on(after, (unit_id,), lambda child: -1 - chosen.get(child, 0), on)
    links = tuple(SuccessionRow(unit_id, -1 - number, on, whole=False) for number in range(len(parts)))
    after = _rebuilt(after, successions=(*after.successions, *links))
    return _checked(Draft(on, history, after, _concerned(history, after, (unit_id,), None), (unit_id,)))


def close(history: OrganisationHistory, unit_id: int, last_day: date) -> Draft:
    """A unit ends and nothing carries on. Raises UnitOutsideLife, UnitEndsAlready, HasOpenChildren."""
    unit = _alive(history, unit_id, last_day)
    if unit.valid_to is not None:
        raise UnitEndsAlready(_label(unit), unit.valid_to)
    open_children = {row.unit_id for row in history.links if row.parent_id == unit_id and (row.valid_to is None or row.valid_to > last_day)}
    if open_children:
        raise HasOpenChildren(_label(unit), tuple(sorted(_label(history.by_id[child]) for child in open_children)))
    after = _handed_on(history, (unit_id,), lambda child: child, _day_after(last_day))
    return _checked(Draft(_day_after(last_day), history, after, _concerned(history, after, (unit_id,), None), (unit_id,)))


def _with_unit(history: OrganisationHistory, new: NewUnit, parent_id: int | None, on: date) -> OrganisationHistory:
    taken = next((unit for unit in history.units if unit.code.casefold() == new.code.casefold()), None)
    if taken is not None:
        raise CodeTaken(taken.code, taken.name)
    if parent_id is not None:
        _alive(history, parent_id, on)
    unit_id = min((unit.id for unit in history.units if unit.id < 0), default=0) - 1
    unit = UnitRow(unit_id, new.code, new.name, new.kind, on, None)
    links = (LinkRow(unit_id, parent_id, on, None),) if parent_id is not None else ()
    return _rebuilt(history, units=(*history.units, unit), links=history.links + links)


def _handed_on(history: OrganisationHistory, ending: Iterable[int], heir: Callable[[int], int], on: date) -> OrganisationHistory:
    """These units end the day before; from that day whatever stands below them stands below its heir."""
    gone, last_day = set(ending), day_before(on)
    places = {unit_id: cut(_places(history, unit_id), last_day) for unit_id in gone}
    for child in {row.unit_id for row in history.links if row.parent_id in gone} - gone:
        above = _heir_of(heir, child, gone)
        places[child] = swapped(_places(history, child), above, on)
    names = tuple(
        row if row.unit_id not in gone or (row.valid_to is not None and row.valid_to <= last_day) else replace(row, valid_to=last_day)
        for row in history.names
        if row.unit_id not in gone or row.valid_from <= last_day
    )
    units = tuple(replace(row, valid_to=last_day) if row.id in gone else row for row in history.units)
    return _rebuilt(history, units=units, names=names, links=_with_places(history, places))


def _heir_of(heir: Callable[[int], int], child: int, gone: set[int]) -> Callable[[int], int]:
    return lambda parent: heir(child) if parent in gone else parent


def _places(history: OrganisationHistory, unit_id: int) -> tuple[Span[int], ...]:
    spans = [Span(row.parent_id, row.valid_from, row.valid_to) for row in history.links if row.unit_id == unit_id]
    return tuple(sorted(spans, key=lambda span: span.valid_from))


def _with_places(history: OrganisationHistory, places: Mapping[int, Iterable[Span[int]]]) -> tuple[LinkRow, ...]:
    others = tuple(row for row in history.links if row.unit_id not in places)
    return others + tuple(
        LinkRow(unit_id, span.value, span.valid_from, span.valid_to) for unit_id, spans in places.items() for span in spans
    )


def _rebuilt(
    history: OrganisationHistory,
    *,
    units: tuple[UnitRow, ...] | None = None,
    names: tuple[NameRow, ...] | None = None,
    links: tuple[LinkRow, ...] | None = None,
    successions: tuple[SuccessionRow, ...] | None = None,
) -> OrganisationHistory:
    """A new history with an empty store of trees."""
    return OrganisationHistory(
        history.units if units is None else units,
        history.names if names is None else names,
        history.links if links is None else links,
        history.successions if successions is None else successions,
    )


def _concerned(before: OrganisationHistory, after: OrganisationHistory, ending: Iterable[int], successor_id: int | None) -> frozenset[int]:
    """What ends and carries on, what changes place, and everything right above them."""
    ending = set(ending)
    moved = {row.unit_id for row in set(before.links) ^ set(after.links)}
    above = {row.parent_id for row in set(before.links) ^ set(after.links)}
    return frozenset(ending | moved | above | ({successor_id} if successor_id is not None else set()))


def _alive(history: OrganisationHistory, unit_id: int, day: date) -> UnitRow:
    unit = history.by_id[unit_id]
    if not is_valid(day, unit.valid_from, unit.valid_to):
        raise UnitOutsideLife(_label(unit), day, unit.valid_from, unit.valid_to)
    return unit


def _may_end(history: OrganisationHistory, unit_id: int, on: date) -> None:
    unit = _alive(history, unit_id, day_before(on))
    if unit.valid_to is not None:
        raise UnitEndsAlready(_label(unit), unit.valid_to)


def _checked(draft: Draft) -> Draft:
    """Every place is one for the kind of unit and lies inside the life of the unit above, and no day has a circle."""
    units = draft.after.by_id
    for row in set(draft.after.links) - set(draft.before.links):
        unit, parent = units[row.unit_id], units[row.parent_id]
        if parent.kind not in ABOVE.get(unit.kind, {parent.kind}):
            raise WideBelowNarrow(_label(unit), _label(parent))
        if not is_valid(row.valid_from, parent.valid_from, parent.valid_to):
            raise ParentOutsideLife(_label(unit), _label(parent), row.valid_from)
        if parent.valid_to is not None and (row.valid_to is None or row.valid_to > parent.valid_to):
            raise ParentOutsideLife(_label(unit), _label(parent), _day_after(parent.valid_to))
        if not is_valid(row.valid_from, unit.valid_from, unit.valid_to):
            raise UnitOutsideLife(_label(unit), row.valid_from, unit.valid_from, unit.valid_to)
    changed = {row.unit_id for row in set(draft.after.links) - set(draft.before.links)}
    for day in [draft.on, *draft.after.breaks_after(draft.on)]:
        tree = draft.after.on(day)
        for unit_id in changed & tree.nodes.keys():
            try:
                tree.path(unit_id)
            except CycleInTree:
                raise BelowItself(_label(units[unit_id]), _label(units[tree.nodes[unit_id].parent_id or unit_id]), day) from None
    return draft


def _label(unit: UnitRow) -> str:
    return f"{unit.code} {unit.name}"


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
