"""Documents: tagged PDF files with nothing fetched from elsewhere, and Word files with real headings."""

import io
import re
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn

from common import documents
from common.documents import ForbiddenAddress, PdfUnavailable, fetch_static, to_pdf
from common.word import WordFile

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
PAGE = (
    '<html lang="nb"><head><title>Økonomisk status</title></head><body><h1>Økonomi</h1><table><caption>Tall i 1000 kr</caption>'
    '<thead><tr><th scope="col">Område</th></tr></thead><tbody><tr><td>Pleie</td></tr></tbody></table></body></html>'
)


def unpacked(pdf):
    """The file's streams in the clear. A stream's last byte may look like a line break, so its end is found by unpacking."""
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(packed))
    return b"\n".join(parts)


def test_a_pdf_is_tagged_and_says_its_language_and_name():
    made = to_pdf(PAGE)
    assert made.startswith(b"%PDF-")
    inside = unpacked(made)
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", inside)
    assert re.search(rb"/Lang\s*\(nb\)", inside)
    assert re.search(rb"pdfuaid:part[^0-9]{1,20}1", inside)
    assert {b"/H1", b"/Table", b"/TH", b"/Caption"} <= set(re.findall(rb"/S\s*(/\w+)", inside))


@pytest.mark.parametrize(
    "address",
    [
        "https://example.test/spor.png",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "file:///static/../manage.py",
        "file:///static/%2e%2e/manage.py",
        "file:///static/finnes-ikke.css",
        "data:text/plain,hei",
    ],
)
def test_nothing_but_our_own_static_files_is_fetched(address):
    with pytest.raises(ForbiddenAddress):
        fetch_static(address)


def test_our_own_style_sheet_is_found():
    assert b"@page" in fetch_static("file:///static/css/document.css").read()


def test_a_machine_without_pango_is_told_so_and_only_when_a_document_is_asked_for(monkeypatch):
    def missing(name):
        raise OSError("cannot load library 'libpango-1.0-0'")

    documents._library.cache_clear()
    monkeypatch.setattr(documents.importlib, "import_module", missing)
    try:
        assert not documents.pdf_is_available()
        with pytest.raises(PdfUnavailable, match="libpango"):
            to_pdf(PAGE)
    finally:
        documents._library.cache_clear()


def test_a_word_file_has_headings_a_repeated_head_and_figures_to_the_right():
    made = WordFile(title="Økonomisk status", made_at=NOW)
    made.heading("Drift & <vedlikehold>")
    made.paragraph("Første\nAndre", strong="402 Hjemmetjenesten:")
    made.turn(landscape=True)
    made.table(["Område", "Avvik"], [["FO3", "−1 470"], ["Sum", "−1 470"]], caption="Tall i 1000 kr", total=True)
    made.foot("Bydel Alna")
    read = docx.Document(io.BytesIO(made.content()))
    assert [p.text for p in read.paragraphs if p.style.name == "Heading 1"] == ["Drift & <vedlikehold>"]
    table = read.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Område", "Avvik"], ["FO3", "−1 470"], ["Sum", "−1 470"]]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1].cells[1].paragraphs[0].alignment == 2
    assert table.rows[2].cells[0].paragraphs[0].runs[0].bold
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Tall i 1000 kr"
    assert read.sections[1].page_width > read.sections[1].page_height
    assert read.core_properties.title == "Økonomisk status"
    assert read.core_properties.language == "nb-NO"


def test_a_word_file_survives_characters_that_xml_cannot_hold():
    made = WordFile(title="A\x00B", made_at=NOW)
    made.paragraph("før\x0better\ud800")
    read = docx.Document(io.BytesIO(made.content()))
    assert [p.text for p in read.paragraphs] == ["AB", "føretter"]
