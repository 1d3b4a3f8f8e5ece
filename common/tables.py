"""Rows to files, and files to rows. Pure: no Django, no clock.

Writing is here; reading is in ``common.uploads`` and is offered here too, so that one import serves both.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from common.numbers import round_half_up
from common.oslo import OSLO
from common.uploads import UnreadableFile, read_pasted, read_rows

__all__ = ["CSV_TYPE", "XLSX_TYPE", "Column", "UnreadableFile", "read_pasted", "read_rows", "to_csv", "to_xlsx"]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What makes a spreadsheet take a text for a formula, full-width forms included.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_CELL = 32_767
_WIDEST, _NARROWEST = 60, 8


@dataclass(frozen=True)
class Column:
    """One column of a file: the key in each row's mapping, the head, and what stands in it.

    ``code`` is text that looks like a number (units, accounts): leading zeros are kept. ``places`` are decimals of a number;
    None writes those the value has. ``unit`` is added to the head: «Regnskap (1000 kr)».
    """

    key: str
    title: str
    kind: Literal["text", "number", "date", "code"] = "text"
    places: int | None = None
    unit: str = ""

    @property
    def head(self) -> str:
        """Title with unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


def to_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, object]], *, notes: Sequence[str] = ()) -> bytes:
    """A file that a Norwegian spreadsheet opens with a double click: `;`, decimal comma, UTF-8 with BOM, CRLF.

    Numbers have no thousands separator, dates are ISO, missing is empty. Text that a spreadsheet would run as a formula gets
    an apostrophe in front. Notes follow after an empty line.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(column.head) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(column, row.get(column.key)) for column in columns])
    if notes:
        out.write("\r\n")
        writer.writerows([_safe(note)] for note in notes)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, object]],
    *,
    title: str,
    notes: Sequence[str] = (),
    notes_title: str = "Merknader",
) -> bytes:
    """A workbook with one sheet named by the title: bold frozen head, real numbers and dates, notes on a second sheet.

    Numbers keep all their decimals and show ``places`` of them. No text becomes a formula.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_name(title)
    book.properties.title = _clean(title)
    book.properties.creator = ""
    widths = [len(column.head) for column in columns]
    for at, column in enumerate(columns, 1):
        _write_text(sheet.cell(1, at), column.head)
        sheet.cell(1, at).font = Font(bold=True)
        sheet.cell(1, at).alignment = Alignment(horizontal="right" if column.kind == "number" else None, vertical="top", wrap_text=True)
    for number, row in enumerate(rows, 2):
        for at, column in enumerate(columns, 1):
            shown = _write(sheet.cell(number, at), column, row.get(column.key))
            widths[at - 1] = max(widths[at - 1], shown)
    sheet.freeze_panes = "A2"
    _set_widths(sheet, widths)
    if notes:
        # Two sheets cannot share a name; openpyxl adds a number to the second.
        note_sheet = book.create_sheet(_sheet_name(notes_title))
        for number, note in enumerate(notes, 1):
            _write_text(note_sheet.cell(number, 1), note)
        _set_widths(note_sheet, [_WIDEST])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv_cell(column: Column, value: object) -> str:
    value = _plain(column, value)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        rounded = value if column.places is None else round_half_up(value, column.places)
        return format(rounded, "f").replace(".", ",")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else _safe(value)


def _plain(column: Column, value: object) -> Decimal | date | str | None:
    """None, a number for number columns, a date (in Oslo, without zone) for date columns, else text."""
    if value is None:
        return None
    if column.kind == "number" and isinstance(value, int | float | Decimal):
        exact = Decimal(str(int(value) if isinstance(value, bool) else value))
        return exact if exact.is_finite() else None
    if isinstance(value, datetime):
        return (value.astimezone(OSLO) if value.tzinfo else value).replace(tzinfo=None)
    return value if isinstance(value, date) else str(value)


def _safe(text: str) -> str:
    text = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _write(cell: Cell, column: Column, value: object) -> int:
    """Put the value into the cell and give the width it needs."""
    plain = _plain(column, value)
    if plain is None:
        return 0
    if isinstance(plain, Decimal):
        cell.value = plain
        cell.number_format = _number_format(column.places)
        return len(f"{plain:,.{column.places}f}" if column.places is not None else format(plain, "f"))
    if isinstance(plain, date):
        cell.value = plain
        cell.number_format = "dd.mm.yyyy hh:mm" if isinstance(plain, datetime) else "dd.mm.yyyy"
        return len(cell.number_format)
    _write_text(cell, plain)
    if column.kind == "code":
        cell.number_format = "@"
    return max(map(len, plain.splitlines()), default=0)


def _number_format(places: int | None) -> str:
    if places is None:
        return "General"
    return "#,##0." + "0" * places if places > 0 else "#,##0"


def _write_text(cell: Cell, text: str) -> None:
    cell.value = _clean(text)
    # After the value: setting it makes a formula of «=…» and an error of «#N/A».
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        # Keeps it a text also after somebody has edited the cell.
        cell.quotePrefix = True


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)[:_LONGEST_CELL]


def _sheet_name(title: str) -> str:
    return _SHEET_NAME_FORBIDDEN.sub(" ", _clean(title))[:31].strip(" '") or "Ark1"


def _set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = min(max(width + 2, _NARROWEST), _WIDEST)
