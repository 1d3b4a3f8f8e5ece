"""Approving all green at once: what it costs, whom it tells, and what is kept of it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Message
from organisation.models import AuditEntry, RoleAssignment
from organisation.rules.access import Role
from reporting.models import FigureFeed, MonthlyReport
from reporting.rules.kinds import FeedKind
from reporting.rules.kinds import ReportState as S
from reporting.services import approval as services
from tests.factories.month import DAY, SEPTEMBER, a_district
from tests.factories.scorecard import SickLeaveFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 7, 0, tzinfo=UTC)
GREEN = ["103", "104", "105", "106", "107", "201", "203", "204", "302", "403", "405", "406"]


def a_green_district(count):
    world = a_district(GREEN[:count])
    for code in world.units:
        world.leader(code)
    return world


def approve_green(world):
    reports = MonthlyReport.objects.filter(unit__in=world.units.values())
    return services.approve_all_green(
        district_id=world.district.pk,
        month=SEPTEMBER,
        seen={report.pk: report.version for report in reports},
        unit_ids=[unit.pk for unit in world.units.values()],
        actor=world.director,
        now=NOW,
        today=DAY,
    )


def statements(count):
    world = a_green_district(count)
    with CaptureQueriesContext(connection) as captured:
        found = approve_green(world)
    assert len(found.reports) == count
    return len(captured)


def test_one_more_report_costs_its_claim_and_its_line_in_the_trail():
    assert statements(12) - statements(2) == 10 * 2


def test_one_more_report_costs_one_more_line_where_its_forecast_is_measured():
    FigureFeed.objects.create(kind=FeedKind.FORECAST_RESULT, indicator=SickLeaveFactory(restricted=False))
    assert statements(12) - statements(2) == 10 * 3


def test_every_leader_and_deputy_is_told_once_of_each_report():
    world = a_green_district(3)
    leader = RoleAssignment.objects.get(unit=world.units["103"], role=Role.UNIT_LEADER)
    deputy = world.leader("103")
    # The same person leads another unit too, and is told of both reports.
    RoleAssignment.objects.create(user=leader.user, role=Role.UNIT_LEADER, unit=world.units["104"], valid_from=leader.valid_from)
    approve_green(world)
    told = Message.objects.filter(kind="report_approved")
    assert told.count() == 5
    assert set(told.filter(recipient=leader.user).values_list("text", flat=True)) == {
        "Rapporten for Enhet 103 er godkjent.",
        "Rapporten for Enhet 104 er godkjent.",
    }
    assert told.filter(recipient=deputy).count() == 1


def test_what_is_approved_again_is_told_again():
    world = a_green_district(2)
    found = approve_green(world)
    services.undo_approval(reports=found.reports, actor=world.director, now=NOW, today=DAY)
    assert Message.objects.count() == 2
    approve_green(world)
    assert Message.objects.count() == 4


def test_each_report_keeps_its_version_its_event_and_its_line():
    world = a_green_district(2)
    services.undo_approval(reports=approve_green(world).reports, actor=world.director, now=NOW, today=DAY)
    for code, unit in world.units.items():
        report = world.report(code)
        kept = list(report.history.order_by("-pk")[:2])
        assert [(row.state, row.version, row.history_type) for row in kept] == [(S.DELIVERED, 3, "~"), (S.APPROVED, 2, "~")]
        assert {(row.history_user, row.history_date) for row in kept} == {(world.director, NOW)}
        assert [(event.from_state, event.to_state, event.by) for event in report.events.order_by("pk")] == [
            (S.DELIVERED, S.APPROVED, world.director),
            (S.APPROVED, S.DELIVERED, world.director),
        ]
        actions = AuditEntry.objects.filter(unit=unit).order_by("pk").values_list("action", "actor", "target_label")
        label = f"{unit} 2026-09"
        assert list(actions) == [("report.approved", world.director.pk, label), ("report.opened_again", world.director.pk, label)]
