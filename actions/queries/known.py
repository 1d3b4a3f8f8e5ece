"""The actions a report names: those that are open, now or at a moment."""

from collections.abc import Collection
from datetime import datetime

from actions.models import OPEN, Action
from organisation.models import User


def open_now(unit_ids: Collection[int]) -> list[Action]:
    """The open actions of these units with their owners, the first due first. One SQL statement."""
    return list(Action.objects.filter(unit_id__in=unit_ids, status__in=OPEN).select_related("owner").order_by("due_on", "pk"))


def open_at(*, unit_ids: Collection[int], moment: datetime) -> list[Action]:
    """The actions of these units that were open then, with the deadline, owner and effect of that moment; the first due first.

    They are for reading, never for saving. Two SQL statements.
    """
    ever = Action.history.filter(unit_id__in=unit_ids).values("id")
    rows = Action.history.filter(id__in=ever, history_date__lte=moment).order_by("history_date", "history_id")
    latest = {row.id: row for row in rows}
    there = [row.instance for row in latest.values() if row.history_type != "-" and row.unit_id in unit_ids and row.status in OPEN]
    owners = User.objects.in_bulk({action.owner_id for action in there})
    for action in there:
        action.owner = owners[action.owner_id]
    return sorted(there, key=lambda action: (action.due_on, action.pk))
