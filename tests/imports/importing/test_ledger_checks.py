"""Units, signs, periods, equal rows, persons and workbooks: the traps that only the whole file shows."""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from imports.rules.context import Refused
from imports.rules.persons import holds_national_number
from tests.imports.importing.files import HEAD, TRANSPORT, UBW, WAGES, codes_of, known, profile, read_bytes, read_file, ubw

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


def test_amounts_in_thousands(tmp_path):
    rows, findings = read_bytes(
        tmp_path,
        ubw(
            "402100;H;10101;F;254;;;202509;46 000;34 270;33 905;365;",
            "402100;H;10201;V;254;;;202509;3;2;2;0;",
            "Totalt;;;;;;;;46 004;34 273;33 906;366;",
        ),
        profile("ubw", unit=1000),
    )

    assert rows[0].revised == "46000000.00"
    # The printed thousands are rounded one by one: with two rows a sum may be one thousand off.
    assert findings.sums_differ == []
    assert findings.sums[0].tolerance == Decimal(1000)


def test_the_wrong_unit_of_amounts_is_suspected(tmp_path):
    plausible = (Decimal(10_000_000), Decimal(100_000_000))
    _rows, findings = read_bytes(tmp_path, ubw("402100;H;10101;F;254;;;202509;46 000;34 270;33 905;365;"), UBW_PROFILE, plausible=plausible)

    (warning,) = [each for each in findings.warnings if each.code == "unit_doubtful"]
    assert warning.params["likely"] == "1000"


def test_the_opposite_sign_of_the_variance_is_proposed(tmp_path):
    turned = profile("ubw", variance="actual_minus_budget")
    _rows, findings = read_bytes(tmp_path, UBW.encode(), turned)
    _rows, right = read_bytes(tmp_path, UBW.encode(), UBW_PROFILE)

    assert "switch_sign" in codes_of(findings)
    assert findings.sums_differ
    assert "switch_sign" not in codes_of(right)


def test_rows_whose_variance_is_not_budget_minus_actual_are_named(tmp_path):
    _rows, findings = read_bytes(tmp_path, ubw(WAGES, TRANSPORT.replace("48 000,00-", "6 000,00-")), UBW_PROFILE)

    assert [(each.code, each.row) for each in findings.problems] == [("variance_differs", 3)]
    assert findings.sums_differ[0].difference == Decimal(42000)


def test_income_shown_as_positive(tmp_path):
    fee = "402100;H;16001;Brukerbetaling;254;;;202509;1 500 000,00;1 117 500,00;1 248 000,00;;"
    _rows, suspected = read_bytes(tmp_path, ubw(WAGES, fee), UBW_PROFILE)
    rows, findings = read_bytes(tmp_path, ubw(WAGES, fee), profile("ubw", income="positive"))

    assert "income_is_positive" in codes_of(suspected)
    assert "income_is_positive" not in codes_of(findings)
    assert (rows[0].actual, rows[1].actual) == ("33905400.50", "-1248000.00")


def test_wages_that_fall_from_month_to_month(tmp_path):
    _rows, fell = read_bytes(tmp_path, ubw(WAGES), UBW_PROFILE, before={402: Decimal(34_000_000)}, wages_before=Decimal(34_000_000))
    _rows, month = read_bytes(tmp_path, ubw(WAGES), UBW_PROFILE, before={402: Decimal(270_000_000)}, wages_before=Decimal(270_000_000))
    _rows, grew = read_bytes(tmp_path, ubw(WAGES), UBW_PROFILE, before={402: Decimal(30_000_000)}, wages_before=Decimal(30_000_000))

    assert "wages_fell" in codes_of(fell)
    assert "looks_like_month" in codes_of(month)
    assert not {"wages_fell", "looks_like_month"} & codes_of(grew)


