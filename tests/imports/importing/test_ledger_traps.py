"""Every trap of a ledger file has a test of its name."""

from decimal import Decimal

import pytest

from common.uploads import UnreadableFile
from imports.rules.context import Refused
from tests.imports.importing.files import HEAD, TRANSPORT, UBW, WAGES, codes_of, profile, read_bytes, ubw

UBW_PROFILE = profile("ubw")


def with_check_digits(nine):
    """Eleven digits whose check digits are right, where such exist; nobody has the month they give."""
    values = [int(digit) for digit in nine]
    first = 11 - sum(value * weight for value, weight in zip(values, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True)) % 11
    values.append(first % 11)
    second = 11 - sum(value * weight for value, weight in zip(values, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    return nine + str(first % 11) + str(second % 11)


def skipped(findings):
    return {group.reason: group.count for group in findings.skipped}


def test_the_whole_fixture_has_its_exact_sums(tmp_path):
    rows, findings = read_bytes(tmp_path, UBW.replace("\n", "\r\n").encode("cp1252"), UBW_PROFILE)

    assert len(rows) == 8
    assert findings.errors == 0
    assert (findings.year, findings.number, findings.header_row) == (2025, 9, 5)
    sums = {(total.scope, total.what): (total.in_file, total.read, total.ok) for total in findings.sums}
    for scope in ("", "402100"):
        assert sums[scope, "revised"] == (Decimal(68_000_000), Decimal(68_000_000), True)
        assert sums[scope, "budget"] == (Decimal(50_660_000), Decimal(50_660_000), True)
        assert sums[scope, "actual"] == (Decimal(52_130_000), Decimal(52_130_000), True)
        assert sums[scope, "variance"] == (Decimal(-1_470_000), Decimal(-1_470_000), True)
    assert skipped(findings) == {"title": 3, "blank": 2, "sum": 2}
    assert rows[6].actual == "-1248000.00"
    assert (rows[6].row, rows[6].account, rows[6].account_name, rows[6].unit_id) == (12, "16001", "Brukerbetaling", 402)
    assert findings.totals["income"] == Decimal(-3_150_000)


@pytest.mark.parametrize(
    "encoding,found",
    [("cp1252", "cp1252"), ("utf-8-sig", "utf-8-sig"), ("utf-8", "utf-8-sig"), ("utf-16", "utf-16"), ("cp865", "cp865")],
)
def test_encodings(tmp_path, encoding, found):
    rows, findings = read_bytes(tmp_path, UBW.encode(encoding), UBW_PROFILE)

    assert findings.encoding == found
    assert rows[0].account_name == "Fastlønn"
    assert "Fastlønn" in findings.first_rows[1]


def test_mojibake_is_named(tmp_path):
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(tmp_path, UBW.encode().decode("cp1252", "replace").encode(), UBW_PROFILE)
    assert refused.value.code == "double_encoded"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_delimiters(tmp_path, delimiter):
    rows, findings = read_bytes(tmp_path, UBW.replace(";", delimiter).encode(), UBW_PROFILE)

    assert (len(rows), findings.delimiter) == (8, delimiter)


def test_delimiter_comma_with_quoted_amounts(tmp_path):
    lines = [",".join(f'"{cell}"' for cell in line.split(";")) for line in UBW.splitlines()]
    rows, findings = read_bytes(tmp_path, "\n".join(lines).encode(), UBW_PROFILE)

    assert (len(rows), findings.delimiter) == (8, ",")


def test_fewer_than_five_columns_are_no_ledger(tmp_path):
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(tmp_path, b"Ansvar;Konto;Regnskap\n402100;10101;5\n", UBW_PROFILE)
    assert refused.value.code == "too_few_columns"


def test_heading_repeated_on_every_page_and_footer(tmp_path):
    rows, findings = read_bytes(tmp_path, ubw(WAGES, HEAD, TRANSPORT, "Side 2 av 2;;;;;;;;;;;;"), UBW_PROFILE)

    assert len(rows) == 2
    assert skipped(findings) == {"header": 1, "footer": 1}


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(Refused) as refused:
        read_bytes(tmp_path, ubw(WAGES, head=HEAD.replace("Konto;", "Nr;")), UBW_PROFILE)
    assert (refused.value.code, refused.value.params) == ("no_header", {"missing": "Konto"})


def test_sum_rows_without_the_word_are_known_by_their_missing_key(tmp_path):
    bold = "402100;Hjemmetjenesten;;;;;;;49 500 000,00;36 877 500,00;36 560 900,50;316 599,50;"
    rows, findings = read_bytes(tmp_path, ubw(WAGES, TRANSPORT, bold), UBW_PROFILE)

    assert len(rows) == 2
    assert skipped(findings) == {"sum": 1}
    assert all(total.ok for total in findings.sums)


def test_sum_rows_by_star_and_part_sum(tmp_path):
    rows, findings = read_bytes(
        tmp_path,
        ubw(
            WAGES,
            "Delsum;;;;;;;;46 000 000,00;34 270 000,00;33 905 400,50;364 599,50;",
            TRANSPORT,
            "4021*;;;;;;;;49 500 000,00;36 877 500,00;36 560 900,50;316 599,50;",
        ),
        UBW_PROFILE,
    )

    assert len(rows) == 2
    assert skipped(findings) == {"sum": 2}
    assert [total for total in findings.sums if not total.ok] == []


def test_amounts_without_a_key_are_not_lost_in_silence(tmp_path):
    _rows, findings = read_bytes(tmp_path, ubw(WAGES, "402100;Hjemmetjenesten;;;;;;;1,00;1,00;7,00;6,00-;"), UBW_PROFILE)

    assert "amounts_without_key" in codes_of(findings)
    assert not findings.saveable


def test_a_sum_that_does_not_hold_is_shown_with_its_difference(tmp_path):
    _rows, findings = read_bytes(tmp_path, ubw(WAGES, "Totalt;;;;;;;;46 000 000,00;34 270 000,00;33 905 400,00;364 599,50;"), UBW_PROFILE)

    (wrong,) = findings.sums_differ
    assert (wrong.what, wrong.difference) == ("actual", Decimal("-0.50"))


@pytest.mark.parametrize(
    "text,read",
    [
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234\u00a0567,89", "1234567.89"),
        ("1\u202f234\u202f567,89", "1234567.89"),
        ("1.234.567,89", "1234567.89"),
        ("1234567.89", "1234567.89"),
        ("130 500,00-", "-130500.00"),
        ("\u2212130 500,00", "-130500.00"),
        ("\u2013130 500,00", "-130500.00"),
        ("(1 234)", "-1234.00"),
        ("kr 5", "5.00"),
        ("1,2E+06", "1200000.00"),
        ("7", "7.00"),
        ("-", None),
        ("", None),
        ("#I/T", None),
        ("#DIV/0!", None),
    ],
)
def test_amounts_in_all_their_spellings(tmp_path, text, read):
    row = f"402100;Hjemmetjenesten;10101;Fastlønn;254;;;202509;;;{text};;"
    rows, findings = read_bytes(tmp_path, f"{HEAD}\n{row}\n".encode(), UBW_PROFILE)

    assert findings.problems == []
    assert rows[0].actual == read


def test_something_else_than_an_amount_names_row_and_column(tmp_path):
    _rows, findings = read_bytes(tmp_path, ubw(WAGES, TRANSPORT.replace("2 655 500,00", "se vedlegg"), WAGES), UBW_PROFILE)

    (problem,) = [each for each in findings.problems if each.severity == "error"]
    assert (problem.code, problem.row, problem.column, problem.text) == ("not_an_amount", 3, "Regnskap HiÅ", "se vedlegg")
    assert findings.rows == 2


@pytest.mark.parametrize("other,read", [("1.234.567,50", "1234.00"), ("12345.5", "1.23")])
def test_a_point_is_decided_by_other_cells(tmp_path, other, read):
    rows, findings = read_bytes(
        tmp_path, ubw("402100;H;10101;F;254;;;202509;;;1.234;;", f"402100;H;10201;V;254;;;202509;;;{other};;"), UBW_PROFILE
    )

    assert findings.errors == 0
    assert rows[0].actual == read


def test_a_point_is_decided_by_cells_far_down(tmp_path):
    many = [f"402100;H;1{account:04};F;254;;;202509;;;1.234;;" for account in range(5000)]
    rows, findings = read_bytes(tmp_path, ubw(*many, "402100;H;10201;V;254;;;202509;;;1.234.567;;"), UBW_PROFILE)

    assert findings.errors == 0
    assert rows[0].actual == "1234.00"


def test_a_point_nobody_explains_is_asked_about(tmp_path):
    content = ubw("402100;H;10101;F;254;;;202509;;;1.234;;")
    _rows, findings = read_bytes(tmp_path, content, UBW_PROFILE)
    answered, _findings = read_bytes(tmp_path, content, UBW_PROFILE, decimal_point=False)

    assert codes_of(findings) == {"ambiguous"}
    assert answered[0].actual == "1234.00"


def test_leading_zeros_lost_by_a_spreadsheet(tmp_path):
    columns = {"cost_centre": {"aliases": ["Ansvar"], "required": True, "pad": 4}, "account": ["Konto"], "period": ["Periode"]}
    padded = profile("ubw", columns={**columns, "actual": ["Regnskap HiÅ"], "revised": ["Rev. budsjett"]})
    rows, _findings = read_bytes(tmp_path, ubw("402;H;10101;F;254;;;202509;;;5,00;;", "402.0;H;10102;F;254;;;202509;;;5,00;;"), padded)

    assert [row.cost_centre for row in rows] == ["0402", "0402"]


def test_unknown_cost_centres_land_on_a_list_with_their_amount(tmp_path):
    rows, findings = read_bytes(tmp_path, ubw(WAGES, TRANSPORT.replace("402100", "999100")), UBW_PROFILE)

    assert rows[1].unit_id is None
    (code,) = findings.unknown
    assert (code.code, code.name, code.rows, code.amount) == ("999100", "Hjemmetjenesten", 1, Decimal("2655500.00"))
    assert findings.unmapped == Decimal("2655500.00")
    assert findings.unmapped_percent == Decimal("7.2632")
