"""The actions a report names: those that are open, now or at a moment."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from actions.models import OPEN, Action
from organisation.models import User


def open_now(unit_ids: Collection[int]) -> list[Action]:
    """The open actions of these units with their owners, the first due first. One SQL statement."""
    return list(Action.objects.filter(unit_id__in=unit_ids, status__in=OPEN).select_related("owner").order_by("due_on", "pk"))


def open_at(*, unit_ids: Collection[int], moment: datetime) -> list[Action]:
    """The actions of these units that were open then, with the deadline, owner and effect of that moment; the first due first.

    They are for reading, never for saving. Two SQL statements.
    """
    later = Action.history.filter(id=OuterRef("id"), history_date__lte=moment).filter(
        Q(history_date__gt=OuterRef("history_date")) | Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id"))
    )
    rows = Action.history.filter(~Exists(later), history_date__lte=moment, unit_id__in=unit_ids, status__in=OPEN).exclude(history_type="-")
    there = [row.instance for row in rows]
    owners = User.objects.in_bulk({action.owner_id for action in there})
    for action in there:
        action.owner = owners[action.owner_id]
    return sorted(there, key=lambda action: (action.due_on, action.pk))
