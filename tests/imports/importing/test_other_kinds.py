"""Sick leave, indicators, surveys, benchmarks and SAF-T."""

import json
from decimal import Decimal

import pytest

from common.periods import Period
from common.uploads import UnreadableFile
from imports.rules.context import Refused
from tests.imports.importing.files import SICK_LEAVE, codes_of, profile, read_bytes

HR = profile("sick_leave_hr")
LONG = profile("sick_leave_long")


def test_sick_leave_with_its_printed_sum(tmp_path):
    rows, findings = read_bytes(tmp_path, SICK_LEAVE.encode("cp1252"), HR)

    assert findings.problems == []
    assert [(row.code, row.unit_id, row.period.code) for row in rows] == [("402", 402, "2025-09"), ("407", 407, "2025-09")]
    assert rows[0][4:] == (*map(Decimal, ("2640.0", "120.0", "364.3", "79.5", "284.8", "131.2", "233.1")), None)
    sums = {total.what: total for total in findings.sums}
    assert all(total.ok for total in findings.sums)
    assert (sums["lost"].in_file, sums["contracted"].read) == (Decimal("384.9"), Decimal(3036))
    assert (findings.year, findings.number) == (2025, 9)


@pytest.mark.parametrize("text", ["sep.25", "202509", "09.2025", "2025-09", "september 2025"])
def test_months_in_all_their_spellings(tmp_path, text):
    rows, findings = read_bytes(tmp_path, SICK_LEAVE.replace("2025-09", text).encode(), HR)

    assert findings.errors == 0
    assert {row.period for row in rows} == {Period.month(2025, 9)}


def test_a_quarter_is_read_where_the_profile_takes_quarters(tmp_path):
    content = SICK_LEAVE.replace("2025-09", "3. kvartal 2025").encode()
    _rows, refused = read_bytes(tmp_path, content, HR)
    rows, findings = read_bytes(tmp_path, content, profile("sick_leave_hr", period_kinds=["month", "quarter"]))

    assert codes_of(refused) == {"other_kind_of_period"}
    assert (findings.errors, rows[0].period) == (0, Period.quarter(2025, 3))


@pytest.mark.parametrize(
    "old,new,code",
    [
        ("284,8", "285,9", "type_is_not_total"),
        ("233,1", "234,9", "length_is_not_total"),
        (";13,8", ";14,9", "percent_differs"),
        ("2640,0", "264,0", "more_than_contracted"),
        ("2640,0", "", "figure_missing"),
        ("79,5", "-79,5", "negative"),
    ],
)
def test_sick_leave_that_cannot_be(tmp_path, old, new, code):
    _rows, findings = read_bytes(tmp_path, SICK_LEAVE.replace(old, new, 1).encode(), HR)

    assert code in codes_of(findings)


def test_half_a_day_off_is_let_through(tmp_path):
    _rows, findings = read_bytes(tmp_path, SICK_LEAVE.replace("284,8", "285,3", 1).encode(), HR)

    assert not {"type_is_not_total"} & codes_of(findings)


def test_one_unit_and_month_stands_once(tmp_path):
    line = SICK_LEAVE.splitlines()[1]
    _rows, findings = read_bytes(tmp_path, "\n".join([*SICK_LEAVE.splitlines()[:2], line]).encode(), HR)

    assert codes_of(findings) == {"duplicate_row"}


@pytest.mark.parametrize("heading", ["Ansattnr", "Fødselsnummer", "Navn"])
def test_sick_leave_of_persons_is_refused(tmp_path, heading):
    with pytest.raises(Refused) as refused:
        read_bytes(tmp_path, SICK_LEAVE.replace("Årsverk", heading).encode(), HR)
    assert refused.value.code == "person_columns"


def test_one_row_for_each_type_of_absence(tmp_path):
    lines = ["Enhetskode;Enhet;Periode;Type;Dagsverk;Avtalte dagsverk"]
    lines += [f"402;Hjemmetjenesten;sep.25;{kind};{days};2640,0" for kind, days in (("Egenmeldt", "79,5"), ("Sykmelding", "284,8"))]
    rows, findings = read_bytes(tmp_path, "\n".join(lines).encode(), LONG)
    _rows, unknown = read_bytes(tmp_path, "\n".join([*lines, "402;H;sep.25;Permisjon;3;2640,0"]).encode(), LONG)

    assert findings.errors == 0
    assert [(row.code, row.contracted, row.lost) for row in rows] == [("402", Decimal("2640.0"), Decimal("364.3"))]
    assert codes_of(unknown) == {"type_not_known"}


FIGURES = "Enhetskode;Indikator;Periode;Teller;Nevner;Verdi;Kvalitet\n"


