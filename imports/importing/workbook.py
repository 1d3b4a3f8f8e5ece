"""A workbook's sheet as rows of cells, after a gate that reads every part once without keeping it.

A workbook is a zip of XML, and both can be made to grow without end. So each part is unpacked within a limit into a plain
archive on disk, the places of its cells are looked at on the way, and only that archive is given to the reader.
"""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from common.uploads import UnreadableFile
from common.workbooks import MAX_ROWS, PlaceCheck, check_directory

MAX_UNPACKED = 150_000_000
# Small pieces: the archive reader puts larger ones together from many.
_CHUNK = 1 << 16
_BLOCK = 4096
_FIRST_BLOCK = 256
_PARTS = (".xml", ".rels")
# A cell beyond column P or row 199 999 is far; nearer ones cannot make a table that is too large.
_SHAPE = bytes.maketrans(b"BCDEFGHIJKLMNOP123456789", b"A" * 15 + b"0" * 9)
_NEAR, _SIX_DIGITS = b'<c r="A0', b"A000000"
_FAR_ROW = re.compile(rb'<c r="[A-P](?:[2-9][0-9]{5}|[0-9]{7})')
_PREFIXED = re.compile(rb":c[\s>/]")
# Its reader makes this into the sign that no database takes.
_NUL, _NUL_BEGINS = b"_x0000_", b"_"


class WorkbookRows:
    """The cells of one sheet, kept by its reader; the rows are made when they are asked for."""

    def __init__(self, path: Path, sheet: str = "") -> None:
        """Raises UnreadableFile: damaged, old_excel, not_a_table, zip_bomb, too_many_columns, too_many_rows, empty, no_such_sheet."""
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as plain:
            unpack_checked(path, plain)
            plain.flush()
            self.sheet = _sheet(plain.name, sheet)

    def blocks(self, progress: Callable[[int, int], None] | None = None, /) -> Iterator[Sequence[Sequence[Any]]]:
        """Every row from A1, some thousands at a time."""
        above, left = self.sheet.start or (0, 0)
        total = above + self.sheet.total_height
        cells: Iterator[list[Any]] = self.sheet.iter_rows()
        rows = chain(([""] for _row in range(above)), ([""] * left + row for row in cells) if left else cells)
        done = 0
        while block := list(islice(rows, _BLOCK if done else _FIRST_BLOCK)):
            yield block
            done += len(block)
            if progress is not None:
                progress(min(done, total), total)


def _sheet(path: str, wanted: str) -> CalamineSheet:
    try:
        with closing(CalamineWorkbook.from_path(path)) as book:
            for about in book.sheets_metadata:
                if about.name.strip().casefold() == wanted.casefold() if wanted else about.visible == SheetVisibleEnum.Visible:
                    sheet = book.get_sheet_by_name(about.name)
                    if any(any(cell != "" for cell in row) for row in sheet.iter_rows()):
                        return sheet
    except (CalamineError, ValueError, OverflowError, MemoryError) as error:
        raise UnreadableFile("damaged", str(error)) from error
    raise UnreadableFile("no_such_sheet" if wanted else "empty", wanted)


def unpack_checked(path: Path, out: IO[bytes]) -> None:
    """The same workbook, unpacked within the limits, its parts stored plainly. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
            parts = source.infolist()
            check_directory(parts, MAX_UNPACKED)
            left, seen = MAX_UNPACKED, set()
            for part in parts:
                if part.filename in seen:
                    raise UnreadableFile("damaged", "two parts share a name")
                seen.add(part.filename)
                if part.filename.lower().endswith(_PARTS):
                    with source.open(part) as stream, target.open(part.filename, "w") as copy:
                        left, usual = _copy(stream, copy, left)
                    if not usual:
                        _look_closely(source, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise UnreadableFile("damaged", str(error)) from error


def _copy(stream: IO[bytes], copy: IO[bytes], left: int) -> tuple[int, bool]:
    """In pieces, since the directory may lie about the size. How much is left, and whether all of it is as one writes sheets."""
    usual, rest, rows = True, b"", 0
    while chunk := stream.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise UnreadableFile("zip_bomb", "by reading")
        copy.write(chunk)
        end = chunk.rfind(b">") + 1
        piece, rest = rest + chunk[:end], chunk[end:] if end else b""
        if _NUL_BEGINS in chunk and (_NUL in piece or _NUL in chunk):
            raise UnreadableFile("nul_bytes")
        rows += piece.count(b"<row")
        if rows > MAX_ROWS:
            raise UnreadableFile("too_many_rows", "by counting")
        usual = usual and end > 0 and _is_usual(piece)
    return left, usual


def _is_usual(text: bytes) -> bool:
    """Whether each cell says its place in the common way, and lies near. What is not, is looked at closely: that takes longer."""
    # One sign is found many times quicker than two, and most sheets have neither of these.
    if (b"!" in text and b"<!" in text) or b"\x00" in text or (b":" in text and _PREFIXED.search(text)):
        return False
    # With every letter and digit alike, near cells are counted at the speed of memory.
    shape = text.translate(_SHAPE)
    odd = text.count(b"<c") - shape.count(_NEAR)
    return odd == (text.count(b"<col") if odd else 0) and not (_SIX_DIGITS in shape and _FAR_ROW.search(text))


def _look_closely(source: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    check = PlaceCheck()
    with source.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            check.feed(chunk)
    check.feed(b"", last=True)
