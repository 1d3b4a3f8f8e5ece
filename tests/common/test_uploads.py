import datetime as dt
import io
import struct
import tracemalloc
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import workbooks
from common.tables import UnreadableFile, read_pasted, read_rows

LEDGER = (
    "Budsjettoppfølging per ansvar;;;;\r\n"
    "Firma: Bydel Alna, Oslo, Norge, 2025;Periode: 202509;;;\r\n"
    ";;;;\r\n"
    "Ansvar;Ansvar(T);Periode;Rev. budsjett;Forbruk %\r\n"
    "402100;Hjemmetjenesten på Østensjø;202509;46 000 000,00;73,7\r\n"
    "402100;Hjemmetjenesten;202509;1 500 000,00-;83,2\r\n"
    ";;;;\r\n"
)
ROWS = [
    ["Budsjettoppfølging per ansvar", "", "", "", ""],
    ["Firma: Bydel Alna, Oslo, Norge, 2025", "Periode: 202509", "", "", ""],
    ["", "", "", "", ""],
    ["Ansvar", "Ansvar(T)", "Periode", "Rev. budsjett", "Forbruk %"],
    ["402100", "Hjemmetjenesten på Østensjø", "202509", "46 000 000,00", "73,7"],
    ["402100", "Hjemmetjenesten", "202509", "1 500 000,00-", "83,2"],
]


def workbook(fill):
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def simple(*rows):
    return workbook(lambda book: [book.active.append(row) for row in rows])


def repacked(data, changes, **options):
    """The workbook with some of its parts replaced, None for removed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", **options) as target:
        parts = {name: source.read(name) for name in source.namelist()} | changes
        for name, content in parts.items():
            if content is not None:
                target.writestr(name, content)
    return out.getvalue()


def sheet_xml(inside):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{inside}</sheetData></worksheet>'
    return repacked(simple(["a"]), {"xl/worksheets/sheet1.xml": xml})


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_of_norwegian_files(encoding):
    assert read_rows(LEDGER.encode(encoding), "hovedbok.csv") == ROWS


def test_utf_16_of_either_end():
    assert read_rows(b"\xfe\xff" + LEDGER.encode("utf-16-be"), "a.txt") == ROWS


@pytest.mark.parametrize(
    "text, name, rows",
    [
        ("a;b\n1,5;2,5\n1,5;2,5\n", "x.csv", [["a", "b"], ["1,5", "2,5"], ["1,5", "2,5"]]),
        ("a;b\n402;1 234,50\n", "x.csv", [["a", "b"], ["402", "1 234,50"]]),
        ("a;b;c\n" + "1,5;2,5;3,5\n" * 9, "x.csv", [["a", "b", "c"], *[["1,5", "2,5", "3,5"]] * 9]),
        ("a,b,c\n" + "1,2,3\n" * 9, "x.csv", [["a", "b", "c"], *[["1", "2", "3"]] * 9]),
        ("a\tb\n1,5\t2,5\n", "x.txt", [["a", "b"], ["1,5", "2,5"]]),
        ("a,b,c\n1,2,x; y\n", "x.csv", [["a", "b", "c"], ["1", "2", "x; y"]]),
        ("a;b;c\n1;2;x\n", "x.tsv", [["a;b;c"], ["1;2;x"]]),
        ('a;b\n"x;y";"z ""æ"""\n', "x.csv", [["a", "b"], ["x;y", 'z "æ"']]),
        ('a;b\n"x\ny";2\n', "x.csv", [["a", "b"], ["x\ny", "2"]]),
        ("navn\nOla\n", "x.csv", [["navn"], ["Ola"]]),
        ("a;b\r1;2\r", "x.csv", [["a", "b"], ["1", "2"]]),
        (" a ;\u00a0b\u00a0\n1;2;3\n", "x.csv", [["a", "b"], ["1", "2", "3"]]),
    ],
)
def test_the_head_tells_the_delimiter(text, name, rows):
    assert read_rows(text.encode(), name) == rows


