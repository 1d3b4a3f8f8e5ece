"""The consolidated report: built from approved texts, written in, built anew, locked."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.rules.access import Role
from reporting.models import Balance, Cause, ConsolidatedText, MonthlyReport, ReportingMonth
from reporting.rules.kinds import CausePart
from reporting.rules.kinds import ReportState as S
from tests.factories.month import ALNA, a_district
from tests.factories.organisation import person
from tests.reporting.approval.reading import address, plain, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = date(2026, 10, 15)


@pytest.fixture
def world():
    Cause.objects.get_or_create(code="vikar", defaults={"label": "Vikar, overtid eller innleie", "part": CausePart.ECONOMY})
    world = a_district(["401", "402", "403", "203"], {"401": S.DELIVERED, "402": S.APPROVED, "403": S.APPROVED, "203": S.APPROVED})
    MonthlyReport.objects.filter(unit=world.units["402"]).update(causes=["vikar"], explanation="To stillinger er ledige.")
    MonthlyReport.objects.filter(unit=world.units["401"]).update(explanation="Ikke godkjent ennå.")
    return world


@pytest.fixture
def client(world):
    return signed_in(world.director)


def edit(world, client, text, version="0", area="FO3"):
    return client.post(address(world, "consolidated_edit", area), {"text": text, "version": version}, follow=True)


def approve(world, code, text):
    report = world.report(code)
    report.state, report.explanation, report.version = S.APPROVED, text, report.version + 1
    report.save()


def test_it_builds_itself_from_what_is_approved(world, client):
    response = client.get(address(world, "consolidated"))
    text = plain(response)
    said = "Enhet 402 venter 1 500 000 kr merforbruk (2,2 %) ved årets slutt. Årsak: vikar, overtid eller innleie. To stillinger er ledige."
    assert said in text
    assert "Enhet 203 venter 900 000 kr mindreforbruk" in text
    assert "Ikke godkjent ennå." not in text
    assert "Bygd av 3 godkjente rapporter. Én enhet er ikke godkjent ennå." in text
    assert "FO2B" in text
    # Every paragraph leads to its report.
    assert f"/rapportering/{world.units['402'].code}/2026-09/les/" in response.content.decode()


def test_what_is_written_stays_and_keeps_its_link(world, client):
    code = world.units["402"].code
    response = edit(world, client, f"Innledning.\n\n[{code}] Direktørens ord om <vikarer>.")
    text = response.content.decode()
    assert "Innledning." in text
    assert "Direktørens ord om &lt;vikarer&gt;." in text
    assert f"/rapportering/{code}/2026-09/les/" in text
    assert "To stillinger er ledige." not in text
    row = ConsolidatedText.objects.get(area="FO3")
    assert (row.is_edited, row.edited_by) == (True, world.director)


def test_a_newer_original_is_told_and_taken_in_without_losing_a_word(world, client):
    code = world.units["402"].code
    edit(world, client, f"[{code}] Direktørens ord.\n\n[{world.units['403'].code}] Også omskrevet.")
    approve(world, "401", "Flere langtidsplasser.")
    approve(world, "402", "Nå er det tre ledige.")
    text = plain(client.get(address(world, "consolidated")))
    assert "Nyere enn teksten: Enhet 401 og Enhet 402." in text

    version = ConsolidatedText.objects.get(area="FO3").version
    text = plain(client.post(address(world, "consolidated_build", "FO3"), {"version": version}, follow=True))

    assert "Direktørens ord." in text
    assert "Også omskrevet." in text
    assert "Flere langtidsplasser." in text
    # 402 was written in: its new text is not forced on anybody, but the paragraph is marked.
    assert "Nå er det tre ledige." not in text
    assert "Nyere enn teksten: Enhet 402." in text


def test_an_emptied_text_follows_the_reports_again(world, client):
    edit(world, client, "Noe helt annet.")
    version = str(ConsolidatedText.objects.get(area="FO3").version)
    text = plain(edit(world, client, "  ", version))
    assert "To stillinger er ledige." in text
    assert not ConsolidatedText.objects.get(area="FO3").is_edited


def test_two_writers_at_once(world, client):
    edit(world, client, "Min tekst.")
    response = signed_in(world.controller).post(address(world, "consolidated_edit", "FO3"), {"text": "Din tekst.", "version": "0"})
    assert response.status_code == 422
    assert "Noen andre har lagret teksten mens du skrev." in plain(response)
    assert "Din tekst." in response.content.decode()
    assert ConsolidatedText.objects.get(area="FO3").text == "Min tekst."
    # The next try is made against what stands.
    again = re.search(r'name="version" value="(\d+)"|value="(\d+)" name="version"', response.content.decode())
    assert again


def test_every_version_is_in_the_history(world, client):
    edit(world, client, "Første.")
    edit(world, client, "Andre.", str(ConsolidatedText.objects.get(area="FO3").version))
    texts = {row.text for row in ConsolidatedText.objects.get(area="FO3").history.all()}
    assert {"Første.", "Andre."} <= texts


def test_a_locked_month_keeps_its_texts(world, client):
    MonthlyReport.objects.filter(unit=world.units["401"]).update(state=S.APPROVED)
    client.post(address(world, "approval_lock"))
    before = plain(client.get(address(world, "consolidated")))
    assert "Låst. Teksten er bygd av rapportene slik de ble godkjent." in before
    assert "Skriv i teksten" not in before
    MonthlyReport.objects.filter(unit=world.units["402"]).update(explanation="Endret i det stille.")
    assert "Endret i det stille." not in plain(client.get(address(world, "consolidated")))
    row = ConsolidatedText.objects.get(area="FO3")
    response = client.post(address(world, "consolidated_edit", "FO3"), {"text": "Ny tekst", "version": row.version})
    assert response.status_code == 422
    assert "Måneden er låst" in plain(response)
    assert "Måneden er låst" in plain(client.post(address(world, "consolidated_build", "FO3"), {"version": row.version}, follow=True))
    assert ConsolidatedText.objects.get(area="FO3").text == row.text


def test_an_auditor_reads_and_does_not_write(world):
    reader = signed_in(person(Role.AUDITOR, world.district))
    assert "Skriv i teksten" not in plain(reader.get(address(world, "consolidated")))
    assert reader.get(address(world, "consolidated_edit", "FO3")).status_code == 404
    assert reader.post(address(world, "consolidated_build", "FO3")).status_code == 404


def test_an_area_that_is_not_there_is_404(world, client):
    assert client.get(address(world, "consolidated_edit", "FO9")).status_code == 404
    assert client.post(address(world, "consolidated_build", "FO9")).status_code == 404


def test_a_month_without_approved_reports(client, world):
    MonthlyReport.objects.update(state=S.DELIVERED)
    assert "Ingen godkjente rapporter ennå." in plain(client.get(address(world, "consolidated")))


def test_the_number_of_statements_is_the_same_for_one_unit_and_for_all():
    counts = []
    for codes in (["402"], [row[0] for row in ALNA]):
        world = a_district(codes, dict.fromkeys(codes, S.APPROVED))
        client = signed_in(world.director)
        client.get(address(world, "consolidated"))
        with CaptureQueriesContext(connection) as asked:
            client.get(address(world, "consolidated"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


def test_a_unit_without_a_budget_is_not_said_to_have_no_forecast(world, client):
    Balance.objects.all().delete()
    text = plain(client.get(address(world, "consolidated")))
    assert "Enhet 402 har ikke noe budsjett å måle prognosen mot." in text
    assert "har ingen prognose" not in text


def test_of_a_locked_month_nothing_more_is_to_come(world, client):
    MonthlyReport.objects.update(state=S.LOCKED, submitted_at=None)
    ReportingMonth.objects.update_or_create(district=world.district, month=date(2026, 9, 1), defaults={"locked_at": timezone.now()})
    text = plain(client.get(address(world, "consolidated")))
    assert "Ingen rapport herfra var godkjent da måneden ble låst." in text
    assert "Teksten kommer av seg selv" not in text
