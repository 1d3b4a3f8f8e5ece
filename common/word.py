"""Word files with real headings, header rows and aligned numbers: the one place that knows python-docx. No domain words."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FONT = "Arial"
INK = RGBColor(0x2A, 0x28, 0x59)
SHADE = "E6E6E6"
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class WordFile:
    """A file that is written from top to bottom.

    Headings carry Word's own heading styles, so that the reader's navigation and a contents list work; the first row of a table is
    repeated on each page and read as its head.
    """

    def __init__(self, *, title: str, made_at: datetime, landscape: bool = False, language: str = "nb-NO") -> None:
        self._file = docx.Document()
        self._set_styles(language)
        properties = self._file.core_properties
        properties.title, properties.author, properties.language = clean(title), "", language
        properties.created = properties.modified = made_at
        properties.comments = ""
        section = self._file.sections[0]
        self._lay(section, landscape=landscape)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Cm(2))
        self._paragraph(title, "Title")

    def heading(self, text: str, level: int = 1) -> None:
        self._paragraph(text, f"Heading {level}")

    def paragraph(self, text: str, *, strong: str = "", quiet: bool = False) -> None:
        """A paragraph; `strong` stands before it in bold. A line break in the text is one in the file."""
        paragraph = self._file.add_paragraph(style="Normal")
        if strong:
            paragraph.add_run(f"{clean(strong)} ").bold = True
        run = paragraph.add_run(clean(text))
        if quiet:
            run.font.size = Pt(9)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str, total: bool = False, first_number: int = 1
    ) -> None:
        """A table below its caption, which is also its alternative text. Columns from `first_number` on are figures, to the right.

        `total` sets the last row in bold.
        """
        self._paragraph(caption, "Caption").paragraph_format.keep_with_next = True
        table = self._file.add_table(rows=0, cols=len(head), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self._describe(table, caption)
        self._row(table, head, first_number, bold=True, shaded=True)
        _mark(_element(table.rows[0]).get_or_add_trPr(), "w:tblHeader")
        for number, row in enumerate(rows, 1):
            self._row(table, row, first_number, bold=total and number == len(rows))
        self._file.add_paragraph()

    def turn(self, *, landscape: bool) -> None:
        """What follows stands on pages of the other way."""
        self._lay(self._file.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)

    @staticmethod
    def _lay(section: Any, *, landscape: bool) -> None:
        """A4, on one side or the other."""
        short, long = Cm(21), Cm(29.7)
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT

    def foot(self, text: str) -> None:
        """The foot of every page: the text, and the number of the page."""
        paragraph = self._file.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{clean(text)}  ").font.size = Pt(8)
        run = paragraph.add_run()
        run.font.size = Pt(8)
        for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
            _element(run).append(_field(kind, code))

    def content(self) -> bytes:
        out = io.BytesIO()
        self._file.save(out)
        return out.getvalue()

    def _paragraph(self, text: str, style: str) -> Any:
        return self._file.add_paragraph(clean(text), style=style)

    def _set_styles(self, language: str) -> None:
        for name, size in (("Normal", 10), ("Title", 20), ("Heading 1", 14), ("Heading 2", 12), ("Caption", 9)):
            style: Any = self._file.styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            style.font.color.rgb = RGBColor(0, 0, 0) if name == "Normal" else INK
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            # A theme's font would win over the one that is named.
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
        for found in self._file.styles.element.iter(qn("w:lang")):
            found.set(qn("w:val"), language)

    def _row(self, table: Any, texts: Sequence[str], first_number: int, *, bold: bool, shaded: bool = False) -> None:
        row = table.add_row()
        _mark(_element(row).get_or_add_trPr(), "w:cantSplit")
        for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(clean(text))
            run.font.size, run.bold = Pt(8), bold
            if at >= first_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if shaded:
                _shade(cell)

    @staticmethod
    def _describe(table: Any, text: str) -> None:
        described = OxmlElement("w:tblCaption")
        described.set(qn("w:val"), clean(text))
        _element(table).tblPr.append(described)


def clean(text: str) -> str:
    """The text without characters that no Word file can hold."""
    return _CONTROLS.sub("", text)


def _element(part: Any) -> Any:
    """The XML behind a part of the file, for what the library has no words for."""
    return part._element  # noqa: SLF001 - python-docx offers no other way


def _mark(properties: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", SHADE)):
        shade.set(qn(name), value)
    _element(cell).get_or_add_tcPr().append(shade)


def _field(kind: str, code: str) -> Any:
    if code:
        part = OxmlElement("w:instrText")
        part.text = code
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part
