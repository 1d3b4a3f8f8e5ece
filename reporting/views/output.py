"""The month as a case paper: a page, and the same as PDF, Word and a workbook."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.clock import today
from common.documents import pdf_is_available
from common.http import Request, download
from common.pdf_answers import pdf_answer
from common.tables import XLSX_TYPE
from common.word import WORD_TYPE
from organisation.models import Unit
from organisation.queries.tree import history
from organisation.rules.access import Permission
from organisation.views.reach import district_or_404
from reporting.charts.case_paper import earmarked_table, main_table, word_file, workbook
from reporting.queries.case_paper import CasePaper, case_paper
from reporting.queries.owners import month_end


@require_GET
def case_page(request: Request, unit_code: str, month: date) -> HttpResponse:
    """What the files will say, before anybody downloads them."""
    paper = _paper(request, unit_code, month)
    context = {
        "paper": paper,
        "tables": _tables(paper),
        "files": _files(unit_code, month),
        "can_pdf": pdf_is_available(),
        "pack_url": _pack_url(request, unit_code, month),
        "crumbs": [(_("Rapportering"), reverse("reporting:index")), (paper.title, None)],
    }
    return render(request, "reporting/output/case_paper.html", context)


@require_GET
def case_pdf(request: Request, unit_code: str, month: date) -> HttpResponse:
    paper = _with_figures(_paper(request, unit_code, month))
    context = {"paper": paper, "tables": _tables(paper), "made_on": today()}
    return pdf_answer(request, render_to_string("reporting/output/case_paper_pdf.html", context), _name(paper))


@require_GET
def case_word(request: Request, unit_code: str, month: date) -> HttpResponse:
    paper = _with_figures(_paper(request, unit_code, month))
    return download(word_file(paper, now=timezone.now()), f"{_name(paper)}.docx", WORD_TYPE)


@require_GET
def case_xlsx(request: Request, unit_code: str, month: date) -> HttpResponse:
    paper = _with_figures(_paper(request, unit_code, month))
    return download(workbook(paper), f"{_name(paper)}.xlsx", XLSX_TYPE)


def check_month(district: Unit, month: date) -> None:
    """A month that has begun, and in which there was such a district. Raises Http404."""
    if month > today() or district.pk not in history().on(month_end(month)).nodes:
        raise Http404


def _paper(request: Request, unit_code: str, month: date) -> CasePaper:
    district = district_or_404(request.access, Permission.CONSOLIDATE, unit_code)
    check_month(district, month)
    return case_paper(district_id=district.pk, month=month)


def _with_figures(paper: CasePaper) -> CasePaper:
    """A file without figures is no file."""
    if not paper.has_figures:
        raise Http404
    return paper


def _tables(paper: CasePaper) -> list[object]:
    return [table for table in (main_table(paper), earmarked_table(paper)) if table is not None]


def _name(paper: CasePaper) -> str:
    return f"sak-{paper.code}-{paper.month:%Y-%m}"


def _pack_url(request: Request, unit_code: str, month: date) -> str:
    """The way to all reports in one file, or "" where the person may not read them or this machine cannot make it."""
    if not pdf_is_available() or not request.access.may(Permission.SEE_DELIVERED_REPORT):
        return ""
    return reverse("reporting:pack_pdf", kwargs={"unit_code": unit_code, "month": month})


def _files(unit_code: str, month: date) -> list[dict[str, str]]:
    """The one people mostly want first."""
    address = {"unit_code": unit_code, "month": month}
    rows = [(_("Word"), "reporting:case_word", "primary"), (_("Excel"), "reporting:case_xlsx", "secondary")]
    if pdf_is_available():
        rows.insert(1, (_("PDF"), "reporting:case_pdf", "secondary"))
    return [{"label": label, "url": reverse(name, kwargs=address), "kind": kind} for label, name, kind in rows]
