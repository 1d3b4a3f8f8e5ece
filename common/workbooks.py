"""XLSX files as rows of text, with a gate in front of the reader. Pure: no Django, no clock.

A workbook is a zip of XML, and both can be made to grow without end: the directory may lie about sizes, and one cell far
away makes a dense table of seventeen thousand million cells. So every part is unpacked with a limit into a new archive, the
places of all cells are counted in it, and only that archive is given to the reader.
"""

import io
import zipfile
import zlib
from datetime import date, datetime, time
from decimal import Decimal
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 50_000_000
MAX_PARTS = 2_000
MAX_COLUMNS = 200
MAX_ROWS = 200_000
MAX_CELLS = 2_000_000

_CHUNK = 1 << 20
_PARTS = (".xml", ".rels")


class UnreadableFile(Exception):
    """The file cannot be read as rows. ``code`` names the reason; ``detail`` is for the log, never for the screen."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


def sheet_rows(data: bytes) -> list[list[str]]:
    """The first visible sheet that has content, from A1. Raises UnreadableFile."""
    archive = _checked(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(archive))
        for sheet in book.sheets_metadata:
            if sheet.visible != SheetVisibleEnum.Visible:
                continue
            rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            texts = [[_text(value) for value in row] for row in rows]
            if any(map(any, texts)):
                return texts
    except (CalamineError, ValueError, OverflowError, MemoryError) as error:
        raise UnreadableFile("damaged", str(error)) from error
    raise UnreadableFile("empty", "no visible sheet has content")


def _checked(data: bytes) -> bytes:
    """The same workbook, unpacked within the limits, its parts stored plainly. Raises UnreadableFile."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
            parts = source.infolist()
            check_directory(parts)
            left = MAX_UNPACKED_BYTES
            seen = set()
            for part in parts:
                if part.filename in seen:
                    raise UnreadableFile("damaged", "two parts share a name")
                seen.add(part.filename)
                if not part.filename.lower().endswith(_PARTS):
                    continue
                content = _unpacked(source, part, left)
                left -= len(content)
                _check_places(content)
                target.writestr(part.filename, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise UnreadableFile("damaged", str(error)) from error
    return out.getvalue()


def check_directory(parts: list[zipfile.ZipInfo], limit: int = MAX_UNPACKED_BYTES) -> None:
    """Refuse an archive that is no workbook, or says itself that it is too large. Raises UnreadableFile."""
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.bin" in names:
        raise UnreadableFile("old_excel", "xlsb")
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise UnreadableFile("not_a_table", "zip")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > limit:
        raise UnreadableFile("zip_bomb", "by the directory")
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        # The other methods are unpacked without a limit, and no spreadsheet uses them.
        raise UnreadableFile("damaged", "unusual compression")


def _unpacked(source: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> bytes:
    content = bytearray()
    # In pieces: a read of everything would first unpack whatever is there, and cut to the directory's size afterwards.
    with source.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > limit:
                raise UnreadableFile("zip_bomb", "by reading")
    return bytes(content)


class _Places:
    """Follows the cells that hold something through the XML of a sheet and refuses the sheet when they lie too far out."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self.cell_row = 0
        self.last_row = self.last_column = 0
        self.in_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        place = attributes.get("r", "")
        if name == "row":
            self.row = _row_number(place) if place else self.row + 1
            self.column = 0
        elif name == "c":
            letters = place.rstrip("0123456789")
            self.column = _column_number(letters) if letters else self.column + 1
            # A cell's own row holds for that cell only; the next one without a place is in the row around it.
            self.cell_row = _row_number(place[len(letters) :]) if letters else self.row
            self.in_cell = True
        elif self.in_cell:
            # A cell with nothing but a format is passed over by the reader, and may lie anywhere.
            self.keep()

    def end(self, name: str) -> None:
        """An element ends."""
        if name.rpartition(":")[2] == "c":
            self.in_cell = False

    def keep(self) -> None:
        """The current cell holds something. Raises UnreadableFile when it lies too far out."""
        self.last_row = max(self.last_row, self.cell_row)
        self.last_column = max(self.last_column, self.column)
        if self.last_column > MAX_COLUMNS:
            raise UnreadableFile("too_many_columns", f"column {self.last_column}")
        if self.last_row > MAX_ROWS or self.last_row * self.last_column > MAX_CELLS:
            raise UnreadableFile("too_many_rows", f"row {self.last_row}, column {self.last_column}")


def _row_number(digits: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        raise UnreadableFile("damaged", "a row has no number")
    return int(digits)


def _column_number(letters: str) -> int:
    if not (letters.isascii() and letters.isalpha() and len(letters) < 4):
        raise UnreadableFile("damaged", "a column has no letters")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _no_doctype(*_arguments: object) -> None:
    raise UnreadableFile("damaged", "a document type inside")


class PlaceCheck:
    """Reads one part for the places of its cells, in pieces; every part, since any of them may be named as a sheet."""

    def __init__(self) -> None:
        places = _Places()
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = places.start
        self._parser.EndElementHandler = places.end
        self._parser.StartDoctypeDeclHandler = _no_doctype

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Take the next piece. Raises UnreadableFile."""
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            raise UnreadableFile("damaged", str(error)) from error


def _check_places(content: bytes) -> None:
    PlaceCheck().feed(content, last=True)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "SANN" if value else "USANN"
    if isinstance(value, float):
        # Fifteen digits are what a spreadsheet shows; the comma leaves no doubt about 1,234.
        return format(Decimal(f"{value:.15g}"), "f").replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value.isoformat(timespec="minutes") if isinstance(value, time) else str(value).strip()
