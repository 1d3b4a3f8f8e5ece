"""Actions a search finds: those of the units whose actions the person reads, closed ones too."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from actions.models import OPEN, Action
from actions.rules.states import Status
from common import formats
from common.found import Found, FoundGroup, found_group
from common.searching import Wanted
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.rules.access import Permission

STATES = dict(Action.StatusChoices)


def find(access: Access, text: str, limit: int) -> list[FoundGroup]:
    """Open ones first, and of each the first due. Two SQL statements: version and actions."""
    if not access.may(Permission.SEE_ACTIONS):
        return []
    reached = ever_reached(access, Permission.SEE_ACTIONS)
    seen = Action.objects.filter(Wanted.of(text).where("title"), unit_id__in=reached)
    fields = ("pk", "title", "unit__name", "status", "due_on")
    found = [*seen.filter(status__in=OPEN).order_by("due_on", "pk").values_list(*fields)[: limit + 1]]
    found += seen.exclude(status__in=OPEN).order_by("-due_on", "-pk").values_list(*fields)[: limit + 1]
    hits = [Found(title, reverse("actions:action", args=[pk]), _about(unit, status, due)) for pk, title, unit, status, due in found]
    return found_group("tiltak", _("Tiltak"), hits, limit)


def _about(unit: str, status: str, due: date) -> str:
    words = {"unit": unit, "status": str(STATES[Status(status)]), "day": formats.date_long(due)}
    return _("%(unit)s. %(status)s, frist %(day)s.") % words
