"""Tagged PDF files from our own templates: the one place that knows WeasyPrint. No domain words.

WeasyPrint sets text with Pango, a library of the operating system. Where that is missing the application starts as usual, and only
what asks for a PDF is refused, in words (`PdfUnavailable`).
"""

import importlib
import logging
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders

PDF_TYPE = "application/pdf"

# The address that style sheets and pictures of a document have: nothing but our own static files lies there.
STATIC_ROOT = "file:///static/"
STYLE_SHEET = "css/document.css"
# Weight and style of each font file; without them a font of the system is used.
FONTS = (
    ("OsloSans-Regular.woff2", 400, "normal"),
    ("OsloSans-RegularItalic.woff2", 400, "italic"),
    ("OsloSans-Medium.woff2", 500, "normal"),
    ("OsloSans-Bold.woff2", 700, "normal"),
)
FONT_FOLDER = "vendor/punkt/fonts"

# It warns about each rule of CSS it does not know; ours are written for it.
logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


class PdfUnavailable(Exception):
    """The machine lacks the libraries that text is set with."""


class ForbiddenAddress(ValueError):
    """A document asked for something that is not one of our static files."""


@lru_cache(maxsize=1)
def _library() -> Any:
    """WeasyPrint, loaded when the first document is made. Raises PdfUnavailable."""
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise PdfUnavailable(str(error)) from error


def pdf_is_available() -> bool:
    """Whether this machine can make PDF files."""
    try:
        _library()
    except PdfUnavailable:
        return False
    return True


def to_pdf(markup: str) -> bytes:
    """The page as a tagged PDF (PDF/UA-1), set by our style sheet for documents.

    The markup says its language in `lang` and its name in `title`; tables have `caption` and `scope`, pictures have words. Nothing is
    fetched but our own static files. Raises PdfUnavailable.
    """
    library = _library()
    fonts = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
    sheets = [_style_sheet(library, text, fonts) for text in (_font_faces(), _static_text(STYLE_SHEET))]
    document = library.HTML(string=markup, base_url=STATIC_ROOT, url_fetcher=fetch_static)
    made: bytes = document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    return made


def fetch_static(url: str) -> Any:
    """A static file for a document. Raises ForbiddenAddress for every other address, on this machine or another."""
    path = unquote(urlsplit(url).path)
    prefix = urlsplit(STATIC_ROOT).path
    if not url.startswith(STATIC_ROOT) or ".." in path:
        raise ForbiddenAddress(url)
    name = path.removeprefix(prefix)
    content = _static_file(name).read_bytes()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return importlib.import_module("weasyprint.urls").URLFetcherResponse(url, content, {"Content-Type": kind})


def _static_file(name: str) -> Path:
    found = finders.find(name)
    if not found:
        raise ForbiddenAddress(name)
    return Path(found)


@lru_cache(maxsize=4)
def _static_text(name: str) -> str:
    return _static_file(name).read_text(encoding="utf-8")


def _style_sheet(library: Any, text: str, fonts: Any) -> Any:
    return library.CSS(string=text, base_url=STATIC_ROOT, url_fetcher=fetch_static, font_config=fonts)


@lru_cache(maxsize=1)
def _font_faces() -> str:
    """Rules for the fonts that are there."""
    return "".join(
        f'@font-face{{font-family:"Oslo Sans";font-weight:{weight};font-style:{style};src:url("{STATIC_ROOT}{FONT_FOLDER}/{name}")}}'
        for name, weight, style in FONTS
        if finders.find(f"{FONT_FOLDER}/{name}")
    )
