"""The report's page: who opens it, what it says, what it saves and sends, and what it costs."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from actions.models import Action
from organisation.models import RoleAssignment
from organisation.rules.access import Role
from reporting.models import Balance, MonthlyReport
from reporting.rules.kinds import ReportState as S
from scorecard.models import DataStamp
from tests.factories.organisation import UnitFactory, UserFactory, person
from tests.factories.reporting import BalanceFactory, MonthlyReportFactory
from tests.pages import markup_of, text_of
from tests.reporting.report.world import RED, SEPTEMBER, TEXT, TODAY, address, signed_in

pytestmark = pytest.mark.django_db


# Who --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["report", "report_sent", "report_read"])
def test_a_neighbour_finds_nothing(unit, district, name):
    MonthlyReportFactory(unit=unit, state=S.DELIVERED)
    other = person(Role.UNIT_LEADER, UnitFactory(parent=district))
    assert signed_in(other).get(address(unit, name)).status_code == 404


@pytest.mark.parametrize("name", ["report_field", "report_undo"])
def test_a_neighbour_changes_nothing(unit, district, name):
    MonthlyReportFactory(unit=unit, state=S.DELIVERED)
    other = person(Role.UNIT_LEADER, UnitFactory(parent=district))
    assert signed_in(other).post(address(unit, name), RED).status_code == 404


@pytest.mark.parametrize(
    "role, state, whole, status",
    [
        (Role.DIRECTOR, S.BEGUN, False, 404),
        (Role.DIRECTOR, S.DELIVERED, True, 200),
        (Role.CONTROLLER, S.RETURNED, True, 200),
        (Role.QUALITY, S.DELIVERED, False, 404),
        (Role.QUALITY, S.APPROVED, False, 200),
    ],
)
def test_others_read_what_is_theirs(unit, district, role, state, whole, status):
    MonthlyReportFactory(unit=unit, state=state, sick_text="Vi følger opp fraværet.")
    response = signed_in(person(role, district)).get(address(unit, "report_read"))
    assert response.status_code == status
    if status == 200:
        assert ("Vi følger opp fraværet." in text_of(response)) is whole
        assert ("Her ligger avviket" in text_of(response)) is whole


def test_a_month_that_is_not_over_has_no_report(unit, client):
    answer = client.get(address(unit, month=date(2026, 10, 1)), follow=True)
    assert answer.redirect_chain == [("/rapportering/", 302)]
    assert "Rapporten for oktober 2026 kan skrives når måneden er over." in text_of(answer)
    assert client.post(address(unit, month=date(2026, 10, 1))).status_code == 302
    assert client.get(address(unit, month=date(2028, 10, 1))).status_code == 404
    assert not MonthlyReport.objects.exclude(month=SEPTEMBER).exists()
    assert client.get("/rapportering/402/2026-13/").status_code == 404
    assert client.get("/rapportering/999/2026-09/").status_code == 404


# What it says -----------------------------------------------------------------


def test_the_sentence_and_the_suggestions(unit, client):
    response = client.get(address(unit))
    page = text_of(response)
    sentence = "Dere har brukt <b>1 470 000 kr</b> mer enn budsjettert. Det er <b>2,9 %</b>. Mest på vikarer."
    assert sentence in markup_of(response)
    assert "69 470" in page
    assert "69 973" in page
    assert "−1 470 merforbruk" in page
    assert "Frist i dag kl. 15" in page
    assert not MonthlyReport.objects.exists()  # looking writes nothing


def test_a_month_without_figures_says_so(district, client, unit):
    page = text_of(client.get(address(unit, month=date(2026, 8, 1))))
    assert "Regnskapet for måneden er ikke lest inn ennå." in page


def test_earlier_forecasts_stand_side_by_side(unit, client):
    MonthlyReportFactory(unit=unit, month=date(2026, 8, 1), forecast=D(69_300_000))
    MonthlyReportFactory(unit=unit, month=date(2025, 9, 1), forecast=D(66_900_000))
    BalanceFactory(unit=unit, month=date(2025, 12, 1), actual=D(67_350_000))
    page = text_of(client.get(address(unit)))
    assert "jan. – Ingen prognose" in page
    assert "aug. 69 300 sep., nå" in page
    assert "I fjor på denne tiden skrev dere 66 900. Året endte på 67 350. Dere bommet med 450, eller 0,7 %." in page
    assert "Behold 69 300 fra august" in page


def test_ten_years_of_reports_cost_as_many_statements_as_one(unit, client):
    def statements() -> int:
        # Everything about the unit is another, so that all of it is read again.
        MonthlyReport.objects.filter(unit=unit).update(version=F("version") + 1)
        Balance.objects.filter(unit=unit).update(actual=F("actual") + 1)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address(unit)).status_code == 200
        return len(found)

    MonthlyReportFactory(unit=unit, month=date(2026, 8, 1))
    client.get(address(unit))
    one = statements()
    for year in range(2016, 2026):
        for month in range(1, 13):
            MonthlyReportFactory(unit=unit, month=date(year, month, 1))
            BalanceFactory(unit=unit, month=date(year, month, 1))
    assert statements() == one
    assert one < 16


def test_what_is_not_new_is_not_read_again(unit, client):
    client.get(address(unit))
    DataStamp.objects.update_or_create(unit=unit, defaults={"token": "another"})
    with CaptureQueriesContext(connection) as found:
        assert client.get(address(unit)).status_code == 200
    told = " ".join(query["sql"] for query in found if "count(*)" not in query["sql"])
    assert "scorecard_measurement" in told
    for table in ("reporting_balance", "reporting_reportingrule", "reporting_deadlinerule", "reporting_cause", "reporting_figurefeed"):
        assert table not in told


# What it saves ----------------------------------------------------------------


def test_a_field_saves_itself_and_answers_with_marks_alone(unit, client):
    response = client.post(address(unit, "report_field"), {**RED, "version": "0"}, headers={"HX-Request": "true"})
    report = MonthlyReport.objects.get()
    assert response.status_code == 200
    assert (report.forecast, report.method, report.causes, report.explanation) == (69_500_000, "own", ["vikar"], TEXT)
    markup = markup_of(response)
    assert f'name="version" id="versjon" value="{report.version}"' in markup
    assert "<textarea" not in markup
    assert "Du skrev" in markup


def test_what_cannot_be_read_is_said_and_the_rest_is_saved(unit, client):
    response = client.post(address(unit), {**RED, "own": "mye", "do": "save"})
    assert response.status_code == 422
    assert "Skriv et tall i 1000 kr, for eksempel 69 500." in text_of(response)
    assert 'value="mye"' in markup_of(response)
    report = MonthlyReport.objects.get()
    assert (report.forecast, report.explanation) == (None, TEXT)


def test_an_identity_number_is_refused_and_the_text_stays_on_the_page(unit, client):
    response = client.post(address(unit), {"explanation": "Gjelder 15058532107.", "do": "save"})
    assert response.status_code == 422
    assert "Teksten inneholder et fødselsnummer." in text_of(response)
    assert "Gjelder 15058532107." in text_of(response)
    assert not MonthlyReport.objects.filter(explanation__contains="15058532107").exists()


def test_two_people_see_both_texts(unit, client, leader):
    client.post(address(unit, "report_field"), {"explanation": "Min tekst.", "version": "0"})
    report = MonthlyReport.objects.get()
    deputy = RoleAssignment.objects.create(
        user=UserFactory(), role=Role.UNIT_LEADER, unit=unit, valid_from=TODAY, valid_to=TODAY, deputy_for=leader
    ).user
    signed_in(deputy).post(address(unit, "report_field"), {"explanation": "Vikarens tekst.", "version": str(report.version)})
    response = client.post(address(unit), {"explanation": "Min nye tekst.", "version": str(report.version), "do": "save"})
    assert response.status_code == 422
    assert "«Vikarens tekst.»" in text_of(response)
    assert "Min nye tekst." in text_of(response)
    assert MonthlyReport.objects.get().explanation == "Vikarens tekst."


def test_the_way_without_a_script(unit, client):
    MonthlyReportFactory(unit=unit, month=date(2026, 8, 1), explanation="Som før i tiden.")
    assert client.post(address(unit), {"do": "use_previous", "explanation": ""}).status_code == 302
    assert MonthlyReport.objects.get(month=SEPTEMBER).explanation == "Som før i tiden."


def test_a_new_action_with_its_effect(unit, client, leader):
    fields = {"new-title": "To faste stillinger", "new-amount": "600", "new-due_on": "2026-11-01", "new-owner": str(leader.pk)}
    response = client.post(address(unit), {**RED, **fields, "do": "add_action"})
    assert response.status_code == 302
    action = Action.objects.get()
    assert (action.title, action.effect_amount, action.owner) == ("To faste stillinger", 600_000, leader)
    page = text_of(client.get(address(unit)))
    assert "Dekker 600 av 1 500 i ventet merforbruk" in page


def test_an_action_that_lacks_something_comes_back(unit, client, leader):
    fields = {"new-title": "", "new-amount": "mye", "new-due_on": "2026-10-01", "new-owner": str(leader.pk)}
    response = client.post(address(unit), {**RED, **fields, "do": "add_action"})
    assert response.status_code == 422
    assert "Skriv hva dere skal gjøre." in text_of(response)
    assert "Fristen er passert." in text_of(response)
    assert not Action.objects.exists()
