"""A report that is back with its unit: others go on reading what was delivered, and nobody reads what is being written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from organisation.queries.access import access_of
from organisation.rules.access import Role
from reporting.models import MonthlyReport
from reporting.queries.approval import Rights, approval_page
from reporting.queries.approval_file import approval_rows
from reporting.queries.consolidated import district_month
from reporting.queries.feed import figures_of
from reporting.queries.report_sheets import pack_of
from reporting.queries.variance_report import variance_rows
from reporting.rules.kinds import FeedKind
from reporting.rules.kinds import ReportState as S
from reporting.services import lock
from reporting.services.approval import return_report
from reporting.services.report_fields import save_fields
from tests.factories.month import DAY, SEPTEMBER, a_district
from tests.factories.organisation import person
from tests.reporting.approval.reading import plain, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 7, 0, tzinfo=UTC)
K = Decimal(1000)
DELIVERED, DRAFT = "Vikarbruken er høyere enn budsjettert.", "Dette er et utkast."


@pytest.fixture
def world(settings):
    """402 delivered 69 500 and was asked about its forecast and its explanation; a draft says 75 000."""
    settings.ALNA_TODAY = DAY
    world = a_district(["402", "403"], {"402": S.DELIVERED, "403": S.APPROVED})
    for part, fields in (("forecast", {"forecast": 75_000 * K, "method": "own"}), ("explanation", {"explanation": DRAFT})):
        report = world.report("402")
        if report.state == S.RETURNED:
            report.returns.update(part=part)
        else:
            return_report(report=report, part=part, reason="Hvorfor?", version=report.version, actor=world.director, now=NOW, today=DAY)
        save_fields(report=report, fields=fields, version=None, actor=None, now=NOW)
    assert (world.report("402").forecast, world.report("402").explanation) == (75_000 * K, DRAFT)
    return world


def test_the_list_and_its_files_say_what_was_delivered(world):
    page = approval_page(district_id=world.district.pk, month=SEPTEMBER, rights=Rights(approve=True, give_back=True))
    row = next(row for group in page.groups for row in group.rows if row.name == "Enhet 402")
    assert row.now == "69\u00a0500"
    exported = next(row for row in approval_rows(page) if row["name"] == "Enhet 402")
    assert (exported["now"], exported["explanation"]) == (69_500 * K, DELIVERED)


def test_figures_and_sheets_say_what_was_delivered(world):
    found = district_month(district_id=world.district.pk, month=SEPTEMBER)
    assert {unit.node.name: unit.standing(SEPTEMBER).forecast for unit in found.units}["Enhet 402"] == 69_500 * K
    assert {row.name: (row.forecast, row.comment) for row in variance_rows(found)}["Enhet 402"] == (69_500 * K, DELIVERED)
    pack = pack_of(access=access_of(world.director, DAY), district_id=world.district.pk, month=SEPTEMBER)
    sheet = next(sheet for sheet in pack.sheets if sheet.name == "Enhet 402")
    assert dict(sheet.texts)["Forklaring"] == DELIVERED
    fed = figures_of(FeedKind.FORECAST_RESULT, SEPTEMBER, [world.units["402"].pk], world.district)
    assert [each.numerator for each in fed] == [69_500]


def test_the_director_reads_what_was_delivered_and_the_leader_the_draft(world):
    address = reverse("reporting:report_read", args=[world.units["402"].code, SEPTEMBER])
    director = plain(signed_in(world.director).get(address))
    assert DELIVERED in director
    assert DRAFT not in director
    assert "69 500" in director
    leader = plain(signed_in(person(Role.UNIT_LEADER, world.units["402"])).get(address))
    assert DRAFT in leader


def test_what_nobody_sent_is_not_locked(world):
    lock.lock_month(district=world.district, month=SEPTEMBER, actor=world.director, now=NOW, today=date(2026, 10, 15))
    report = MonthlyReport.objects.get(unit=world.units["402"], month=SEPTEMBER)
    assert (report.state, report.forecast, report.explanation) == (S.LOCKED, 69_500 * K, DELIVERED)
