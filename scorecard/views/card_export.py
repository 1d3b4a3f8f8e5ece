"""A scorecard as a file to save."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import formats
from common.http import Request, download
from common.tables import CSV_TYPE, XLSX_TYPE, to_csv, to_xlsx
from scorecard.queries.card_file import columns_of, notes_of, rows_of
from scorecard.views.card_reading import reading_of

FORMS = {"csv", "xlsx"}


@require_GET
def card_export(request: Request, unit_code: str, year: int, form: str) -> HttpResponse:
    """The page's table with the same rights and choices. A day that cannot be read is answered in words, never with other figures."""
    reading = reading_of(request, unit_code, year)
    if form not in FORMS:
        raise Http404
    if not reading.valid:
        errors = " ".join(str(error) for error in reading.form.errors.get("kjent", []))
        return HttpResponse(errors, status=422, content_type="text/plain; charset=utf-8")
    card = reading.card()
    notes = notes_of(card, on=formats.moment(timezone.now()))
    name = f"malekart-{unit_code}-{year}"
    if form == "xlsx":
        title = _("Målekart %(year)s") % {"year": year}
        return download(to_xlsx(columns_of(card), rows_of(card), title=title, notes=notes), f"{name}.xlsx", XLSX_TYPE)
    return download(to_csv(columns_of(card), rows_of(card), notes=notes), f"{name}.csv", CSV_TYPE)
