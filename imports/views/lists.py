"""The front page of files: what is expected, what came; and bringing a file."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common import formats
from common.clock import today
from common.http import Request
from imports.forms import control
from imports.forms.files import UploadForm
from imports.models import Batch
from imports.queries.lists import GROUPS, SourceRow, source_rows
from imports.rules.states import CodeState, Way
from imports.services import batches as services
from imports.views.framing import check_now_or_later, crumbs, reach_of
from organisation.rules.access import Permission

PER_PAGE = 30
MARKS = {
    "received": ("none", "clock"),
    "reading": ("none", "clock"),
    "checked": ("near", "warn"),
    "refused": ("missed", "err"),
    "saving": ("none", "clock"),
    "saved": ("reached", "check"),
    "rejected": ("none", "minus"),
    "rolled_back": ("none", "minus"),
    "same": ("none", "minus"),
}


@require_GET
def index(request: Request) -> HttpResponse:
    """Sources with their next file, the late ones first; then the files, the newest first."""
    reach, day = reach_of(request), today()
    rows = source_rows(reach, day)
    kind, state = request.GET.get("kilde", ""), request.GET.get("vis", "")
    found = reach.batches()
    if any(row.source.code == kind for row in rows):
        found = found.filter(source__code=kind)
    if state in GROUPS:
        found = found.filter(state__in=[each.value for each in GROUPS[state]])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "sources": [_source(row) for row in rows],
        "late": sum(row.is_late(day) for row in rows),
        "page": page,
        "rows": [_batch(batch) for batch in page.object_list],
        "chips": _chips(kind, state),
        "selects": [_select(rows, kind)],
        "keep": [("vis", state)] if state in GROUPS else [],
        "query": urlencode({"kilde": kind, "vis": state}),
        "open_codes": reach.unknown_codes().filter(state=CodeState.OPEN).count(),
        "may_import": bool(reach.importable()),
        "may_edit": request.access.may(Permission.EDIT_RULES),
    }
    return render(request, "imports/index.html", context)


def _source(row: SourceRow) -> dict[str, Any]:
    expected, last, is_late = row.expectation, row.last, row.is_late(today())
    facts: dict[str, Any] = {"source": row.source, "last": last, "is_late": is_late, "expected": _("Ingen fast dag"), "mark": None}
    if expected is not None:
        month = formats.month_label(expected.expected.month)
        words = {"month": month, "day": formats.date_long(expected.expected.on)}
        if expected.saved is not None:
            facts["expected"] = _("%(month)s er lest inn") % words
            facts["mark"] = ("reached", _("I rute"))
        else:
            facts["expected"] = _("%(month)s, ventet %(day)s") % words
            facts["mark"] = ("not_reached", _("Over tiden")) if is_late else ("not_due", _("Ventes"))
    if last is not None:
        facts["last_text"] = f"{last.get_state_display()}, {formats.moment(last.received_at)}"
    return facts


def _batch(batch: Batch) -> dict[str, Any]:
    style, icon = MARKS[batch.state]
    return {
        "batch": batch,
        "period": control.period_text(batch) if batch.year else formats.MISSING,
        "by": batch.received_by.name if batch.received_by else batch.get_way_display(),
        "at": formats.moment(batch.received_at),
        "style": style,
        "icon": icon,
        "rows": formats.number(batch.rows_read) if batch.rows_read else formats.MISSING,
    }


def _chips(kind: str, state: str) -> list[dict[str, Any]]:
    labels = {"": _("Alle"), "venter": _("Venter"), "lagret": _("Lagret"), "ikke-lagret": _("Ikke lagret")}
    return [
        {"label": label, "url": f"?{urlencode({'kilde': kind, 'vis': key})}", "current": key == (state if state in GROUPS else "")}
        for key, label in labels.items()
    ]


def _select(rows: list[SourceRow], kind: str) -> dict[str, Any]:
    options = [("", _("Alle kilder"), not kind), *((row.source.code, row.source.name, row.source.code == kind) for row in rows)]
    return {"id": "kilde", "name": "kilde", "label": _("Kilde"), "options": options}


@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Choose source, period and file. A small file is checked at once, a large one by the worker."""
    sources = reach_of(request).importable()
    if not sources:
        raise Http404
    chosen = request.GET.get("kilde", "")
    initial = {"source": chosen if any(source.code == chosen for source in sources) else ""}
    form = UploadForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        sources=sources,
        today=today(),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            batch = _received(request, form)
        except services.TooLarge:
            form.add_error("file", _("Filen er for stor. Del den i flere."))
        else:
            return redirect("imports:batch", batch.pk)
    context = {"form": form, "sources": sources, "crumbs": crumbs((_("Last opp fil"), ""))}
    return render(request, "imports/upload.html", context, status=422 if form.errors else 200)


def _received(request: Request, form: UploadForm) -> Batch:
    file = form.cleaned_data["file"]
    batch = services.receive(
        source=form.chosen_source,
        data=file,
        file_name=file.name,
        way=Way.BROWSER,
        actor=request.user,
        now=timezone.now(),
        period=form.chosen_period,
    )
    check_now_or_later(request, batch)
    return batch
