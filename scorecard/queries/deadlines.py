"""The approval of next year's målekart among the deadlines of all apps."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from common.deadlines import Deadline, Lane
from common.oslo import OSLO
from common.workdays import previous_workday
from organisation.rules.access import Permission
from scorecard.models import Scorecard
from scorecard.rules.lifecycle import IN_FORCE, State

# Whose turn it is, and where. A draft is there for those alone who set it up.
_TURNS = {
    State.DRAFT: (Permission.EDIT_SCORECARD, Permission.EDIT_SCORECARD, "scorecard:setup_card"),
    State.PROPOSED: (Permission.APPROVE_SCORECARD, Permission.APPROVE_SCORECARD, "scorecard:setup_approval"),
    State.PUBLISHED: (Permission.APPROVE_SCORECARD, Permission.SEE_SCORECARD, "scorecard:card"),
    State.LOCKED: (Permission.APPROVE_SCORECARD, Permission.SEE_SCORECARD, "scorecard:card"),
}


def deadlines(*, unit_ids: Collection[int], first: date, last: date) -> list[Deadline]:
    """One for every målekart, due on the last working day before its year. One SQL statement."""
    cards = Scorecard.objects.filter(unit_id__in=unit_ids, year__range=(first.year, last.year + 1))
    found = []
    for unit_id, code, year, state, published_at in cards.order_by("year", "pk").values_list(
        "unit_id", "unit__code", "year", "state", "published_at"
    ):
        due_on = previous_workday(date(year - 1, 12, 31))
        if not first <= due_on <= last:
            continue
        permission, seen_with, page = _TURNS[State(state)]
        title = _("Målekartet for %(year)s godkjent") % {"year": year}
        found.append(
            Deadline(
                key=f"scorecard.card:{code}:{year}",
                group=f"scorecard:{year}",
                title=title,
                public_title=title,
                unit_id=unit_id,
                due_on=due_on,
                url=reverse(page, args=[code, year]),
                lane=Lane.PLAN,
                seen_with=seen_with,
                permission=permission,
                done_on=published_at.astimezone(OSLO).date() if published_at and State(state) in IN_FORCE else None,
            )
        )
    return found
