"""Scorecards and their parts."""

from collections.abc import Collection
from datetime import date

from organisation.queries import tree as organisation_tree
from scorecard.models import Scorecard
from scorecard.rules.lifecycle import IN_FORCE, State


def scorecard_for(unit_id: int, year: int) -> Scorecard | None:
    """The scorecard in force for a unit in a year: the nearest at or above it. One SQL statement besides the tree's."""
    history = organisation_tree.history()
    path = history.on(date(year, 12, 31)).path(unit_id) or history.on(history.by_id[unit_id].valid_from).path(unit_id)
    cards = {card.unit_id: card for card in Scorecard.objects.filter(unit_id__in=path, year=year, state__in=IN_FORCE).order_by()}
    return next((cards[above] for above in path if above in cards), None)


def locked_years(unit_ids: Collection[int]) -> set[tuple[int, int]]:
    """(unit, year) where the scorecard in force is locked. One SQL statement besides the tree's."""
    locked = list(Scorecard.objects.filter(state=State.LOCKED).order_by().values_list("unit_id", "year"))
    history = organisation_tree.history() if locked else None
    return {
        (unit_id, year)
        for holder, year in locked
        for unit_id in unit_ids
        if history is not None and holder in history.on(date(year, 12, 31)).path(unit_id)
    }
