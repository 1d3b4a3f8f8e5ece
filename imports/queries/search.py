"""Files a search finds, of those the person sees."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from common.found import Found, FoundGroup, found_group
from common.searching import Wanted
from imports.models import Batch
from imports.queries.reach import Reach
from imports.rules.states import BatchState
from organisation.queries.access import Access
from organisation.rules.access import Permission

STATES = dict(Batch.StateChoices)


def find(access: Access, text: str, limit: int) -> list[FoundGroup]:
    """By the file's name and its source's, the newest first. One SQL statement."""
    if not access.may(Permission.SEE_IMPORTS):
        return []
    seen = Reach(access).batches().filter(Wanted.of(text).where("file_name", "source__name"))
    rows = seen.order_by("-received_at", "-pk").values_list("pk", "file_name", "source__name", "state", "received_at")
    found = [
        Found(name, reverse("imports:batch", args=[pk]), _about(source, state, received))
        for pk, name, source, state, received in rows[: limit + 1]
    ]
    return found_group("filer", _("Filer"), found, limit)


def _about(source: str, state: str, received: datetime) -> str:
    words = {"source": source, "state": STATES[BatchState(state)], "day": formats.date_long(received)}
    return _("%(source)s. %(state)s, mottatt %(day)s.") % words