def test_indicators_by_unit(tmp_path):
    content = (
        FIGURES
        + "301;saker_innen_2_uker;2013-09;;;85;endelig\n301;sosialhjelpsmottakere;2013-09;;;ca 430;\n301;andel;K3 2013;3;4;;foreløpig\n"
    )
    rows, findings = read_bytes(tmp_path, content.encode(), profile("figures"), indicators={"saker_innen_2_uker", "andel"})

    assert findings.errors == 0
    assert [(row.indicator, row.unit_id, row.period.code, row.value, row.quality) for row in rows] == [
        ("saker_innen_2_uker", 301, "2013-09", Decimal(85), "final"),
        ("sosialhjelpsmottakere", 301, "2013-09", Decimal(430), "estimate"),
        ("andel", 301, "2013-K3", None, "preliminary"),
    ]
    assert [(code.kind, code.code) for code in findings.unknown] == [("indicator", "sosialhjelpsmottakere")]


@pytest.mark.parametrize(
    "row,code",
    [
        ("301;andel;2013-09;3;;;", "half_a_fraction"),
        ("301;andel;2013-09;3;0;;", "denominator_is_zero"),
        ("301;andel;2013-09;;;;", "figure_missing"),
        ("301;andel;2013-09;;;5;kanskje", "quality_not_known"),
        ("301;andel;i fjor;;;5;", "period_not_read"),
        ("301;andel;2013-09;;;fem;", "not_an_amount"),
    ],
)
def test_indicators_that_cannot_be(tmp_path, row, code):
    _rows, findings = read_bytes(tmp_path, (FIGURES + row + "\n").encode(), profile("figures"))

    assert codes_of(findings) - {"no_rows"} == {code}
    assert not findings.saveable


def test_a_figure_that_is_missing_says_so(tmp_path):
    rows, findings = read_bytes(tmp_path, (FIGURES + "301;andel;2013-09;;;??;\n").encode(), profile("figures"))

    assert findings.errors == 0
    assert (rows[0].value, rows[0].quality) == (None, "missing")


def test_a_survey_without_answers_is_noted(tmp_path):
    head = "Undersøkelse;År;Enhet;Spørsmålsgruppe;Snitt;Antall svar;Snitt land;Høyest;Lavest\n"
    rows, findings = read_bytes(
        tmp_path,
        (head + "Medarbeider;2013;401;Trivsel;4.70;;4,6;5,2;3,9\nMedarbeider;2013;402;Trivsel;4,1;31;4,6;5,2;3,9\n").encode(),
        profile("survey_published"),
    )

    assert findings.errors == 0
    assert [(row.mean, row.answers) for row in rows] == [(Decimal("4.70"), None), (Decimal("4.1"), 31)]
    assert codes_of(findings) == {"answers_unknown"}


CUBE = {
    "version": "2.0",
    "class": "dataset",
    "id": ["Region", "ContentsCode", "Tid"],
    "size": [2, 1, 2],
    "role": {"time": ["Tid"], "metric": ["ContentsCode"], "geo": ["Region"]},
    "dimension": {
        "Region": {"category": {"index": {"0301": 0, "4601": 1}}},
        "ContentsCode": {"category": {"index": {"andel": 0}}},
        "Tid": {"category": {"index": ["2023", "2024K1"]}},
    },
    "value": [1.5, 2, None, 4.25],
}


@pytest.mark.parametrize("sparse", [False, True])
def test_a_cube(tmp_path, sparse):
    cube = {**CUBE, "value": {"0": 1.5, "1": 2, "3": 4.25}} if sparse else CUBE
    rows, findings = read_bytes(tmp_path, json.dumps(cube).encode(), profile("jsonstat"), name="tall.json")

    assert findings.errors == 0
    assert [(row.area, row.indicator, row.period.code, row.value) for row in rows] == [
        ("0301", "andel", "2023", Decimal("1.5")),
        ("0301", "andel", "2024-K1", Decimal(2)),
        ("4601", "andel", "2024-K1", Decimal("4.25")),
    ]


@pytest.mark.parametrize(
    "content,code",
    [
        (b"[" * 200_000, "too_deep"),
        (b'{"a": 1}', "wrong_format"),
        (b'{"a": ', "damaged"),
        (json.dumps({**CUBE, "value": [1]}).encode(), "damaged"),
        (json.dumps({**CUBE, "value": [float("nan")] * 4}).encode(), "damaged"),
    ],
)
def test_cubes_that_are_none(tmp_path, content, code):
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(tmp_path, content, profile("jsonstat"), name="tall.json")
    assert refused.value.code == code


