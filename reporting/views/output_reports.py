"""Units' reports as PDF: one, or all of a district's in one file."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from common.clock import today
from common.documents import PdfUnavailable
from common.http import Request
from common.pdf_answers import kept_pdf, pdf_answer
from organisation.queries.tree import history
from organisation.rules.access import Permission
from organisation.views.reach import district_or_404, unit_ever_or_404
from reporting.charts.forecast_line import forecast_line
from reporting.queries.owners import month_end
from reporting.queries.report_sheets import Pack, pack_of
from reporting.views.output import check_month


@require_GET
def pack_pdf(request: Request, unit_code: str, month: date) -> HttpResponse:
    """Every report of the district that was handed in, a sheet each.

    Asked for from a page that waits, the file is made and kept, and the answer is the way to it.
    """
    district = district_or_404(request.access, Permission.SEE_DELIVERED_REPORT, unit_code)
    check_month(district, month)
    pack = _filled(pack_of(access=request.access, district_id=district.pk, month=month))
    markup = _markup(pack, one=False)
    if not request.headers.get("HX-Request"):
        return pdf_answer(request, markup, f"rapporter-{pack.code}-{month:%Y-%m}")
    try:
        size = len(kept_pdf(markup)) // 1024 + 1
    except PdfUnavailable:
        size = 0
    return render(request, "reporting/output/_pack.html", {"pack_url": request.path, "size": size, "count": len(pack.sheets)})


@require_GET
def report_pdf(request: Request, unit_code: str, month: date) -> HttpResponse:
    """One unit's report, as far as the person may read it."""
    unit = unit_ever_or_404(request.access, Permission.SEE_REPORT_SUMMARY, unit_code)
    if month > today():
        raise Http404
    tree = history().on(month_end(month))
    district_id = tree.district_of(unit.pk)
    if district_id is None:
        raise Http404
    pack = _filled(pack_of(access=request.access, district_id=district_id, month=month, unit_id=unit.pk))
    return pdf_answer(request, _markup(pack, one=True), f"rapport-{unit.code}-{month:%Y-%m}")


def _filled(pack: Pack) -> Pack:
    """A file without a report is no file."""
    if not pack.sheets:
        raise Http404
    return pack


def _markup(pack: Pack, *, one: bool) -> str:
    sheets = [(sheet, forecast_line(sheet.history, sheet.revised)) for sheet in pack.sheets]
    return render_to_string("reporting/output/pack.html", {"pack": pack, "sheets": sheets, "one": one, "made_on": today()})
