"""The audit trail: who did what, filtered, as a page and as a file; and what oneself did."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from common.clock import today
from common.http import download
from common.tables import CSV_TYPE, XLSX_TYPE, Column, to_csv, to_xlsx
from organisation.forms.acts import act_rows, actions
from organisation.forms.audit import AuditForm
from organisation.queries.audit import AuditFilter, audit_page, audit_where
from organisation.queries.reach import below
from organisation.queries.units import unit_choices
from organisation.rules.access import Permission
from organisation.views.pages import access_of
from organisation.views.reach import unit_ever_or_404

MOST_ROWS_IN_A_FILE = 20_000


def _wanted(request: HttpRequest, form: AuditForm) -> AuditFilter:
    """The filter of the address. A field with an error is left out and says so; an unknown unit is 404."""
    form.is_valid()
    cleaned = form.cleaned_data
    unit_ids = None
    if code := request.GET.get("enhet", ""):
        unit_ids = below(unit_ever_or_404(access_of(request), Permission.SEE_AUDIT, code), today())
    return AuditFilter(
        who=cleaned.get("hvem") or "",
        action=cleaned.get("handling") or "",
        unit_ids=unit_ids,
        first=cleaned.get("fra"),
        last=cleaned.get("til"),
        after=cleaned.get("etter"),
    )


def _kept(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("hvem", "handling", "enhet", "fra", "til") if request.GET.get(name)}


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """What people did, newest first."""
    access = access_of(request)
    form = AuditForm(request.GET, actions=list(actions().items()))
    page = audit_page(audit_where(access), _wanted(request, form))
    kept = _kept(request)
    context: dict[str, Any] = {
        "form": form,
        "rows": act_rows(page.entries),
        "kept": urlencode(kept),
        "filtered": bool(kept),
        "next_url": f"?{urlencode(kept | {'etter': page.next_after})}" if page.next_after else None,
        "units": unit_choices(access, Permission.SEE_AUDIT),
        "unit_code": request.GET.get("enhet", ""),
    }
    return render(request, "organisation/audit.html", context, status=422 if form.errors else 200)


@require_GET
def audit_export(request: HttpRequest) -> HttpResponse:
    """The filtered trail as a file, the newest rows where there are very many."""
    form = AuditForm(request.GET, actions=list(actions().items()))
    page = audit_page(audit_where(access_of(request)), _wanted(request, form), size=MOST_ROWS_IN_A_FILE)
    columns = [
        Column("at", _("Tidspunkt"), "date"),
        Column("who", _("Hvem")),
        Column("did", _("Handling")),
        Column("what", pgettext("audit", "Gjelder")),
        Column("unit", _("Enhet")),
        Column("details", _("Detaljer")),
    ]
    rows = [
        {
            "at": row.at,
            "who": row.who,
            "did": row.did,
            "what": row.what,
            "unit": row.unit,
            "details": "; ".join(f"{label}: {text}" for label, text in row.details),
        }
        for row in act_rows(page.entries)
    ]
    notes = [_("Filen har de nyeste radene. Velg en kortere periode for å få resten.")] if page.next_after else []
    name = _("logg %(day)s") % {"day": today().isoformat()}
    if request.GET.get("format") == "xlsx":
        return download(to_xlsx(columns, rows, title=_("Logg"), notes=notes), f"{name}.xlsx", XLSX_TYPE)
    return download(to_csv(columns, rows, notes=notes), f"{name}.csv", CSV_TYPE)


@require_GET
def my_acts(request: HttpRequest) -> HttpResponse:
    """What the person has done, for the person."""
    after = request.GET.get("etter", "")
    key = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else None
    page = audit_page(Q(actor=request.user), AuditFilter(after=key))
    context = {"rows": act_rows(page.entries), "next_url": f"?etter={page.next_after}" if page.next_after else None}
    return render(request, "organisation/my_acts.html", context)