@pytest.mark.parametrize(
    "data, name, code",
    [
        (b"", "a.csv", "empty"),
        (b" \r\n ", "a.csv", "empty"),
        (b"x" * 20_000_001, "a.csv", "too_large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "a.xls", "old_excel"),
        (b"%PDF-1.7", "a.csv", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "a.csv", "not_a_table"),
        (b"PK\x05\x06" + b"\0" * 18, "a.xlsx", "not_a_table"),
        (b"MZ\x90\x00", "a.csv", "not_a_table"),
        (b"<html><table></table></html>", "a.xls", "not_a_table"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>", "a.csv", "not_a_table"),
        (b"a;b\n1;2", "a.xlsx", "damaged"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "damaged"),
        (b"a;b\n1;\x002", "a.csv", "nul_bytes"),
        ("a;b\n1;2".encode("utf-16-le"), "a.csv", "nul_bytes"),
        (b"a;b\n\x81;\xf8", "a.csv", "encoding"),
        (b"\xff\xfea", "a.csv", "encoding"),
        ("Østensjø;på".encode().decode("cp1252").encode(), "a.csv", "double_encoded"),
        (b";" * 200 + b"\n", "a.csv", "too_many_columns"),
        (b'a;"' + b"x" * 200_000, "a.csv", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data, name, code):
    with pytest.raises(UnreadableFile) as refusal:
        read_rows(data, name)
    assert refusal.value.code == code


def test_two_hundred_columns_are_read():
    assert len(read_rows(b";".join([b"x"] * 200), "a.csv")[0]) == 200


def test_a_workbook_gives_text_without_doubt():
    noon = dt.datetime(2025, 9, 1, 12, 30)  # noqa: DTZ001 (a cell has no time zone)
    data = simple(
        ["Kode", "Beløp", None, "Dato"],
        [402, 1.234, None, dt.date(2025, 9, 1)],
        ["0402", 0.1 + 0.2, True, noon],
        [-1234567.5, 1e6, False, dt.time(9, 30)],
    )
    assert read_rows(data, "a.xlsx") == [
        ["Kode", "Beløp", "", "Dato"],
        ["402", "1,234", "", "2025-09-01"],
        ["0402", "0,3", "SANN", "2025-09-01 12:30"],
        ["-1234567,5", "1000000", "USANN", "09:30"],
    ]


def test_the_content_and_not_the_name_makes_a_workbook():
    assert read_rows(simple(["a", "b"]), "a.csv") == [["a", "b"]]


def test_rows_are_counted_from_the_top_and_hidden_sheets_passed_over():
    def fill(book):
        book.active.title = "Skjult"
        book.active["A1"] = "hemmelig"
        book.active.sheet_state = "hidden"
        book.create_sheet("Tom")
        book.create_sheet("Tall")["B3"] = "x"
        book.active = 2

    assert read_rows(workbook(fill), "a.xlsx") == [["", ""], ["", ""], ["", "x"]]


def test_a_formatted_cell_far_away_is_no_content():
    def fill(book):
        book.active["A1"] = "x"
        book.active["XFD9000"].font = openpyxl.styles.Font(bold=True)

    assert read_rows(workbook(fill), "a.xlsx") == [["x"]]


@pytest.mark.parametrize(
    "cells, code",
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1048576"><c><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1048576"><c r="A1"><v>1</v></c><c><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1"><c r="A1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1048575"/><row><c><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "too_many_columns"),
        ('<row r="1"><c r="GR1"/><c><v>1</v></c><c><v>1</v></c></row>', "too_many_columns"),
        ('<row r="1"><c r="GS1" t="inlineStr"><is><t>x</t></is></c></row>', "too_many_columns"),
        ('<row r="150000"><c r="A1"><v>1</v></c><c r="GR150000"><f>1</f></c></row>', "too_many_rows"),
        ('<x:row xmlns:x="x" r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>', "too_many_columns"),
        ('<row r="-1"><c><v>1</v></c></row>', "damaged"),
        ('<row r="99999999999999999999"><c><v>1</v></c></row>', "damaged"),
        ('<row r="1"><c r="ABCD1"><v>1</v></c></row>', "damaged"),
        ('<row r="1"><c r="A"><v>1</v></c></row>', "damaged"),
        ('<row r="1"><c r="A1"><v>1</c></row>', "damaged"),
    ],
)
def test_one_cell_far_away_does_not_fill_the_memory(cells, code):
    with pytest.raises(UnreadableFile) as refusal:
        read_rows(sheet_xml(cells), "a.xlsx")
    assert refusal.value.code == code


def test_the_last_column_that_is_read():
    assert len(read_rows(sheet_xml('<row r="1"><c r="GR1"><v>1</v></c></row>'), "a.xlsx")[0]) == 200


def test_entities_are_refused():
    xml = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(UnreadableFile, match="document type"):
        read_rows(repacked(simple(["a"]), {"xl/worksheets/sheet1.xml": xml}), "a.xlsx")


@pytest.mark.parametrize(
    "changes, options, code",
    [
        ({"xl/workbook.xml": None}, {}, "not_a_table"),
        ({"xl/workbook.bin": b"x"}, {}, "old_excel"),
        ({"xl/media/bomb.png": b"\0" * 50_000_001}, {"compression": zipfile.ZIP_DEFLATED}, "zip_bomb"),
        ({f"xl/{n}.xml": b"<a/>" for n in range(2001)}, {}, "zip_bomb"),
        ({}, {"compression": zipfile.ZIP_BZIP2}, "damaged"),
        ({"xl/worksheets/sheet1.xml": b"<worksheet"}, {}, "damaged"),
        ({"xl/workbook.xml": b"<workbook/>"}, {}, "empty"),
    ],
)
def test_a_strange_archive_is_refused(changes, options, code):
    with pytest.raises(UnreadableFile) as refusal:
        read_rows(repacked(simple(["a"]), changes, **options), "a.xlsx")
    assert refusal.value.code == code


def test_a_workbook_without_content_is_empty():
    with pytest.raises(UnreadableFile, match="empty"):
        read_rows(simple(), "a.xlsx")


def test_a_directory_that_lies_about_sizes_costs_nothing():
    data = bytearray(repacked(simple(["a"]), {"xl/z.xml": b" " * 200_000_000}, compression=zipfile.ZIP_DEFLATED))
    true_size = struct.pack("<L", 200_000_000)
    assert data.count(true_size) == 2
    data = bytes(data).replace(true_size, struct.pack("<L", 1000))

    tracemalloc.start()
    with pytest.raises(UnreadableFile) as refusal:
        read_rows(data, "a.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert refusal.value.code == "damaged"
    assert peak < 20_000_000


def test_unpacking_stops_at_the_limit_whatever_the_directory_says(monkeypatch):
    monkeypatch.setattr(workbooks, "check_directory", lambda parts: None)
    data = repacked(simple(["a"]), {"xl/z.xml": b" " * 60_000_000}, compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(UnreadableFile, match="zip_bomb: by reading"):
        read_rows(data, "a.xlsx")


@pytest.mark.parametrize(
    "text, rows",
    [
        ("Enhet\tTall\n402\t1 234,5\n", [["Enhet", "Tall"], ["402", "1 234,5"]]),
        ("402;1,5\r\n403;2,5", [["402", "1,5"], ["403", "2,5"]]),
        ("a\tb;c\n", [["a", "b;c"]]),
        ('"to\nlinjer"\t2', [["to\nlinjer", "2"]]),
        ("alene", [["alene"]]),
        ("\t\n1\t2", [["", ""], ["1", "2"]]),
    ],
)
def test_pasted(text, rows):
    assert read_pasted(text) == rows


@pytest.mark.parametrize("text, code", [("", "empty"), (" \n\t", "empty"), ("a\x00b", "nul_bytes"), ("\t" * 200 + "x", "too_many_columns")])
def test_what_cannot_be_pasted(text, code):
    with pytest.raises(UnreadableFile) as refusal:
        read_pasted(text)
    assert refusal.value.code == code


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.tsv", ""]))
def test_any_bytes_are_rows_or_refused(data, name):
    with suppress(UnreadableFile):
        assert all(isinstance(cell, str) for row in read_rows(data, name) for cell in row)


BOOK = simple(["Kode", "Tall"], [402, 1.5], ["x", None])


@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255))
def test_a_damaged_byte_never_breaks_the_reader(at, value):
    data = BOOK[:at] + bytes([value]) + BOOK[at + 1 :]
    with suppress(UnreadableFile):
        assert read_rows(data, "a.xlsx")
