"""The days of actions among the deadlines of all apps."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from actions.models import Action
from actions.rules.states import Status
from common.deadlines import Deadline, Lane
from organisation.rules.access import Permission


def deadlines(*, unit_ids: Collection[int], first: date, last: date) -> list[Deadline]:
    """One for every action that was not given up. One SQL statement."""
    rows = Action.objects.filter(unit_id__in=unit_ids, due_on__range=(first, last)).exclude(status=Status.CANCELLED)
    public = _("Tiltak med frist")
    return [
        Deadline(
            key=f"actions.action:{pk}",
            group="action",
            title=title,
            public_title=public,
            unit_id=unit_id,
            due_on=due_on,
            url=reverse("actions:action", args=[pk]),
            lane=Lane.PLAN,
            seen_with=Permission.SEE_ACTIONS,
            owner_id=owner_id,
            done_on=closed_on,
            version=version,
        )
        for pk, title, unit_id, due_on, owner_id, closed_on, version in rows.order_by("due_on", "pk").values_list(
            "pk", "title", "unit_id", "due_on", "owner_id", "closed_on", "version"
        )
    ]
