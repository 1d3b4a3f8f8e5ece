"""Open actions of units: few enough to be read for every visit, and a page that shows them is another as soon as one is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actions.models import OPEN, Action
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from scorecard.models import IndicatorAction
from scorecard.queries import by_hand


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An open action, and the indicator it was made for; None where it was made for something else."""

    unit_id: int
    action_id: int
    title: str
    due_on: date
    indicator_id: int | None


@dataclass(frozen=True)
class OpenActions:
    """All of them that the reader may see, the first due first."""

    rows: tuple[OpenAction, ...]

    @property
    def answered(self) -> frozenset[tuple[int, int]]:
        """(unit, indicator) that somebody has an open action for."""
        return frozenset((row.unit_id, row.indicator_id) for row in self.rows if row.indicator_id is not None)

    @property
    def by_unit(self) -> dict[int, list[OpenAction]]:
        found: dict[int, list[OpenAction]] = defaultdict(list)
        for row in self.rows:
            found[row.unit_id].append(row)
        return dict(found)


def open_actions(access: Access, nodes: Iterable[Node]) -> OpenActions:
    """Of these units, as far as the reader reads their actions. One SQL statement."""
    unit_ids = sorted({node.id for node in nodes} & access.unit_ids(Permission.SEE_ACTIONS))
    found = by_hand.rows(
        f"SELECT a.unit_id, a.id, a.title, CAST(a.due_on AS text), i.indicator_id FROM {Action._meta.db_table} a "  # noqa: S608
        f"LEFT JOIN {IndicatorAction._meta.db_table} i ON i.action_id = a.id "
        f"WHERE {by_hand.among('a.unit_id', unit_ids)} AND {by_hand.among('a.status', OPEN)} ORDER BY a.due_on, a.id",
        [*unit_ids, *OPEN],
    )
    return OpenActions(
        tuple(
            OpenAction(unit_id, action_id, title, date.fromisoformat(day), indicator_id)
            for unit_id, action_id, title, day, indicator_id in found
        )
    )
