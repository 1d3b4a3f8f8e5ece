"""What a file is, judged by its content, before any reader touches it. Everything is refused that is not what the profile expects."""

from pathlib import Path
from typing import BinaryIO

from common.uploads import UnreadableFile
from imports.rules.profile import Profile

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream that holds a workbook with a password, as it stands in an OLE file.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"PK", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"BZh")
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<svg", b"<script")
_HEAD = 4096
# The endings that say what is inside; where they lie, somebody has mistaken one file for another.
_ENDINGS = {".xlsx": "workbook", ".xlsm": "workbook", ".xml": "saft", ".json": "jsonstat"}


def check_kind(path: Path, file_name: str, profile: Profile, max_bytes: int) -> str:
    """The format the file really has: delimited and workbook may stand for each other. Raises UnreadableFile.

    Codes: too_large, empty, encrypted, old_excel, not_a_table, wrong_ending, wrong_format.
    """
    size = path.stat().st_size
    if size > max_bytes:
        raise UnreadableFile("too_large", f"{size} bytes")
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head.strip(b"\xef\xbb\xbf \t\r\n"):
            raise UnreadableFile("empty")
        found = _found(head, file)
    said = _ENDINGS.get(Path(file_name.lower()).suffix)
    if said and said != found:
        raise UnreadableFile("wrong_ending", f"{file_name} is {found}")
    wanted = profile.format
    tables = {"delimited", "workbook"}
    if found != wanted and not (found in tables and wanted in tables) and not (found == "delimited" and wanted == "fixed_width"):
        raise UnreadableFile("wrong_format", f"{found}, not {wanted}")
    return wanted if wanted == "fixed_width" else found


def _found(head: bytes, file: BinaryIO) -> str:
    if head.startswith(_ZIP):
        return "workbook"
    if head.startswith(_OLE):
        file.seek(0)
        raise UnreadableFile("encrypted" if _ENCRYPTED in file.read(4_000_000) else "old_excel")
    for magic in _OTHERS:
        if head.startswith(magic):
            raise UnreadableFile("not_a_table", repr(magic))
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith(_MARKUP):
        raise UnreadableFile("not_a_table", "markup")
    if start.startswith((b"<?xml", b"<")) or head.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        return "saft"
    return "jsonstat" if start.startswith((b"{", b"[")) else "delimited"