def test_the_biggest_changes_against_a_usual_month(tmp_path):
    _rows, findings = read_bytes(tmp_path, ubw(WAGES), UBW_PROFILE, before={402: Decimal(30_000_000)})

    (change,) = findings.changes
    assert (change.unit_id, change.now, change.usual) == (402, Decimal("3905400.50"), Decimal(3_750_000))


def test_period_13_is_kept_and_period_00_left_out(tmp_path):
    rows, findings = read_bytes(tmp_path, ubw(WAGES.replace("202509", "202513"), TRANSPORT.replace("202509", "202500")), UBW_PROFILE)

    assert [row.number for row in rows] == [13]
    assert skipped(findings) == {"period_00": 1}
    assert "closing_period" in codes_of(findings)


@pytest.mark.parametrize("text", ["202509", "2025-09", "09.2025", "sep.25", "september 2025"])
def test_periods_in_all_their_spellings(tmp_path, text):
    rows, findings = read_bytes(tmp_path, ubw(WAGES.replace("202509", text)), UBW_PROFILE)

    assert (findings.year, findings.number, rows[0].number) == (2025, 9, 9)


def test_period_16_is_none(tmp_path):
    _rows, findings = read_bytes(tmp_path, ubw(WAGES.replace("202509", "202516")), UBW_PROFILE)

    assert codes_of(findings) == {"period_not_read"}


def test_two_periods_of_amounts_from_january(tmp_path):
    content = ubw(WAGES, TRANSPORT.replace("202509", "202508"))
    with pytest.raises(Refused) as refused:
        read_bytes(tmp_path, content, UBW_PROFILE)
    rows, findings = read_bytes(tmp_path, content, profile("ubw", cumulative=False))

    assert refused.value.code == "two_periods"
    assert ([row.number for row in rows], findings.number) == ([9, 8], 9)


def test_two_years_in_one_file(tmp_path):
    with pytest.raises(Refused) as refused:
        read_bytes(tmp_path, ubw(WAGES, TRANSPORT.replace("202509", "202409")), UBW_PROFILE)
    assert refused.value.code == "mixed_years"


def test_another_period_than_the_chosen(tmp_path):
    with pytest.raises(Refused) as refused:
        read_bytes(tmp_path, ubw(WAGES), UBW_PROFILE, period=(2025, 8))
    assert (refused.value.code, refused.value.params) == ("other_period", {"file": "202509", "chosen": "202508"})


@pytest.mark.parametrize("title,name,where", [("Periode: 202509", "fil.csv", "title"), ("Rapport", "regnskap_202509.csv", "name")])
def test_the_period_stands_in_the_title_or_the_name(tmp_path, title, name, where):
    without = ubw(WAGES.replace("202509", ""), head=HEAD.replace("Periode", "Kommentar"))
    _rows, findings = read_bytes(tmp_path, f"{title};;;;\r\n".encode() + without, UBW_PROFILE, name=name)

    assert (findings.year, findings.number, findings.period_from) == (2025, 9, where)


def test_a_file_without_a_period_asks_for_it(tmp_path):
    without = ubw(WAGES.replace("202509", ""), head=HEAD.replace("Periode", "Kommentar"))
    with pytest.raises(Refused) as refused:
        read_bytes(tmp_path, without, UBW_PROFILE)
    _rows, findings = read_bytes(tmp_path, without, UBW_PROFILE, period=(2025, 9))

    assert refused.value.code == "period_missing"
    assert findings.number == 9


def test_an_account_without_budget_is_allowed_and_counted(tmp_path):
    rows, findings = read_bytes(tmp_path, ubw(WAGES, "402100;H;12001;Inventar;254;;;202509;;;5,00;;"), UBW_PROFILE)

    assert (rows[1].budget, rows[1].actual) == (None, "5.00")
    (warning,) = [each for each in findings.warnings if each.code == "accounts_without_budget"]
    assert warning.params == {"count": "1"}


