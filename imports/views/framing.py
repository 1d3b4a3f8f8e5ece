"""What the pages of files share: the batch one may see, the way back, the steps, and the worker's name."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common import formats
from common.clock import today
from common.http import Request
from imports.forms import control
from imports.importing.reading import read
from imports.models import Batch
from imports.queries.reach import Reach
from imports.rules.states import BatchState
from imports.services import batches as services
from imports.tasks import call_worker
from organisation.queries.tree import history
from organisation.rules.tree import UnitTree

WORKER = "request"
READING = (BatchState.RECEIVED, BatchState.READING, BatchState.SAVING)


def reach_of(request: Request) -> Reach:
    return Reach(request.access)


def batch_or_404(request: Request, pk: int) -> Batch:
    """The batch where the person may see it."""
    batch = reach_of(request).batch(pk)
    if batch is None:
        raise Http404
    return batch


def importable_or_404(request: Request, pk: int) -> Batch:
    """The batch where the person may decide about it."""
    batch = batch_or_404(request, pk)
    if not reach_of(request).may_import(batch.source.kind, batch.source.district_id):
        raise Http404
    return batch


def crumbs(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Import"), reverse("imports:index")), *steps]


def tree_of(batch: Batch) -> UnitTree:
    """The units on the last day of the file's month, or on the day it came."""
    day = control.first_day(batch, batch.received_at.date())
    from_month = day.replace(day=28)
    return history().on(from_month)


def frame(request: Request, batch: Batch, page: str) -> dict[str, Any]:
    """Facts, steps and rights of a page about one file."""
    reach = reach_of(request)
    kind, district_id = batch.source.kind, batch.source.district_id
    return {
        "batch": batch,
        "facts": control.facts(batch),
        "steps": _steps(batch),
        "amounts": reach.sees_amounts(kind, district_id),
        "sees_rows": reach.sees_rows(kind, district_id),
        "may_import": reach.may_import(kind, district_id),
        "crumbs": crumbs((page, "")),
    }


def _steps(batch: Batch) -> list[dict[str, str]]:
    """Where the file is on its way."""
    came = formats.moment(batch.received_at)
    names = [
        (_("Velg kilde"), f"{batch.source.name}, {control.period_text(batch)}"),
        (_("Last opp"), came),
        (_("Kontroller"), ""),
        (_("Lagre"), _("Alt eller ingenting")),
        (_("Varsle lederne"), _("Når du vil")),
    ]
    at = _place(batch)
    found = []
    for place, (title, text) in enumerate(names):
        state = "done" if place < at else "now" if place == at else ""
        if place == at and place in (1, 3):
            text = _("Leses nå") if place == 1 else _("Lagres nå")
        elif place == at and place == 2:
            text = _("Du er her")
        elif place == 4 and batch.leaders_told_at:
            text = formats.moment(batch.leaders_told_at)
        elif place == 2 and batch.checked_at and place < at:
            text = formats.moment(batch.checked_at)
        elif place == 3 and batch.saved_at and place < at:
            text = formats.moment(batch.saved_at)
        found.append({"title": title, "text": text, "state": state})
    return found


def _place(batch: Batch) -> int:
    match batch.state:
        case BatchState.RECEIVED | BatchState.READING:
            return 1
        case BatchState.CHECKED:
            return 2
        case BatchState.SAVING:
            return 3
        case BatchState.SAVED | BatchState.SAME:
            return 5 if batch.leaders_told_at else 4
    return 2


def check_now_or_later(request: Request, batch: Batch) -> None:
    """A small file is read in the request; a large one waits for the worker, which is asked to come."""
    if services.is_large(batch):
        call_worker()
        return
    try:
        services.check(batch=batch, worker=WORKER, now=timezone.now(), today=today(), read=read)
    except (services.NotWaiting, services.Overtaken):
        messages.info(request, _("Noen andre leser filen nå."))
