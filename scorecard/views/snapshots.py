"""Published results: for politicians and everybody else, finished text and never live figures."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import formats
from common.http import Request, download
from common.marks import missing_mark, quality_mark, status_mark, status_tally
from common.tables import CSV_TYPE, to_csv
from organisation.rules.access import Permission
from scorecard.models import Snapshot
from scorecard.queries.snapshots import snapshot_columns, snapshot_notes, snapshot_rows, snapshots_in, unsure_in

CONFIRMED = "ja"


def snapshot_or_404(request: Request, permission: Permission, pk: int) -> Snapshot:
    """A snapshot of a unit that the permission reaches. Raises Http404."""
    found = snapshots_in(request.access.unit_ids(permission)).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


@require_GET
def snapshots(request: Request) -> HttpResponse:
    """Everything that has been published, the newest first."""
    rows = snapshots_in(request.access.unit_ids(Permission.SEE_PUBLISHED))
    return render(request, "scorecard/snapshots/list.html", {"snapshots": rows})


@require_GET
def snapshot(request: Request, pk: int) -> HttpResponse:
    """One of them, as it was shown when it was published."""
    found = snapshot_or_404(request, Permission.SEE_PUBLISHED, pk)
    context = {
        "snapshot": found,
        "content": found.content,
        "areas": [_area(area) for area in found.content["areas"]],
        "may_withdraw": found.withdrawn_at is None and request.access.may_in(Permission.APPROVE_SCORECARD, found.unit_id),
        "crumbs": [(_("Publiserte resultater"), reverse("scorecard:snapshots")), (found.title, "")],
    }
    return render(request, "scorecard/snapshots/page.html", context)


def _area(area: dict) -> dict[str, object]:  # type: ignore[type-arg]
    rows, factor = [], None
    for row in area["rows"]:
        value = missing_mark(row["status_word"]) if row["value"] == formats.MISSING else row["value"]
        marks = {"shown": value, "badge": quality_mark(row["quality"]), "mark": status_mark(row["status"], row["status_word"])}
        rows.append({**row, **marks, "same_factor": row["factor"] == factor})
        factor = row["factor"]
    return {**area, "tally": status_tally((code, count) for code, count in area["tally"]), "rows": rows}


@require_GET
def snapshot_export(request: Request, pk: int) -> HttpResponse:
    """The same as a file. What is not final is listed first, and the file comes when that is confirmed."""
    found = snapshot_or_404(request, Permission.SEE_PUBLISHED, pk)
    unsure = unsure_in(found.content)
    if unsure and request.GET.get("bekreftet") != CONFIRMED:
        crumbs = [(_("Publiserte resultater"), reverse("scorecard:snapshots")), (found.title, reverse("scorecard:snapshot", args=[pk]))]
        context = {"snapshot": found, "unsure": unsure, "confirmed": CONFIRMED, "crumbs": [*crumbs, (_("Last ned"), "")]}
        return render(request, "scorecard/snapshots/confirm_file.html", context)
    data = to_csv(snapshot_columns(), snapshot_rows(found), notes=snapshot_notes(found))
    return download(data, f"resultater-{found.unit.code}-{found.period.code}.csv", CSV_TYPE)
