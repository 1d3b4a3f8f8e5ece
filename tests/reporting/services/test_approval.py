"""What is decided about delivered reports."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from notifications.models import Message
from organisation.models import AuditEntry
from organisation.rules.access import Role
from reporting.models import FigureFeed, MonthlyReport, ReportReturn
from reporting.rules.kinds import FeedKind
from reporting.rules.kinds import ReportState as S
from reporting.services import approval as services
from reporting.services.approval_steps import ReasonMissing, StaleVersion, WrongState
from scorecard.models import Measurement
from scorecard.rules.statuses import Quality
from tests.factories.month import DAY, SEPTEMBER, a_district
from tests.factories.organisation import person
from tests.factories.scorecard import SickLeaveFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 7, 0, tzinfo=UTC)


@pytest.fixture
def world():
    return a_district(["401", "402", "403", "405"])


def approve(world, code, version=None, actor=None):
    report = world.report(code)
    services.approve_report(report=report, version=version or report.version, actor=actor or world.director, now=NOW, today=DAY)
    return report


def give_back(world, code="402", part="actions", reason="Hva gjør dere med resten?", version=None):
    report = world.report(code)
    given = {"part": part, "reason": reason, "version": version or report.version}
    return services.return_report(report=report, actor=world.controller, now=NOW, today=DAY, **given)


def approve_green(world, seen=None, units=None):
    reports = MonthlyReport.objects.filter(month=SEPTEMBER)
    return services.approve_all_green(
        district_id=world.district.pk,
        month=SEPTEMBER,
        seen=seen if seen is not None else {report.pk: report.version for report in reports},
        unit_ids=units if units is not None else [unit.pk for unit in world.units.values()],
        actor=world.director,
        now=NOW,
        today=DAY,
    )


def test_an_approved_report_says_who_and_when(world):
    report = approve(world, "402")
    report.refresh_from_db()
    assert (report.state, report.approved_by, report.approved_at, report.version) == (S.APPROVED, world.director, NOW, 2)
    event = report.events.get()
    assert (event.from_state, event.to_state, event.by) == (S.DELIVERED, S.APPROVED, world.director)
    assert report.history.order_by("-pk")[0].state == S.APPROVED
    assert report.history.order_by("-pk")[0].history_user == world.director
    assert AuditEntry.objects.filter(action="report.approved", unit=world.units["402"]).count() == 1


def test_a_second_click_changes_nothing(world):
    version = world.report("402").version
    approve(world, "402", version)
    with pytest.raises(WrongState):
        approve(world, "402", version)
    assert world.report("402").events.count() == 1


def test_two_directors_at_once_approve_once(world):
    """Both have read the delivered report; one is first."""
    mine, theirs = world.report("402"), world.report("402")
    other = person(Role.LEADERSHIP, world.district)
    services.approve_report(report=mine, version=1, actor=world.director, now=NOW, today=DAY)
    with pytest.raises(WrongState), transaction.atomic():
        services.approve_report(report=theirs, version=1, actor=other, now=NOW, today=DAY)
    assert world.report("402").approved_by == world.director


def test_what_was_rewritten_since_it_was_read_is_not_approved(world):
    MonthlyReport.objects.filter(unit=world.units["402"]).update(version=3)
    with pytest.raises(StaleVersion), transaction.atomic():
        approve(world, "402", version=1)
    assert world.report("402").state == S.DELIVERED


def test_a_question_opens_one_part_and_is_due_on_the_next_working_day(world):
    asked = give_back(world)
    report = world.report("402")
    assert report.state == S.RETURNED
    assert (asked.part, asked.reason, asked.by) == ("actions", "Hva gjør dere med resten?", world.controller)
    # 13 October, 15.00 in Oslo.
    assert asked.due_at == datetime(2026, 10, 13, 13, 0, tzinfo=UTC)
    assert report.events.get().comment == "Hva gjør dere med resten?"


@pytest.mark.parametrize("given, refusal", [({"reason": "  "}, ReasonMissing), ({"part": "salary"}, services.UnknownPart)])
def test_a_question_needs_a_part_and_a_reason(world, given, refusal):
    with pytest.raises(refusal):
        give_back(world, **given)
    assert world.report("402").state == S.DELIVERED
    assert not ReportReturn.objects.exists()


def test_an_approved_report_is_not_returned(world):
    approve(world, "402")
    with pytest.raises(WrongState):
        give_back(world)


def test_all_green_are_approved_and_nothing_else(world):
    # 401 and 402 go over; 403 is under, 405 as budgeted.
    found = approve_green(world)
    assert [report.unit.name for report in found.reports] == ["Enhet 403", "Enhet 405"]
    assert {code: world.report(code).state for code in world.units} == {
        "401": S.DELIVERED,
        "402": S.DELIVERED,
        "403": S.APPROVED,
        "405": S.APPROVED,
    }
    assert not approve_green(world).reports


def test_green_is_what_was_seen_and_still_is(world):
    seen = {world.report(code).pk: world.report(code).version for code in ("403", "405")}
    MonthlyReport.objects.filter(unit=world.units["403"]).update(version=2)
    found = approve_green(world, seen)
    assert [report.unit.name for report in found.reports] == ["Enhet 405"]
    assert found.left == 1


def test_a_report_that_was_not_on_the_page_is_not_approved_with_it(world):
    assert [report.unit.name for report in approve_green(world, {world.report("405").pk: 1}).reports] == ["Enhet 405"]


def test_units_out_of_reach_are_left(world):
    assert not approve_green(world, units=[]).reports


def test_new_figures_after_the_delivery_are_not_approved_unseen(world):
    """Golden test 32: the report is flagged, and green no more."""
    report = world.report("403")
    MonthlyReport.objects.filter(pk=report.pk).update(figures_changed_at=report.submitted_at + timedelta(hours=1))
    assert [report.unit.name for report in approve_green(world).reports] == ["Enhet 405"]


def test_figures_that_changed_before_the_delivery_are_known_to_it(world):
    report = world.report("403")
    MonthlyReport.objects.filter(pk=report.pk).update(figures_changed_at=report.submitted_at - timedelta(hours=1))
    assert len(approve_green(world).reports) == 2


def test_approving_can_be_undone_together(world):
    found = approve_green(world)
    assert services.undo_approval(reports=found.reports, actor=world.director, now=NOW, today=DAY) == 2
    report = world.report("403")
    assert (report.state, report.approved_by, report.approved_at) == (S.DELIVERED, None, None)
    assert [event.to_state for event in report.events.order_by("pk")] == [S.APPROVED, S.DELIVERED]
    assert services.undo_approval(reports=found.reports, actor=world.director, now=NOW, today=DAY) == 0


def test_an_approved_report_is_opened_again(world):
    report = approve(world, "402")
    services.open_again(report=report, version=report.version, actor=world.director, now=NOW, today=DAY)
    assert world.report("402").state == S.DELIVERED
    with pytest.raises(WrongState):
        services.open_again(report=report, version=report.version, actor=world.director, now=NOW, today=DAY)


def test_a_forecast_of_nothing_is_not_green(world):
    MonthlyReport.objects.filter(unit=world.units["403"]).update(forecast=None)
    assert [report.forecast for report in approve_green(world).reports] == [Decimal(63_000_000)]


def test_the_leaders_are_told_once_of_each_decision(world):
    leader = world.leader("402")
    give_back(world)
    assert [message.kind for message in Message.objects.filter(recipient=leader)] == ["report_returned"]
    MonthlyReport.objects.filter(unit=world.units["402"]).update(state=S.DELIVERED)
    approve(world, "402")
    assert {message.kind for message in Message.objects.filter(recipient=leader)} == {"report_returned", "report_approved"}
    assert not Message.objects.exclude(recipient=leader).exists()


def test_an_approved_forecast_is_measured_and_preliminary_again_when_opened(world):
    indicator = SickLeaveFactory(restricted=False, scale_max=Decimal(200))
    FigureFeed.objects.create(kind=FeedKind.FORECAST_RESULT, indicator=indicator)
    report = approve(world, "402")
    figure = Measurement.objects.get(unit=world.units["402"], indicator=indicator)
    assert (figure.numerator, figure.denominator, figure.quality) == (69_500, 68_000, Quality.FINAL)
    services.open_again(report=report, version=report.version, actor=world.director, now=NOW, today=DAY)
    figure.refresh_from_db()
    assert figure.quality == Quality.PRELIMINARY