def test_equal_rows_are_summed_or_refused_as_the_profile_says(tmp_path):
    summed, _findings = read_bytes(tmp_path, ubw(WAGES, WAGES), UBW_PROFILE)
    _rows, findings = read_bytes(tmp_path, ubw(WAGES, TRANSPORT, WAGES), profile("ubw", duplicates="error"))
    _rows, other_project = read_bytes(tmp_path, ubw(WAGES, WAGES.replace(";;202509", ";9001;202509")), profile("ubw", duplicates="error"))

    assert len(summed) == 2
    assert [(each.code, each.row, each.params) for each in findings.problems] == [("duplicate_row", 4, {"first": "2"})]
    assert other_project.errors == 0


def test_a_separator_inside_a_text_does_not_shift_the_amounts(tmp_path):
    _rows, findings = read_bytes(tmp_path, ubw(WAGES, TRANSPORT.replace("Transport", "Transport; fly")), UBW_PROFILE)

    assert codes_of(findings) == {"too_many_cells"}


@pytest.mark.parametrize("heading", ["Fødselsnr", "Fødselsnummer", "Ansattnr.", "Ansattnummer", "Navn", "Personnr", "Etternavn"])
def test_person_columns_refuse_the_whole_file(tmp_path, heading):
    with pytest.raises(Refused) as refused:
        read_bytes(tmp_path, ubw(WAGES, head=HEAD.replace("Funksjon(T)", heading)), UBW_PROFILE)
    assert (refused.value.code, refused.value.params) == ("person_columns", {"columns": heading})


def test_numbers_of_persons_under_another_heading(tmp_path):
    made_up = [f"0101{serial:02}50{serial:03}" for serial in range(100)]
    numbers = [number for start in made_up if holds_national_number(number := with_check_digits(start[:9]))][:5]
    head = HEAD.replace("Funksjon(T)", "Merknad")

    with pytest.raises(Refused) as refused:
        read_bytes(tmp_path, ubw(*(WAGES.replace("Hjemmeboende", number) for number in numbers), head=head), UBW_PROFILE)
    assert refused.value.params == {"columns": "Merknad"}


def test_columns_nobody_asked_for_are_not_kept(tmp_path):
    rows, findings = read_bytes(
        tmp_path, ubw(WAGES.replace("Hjemmeboende", "Leverandør AS"), head=HEAD.replace("Funksjon(T)", "Bilagstekst")), UBW_PROFILE
    )

    assert findings.ignored == ["Bilagstekst"]
    assert not any("Leverandør" in str(cell) for cell in rows[0])


def test_a_spreadsheet_with_numbers_dates_and_a_hidden_sheet(tmp_path):
    book = Workbook()
    book.active.title = "Skjult"
    book.active.append(["noe annet"])
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Rapport")
    sheet.append(["Budsjettoppfølging"])
    sheet.append(HEAD.split(";"))
    sheet.append(
        [402100, "Hjemmetjenesten", 10101, "Fastlønn", 254.0, "H", None, 202509, 46_000_000, 34_270_000.0, 33_905_400.5, 364_599.5, 73.7]
    )
    sheet.append([402100, "Hjemmetjenesten", 10201, "Vikarer", 254, "H", None, 202509, 5_200_000, "3 874 000,00", 0.1 + 0.2, None, None])
    path = tmp_path / "rapport.xlsx"
    book.save(path)
    rows, findings = read_file(path, UBW_PROFILE)

    assert findings.errors == 0
    assert findings.format == "workbook"
    assert rows[0][1:] == (9, "402100", 402, "10101", "Fastlønn", "254", "", None, "46000000.00", "34270000.00", "33905400.50")
    assert (rows[1].budget, rows[1].actual) == ("3874000.00", "0.30")


def test_the_unit_of_a_cost_centre_is_that_of_the_periods_last_day(tmp_path):
    asked = []

    def unit_of(code, day):
        asked.append((code, day.isoformat()))
        return known(code, day)

    read_bytes(tmp_path, ubw(WAGES, TRANSPORT), UBW_PROFILE, unit_of=unit_of)

    assert asked == [("402100", "2025-09-30")]
