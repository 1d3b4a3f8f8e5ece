"""The same series as a file and from the command line."""

import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from common.periods import Period
from organisation.rules.access import Role
from scorecard.models import PointNote
from scorecard.services.values import Entry
from tests.scorecard.indicator.conftest import NOW, rate, record
from tests.scorecard.indicator.test_page import PAGE

pytestmark = pytest.mark.django_db


def series(*args: str) -> dict:
    out = StringIO()
    call_command("series", *args, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_file_has_figures_notes_targets_limits_and_what_the_words_mean(office, share, sign_in):
    PointNote.objects.create(indicator=share, unit=office, period_start=date(2013, 9, 1), period_kind="month", text="=1+1", recorded_at=NOW)

    response = sign_in(Role.UNIT_LEADER, office).get(f"{PAGE}eksport.csv")

    lines = response.content.decode("utf-8-sig").split("\r\n")
    assert response["Content-Disposition"].startswith("attachment")
    assert lines[0].startswith("Periode;Navn på perioden;Verdi (%);Kvalitet;Oppgitt i kilden (%);Mål (%);Gulgrense (%);Status;Snitt (%)")
    by_period = {line.split(";")[0]: line.split(";") for line in lines}
    assert by_period["2012-01"] == [
        "2012-01",
        "januar 2012",
        "82",
        "Endelig",
        "",
        "",
        "",
        "Mangler mål",
        "92,608",
        "83,764",
        "100,000",
        "",
        "",
    ]
    assert by_period["2014-01"][2:8] == ["86,2", "Endelig", "", "95", "92", "Ikke nådd"]
    assert by_period["2013"][2:5] == ["93,25", "Endelig", "93,3"]
    assert by_period["2013-09"][-1] == "'=1+1"
    rest = "\n".join(lines)
    assert "Snitt 2013, regnet ut av 12 måneder: 93,25" in rest
    assert "Status kan være: Nådd, Nesten nådd, Ikke nådd, Ingen måling, Mangler mål, Akseptert avvik." in rest


def test_the_workbook_has_real_numbers_and_follows_the_readers_choice(office, share, sign_in):
    client = sign_in(Role.UNIT_LEADER, office)
    response = client.get(f"{PAGE}eksport.xlsx", {"vis": "12"})

    book = load_workbook(BytesIO(response.content))
    sheet = book.worksheets[0]
    rows = list(sheet.values)
    assert [row[0] for row in rows[1:14]] == [*[f"2013-{month:02}" for month in range(2, 13)], "2014-01", "2013"]
    assert rows[12][2] == 86.2
    assert client.get(f"{PAGE}eksport.pdf").status_code == 404


def test_the_command_gives_periods_printed_means_limits_and_verdict(office, share):
    found = series("saker_to_uker", "301")

    assert [each["value"] for each in found["values"]][:3] == [82, 91, 95]
    assert found["values"][-1]["value"] == 86.2
    assert (found["values"][-1]["target"], found["values"][0]["target"]) == (95, None)
    assert found["values"][-1]["source"] == {"origin": "file", "name": "andel.csv", "place": "rad 26", "text": "86.2"}
    assert [(year["year"], year["stated"], year["computed"]) for year in found["years"]] == [(2012, 92.5, 92.5), (2013, 93.3, 93.25)]
    limits = found["limits"]
    assert (limits["mean"], limits["mean_range"], limits["lower"], limits["upper"]) == (92.608, 3.325, 83.7635, 100)
    assert limits["upper_uncut"] == 101.4525
    assert [(signal["kind"], signal["first"], signal["last"]) for signal in limits["signals"]] == [
        ("outside", "2012-01", "2012-01"),
        ("run", "2013-01", "2013-08"),
    ]
    assert found["verdict"] == {"code": "noise", "since": None, "target": "not_steady"}


def test_the_command_gives_numerators_and_both_the_months_and_what_they_are_together(district, office, sick_leave):
    months = [Period.month(2025, 1).next(number) for number in range(12)]
    record(*[rate(sick_leave, office, month, "12.5", "100") for month in months])

    found = series("sykefravaer", "alna")

    last = found["values"][-1]
    assert (last["value"], last["numerator"], last["denominator"], last["single_value"]) == (12.5, 150, 1200, 12.5)
    assert (last["own"], last["covered_units"], last["expected_units"]) == (False, 1, 1)
    assert found["limits"]["count"] == 12


def test_the_command_tells_what_was_known_on_a_day(office, share):
    record(Entry(share, office, Period.month(2014, 1), value=Decimal(99)))

    assert series("saker_to_uker", "301", "--known", "2014-02-02")["values"] == []
    assert series("saker_to_uker", "301")["values"][-1]["value"] == 99


@pytest.mark.parametrize(
    "args",
    [
        ("finnes_ikke", "301"),
        ("saker_to_uker", "999"),
        ("saker_to_uker", "301", "--known", "i fjor"),
        ("saker_to_uker", "301", "--known", "2199-01-01"),
        ("\x00", "301"),
    ],
)
def test_the_command_says_what_it_does_not_know(office, share, args):
    with pytest.raises(CommandError):
        call_command("series", *args, "--json")


def test_without_json_it_prints_a_line_a_period(office, share, capsys):
    call_command("series", "saker_to_uker", "301")

    assert capsys.readouterr().out.splitlines()[-1] == "2014-01\t86,2\tfinal\tnot_reached"
