"""Files nobody in this project wrote: each must give the sums its owner names."""

from collections import defaultdict
from decimal import Decimal

import pytest

from imports.importing.delimited import DelimitedRows, open_text
from tests.imports.importing.files import DATA, profile, read_file

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the real files are not on this machine")


def test_a_municipalitys_whole_budget_comes_to_nothing_and_equal_rows_are_summed():
    rows, findings = read_file(DATA / "stavanger-2016-drift.csv", profile("budget_by_account"), period=(2016, 12))

    assert findings.errors == 0
    assert len(rows) == 11_130
    assert findings.totals["revised"] == 0
    assert findings.totals["expense"] == -findings.totals["income"] > 0
    keys = {(row.cost_centre, row.account, row.function, row.project) for row in rows}
    assert len(keys) < len(rows)
    assert any(row.account_name == "VAKTMESTERTJENESTE UTFØRT AV FORETAK" for row in rows)


def test_kostra_accounts_in_fixed_width():
    rows, findings = read_file(DATA / "kostra-0A-2019k4.txt", profile("kostra_0a"))

    assert findings.errors == 0
    assert (len(rows), findings.year, findings.number) == (1644, 2019, 12)
    assert findings.totals["expense"] == Decimal(1_557_532_000)
    assert findings.totals["income"] == Decimal(-1_521_694_000)
    operating = [row for row in rows if not row.account.startswith("I")]
    assert sum(Decimal(row.actual) for row in operating) == Decimal(1_557_532_000 - 1_521_694_000)


def test_the_tax_administrations_example():
    rows, findings = read_file(DATA / "saft-example-999999999.xml", profile("saft"))

    assert (findings.errors, len(rows), findings.year, findings.number) == (0, 5, 2015, 10)
    sums = {total.what: (total.in_file, total.read, total.ok) for total in findings.sums}
    assert sums == {name: (Decimal(25_000), Decimal(25_000), True) for name in ("debit", "credit", "debit_is_credit")}
    assert (rows[0].cost_centre, rows[0].account, rows[0].account_name, rows[0].project) == ("100", "4000", "Varekjøp", "2000")


def test_the_country_is_the_sum_of_its_sectors_in_every_quarter():
    country, findings = read_file(DATA / "nav_land_kvartal.csv", profile("nav_country"))
    sectors, _findings = read_file(DATA / "nav_sektor_kvartal.csv", profile("nav_sector"))

    sums = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in sectors:
        sums[row.period][0] += row.numerator
        sums[row.period][1] += row.denominator
    # From the second quarter of 2019 both files only repeat a quarter, each its own; the reader says so.
    repeated = {problem.row for problem in findings.problems if problem.code == "same_as_earlier"}
    assert min(repeated) == 23
    compared = [row for row in country if row.period in sums and row.row < min(repeated) - 1]
    assert len(compared) == 20
    for row in compared:
        # The files print six decimals of each sector.
        assert abs(sums[row.period][0] - row.numerator) < Decimal("0.00001")
        assert abs(sums[row.period][1] - row.denominator) < Decimal("0.00001")
        assert row.value is None


@pytest.mark.parametrize("name", ["KOSTRA_Arts_2020_kommuner.csv", "KOSTRA_Arts_2024_kommuner.csv"])
def test_fixed_pay_reads_right_in_both_encodings(name):
    rows = [row for block in DelimitedRows(open_text(DATA / name), ";").blocks() for row in block]

    assert ["KA_K", "KOSTRA Arts_K", "010", "Fastlønn"] in [[cell.strip() for cell in row] for row in rows]


def test_long_texts_of_people_stay_whole():
    rows = [row for block in DelimitedRows(open_text(DATA / "difi-tidstyv-2014.csv"), ";", "\\").blocks() for row in block]

    assert len(rows) == 1356
    assert {len(row) for row in rows} == {32}
    assert max(len(cell) for row in rows for cell in row) == 6472
