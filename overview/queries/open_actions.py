"""Open actions of units: few enough to be read for every visit, and a page that shows them is another as soon as one is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from actions.models import OPEN, Action
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from scorecard.models import IndicatorAction


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
    unit_ids = {node.id for node in nodes} & access.unit_ids(Permission.SEE_ACTIONS)
    made_for = IndicatorAction.objects.filter(action=OuterRef("pk")).order_by().values("indicator_id")[:1]
    rows = Action.objects.filter(unit_id__in=unit_ids, status__in=OPEN).annotate(made_for=Subquery(made_for)).order_by("due_on", "pk")
    return OpenActions(tuple(OpenAction(*row) for row in rows.values_list("unit_id", "pk", "title", "due_on", "made_for")))
