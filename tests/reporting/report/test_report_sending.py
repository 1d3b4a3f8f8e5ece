"""Sending a report: what is missing, the short way, the receipt, and the list of reports."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.rules.access import Role
from reporting.models import Balance, MonthlyReport, ReportReturn
from reporting.rules.kinds import ReportState as S
from tests.factories.organisation import UnitFactory, person
from tests.factories.reporting import MonthlyReportFactory
from tests.pages import markup_of, text_of
from tests.reporting.report.world import RED, TEXT, address, signed_in

pytestmark = pytest.mark.django_db


# What it sends ----------------------------------------------------------------


def test_everything_that_is_missing_is_listed_with_links(unit, client):
    response = client.post(address(unit), {"do": "send", "method": "same_pace", "version": "0"})
    assert response.status_code == 422
    markup = markup_of(response)
    assert "<title>Feil: Rapport for september" in markup
    for target in ("f-causes", "f-explanation", "f-new_action"):
        assert f'href="#{target}"' in markup
        assert f'id="{target}"' in markup
    assert MonthlyReport.objects.get().forecast == D("69973154.00")


def test_a_red_unit_sends_its_report(unit, client, leader):
    fields = {"new-title": "To faste stillinger", "new-amount": "600", "new-due_on": "2026-11-01", "new-owner": str(leader.pk)}
    client.post(address(unit), {**RED, **fields, "do": "add_action"})
    version = str(MonthlyReport.objects.get().version)
    response = client.post(address(unit), {**RED, "version": version, "do": "send"}, follow=True)
    page = text_of(response)
    assert "Rapporten er sendt" in page
    assert "1 500 000 kr merforbruk" in page
    assert "Dekker 600 000 kr av 1 500 000 kr" in page
    assert MonthlyReport.objects.get().state == S.DELIVERED
    assert client.get(address(unit)).url == address(unit, "report_sent")


def green(unit):
    Balance.objects.filter(unit=unit).update(actual=D(50_600_000))


def test_a_green_unit_is_done_in_two_clicks(unit, client):
    green(unit)
    page = text_of(client.get(address(unit)))
    assert "Alt er innenfor. Prognose som budsjett?" in page
    assert "checked" not in markup_of(client.get(address(unit)))
    assert client.post(address(unit), {"do": "green", "method": "budget"}).url == address(unit, "report_sent")
    report = MonthlyReport.objects.get()
    assert (report.state, report.forecast, report.method) == (S.DELIVERED, 68_000_000, "budget")
    client.post(address(unit), {"do": "green", "method": "budget"})
    assert report.events.filter(to_state=S.DELIVERED).count() == 1


def test_a_green_unit_may_say_something_else(unit, client):
    green(unit)
    assert client.post(address(unit), {"do": "green", "method": "other"}).url.endswith("?hele=1#prognose")
    assert client.post(address(unit), {"do": "green"}).status_code == 422
    assert not MonthlyReport.objects.filter(state=S.DELIVERED).exists()
    assert "Velg et forslag, eller skriv eget tall" in text_of(client.get(address(unit) + "?hele=1"))


def test_a_red_unit_cannot_take_the_short_way(unit, client):
    assert client.post(address(unit), {"do": "green", "method": "budget"}).url.endswith("?hele=1#prognose")
    assert not MonthlyReport.objects.filter(state=S.DELIVERED).exists()


def test_the_receipt_regrets_for_ten_minutes(unit, client, leader):
    MonthlyReportFactory(unit=unit, submitted_at=timezone.now(), submitted_by=leader)
    assert "Du kan angre til kl." in text_of(client.get(address(unit, "report_sent")))
    client.post(address(unit, "report_undo"))
    assert MonthlyReport.objects.get().state == S.BEGUN


def test_after_ten_minutes_it_is_the_directors(unit, client, leader):
    MonthlyReportFactory(unit=unit, submitted_at=timezone.now() - timedelta(minutes=11), submitted_by=leader)
    assert "Angre innsendingen" not in text_of(client.get(address(unit, "report_sent")))
    client.post(address(unit, "report_undo"))
    assert MonthlyReport.objects.get().state == S.DELIVERED


def test_a_returned_report_shows_the_question_and_opens_that_part_alone(unit, client):
    report = MonthlyReportFactory(unit=unit, state=S.RETURNED, causes=["vikar"])
    now = datetime(2026, 10, 8, tzinfo=UTC)
    ReportReturn.objects.create(report=report, part="explanation", reason="Hva er nytt?", at=now, due_at=now)
    page = markup_of(client.get(address(unit)))
    assert "Hva er nytt?" in page
    assert page.count('rows="5"') == 1
    response = client.post(address(unit), {"explanation": TEXT, "version": str(report.version), "do": "send"})
    assert response.url == address(unit, "report_sent")


# The list ---------------------------------------------------------------------


def test_my_reports(unit, client, district):
    other = MonthlyReportFactory(unit=UnitFactory(parent=district), state=S.BEGUN).unit
    response = client.get(reverse("reporting:index"))
    page = text_of(response)
    assert "Hjemmetjenesten Rapport for september 2026" in page
    assert "Ikke startet" in page
    assert address(other) not in markup_of(response)
    assert "Alle rapporter" not in page


def test_the_director_gets_the_way_to_all_reports(unit, district):
    page = text_of(signed_in(person(Role.DIRECTOR, district)).get(reverse("reporting:index")))
    assert "Alle rapporter" in page


def test_thirty_units_cost_as_many_statements_as_one(unit, district):
    director = person(Role.UNIT_LEADER, district)
    client = signed_in(director)
    url = reverse("reporting:index")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _number in range(30):
        MonthlyReportFactory(unit=UnitFactory(parent=district))
    client.get(url)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(one)
