import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.numbers import parse_number
from common.periods import Period
from common.tables import Column, read_rows, to_csv, to_xlsx

COLUMNS = [
    Column("unit", "Enhetskode", "code"),
    Column("name", "Enhet"),
    Column("amount", "Regnskap", "number", places=2, unit="kr"),
    Column("share", "Andel", "number"),
    Column("day", "Dato", "date"),
]
ROW = {
    "unit": "0402",
    "name": "Hjemmetjenesten på Østensjø",
    "amount": Decimal("-1234567.895"),
    "share": Decimal("0.1250"),
    "day": date(2025, 9, 1),
}
FORMULAS = ["=1+1", "+47 23 47 00 00", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x";"y")', "\uff1d1+1"]


def book_of(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_csv_is_what_a_norwegian_spreadsheet_opens():
    """Golden test 40: decimal comma, semicolon, UTF-8 with BOM, no thousands separator, safe for formulas."""
    data = to_csv(COLUMNS, [ROW, {"unit": "402", "name": "=cmd", "amount": -5}], notes=["Foreløpige tall", "=1+1"])

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == (
        "Enhetskode;Enhet;Regnskap (kr);Andel;Dato\r\n"
        "0402;Hjemmetjenesten på Østensjø;-1234567,90;0,1250;2025-09-01\r\n"
        "402;'=cmd;-5,00;;\r\n"
        "\r\n"
        "Foreløpige tall\r\n"
        "'=1+1\r\n"
    )


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("kind", ["text", "code", "date", "number"])
def test_no_text_is_a_formula_in_csv(kind, text):
    data = to_csv([Column("a", text, kind)], [{"a": text}], notes=[text])
    cells = [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";") if row]
    assert cells == [f"'{text}"] * 3


@pytest.mark.parametrize(
    "kind, places, value, shown",
    [
        ("number", None, Decimal("-5.5"), "-5,5"),
        ("number", 1, Decimal("93.25"), "93,3"),
        ("number", 1, 7, "7,0"),
        ("number", None, 0.1, "0,1"),
        ("number", None, Decimal("1.2E+6"), "1200000"),
        ("number", None, True, "1"),
        ("number", None, Decimal("NaN"), ""),
        ("number", None, float("inf"), ""),
        ("number", None, "skjult", "skjult"),
        ("number", None, None, ""),
        ("text", None, 402, "402"),
        ("text", None, Period.month(2025, 9), "2025-09"),
        ("text", None, 'a;b "c"\nd', '"a;b ""c""\nd"'),
        ("text", None, "a\x00b", "ab"),
        ("text", None, "a\ud800b", "a?b"),
        ("code", None, Decimal(402), "402"),
        ("date", None, datetime(2025, 9, 1, 22, 30, tzinfo=UTC), "2025-09-02 00:30"),
    ],
)
def test_csv_cells(kind, places, value, shown):
    data = to_csv([Column("a", "A", kind, places)], [{"a": value}])
    assert data.decode("utf-8-sig") == f"A\r\n{shown}\r\n" if shown else 'A\r\n""\r\n'


def test_xlsx_has_real_numbers_dates_and_text():
    book = book_of(to_xlsx(COLUMNS, [ROW], title="Regnskap: 09/2025", notes=["Foreløpige tall", "=1+1"]))
    sheet, notes = book.worksheets

    assert (sheet.title, notes.title) == ("Regnskap  09 2025", "Merknader")
    assert [cell.value for cell in sheet[1]] == ["Enhetskode", "Enhet", "Regnskap (kr)", "Andel", "Dato"]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    code, name, amount, share, day = sheet[2]
    assert (code.value, code.data_type, code.number_format) == ("0402", "s", "@")
    assert name.value == "Hjemmetjenesten på Østensjø"
    assert (amount.value, amount.data_type, amount.number_format) == (pytest.approx(-1234567.895), "n", "#,##0.00")
    assert (share.value, share.number_format) == (0.125, "General")
    assert (day.value, day.number_format) == (datetime(2025, 9, 1), "dd.mm.yyyy")  # noqa: DTZ001 (a cell has no time zone)
    assert sheet.column_dimensions["B"].width == len("Hjemmetjenesten på Østensjø") + 2
    assert [cell.value for cell in notes["A"]] == ["Foreløpige tall", "=1+1"]


@pytest.mark.parametrize("text", [*FORMULAS, "#N/A", "#REF!", "1234", "'x"])
def test_no_text_is_a_formula_or_an_error_in_xlsx(text):
    sheet, notes = book_of(to_xlsx([Column("a", text)], [{"a": text}], title=text, notes=[text])).worksheets
    for cell in (sheet["A1"], sheet["A2"], notes["A1"]):
        assert cell.data_type == "s"
        # A workbook keeps line ends as the XML standard does.
        assert cell.value.replace("\r", "\n") == text.replace("\r", "\n")
        assert bool(cell.quotePrefix) is (text[0] not in "#1'")


@pytest.mark.parametrize(
    "title, name", [("", "Ark1"), ("'[]*'", "Ark1"), ("a" * 40, "a" * 31), ("Merknader", "Merknader"), ("\x00\x01", "Ark1")]
)
def test_any_title_is_a_sheet_name(title, name):
    book = book_of(to_xlsx([Column("a", "A")], [{"a": 1}], title=title, notes=["n"]))
    assert book.sheetnames[0] == name
    assert len({sheet.lower() for sheet in book.sheetnames}) == 2


def test_without_rows_there_is_a_head():
    assert to_csv(COLUMNS, []).count(b"\r\n") == 1
    assert book_of(to_xlsx(COLUMNS, [], title="Tom")).active.max_row == 1


def test_what_is_written_is_read_back():
    for data, name in ((to_csv(COLUMNS, [ROW]), "a.csv"), (to_xlsx(COLUMNS, [ROW], title="A"), "a.xlsx")):
        head, row = read_rows(data, name)
        assert head == ["Enhetskode", "Enhet", "Regnskap (kr)", "Andel", "Dato"]
        assert row[:2] == ["0402", "Hjemmetjenesten på Østensjø"]
        assert row[4] == "2025-09-01"
        assert parse_number(row[2]).value in {Decimal("-1234567.90"), Decimal("-1234567.895")}
        assert parse_number(row[3]).value == Decimal("0.125")


@given(st.text(max_size=40), st.decimals(allow_nan=False, places=3, min_value=-(10**9), max_value=10**9))
def test_any_text_and_figure_can_be_written(text, value):
    columns = [Column("a", text), Column("b", "B", "number")]
    rows = [{"a": text, "b": value}]
    cells = list(csv.reader(io.StringIO(to_csv(columns, rows).decode("utf-8-sig"), newline=""), delimiter=";"))[-1]
    assert parse_number(cells[1], decimal_point=True).value == value
    assert not cells[0].startswith(("=", "+", "-", "@"))
    assert book_of(to_xlsx(columns, rows, title=text, notes=[text])).active["A2"].data_type in {"s", "n", "inlineStr"}