def saft(*lines: str, prefix: str = "", extra: str = "") -> bytes:
    body = "".join(lines)
    text = f"""<?xml version="1.0" encoding="UTF-8"?>{extra}
<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"><Header><AuditFileVersion>1.30</AuditFileVersion></Header>
<MasterFiles><GeneralLedgerAccounts><Account><AccountID>5000</AccountID>
<AccountDescription>L&#248;nn &amp; påslag</AccountDescription></Account></GeneralLedgerAccounts></MasterFiles>
<GeneralLedgerEntries><NumberOfEntries>1</NumberOfEntries><TotalDebit>100.50</TotalDebit><TotalCredit>100.50</TotalCredit>
<Journal><JournalID>A</JournalID><Transaction><TransactionID>1</TransactionID><Period>9</Period><PeriodYear>2025</PeriodYear>
{body}</Transaction></Journal></GeneralLedgerEntries></AuditFile>"""
    if prefix:
        text = text.replace("</", "\0").replace("<?", "\1").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:").replace("\1", "<?")
        text = text.replace("xmlns=", f"xmlns:{prefix}=")
    return text.encode()


def line(account: str, side: str, amount: str, centre: str = "402100") -> str:
    return (
        f"<Line><RecordID>1</RecordID><AccountID>{account}</AccountID>"
        f"<Analysis><AnalysisType>A</AnalysisType><AnalysisID>{centre}</AnalysisID>"
        f"</Analysis><ValueDate>2025-09-01</ValueDate><Description>Navn Navnesen</Description>"
        f"<{side}Amount><Amount>{amount}</Amount></{side}Amount>"
        f"<TaxInformation><TaxAmount><Amount>9</Amount></TaxAmount></TaxInformation></Line>"
    )


@pytest.mark.parametrize("prefix", ["", "n1", "saft"])
@pytest.mark.parametrize("extra", ["", "<!-- laget av regnskapssystemet -->"])
def test_saft_lines_become_signed_amounts(tmp_path, prefix, extra):
    content = saft(line("5000", "Debit", "100.50"), line("2400", "Credit", "100.5", "999"), prefix=prefix, extra=extra)
    if prefix and extra:
        content = content.replace(f"<{prefix}:!--".encode(), b"<!--")
    rows, findings = read_bytes(tmp_path, content, profile("saft"), name="fil.xml")

    assert findings.errors == 0
    assert [row[1:] for row in rows] == [
        (9, "402100", 402, "5000", "Lønn & påslag", "", "", None, None, None, "100.50"),
        (9, "999", None, "2400", "", "", "", None, None, None, "-100.50"),
    ]
    assert all(total.ok for total in findings.sums)
    assert not any("Navnesen" in str(cell) for row in rows for cell in row)


def test_saft_whose_debit_is_not_credit(tmp_path):
    _rows, findings = read_bytes(
        tmp_path, saft(line("5000", "Debit", "100.50"), line("2400", "Credit", "90")), profile("saft"), name="fil.xml"
    )

    assert [(total.what, total.ok) for total in findings.sums] == [("debit", True), ("credit", False), ("debit_is_credit", False)]


def test_saft_of_chosen_accounts_and_period_00(tmp_path):
    content = saft(line("5000", "Debit", "100.50"), line("2400", "Credit", "100.50"))
    rows, findings = read_bytes(tmp_path, content, profile("saft", accounts=["5", "6", "7"]), name="fil.xml")
    none, opening = read_bytes(tmp_path, content.replace(b"<Period>9", b"<Period>0"), profile("saft"), name="fil.xml", period=(2025, 9))

    assert [row.account for row in rows] == ["5000"]
    assert findings.skipped_count == 1
    assert none == []
    assert opening.skipped[0].reason == "period_00"


def test_saft_with_an_amount_that_is_none(tmp_path):
    _rows, findings = read_bytes(tmp_path, saft(line("5000", "Debit", "hundre")), profile("saft"), name="fil.xml")

    assert "not_an_amount" in codes_of(findings)


def test_saft_of_many_pieces_loses_no_line(tmp_path, monkeypatch):
    monkeypatch.setattr("imports.importing.saft_plain._CHUNK", 700)
    pairs = [each for number in range(200) for each in (line("5000", "Debit", f"{number}.25"), line("2400", "Credit", f"{number}.25"))]
    rows, findings = read_bytes(tmp_path, saft(*pairs), profile("saft"), name="fil.xml")

    assert (len(rows), findings.lines) == (400, 400)
    assert [total.ok for total in findings.sums] == [False, False, True]


def test_saft_with_marks_of_another_form_is_read_all_the_same(tmp_path):
    content = saft(line("5000", "Debit", "100.50"), line("2400", "Credit", "100.50"))
    plain, _findings = read_bytes(tmp_path, content, profile("saft"), name="fil.xml")
    other, _findings = read_bytes(tmp_path, content.replace(b"<Line>", b"<Line >"), profile("saft"), name="fil.xml")

    assert plain == other
    assert len(plain) == 2
