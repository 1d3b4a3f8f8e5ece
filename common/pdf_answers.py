"""Pages answered with a PDF: made once of the same markup, and said in words where the machine cannot make one."""

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.documents import PDF_TYPE, PdfUnavailable, to_pdf
from common.http import download
from common.pages import key_of

NOT_HERE = 503
KEPT_SECONDS = 60 * 60


def pdf_answer(request: HttpRequest, markup: str, name: str) -> HttpResponse:
    """The document to save, or a page in words where this machine cannot make one."""
    try:
        return download(kept_pdf(markup), f"{name}.pdf", PDF_TYPE)
    except PdfUnavailable:
        return render(request, "no_pdf.html", status=NOT_HERE)


def kept_pdf(markup: str) -> bytes:
    """The document of this very markup: made once, and kept for an hour. Raises PdfUnavailable."""
    key = f"pdf:{key_of(markup)}"
    kept: bytes | None = caches["pages"].get(key)
    if kept is None:
        kept = to_pdf(markup)
        caches["pages"].set(key, kept, KEPT_SECONDS)
    return kept
