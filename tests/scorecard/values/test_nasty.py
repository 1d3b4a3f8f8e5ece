"""Every nasty text through every field: stored as typed or refused, never a failure."""

import csv
import io
from decimal import Decimal

import pytest
from django.http import Http404, QueryDict

from common.periods import PeriodKind
from common.tables import UnreadableFile
from scorecard.forms.value_grid import ValueRow
from scorecard.forms.values import FullValueForm
from scorecard.importing.pasted_values import Known, read_values
from scorecard.models import Measurement
from scorecard.queries import entry
from scorecard.rules.pasted_columns import UnreadableTable
from scorecard.rules.rollup import Method
from scorecard.services.values import Source, check_values
from scorecard.views.entry_page import period_or_404
from tests.factories.nasty import NASTY, OTHER_DIGITS
from tests.factories.scorecard import IndicatorFactory
from tests.scorecard.values.conftest import SEPTEMBER, TODAY, fields

FIELDS = ["numerator", "denominator", "stated", "quality", "note", "reason", "seen", "version", "sure"]
ROWS = 40


BATCHES = [NASTY[start : start + ROWS] for start in range(0, len(NASTY), ROWS)]


def test_there_are_texts_enough():
    assert len(NASTY) > 480


@pytest.mark.parametrize("field", FIELDS)
def test_a_row_reads_any_text_in_any_field_and_the_service_decides_about_the_rest(world, field):
    """The texts that come through as entries are judged by the service, which must not fail on them either."""
    [place] = entry.places([world.leave], entry.units_at(world.unit.pk, SEPTEMBER)[:1], SEPTEMBER)
    entries, refused = [], 0
    for text in NASTY:
        data = fields(world, world.leave, **{"numerator": "1", "denominator": "10"} | {field: text})
        row = ValueRow(place, "x", data, form_class=FullValueForm)
        found = row.entry(world.unit) if row.touched else None
        if found is None:
            refused += 1
        else:
            row.look_twice(found)
            entries.append(found)
        assert isinstance(row.lines, list)
    for found in entries:
        check_values(entries=[found], source=Source(), today=TODAY)
    assert refused + len(entries) == len(NASTY)
    assert entries, "some of them are quite harmless"


@pytest.fixture
def many(world):
    """A card of forty more indicators, so that forty texts go in one form."""
    indicators = [IndicatorFactory(rollup=Method.SUM, frequency=PeriodKind.MONTH, scale_min=None, scale_max=None) for _ in range(ROWS)]
    world.place(*indicators)
    return indicators


def send_until_stored(client, world, rows):
    """Sends the rows, leaves out those the page objects to, and sends the rest; what was sent last, by indicator."""
    for _ in range(3):
        data = {name: text for indicator, typed in rows.items() for name, text in fields(world, indicator, **typed).items()}
        response = client.post(world.url, data)
        if response.status_code == 302:
            return rows
        assert response.status_code == 422
        wrong = {row.place.indicator for row in response.context["grid"].rows if row.lines}
        assert wrong
        rows = {indicator: typed for indicator, typed in rows.items() if indicator not in wrong}
    raise AssertionError("three times told, and still something wrong")


def test_notes_and_reasons_are_stored_as_they_were_typed_or_refused(world, leader, many):
    refused = set(NASTY)
    for texts in BATCHES:
        Measurement.objects.all().delete()
        rows = {indicator: {"value": "5", "note": text, "reason": text} for indicator, text in zip(many, texts, strict=False)}
        for indicator, typed in send_until_stored(leader, world, rows).items():
            kept = Measurement.objects.get(indicator=indicator)
            assert (kept.note, kept.reason) == (typed["note"].strip(), typed["reason"].strip())
            refused.discard(typed["note"])
    assert refused
    assert all("\x00" in text or len(text) > 300 for text in refused)


def test_figures_are_stored_as_they_were_meant_or_refused(world, leader, many):
    stored = {}
    for texts in BATCHES:
        Measurement.objects.all().delete()
        rows = {indicator: {"value": text} for indicator, text in zip(many, texts, strict=False)}
        kept = send_until_stored(leader, world, rows)
        stored |= {rows[row.indicator]["value"]: row.value for row in Measurement.objects.select_related("indicator")}
        assert set(Measurement.objects.values_list("indicator_id", flat=True)) <= {indicator.pk for indicator in kept}
    meant = {
        "0": "0",
        "1 000 000": "1000000",
        "1,2E+06": "1200000",
        "007": "7",
        ",5": "0.5",
        "12 kr": "12",
        "ca97": "97",
        "(1)": "-1",
    }
    assert {text: stored[text] for text in meant} == {text: Decimal(value) for text, value in meant.items()}
    assert stored["??"] is None
    assert not stored.keys() & {*OTHER_DIGITS, "1.234", "NaN", "Infinity", "0x10", "1_000", "½", "²", "--1", "1+1", "null", "true"}


def pasted(rows):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue()


def test_every_cell_of_a_pasted_table_takes_any_text(world, leader):
    good = [world.unit.code, world.count.code, "2026-09", "5", "endelig", ""]
    head = ["Enhetskode", "Indikator", "Periode", "Verdi", "Kvalitet", "Merknad"]
    texts = [text for text in NASTY if "\x00" not in text]
    rows = [[*good[:at], text, *good[at + 1 :]] for text in texts for at in range(len(good))]

    response = leader.post(world.paste_url, {"text": pasted([head, *rows]), "do": "save"})
    assert response.status_code == 422
    assert not response.context["form"].errors
    assert len(response.context["found"].rows) > 2000
    assert not Measurement.objects.exists()


def test_any_text_is_a_table_or_is_not(world):
    known = Known(entry.units_at(world.unit.pk, SEPTEMBER), [world.count])
    for text in NASTY:
        for whole in (
            text,
            f"Enhet;{text}\n{text};{text}",
            f"Enhet;2026-01\n{world.unit.code};{text}",
            f"{text}\tPeriode\tEnhet\tVerdi\n{text}",
        ):
            try:
                read_values(whole, known, chosen=world.count, decimal_point=None)
            except (UnreadableTable, UnreadableFile):
                continue


@pytest.mark.parametrize("field", ["text", "indicator", "point", "reason", "digest", "do"])
def test_the_fields_around_a_pasted_table_take_any_text(world, leader, field):
    table = f"Enhet;Indikator;Periode;Verdi\n{world.unit.code};{world.count.code};2026-09;5"
    for text in NASTY[::6]:
        response = leader.post(world.paste_url, {"text": table, "do": "save", field: text})
        assert response.status_code in (200, 422)
    assert not Measurement.objects.exists()


def test_an_address_with_any_text_is_a_page_or_is_not(world, leader):
    for text in NASTY:
        try:
            period_or_404(text)
        except Http404:
            continue
        assert text.isascii()
    for text in NASTY[::6]:
        for name in ("periode", "rytme", "indikator"):
            assert leader.get(world.url, {name: text}).status_code in (200, 404)
        assert leader.get("/malekart/verdier/" + "".join(f"%{byte:02x}" for byte in text.encode()) + "/").status_code in (301, 404)


@pytest.mark.parametrize("raw", [b"%ED%A0%80", b"%FF", b"%C0%80", b"%F4%90%80%80", b"%", b"%zz", b"%00"])
def test_bytes_that_are_no_text_are_refused_or_replaced(world, leader, raw):
    key = f"{world.count.pk}-{world.unit.pk}".encode()
    body = b"&".join([key + b"-seen={}", key + b"-value=5", key + b"-quality=final", key + b"-note=" + raw])
    assert QueryDict(body)

    response = leader.post(world.url, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (302, 422)
