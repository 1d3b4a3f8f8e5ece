"""Which action an address names, for the person who asks, and what the person may do with it."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.models import Action
from actions.rules.states import Status
from common.http import Request
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.rules.access import Permission


@dataclass(frozen=True)
class Place:
    """`may_change`: everything of it; `may_follow`: status and end, which are the owner's too. Neither when it is closed."""

    action: Action
    access: Access
    may_change: bool
    may_follow: bool

    @property
    def url(self) -> str:
        return reverse("actions:action", args=[self.action.pk])

    def crumbs(self, *last: str) -> list[tuple[str, str]]:
        steps = [(_("Tiltak"), reverse("actions:mine")), (self.action.title, self.url)]
        return steps + [(label, "") for label in last]


def place_or_404(request: Request, action_id: int) -> Place:
    """Raises Http404 where the person does not read the unit's actions, of units that have ended too."""
    access: Access = request.access
    action = Action.objects.select_related("unit", "owner", "created_by", "evaluated_by").filter(pk=action_id).first()
    if action is None or action.unit_id not in ever_reached(access, Permission.SEE_ACTIONS):
        raise Http404
    is_open = Status(action.status).is_open
    may_change = is_open and action.unit_id in ever_reached(access, Permission.EDIT_ACTIONS)
    return Place(action, access, may_change, is_open and (may_change or action.owner_id == request.user.pk))
