"""Text with separators as rows, read in one pass with little memory, however large the file is."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from common.uploads import MAX_COLUMNS, UnreadableFile
from imports.importing.cells import Cells, cut_evenly

_CHUNK = 1 << 20
# A cell of this many characters is no figure and no name.
_MAX_CELL = 20_000
_SAMPLE = 60
_ENOUGH = 100
_MOJIBAKE = ("Ã¦", "Ã¸", "Ã¥", "Ã˜", "Ã…", "Ã†")
_CANDIDATES = (";", "\t", ",", "|")
_CP1252_LETTERS = b"\xe6\xf8\xe5\xc6\xd8\xc5"
_CP865_LETTERS = b"\x91\x9b\x86\x92\x9d\x8f"
# Bytes without a meaning, and «Ã». Code page 865 gives every byte one, and has no such letter.
_TO_LOOK_AT: dict[str, tuple[bytes, ...]] = {"cp1252": (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d", b"\xc3"), "cp865": ()}
_FIRST_LOOK = 400_000
# Signs of text that are cut at a time: some thousands of a ledger's lines.
_BLOCK = 1 << 19
# Few at first: a look at the heading needs no more.
_FIRST_BLOCK = 1 << 15


@dataclass(frozen=True)
class TextFile:
    """A file of text whose every byte has been looked at once."""

    path: Path
    encoding: str
    size: int

    def sample(self, lines: int = _SAMPLE) -> list[str]:
        """The first lines that hold something."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            start = file.read(_FIRST_LOOK)
        return [line for line in start.splitlines() if line.strip()][:lines]

    def blocks(
        self, delimiter: str, progress: Callable[[int, int], None] | None = None, *, escape: str | None = None
    ) -> Iterator[Sequence[Sequence[str]]]:
        """Every record as cells, as they stand, some thousands at a time. Raises UnreadableFile."""
        csv.field_size_limit(_MAX_CELL)
        size = _FIRST_BLOCK
        with self.path.open("rb") as raw, io.TextIOWrapper(raw, encoding=self.encoding, newline="") as file:
            try:
                while text := file.read(size) + file.readline():
                    block = None if escape else cut_evenly(text, delimiter)
                    yield _narrow(_records(text, file, delimiter, escape) if block is None else block)
                    size = _BLOCK
                    if progress is not None:
                        progress(raw.tell(), self.size)
            except csv.Error as error:
                code = "too_long_text" if "field larger" in str(error) else "damaged"
                raise UnreadableFile(code, str(error)) from error
            except UnicodeDecodeError as error:
                raise UnreadableFile("encoding", str(error)) from error


def _records(text: str, file: TextIO, delimiter: str, escape: str | None) -> list[Sequence[str]]:
    """The records that begin in this text; the last one may go on in the file."""
    lines = io.StringIO(text, newline="")
    count = sum(1 for _line in lines)
    lines.seek(0)
    # Every record takes one line or more: so many records take all of the text, and perhaps whole lines of what follows.
    return list(islice(csv.reader(chain(lines, file), delimiter=delimiter, escapechar=escape), count))


def _narrow(block: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    width = block.width if isinstance(block, Cells) else max(map(len, block), default=0)
    if width > MAX_COLUMNS:
        raise UnreadableFile("too_many_columns", str(width))
    return block


@dataclass(frozen=True)
class DelimitedRows:
    """A file of text, and what cuts its lines."""

    text: TextFile
    delimiter: str
    # the sign before a quotation mark inside a text, where the system does not double it
    escape: str | None = None

    def blocks(self, progress: Callable[[int, int], None] | None = None, /) -> Iterator[Sequence[Sequence[str]]]:
        """Every record, some thousands at a time. Raises UnreadableFile."""
        return self.text.blocks(self.delimiter, progress, escape=self.escape)


def open_text(path: Path, encoding: str = "auto") -> TextFile:
    """Find the encoding and look at every byte. Raises UnreadableFile: nul_bytes, encoding, double_encoded, too_long_text."""
    found = _encoding(path) if encoding == "auto" else {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    _look_through(path, found)
    return TextFile(path, found, path.stat().st_size)


def find_delimiter(file: TextFile, wanted: str, min_columns: int) -> str:
    """The sign that cuts some line into most columns, and at least so many. Raises UnreadableFile too_few_columns."""
    if wanted != "auto":
        return wanted
    lines = file.sample()
    widths = {sign: _common_width(lines, sign) for sign in _CANDIDATES}
    best = max(_CANDIDATES, key=lambda sign: widths[sign])
    try:
        widest = max((len(row) for row in csv.reader(lines, delimiter=best)), default=0)
    except csv.Error as error:
        raise UnreadableFile("too_long_text", str(error)) from error
    if widest < min_columns:
        raise UnreadableFile("too_few_columns", f"{widest} of {min_columns}")
    if widest > MAX_COLUMNS:
        raise UnreadableFile("too_many_columns", f"{widest}")
    return best


def _common_width(lines: list[str], sign: str) -> int:
    """How many cells stand in lines of the width that most cells stand in."""
    cells: dict[int, int] = {}
    try:
        for row in csv.reader(lines, delimiter=sign):
            if len(row) > 1:
                cells[len(row)] = cells.get(len(row), 0) + len(row)
    except csv.Error:
        return 0
    return max(cells.values(), default=0)


def _encoding(path: Path) -> str:
    """By its mark UTF-16, else UTF-8 if all of it is, else what Windows wrote: guessing by statistics misreads Norwegian."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    windows = dos = 0
    is_utf8 = True
    with path.open("rb") as file:
        if file.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            return "utf-16"
        file.seek(0)
        while chunk := file.read(_CHUNK):
            if is_utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
            if windows < _ENOUGH and not chunk.isascii():
                windows += sum(chunk.count(letter) for letter in _CP1252_LETTERS)
                dos += sum(chunk.count(letter) for letter in _CP865_LETTERS)
            if windows and not is_utf8:
                return "cp1252"
        try:
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            is_utf8 = False
    if is_utf8:
        return "utf-8-sig"
    return "cp865" if dos and not windows else "cp1252"


def _needs_no_look(chunk: bytes, encoding: str) -> bool:
    """Whether no byte of a code page is undefined, or begins letters that were encoded twice."""
    return encoding in _TO_LOOK_AT and not any(byte in chunk for byte in _TO_LOOK_AT[encoding])


def _look_through(path: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    wide = encoding.startswith("utf-16")
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not wide and b"\x00" in chunk:
                raise UnreadableFile("nul_bytes")
            if len(chunk) == _CHUNK and b"\n" not in chunk and b"\r" not in chunk:
                raise UnreadableFile("too_long_text", "a line of more than a million signs")
            if not wide and (chunk.isascii() or _needs_no_look(chunk, encoding)):
                continue
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                raise UnreadableFile("encoding", f"byte {error.start}") from error
            if "\x00" in text:
                raise UnreadableFile("nul_bytes")
            if "Ã" in text and any(sign in text for sign in _MOJIBAKE):
                raise UnreadableFile("double_encoded")
