"""A question is answered where the part it is about is another than before, or where somebody stands by it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from organisation.rules.access import Role
from reporting.models import MonthlyReport
from reporting.queries.delivered import as_delivered
from reporting.rules.kinds import ReportState as S
from reporting.services import reports
from reporting.services.approval import return_report
from reporting.services.defaults import install_defaults
from tests.factories.actions import ActionFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory, person
from tests.factories.reporting import BalanceFactory

pytestmark = pytest.mark.django_db

SEPTEMBER, TODAY = date(2026, 9, 1), date(2026, 10, 9)
NOW = datetime(2026, 10, 9, 7, 0, tzinfo=UTC)
TEXT = "To stillinger er ledige til november."


@pytest.fixture
def unit():
    return UnitFactory(parent=DistrictFactory())


@pytest.fixture
def leader(unit):
    return person(Role.UNIT_LEADER, unit)


@pytest.fixture
def rules(db):
    install_defaults(actor=None, now=NOW, today=TODAY)


def saved(report, actor, now=NOW, **fields):
    return reports.save_fields(report=report, fields=fields, version=None, actor=actor, now=now)


def sent(report, actor, now=NOW):
    return reports.submit_report(report=report, actor=actor, now=now, today=TODAY)


def report_of(unit, leader):
    """Nothing in it is out of bounds."""
    BalanceFactory(unit=unit, actual=Decimal(50_600_000))
    report = reports.open_report(unit=unit, month=SEPTEMBER, actor=leader, now=NOW, today=TODAY)
    return saved(report, leader, forecast=Decimal(68_000_000), method="budget")


def returned(unit, leader, part):
    """A delivered report that is asked about one part."""
    report = sent(report_of(unit, leader), leader)
    given = {"reason": "Hvorfor?", "version": report.version, "actor": UserFactory(), "now": NOW + timedelta(minutes=20), "today": TODAY}
    return_report(report=report, part=part, **given)
    return MonthlyReport.objects.select_related("unit").get(pk=report.pk)


def test_a_question_is_answered_by_changing_what_it_is_about(unit, leader, rules):
    later = NOW + timedelta(minutes=30)
    report = returned(unit, leader, "explanation")
    with pytest.raises(reports.ReportIncomplete) as refusal:
        sent(report, leader, now=later)
    assert [(each.part, each.code) for each in refusal.value.problems] == [("explanation", "unanswered")]
    # Changed and changed back is no answer.
    before = report.explanation
    report = saved(report, leader, explanation=TEXT, now=later)
    report = saved(report, leader, explanation=before, now=later)
    with pytest.raises(reports.ReportIncomplete):
        sent(report, leader, now=later)
    report = saved(report, leader, explanation=TEXT, now=later)
    assert sent(report, leader, now=later).state == S.DELIVERED


def test_who_stands_by_what_was_written_says_so_and_it_is_seen(unit, leader, rules):
    report = returned(unit, leader, "actions")
    given = {"report": report, "actor": leader, "now": NOW + timedelta(minutes=30), "today": TODAY}
    with pytest.raises(reports.ReportIncomplete):
        reports.submit_report(**given, stands_by=["forecast"])
    assert reports.submit_report(**given, stands_by=["actions"]).state == S.DELIVERED
    assert report.events.latest("pk").comment == "Svarte uten å endre rapporten."


def test_a_new_action_answers_a_question_about_actions(unit, leader, rules):
    report = returned(unit, leader, "actions")
    ActionFactory(unit=unit, created_at=NOW + timedelta(minutes=25))
    assert sent(report, leader, now=NOW + timedelta(minutes=30)).state == S.DELIVERED


def test_an_answer_that_is_taken_back_is_not_what_others_read(unit, leader, rules):
    report = returned(unit, leader, "explanation")
    before = report.explanation
    report = saved(report, leader, explanation=TEXT, now=NOW + timedelta(minutes=30))
    report = sent(report, leader, now=NOW + timedelta(minutes=31))
    report = reports.undo_submit(report=report, actor=leader, now=NOW + timedelta(minutes=32))
    assert (report.state, report.explanation) == (S.RETURNED, TEXT)
    (read,) = as_delivered([MonthlyReport.objects.get()])
    assert read.explanation == before
