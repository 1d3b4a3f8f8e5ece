"""A report is opened, written field by field, delivered, and taken back within ten minutes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest

from notifications.models import Message
from organisation.models import AuditEntry, RoleAssignment
from organisation.rules.access import Role
from reporting.models import MonthlyReport, ReportEvent, ReportReturn
from reporting.rules.kinds import ReportState as S
from reporting.services import reports
from reporting.services.defaults import install_defaults
from tests.factories.actions import ActionFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory, person
from tests.factories.reporting import BalanceFactory, MonthlyReportFactory, ReportingMonthFactory

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


def opened(unit, actor, now=NOW):
    return reports.open_report(unit=unit, month=SEPTEMBER, actor=actor, now=now, today=TODAY)


def saved(report, actor, version=None, now=NOW, **fields):
    return reports.save_fields(report=report, fields=fields, version=version, actor=actor, now=now)


def sent(report, actor, now=NOW, today=TODAY):
    return reports.submit_report(report=report, actor=actor, now=now, today=today)


def test_a_report_is_opened_once_with_the_causes_of_last_month(unit, leader):
    MonthlyReportFactory(unit=unit, month=date(2026, 8, 1), causes=["vikar"], state=S.APPROVED)
    report = opened(unit, leader)
    assert (report.state, report.causes, report.forecast, report.explanation) == (S.NOT_STARTED, ["vikar"], None, "")
    assert opened(unit, leader).pk == report.pk


def test_only_a_writer_of_the_unit_opens_it(unit):
    with pytest.raises(reports.NotTheWriter):
        opened(unit, person(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory())))
    assert not MonthlyReport.objects.exists()


def test_a_locked_month_is_not_opened(unit, leader):
    ReportingMonthFactory(district=unit.parent_links.get().parent, month=SEPTEMBER, locked_at=NOW)
    with pytest.raises(reports.MonthLocked):
        opened(unit, leader)


def test_every_saved_field_is_a_version_and_the_first_one_begins_the_report(unit, leader):
    report = saved(opened(unit, leader), leader, explanation=TEXT)
    report = saved(report, leader, causes=["vikar"])
    assert (report.state, report.version, report.explanation, report.causes) == (S.BEGUN, 3, TEXT, ["vikar"])
    assert [row.history_user for row in report.history.order_by("version")] == [leader, leader, leader]
    assert [(event.from_state, event.to_state, event.by) for event in ReportEvent.objects.all()] == [(S.NOT_STARTED, S.BEGUN, leader)]


def test_the_same_once_more_changes_nothing(unit, leader):
    report = saved(opened(unit, leader), leader, explanation=TEXT)
    assert saved(report, leader, explanation=f" {TEXT}\r\n").version == report.version


def test_pauses_are_not_work(unit, leader):
    report = opened(unit, leader)
    report = saved(report, leader, explanation="a", now=NOW + timedelta(seconds=40))
    report = saved(report, leader, explanation="b", now=NOW + timedelta(minutes=30))
    report = saved(report, leader, explanation="c", now=NOW + timedelta(minutes=31))
    assert report.seconds_spent == 100


def test_two_people_in_different_fields_keep_both(unit, leader):
    first = saved(opened(unit, leader), leader, explanation="Før.")
    seen = first.version
    saved(first, leader, version=seen, explanation="Etter.", sick_text="")
    both = saved(first, UserFactory(), version=seen, explanation="Før.", sick_text="Følges opp.")
    assert (both.explanation, both.sick_text) == ("Etter.", "Følges opp.")


def test_two_people_in_the_same_field_are_told(unit, leader):
    first = saved(opened(unit, leader), leader, explanation="Før.")
    saved(first, leader, version=first.version, explanation="Min.")
    with pytest.raises(reports.FieldChanged) as refused:
        saved(first, UserFactory(), version=first.version, explanation="Din.")
    assert (refused.value.field, refused.value.theirs) == ("explanation", "Min.")
    assert MonthlyReport.objects.get().explanation == "Min."


def test_both_wrote_the_same_and_nobody_is_bothered(unit, leader):
    first = saved(opened(unit, leader), leader, explanation="Før.")
    saved(first, leader, version=first.version, explanation="Vår.")
    assert saved(first, UserFactory(), version=first.version, explanation="Vår.").explanation == "Vår."


def test_a_line_is_added_to_the_others(unit, leader):
    report = saved(opened(unit, leader), leader, action_lines={"1": "Ny frist."})
    report = saved(report, leader, action_lines={"2": "I gang."})
    assert report.action_lines == {"1": "Ny frist.", "2": "I gang."}
    assert saved(report, leader, action_lines={"1": ""}).action_lines == {"2": "I gang."}


@pytest.mark.parametrize("fields", [{"explanation": "Gjelder 15058532107."}, {"action_lines": {"1": "150585 32107"}}])
def test_identity_numbers_are_refused(unit, leader, fields):
    report = opened(unit, leader)
    with pytest.raises(reports.PersonalNumber):
        saved(report, leader, **fields)
    assert saved(report, leader, explanation="Ordre 15058532108.").explanation == "Ordre 15058532108."


def test_too_long_a_text_is_refused_whole(unit, leader):
    report = opened(unit, leader)
    with pytest.raises(reports.TooLong):
        saved(report, leader, explanation="x" * 2001, sick_text="Kort.")
    assert MonthlyReport.objects.get().sick_text == ""


def test_nobody_writes_what_is_not_the_leaders(unit, leader):
    with pytest.raises(ValueError, match="state"):
        saved(opened(unit, leader), leader, state=S.APPROVED)


@pytest.mark.parametrize("state", [S.DELIVERED, S.APPROVED, S.LOCKED])
def test_what_is_handed_in_is_closed(unit, leader, state):
    with pytest.raises(reports.ReportClosed):
        saved(MonthlyReportFactory(unit=unit, state=state), leader, explanation="Mer.")


def test_of_a_returned_report_only_what_was_asked_about_is_open(unit, leader):
    report = MonthlyReportFactory(unit=unit, state=S.RETURNED)
    ReportReturn.objects.create(report=report, part="explanation", reason="Hvorfor?", at=NOW, due_at=NOW)
    assert saved(report, leader, explanation=TEXT).explanation == TEXT
    with pytest.raises(reports.ReportClosed):
        saved(report, leader, forecast=D(1))


def test_everything_missing_is_told_at_once(unit, leader, rules):
    BalanceFactory(unit=unit)
    report = opened(unit, leader)
    with pytest.raises(reports.ReportIncomplete) as refused:
        sent(report, leader)
    assert [each.field for each in refused.value.problems] == ["method", "causes", "explanation"]
    report = saved(report, leader, forecast=D(69_500_000), method="own", causes=["vikar"], explanation=TEXT)
    with pytest.raises(reports.ReportIncomplete) as refused:
        sent(report, leader)
    assert [(each.part, each.code) for each in refused.value.problems] == [("actions", "priced_action")]
    assert MonthlyReport.objects.get().state == S.BEGUN


def green(unit, leader):
    BalanceFactory(unit=unit, actual=D(50_600_000))
    return saved(opened(unit, leader), leader, forecast=D(68_000_000), method="budget")


def test_a_delivered_report_keeps_the_figures_it_was_written_about(unit, leader, rules):
    report = sent(green(unit, leader), leader)
    assert (report.state, report.submitted_by, report.submitted_at, report.on_behalf_of) == (S.DELIVERED, leader, NOW, None)
    assert D(report.figures["actual"]) == 50_600_000
    assert AuditEntry.objects.filter(action="report.submitted", unit_id=unit.pk).count() == 1


def test_sent_twice_is_sent_once(unit, leader, rules):
    report = green(unit, leader)
    sent(report, leader)
    sent(report, leader, now=NOW + timedelta(seconds=2))
    assert ReportEvent.objects.filter(to_state=S.DELIVERED).count() == 1
    assert MonthlyReport.objects.get().submitted_at == NOW


def deputy_of(leader, unit, first, last):
    return RoleAssignment.objects.create(
        user=UserFactory(), role=Role.UNIT_LEADER, unit=unit, valid_from=first, valid_to=last, deputy_for=leader
    ).user


def test_a_deputy_sends_on_behalf_of_the_leader(unit, leader, rules):
    deputy = deputy_of(leader, unit, date(2026, 10, 5), date(2026, 10, 18))
    report = sent(green(unit, leader), deputy)
    assert (report.submitted_by, report.on_behalf_of) == (deputy, leader)
    receipt = Message.objects.get(kind="report_receipt")
    assert (receipt.recipient, deputy.name in receipt.text) == (leader, True)


@pytest.mark.parametrize("first, last", [(date(2026, 9, 1), date(2026, 10, 8)), (date(2026, 10, 10), date(2026, 10, 20))])
def test_a_deputy_outside_the_period_sends_nothing(unit, leader, rules, first, last):
    report = green(unit, leader)
    with pytest.raises(reports.NotTheWriter):
        sent(report, deputy_of(leader, unit, first, last))
    assert MonthlyReport.objects.get().state == S.BEGUN


def test_ten_minutes_to_regret(unit, leader, rules):
    report = sent(green(unit, leader), leader)
    with pytest.raises(reports.TooLate):
        reports.undo_submit(report=report, actor=leader, now=NOW + timedelta(minutes=11))
    with pytest.raises(reports.NotTheWriter):
        reports.undo_submit(report=report, actor=UserFactory(), now=NOW)
    back = reports.undo_submit(report=report, actor=leader, now=NOW + timedelta(minutes=9))
    assert (back.state, back.submitted_at) == (S.BEGUN, None)
    assert sent(back, leader, now=NOW + timedelta(minutes=10)).state == S.DELIVERED


def test_a_regretted_answer_is_open_again(unit, leader, rules):
    report = green(unit, leader)
    report.state = S.RETURNED
    report.save()
    asked = ReportReturn.objects.create(report=report, part="explanation", reason="Hvorfor?", at=NOW, due_at=NOW)
    report = sent(saved(report, leader, explanation=TEXT), leader)
    asked.refresh_from_db()
    assert asked.answered_at == NOW
    back = reports.undo_submit(report=report, actor=leader, now=NOW)
    asked.refresh_from_db()
    assert (back.state, asked.answered_at) == (S.RETURNED, None)


def test_an_unchanged_text_counts_its_months(unit, leader, rules):
    MonthlyReportFactory(unit=unit, month=date(2026, 8, 1), explanation=TEXT, unchanged_months=2, forecast=D(68_000_000))
    report = sent(saved(green(unit, leader), leader, explanation=TEXT), leader)
    assert report.unchanged_months == 3


def test_new_figures_mark_what_was_delivered_about_the_old(unit, leader):
    report = MonthlyReportFactory(unit=unit)
    draft = MonthlyReportFactory(state=S.BEGUN)
    marked = reports.figures_changed(month=SEPTEMBER, unit_ids=[unit.pk, draft.unit_id], now=NOW)
    report.refresh_from_db()
    draft.refresh_from_db()
    assert (marked, report.figures_changed_at, draft.figures_changed_at) == (1, NOW, None)


def test_what_is_said_about_an_action_stands_in_its_log_when_the_report_is_sent(unit, leader, rules):
    """Once: undone and sent again it is not said twice, and a new line is."""
    BalanceFactory(unit=unit, month=SEPTEMBER)
    action = ActionFactory(unit=unit, due_on=date(2026, 10, 1), effect_amount=D(2_000_000))
    report = opened(unit, leader)
    said = {"forecast": D(69_500_000), "method": "own", "causes": ["vikar"], "explanation": TEXT, "change_text": TEXT}
    report = saved(report, leader, **said, action_lines={str(action.pk): "Ny frist 1. november."})
    assert not action.updates.exists()

    report = sent(report, leader)
    (line,) = action.updates.all()
    assert (line.text, line.by, line.status) == ("Ny frist 1. november.", leader, action.status)

    report = reports.undo_submit(report=report, actor=leader, now=NOW + timedelta(minutes=5))
    report = sent(report, leader, now=NOW + timedelta(minutes=6))
    assert action.updates.count() == 1

    report = reports.undo_submit(report=report, actor=leader, now=NOW + timedelta(minutes=7))
    report = saved(report, leader, action_lines={str(action.pk): "Ferdig 20. oktober."})
    sent(report, leader, now=NOW + timedelta(minutes=8))
    assert [line.text for line in action.updates.order_by("pk")] == ["Ny frist 1. november.", "Ferdig 20. oktober."]
