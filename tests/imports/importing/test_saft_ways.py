"""Lines of SAF-T are read by the thousand, one by one, or by handlers: whichever way, they are the same rows and findings."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.importing.saft_plain import LookThrough, _Marks
from tests.imports.importing.files import profile, read_bytes

SAFT = profile("saft")
AMOUNT = st.sampled_from(["100.50", "0.05", "7", "-3.25", "1234567.00", "1 000,50", "x", "99999999999999999.00"])
ACCOUNT = st.sampled_from(["1010", " 1010", "16&amp;9", "", "2400"])
ANALYSIS = st.sampled_from(
    [
        "",
        "<Analysis><AnalysisType>A</AnalysisType><AnalysisID>402100</AnalysisID></Analysis>",
        (
            "<Analysis>\n<AnalysisType>P</AnalysisType>\n<AnalysisID>77</AnalysisID></Analysis>"
            "<Analysis><AnalysisType>A</AnalysisType><AnalysisID> 103 </AnalysisID></Analysis>"
        ),
        "<Analysis><AnalysisType>A</AnalysisType><AnalysisID>9</AnalysisID><AnalysisAmount><Amount>5.00</Amount></AnalysisAmount></Analysis>",
        "<Analysis><AnalysisType>Z</AnalysisType><AnalysisID>1</AnalysisID></Analysis>",
    ]
)
TAX = "<TaxInformation><TaxCode>1</TaxCode><TaxAmount><Amount>3.00</Amount></TaxAmount></TaxInformation>"
PERIOD = st.sampled_from(["<Period>9</Period><PeriodYear>2026</PeriodYear>", "<PeriodYear>2026</PeriodYear><Period>9</Period>"])


@st.composite
def line(draw):
    side, account, analysis = draw(st.sampled_from(["Debit", "Credit"])), draw(ACCOUNT), draw(ANALYSIS)
    amount = f"<{side}Amount><Amount>{draw(AMOUNT)}</Amount></{side}Amount>"
    parts = [f"<AccountID>{account}</AccountID>", analysis, "<Description>Kjøp</Description>", amount, draw(st.sampled_from(["", TAX]))]
    return "<Line><RecordID>1</RecordID>" + "".join(draw(st.sampled_from([parts, parts, [parts[1], parts[0], *parts[2:]]]))) + "</Line>"


@st.composite
def transaction(draw):
    between = draw(st.sampled_from(["", "\n", "<Description>x</Description>"]))
    lines = draw(st.lists(line(), max_size=4))
    head = "<TransactionID>1</TransactionID>" if draw(st.booleans()) else ""
    return f"<Transaction>{head}{draw(PERIOD)}<Description>Bilag</Description>{between.join(lines)}{between}</Transaction>\n"


def file_of(transactions):
    totals = "<GeneralLedgerEntries><TotalDebit>5.00</TotalDebit><TotalCredit>5.00</TotalCredit><Journal>"
    accounts = "<MasterFiles><Account><AccountID>1010</AccountID><AccountDescription>Lønn</AccountDescription></Account></MasterFiles>"
    begin = f'<?xml version="1.0" encoding="UTF-8"?>\n<AuditFile>{accounts}{totals}'
    return (begin + "".join(transactions) + "</Journal></GeneralLedgerEntries></AuditFile>").encode()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(transactions=st.lists(transaction(), min_size=1, max_size=5), wanted=st.sampled_from([(), ("1",)]))
def test_all_ways_of_reading_lines_give_the_same(tmp_path, monkeypatch, transactions, wanted):
    about = profile("saft", accounts=list(wanted)) if wanted else SAFT
    data = file_of(transactions)
    results = []
    for way in ("together", "one by one", "handlers"):
        with monkeypatch.context() as patch:
            if way == "one by one":
                patch.setattr(_Marks, "_together", lambda _self, _text: False)
            if way == "handlers":
                patch.setattr(LookThrough, "plain_prefix", lambda _self: None)
            rows, findings = read_bytes(tmp_path, data, about, name="file.xml")
            results.append((rows, findings.as_json()))

    assert results[0] == results[1] == results[2]


def test_lines_as_the_schema_orders_them_are_not_looked_at_one_by_one(tmp_path, monkeypatch):
    monkeypatch.setattr(_Marks, "_line", None)
    one = (
        "<Line><RecordID>1</RecordID><AccountID>1010</AccountID><Analysis><AnalysisType>A</AnalysisType>"
        "<AnalysisID>402100</AnalysisID></Analysis><Description>x</Description><DebitAmount><Amount>1.50</Amount></DebitAmount></Line>"
    )
    rows, findings = read_bytes(
        tmp_path, file_of([f"<Transaction><Period>9</Period><PeriodYear>2026</PeriodYear>{one * 3}</Transaction>"]), SAFT, name="a.xml"
    )

    assert [(row.row, row.cost_centre, row.account, row.actual) for row in rows] == [(n, "402100", "1010", "1.50") for n in (1, 2, 3)]
    assert findings.lines == 3
