"""Small files from people and other systems as rows of text. Pure: no Django, no clock.

The content decides what a file is; the name only helps with tabs. Nothing here trusts a file: sizes are checked before and
while it is unpacked, and every refusal is an UnreadableFile with a code that the page turns into a sentence.
"""

import csv
import io
import re
from collections import Counter

from common.workbooks import MAX_COLUMNS, MAX_FILE_BYTES, UnreadableFile, sheet_rows

__all__ = ["MAX_COLUMNS", "MAX_FILE_BYTES", "UnreadableFile", "read_pasted", "read_rows"]

_DELIMITERS = {";": re.compile(";"), "\t": re.compile("\t"), ",": re.compile(r"(?<![0-9]),|,(?![0-9])")}
_SAMPLE_LINES = 40
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FORMATS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "rtf"),
    (b"PK", "zip"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_MARKUP = ("<!doctype", "<html", "<?xml", "<table", "<svg", "<script")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# UTF-8 bytes of æ, ø and å that somebody has read as cp1252 and saved again.
_MOJIBAKE = ("Ã¦", "Ã¸", "Ã¥", "Ã˜", "Ã…", "Ã†")


def read_rows(data: bytes, name: str) -> list[list[str]]:
    """The rows of a CSV, TSV or XLSX file as text, row 1 first; empty rows inside are kept so that numbers fit the source.

    XLSX gives the first visible sheet with content, whole numbers as «402», decimals with a comma (so that they are never
    ambiguous), dates as ISO. Raises UnreadableFile with one of the codes empty, too_large, old_excel, not_a_table, damaged,
    zip_bomb, too_many_columns, too_many_rows, nul_bytes, encoding, double_encoded.
    """
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile("too_large", f"{len(data)} bytes")
    if not data.strip():
        raise UnreadableFile("empty")
    if data.startswith(_ZIP):
        rows = sheet_rows(data)
        # A workbook can say «_x0000_», which its reader makes into the sign that no database takes.
        if any("\x00" in cell for row in rows for cell in row):
            raise UnreadableFile("nul_bytes")
        return rows
    if data.startswith(_OLD_EXCEL):
        raise UnreadableFile("old_excel")
    for magic, what in _OTHER_FORMATS:
        if data.startswith(magic):
            raise UnreadableFile("not_a_table", what)
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise UnreadableFile("damaged", "not a workbook inside")
    text = _decoded(data)
    if text.lstrip().lower().startswith(_MARKUP):
        raise UnreadableFile("not_a_table", "markup")
    delimiter = "\t" if name.lower().endswith((".tsv", ".tab")) else _delimiter(text)
    return _split(text, delimiter)


def read_pasted(text: str) -> list[list[str]]:
    """The rows of what somebody pasted: tabs when it comes from a spreadsheet, else semicolons. Raises UnreadableFile."""
    if len(text) > MAX_FILE_BYTES:
        raise UnreadableFile("too_large", f"{len(text)} characters")
    if not text.strip():
        raise UnreadableFile("empty")
    return _split(text, "\t" if "\t" in text else ";")


def _decoded(data: bytes) -> str:
    """UTF-16 by its mark, else UTF-8 when it is valid, else cp1252: guessing by statistics takes Norwegian for Central European."""
    try:
        if data.startswith(_UTF16):
            text = data.decode("utf-16")
        else:
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableFile("nul_bytes" if b"\x00" in data else "encoding", f"byte {error.start}") from error
    if any(sign in text for sign in _MOJIBAKE):
        raise UnreadableFile("double_encoded")
    return text


def _delimiter(text: str) -> str:
    """The sign that cuts most lines into the same number of fields.

    A comma between two digits is taken for a decimal comma: a file that is separated by commas shows it in its head.
    """
    sample = [line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE_LINES]

    def cells_in_shape(delimiter: re.Pattern[str]) -> int:
        widths = Counter(width for line in sample if (width := len(delimiter.findall(line))))
        return max((width * lines for width, lines in widths.items()), default=0)

    return max(_DELIMITERS, key=lambda delimiter: cells_in_shape(_DELIMITERS[delimiter]))


def _split(text: str, delimiter: str) -> list[list[str]]:
    if "\x00" in text:
        raise UnreadableFile("nul_bytes")
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(row) > MAX_COLUMNS:
                raise UnreadableFile("too_many_columns", f"row {len(rows) + 1} has {len(row)}")
            rows.append([cell.strip() for cell in row])
    except csv.Error as error:
        raise UnreadableFile("damaged", str(error)) from error
    while rows and not any(rows[-1]):
        rows.pop()
    return rows
