"""What the rows of a file of units would change, worked out on the history alone. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from organisation.rules import reorganisation
from organisation.rules.refusals import Refused
from organisation.rules.reorganisation import Draft, NewUnit
from organisation.rules.tree import OrganisationHistory


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row. Empty texts and None say nothing about the unit."""

    number: int
    code: str
    name: str
    kind: str
    parent: str
    on: date
    fte: Decimal | None


@dataclass(eq=False)
class CannotPlace(Refused):
    """The code above is neither a unit that may be managed nor in the file; "" where a new unit names none."""

    code: str


@dataclass(eq=False)
class OutOfReach(Refused):
    """The unit is another's."""

    code: str


@dataclass(eq=False)
class KindMissing(Refused):
    """A new unit needs a kind."""

    code: str


@dataclass(eq=False)
class KindChanges(Refused):
    """What kind of unit it is does not change by a file."""

    code: str


@dataclass(frozen=True, slots=True)
class Step:
    """One change: "create", "rename", "move" or "staffing" of the unit with this id (negative: new)."""

    row: UnitRow
    what: str
    unit_id: int
    before: str = ""


@dataclass
class Outcome:
    """The history with every row done, what each row does, and which rows cannot be."""

    before: OrganisationHistory
    after: OrganisationHistory
    steps: list[Step] = field(default_factory=list)
    problems: list[tuple[UnitRow, Refused]] = field(default_factory=list)
    unit_ids: set[int] = field(default_factory=set)

    @property
    def first_day(self) -> date | None:
        return min((step.row.on for step in self.steps), default=None)

    def as_draft(self) -> Draft:
        """All rows as one draft, from the first day anything changes."""
        return Draft(self.first_day or date.max, self.before, self.after, frozenset(self.unit_ids))


def take_in(
    history: OrganisationHistory, rows: Iterable[UnitRow], reached: Collection[int], staffing: Mapping[int, Iterable[tuple[date, Decimal]]]
) -> Outcome:
    """Does the rows one after the other, a unit after the one above it. Rows that change nothing leave no step."""
    outcome = Outcome(history, history)
    waiting = list(rows)
    while waiting:
        still = [row for row in waiting if _waits(row, waiting, outcome.after)]
        for row in waiting if len(still) == len(waiting) else [row for row in waiting if row not in still]:
            try:
                _take(outcome, row, reached, staffing)
            except Refused as refusal:
                outcome.problems.append((row, refusal))
        waiting = [] if len(still) == len(waiting) else still
    outcome.problems.sort(key=lambda problem: problem[0].number)
    outcome.steps.sort(key=lambda step: step.row.number)
    return outcome


def _waits(row: UnitRow, waiting: list[UnitRow], history: OrganisationHistory) -> bool:
    """The unit above is new and its row has not had its turn."""
    known = {unit.code for unit in history.units}
    return bool(row.parent) and row.parent not in known and any(other.code == row.parent for other in waiting if other is not row)


def _take(outcome: Outcome, row: UnitRow, reached: Collection[int], staffing: Mapping[int, Iterable[tuple[date, Decimal]]]) -> None:
    ids = {unit.code: unit.id for unit in outcome.after.units if unit.id < 0 or unit.id in reached}
    others = {unit.code for unit in outcome.after.units} - ids.keys()
    if row.code in others:
        raise OutOfReach(row.code)
    if row.parent and row.parent not in ids:
        raise CannotPlace(row.parent)
    if row.code not in ids:
        unit_id = _create(outcome, row, ids)
    else:
        unit_id = ids[row.code]
        _change(outcome, row, unit_id, ids)
    if row.fte is not None and _fte_on(staffing.get(unit_id, ()), row.on) != row.fte:
        outcome.steps.append(Step(row, "staffing", unit_id, str(_fte_on(staffing.get(unit_id, ()), row.on) or "")))


def _create(outcome: Outcome, row: UnitRow, ids: Mapping[str, int]) -> int:
    if not row.parent:
        raise CannotPlace("")
    if not row.kind:
        raise KindMissing(row.code)
    draft = reorganisation.create(outcome.after, NewUnit(row.code, row.name, row.kind), ids[row.parent], row.on)
    unit_id = min(unit.id for unit in draft.after.units)
    _keep(outcome, draft, Step(row, "create", unit_id))
    outcome.unit_ids.add(unit_id)
    return unit_id


def _change(outcome: Outcome, row: UnitRow, unit_id: int, ids: Mapping[str, int]) -> None:
    if row.kind and row.kind != outcome.after.by_id[unit_id].kind:
        raise KindChanges(row.code)
    node = outcome.after.on(row.on).nodes.get(unit_id)
    if node is None or (row.name and row.name != node.name):
        before = outcome.after.name_of(unit_id, row.on)
        _keep(outcome, reorganisation.rename(outcome.after, unit_id, row.name, row.on), Step(row, "rename", unit_id, before))
    if node is not None and row.parent and ids[row.parent] != node.parent_id:
        before = outcome.after.by_id[node.parent_id].code if node.parent_id else ""
        draft = reorganisation.move(outcome.after, unit_id, ids[row.parent], row.on)
        outcome.unit_ids |= draft.unit_ids
        _keep(outcome, draft, Step(row, "move", unit_id, before))


def _keep(outcome: Outcome, draft: Draft, step: Step) -> None:
    outcome.after = draft.after
    outcome.steps.append(step)


def _fte_on(rows: Iterable[tuple[date, Decimal]], day: date) -> Decimal | None:
    return max(((valid_from, fte) for valid_from, fte in rows if valid_from <= day), default=(day, None))[1]
