"""Who answers for a ledger: the nearest unit that reports, for itself and for everything below it that does not report."""

from collections.abc import Iterable
from datetime import date

from common.periods import Period
from organisation.models import Unit
from organisation.queries.tree import history
from organisation.rules.tree import UnitTree

REPORTING_KINDS = frozenset({Unit.Kind.RESULT_UNIT.value, Unit.Kind.STAFF_UNIT.value})


def owner_of(tree: UnitTree, unit_id: int | None) -> int | None:
    """The unit whose report an amount stands in; None for what stands with no unit that reports."""
    path = tree.path(unit_id) if unit_id is not None else ()
    return next((each for each in path if tree.nodes[each].kind in REPORTING_KINDS), None)


def owned_by(tree: UnitTree, unit_id: int) -> frozenset[int]:
    """The units whose ledgers stand in this unit's report: itself, and what is below it. Of a unit that does not report, itself alone."""
    return frozenset({unit_id, *(each for each in tree.subtree(unit_id) if owner_of(tree, each) == unit_id)})


def owners_of(tree: UnitTree, unit_ids: Iterable[int]) -> set[int]:
    """The units whose reports show what these units' ledgers come to; a unit that has no such unit stands for itself."""
    return {owner_of(tree, unit_id) or unit_id for unit_id in unit_ids}


def owners_in(tree: UnitTree, unit_ids: Iterable[int]) -> dict[int, int]:
    """unit → in which of these units it is added up."""
    return {each: unit_id for unit_id in unit_ids for each in owned_by(tree, unit_id)}


def month_end(month: date) -> date:
    """The last day of the month this day is in."""
    return Period.month(month.year, month.month).last_day


def trees_of(months: Iterable[date]) -> dict[date, UnitTree]:
    """The tree at the end of each month."""
    past = history()
    return {month: past.on(month_end(month)) for month in months}


def tree_of(month: date) -> UnitTree:
    """The tree at the end of a month."""
    return trees_of([month])[month]
