"""Files made to hurt: each refused quickly, with little memory and a code that says why."""

import io
import resource
import time
import zipfile

import pytest

from common.uploads import UnreadableFile
from imports.importing.workbook import _is_usual
from imports.rules.context import Refused
from tests.imports.importing.files import HEAD, UBW, WAGES, profile, read_bytes, ubw

SPACES = {
    "{P}": "http://schemas.openxmlformats.org/package/2006",
    "{O}": "http://schemas.openxmlformats.org/officeDocument/2006",
    "{M}": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
}
SHEET = '<worksheet xmlns="{{M}}"><sheetData>{}</sheetData></worksheet>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def named(content: bytes) -> bytes:
    """The short names of namespaces written out."""
    for short, name in SPACES.items():
        content = content.replace(short.encode(), name.encode(), 50)
    return content


def workbook(sheet: bytes, *, lie: bool = False, more: dict[str, bytes] | None = None) -> bytes:
    parts = {
        "[Content_Types].xml": b'<Types xmlns="{P}/content-types">'
        b'<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": b'<Relationships xmlns="{P}/relationships"><Relationship Id="r1" '
        b'Type="{O}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": b'<workbook xmlns="{M}" '
        b'xmlns:r="{O}/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="{P}/relationships"><Relationship Id="r1" '
        b'Type="{O}/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, named(content))
    data = out.getvalue()
    if lie:
        # The directory says that the sheet is small.
        size = len(named(sheet)).to_bytes(4, "little")
        data = data.replace(size, (1000).to_bytes(4, "little"))
    return data


def cells(*places: str) -> bytes:
    return SHEET.format("".join(f'<row><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row>' for place in places)).encode()


def empty_rows(count: int) -> bytes:
    return SHEET.format("".join(f'<row r="{number}"/>' for number in range(1, count))).encode()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


ZEROS = SHEET.format(f"<row><c><v>{'0' * 160_000_000}</v></c></row>").encode()
NAMESPACE = b'<?xml version="1.0"?><AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO">'
CASES = {
    "doctype": ("saft", "a.xml", lambda: b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://x/y"><AuditFile/>', {"doctype"}),
    "entities": (
        "saft",
        "a.xml",
        lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><AuditFile>&b;</AuditFile>',
        {"doctype"},
    ),
    "deep nesting": ("saft", "a.xml", lambda: NAMESPACE + b"<a>" * 1_000_000, {"too_deep"}),
    "endless text": ("saft", "a.xml", lambda: NAMESPACE + b"<Period>" + b"9" * 30_000_000, {"too_long_text", "damaged"}),
    "html": ("ubw", "a.csv", lambda: b"<html><table>", {"not_a_table"}),
    "another xml": ("saft", "a.xml", lambda: b"<?xml version='1.0'?><other/>", {"wrong_format"}),
    "xml as csv": ("ubw", "a.csv", lambda: NAMESPACE + b"</AuditFile>", {"wrong_format"}),
    "zip bomb": ("ubw", "a.xlsx", lambda: workbook(ZEROS), {"zip_bomb"}),
    "lying directory": ("ubw", "a.xlsx", lambda: workbook(ZEROS, lie=True), {"zip_bomb", "damaged"}),
    "a cell far to the right": ("ubw", "a.xlsx", lambda: workbook(cells("A1", "XFD1")), {"too_many_columns"}),
    "a cell far down": ("ubw", "a.xlsx", lambda: workbook(cells("A1", "A1048576")), {"too_many_rows"}),
    "a cell far away in another way of writing": (
        "ubw",
        "a.xlsx",
        lambda: workbook(cells("A1", "XFD1048576").replace(b"<c r", b"<c\tr")),
        {"too_many_columns"},
    ),
    "a million empty rows": ("ubw", "a.xlsx", lambda: workbook(empty_rows(1_000_000)), {"empty", "too_many_rows"}),
    "a million blank cells": (
        "ubw",
        "a.xlsx",
        lambda: workbook(SHEET.format("".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(1, 1_000_000))).encode()),
        {"empty", "too_many_rows"},
    ),
    "a doctype in a workbook": ("ubw", "a.xlsx", lambda: workbook(b"<!DOCTYPE a>" + cells("A1")), {"damaged"}),
    "a workbook with a password": ("ubw", "a.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(100_000), {"encrypted"}),
    "an old workbook": ("ubw", "a.xls", lambda: OLE, {"old_excel"}),
    "another zip": ("ubw", "a.csv", zipped, {"not_a_table"}),
    "a pdf": ("ubw", "a.csv", lambda: b"%PDF-1.7 ...", {"not_a_table"}),
    "a program": ("ubw", "a.csv", lambda: b"MZ" + bytes(1000), {"not_a_table"}),
    "csv called xlsx": ("ubw", "a.xlsx", lambda: ubw(WAGES), {"wrong_ending"}),
    "nothing": ("ubw", "a.csv", lambda: b"\xef\xbb\xbf \r\n", {"empty"}),
    "nul bytes": ("ubw", "a.csv", lambda: ubw(WAGES) + b"\x00", {"nul_bytes"}),
    "nul in a workbook": ("ubw", "a.xlsx", lambda: workbook(cells("A1").replace(b">x<", b">_x0000_<")), {"nul_bytes"}),
    "ten thousand columns": ("ubw", "a.csv", lambda: (";".join(["a"] * 10_000) + "\n").encode() * 3, {"too_many_columns"}),
    "ten thousand columns further down": ("ubw", "a.csv", lambda: ubw(*[WAGES] * 100, ";" * 10_000), {"too_many_columns"}),
    "a field of a megabyte": ("ubw", "a.csv", lambda: ubw(WAGES, WAGES.replace("Fastlønn", "x" * 1_000_000)), {"too_long_text"}),
    "a line without end": ("ubw", "a.csv", lambda: ubw(WAGES) + b"x;" * 30_000_000, {"too_long_text"}),
    "a quote without end": ("ubw", "a.csv", lambda: ubw(WAGES, '"' + WAGES, *[WAGES] * 20_000), {"too_long_text", "damaged"}),
    "binary": ("ubw", "a.csv", lambda: bytes(range(256)) * 1000, {"nul_bytes", "encoding"}),
}


@pytest.mark.parametrize("name", CASES)
def test_hostile_file(tmp_path, name):
    code, file_name, make, expected = CASES[name]
    content = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()

    with pytest.raises(UnreadableFile) as refused:
        read_bytes(tmp_path, content, profile(code), name=file_name)

    assert refused.value.code in expected
    assert time.process_time() - started < 2
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 200


def test_more_codes_than_a_municipality_has(tmp_path):
    rows = [f"{number};H;10101;F;254;;;202509;1,00;1,00;1,00;0,00;" for number in range(100_000, 140_000)]
    with pytest.raises(Refused) as refused:
        read_bytes(tmp_path, ubw(*rows), profile("ubw"))
    assert refused.value.code == "too_many_codes"


def test_more_rows_than_allowed(tmp_path):
    with pytest.raises(Refused) as refused:
        read_bytes(tmp_path, ubw(*[WAGES] * 50), profile("ubw"), max_rows=20)
    assert refused.value.code == "too_many_rows"


def test_a_larger_file_than_allowed(tmp_path):
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(tmp_path, UBW.encode(), profile("ubw"), max_bytes=100)
    assert refused.value.code == "too_large"


def test_signs_that_would_break_a_copy_are_made_harmless(tmp_path):
    tricky = WAGES.replace("Fastlønn", '"Fast\tlønn\\N\r\nmer"')
    of = read_bytes(tmp_path, (HEAD + "\n" + tricky + "\n").encode(), profile("ubw"))

    assert of[0][0].account_name == "Fast lønn/N  mer"


@pytest.mark.parametrize(
    "place,usual",
    [
        ("A1", True),
        ("P199999", True),
        ("P100000", True),
        ("Q1", False),
        ("AA1", False),
        ("A200000", False),
        ("P1000000", False),
        ("a1", False),
    ],
)
def test_only_a_sheet_whose_cells_all_lie_near_is_not_looked_at_closely(place, usual):
    sheet = f'<row r="1"><c r="A1"/><c r="{place}"><v>1</v></c></row>'.encode()

    assert _is_usual(sheet) is usual
