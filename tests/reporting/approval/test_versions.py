"""The versions of a report that was locked and put right afterwards: when each of them came about."""

from datetime import UTC, date, datetime

import pytest

from reporting.models import MonthlyReport, ReportingMonth
from reporting.queries.approval_versions import versions_of
from reporting.rules.kinds import ReportState as S
from reporting.services import lock
from tests.factories.month import DAY, SEPTEMBER, a_district
from tests.factories.organisation import UserFactory
from tests.reporting.approval.reading import address, plain, signed_in

pytestmark = pytest.mark.django_db
APPROVED = datetime(2026, 10, 13, 7, 0, tzinfo=UTC)
LOCKED = datetime(2026, 10, 15, 7, 0, tzinfo=UTC)
CORRECTED = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)


@pytest.fixture
def world(settings):
    settings.ALNA_TODAY = date(2026, 10, 20)
    world = a_district(["402"], {"402": S.APPROVED})
    lock.lock_month(district=world.district, month=SEPTEMBER, actor=world.director, now=LOCKED, today=DAY)
    # Imported months have the row of the approval alone.
    MonthlyReport.history.filter(unit=world.units["402"]).update(history_date=APPROVED, history_user=world.controller)
    report = world.report("402")
    lock.correct_after_lock(
        report=report,
        fields={"explanation": "Rettet."},
        reason="Skrivefeil",
        version=report.version,
        actor=world.controller,
        now=CORRECTED,
        today=DAY,
    )
    return world


def test_what_was_locked_is_of_the_moment_of_the_lock(world):
    page = plain(signed_in(world.director).get(address(world, "approval_versions", world.units["402"].code)))
    assert f"Slik den ble låst 15. oktober 2026 kl. 09.00, {world.director.name}" in page
    assert "13. oktober" not in page
    assert f"Versjon 2 20. oktober 2026 kl. 09.00, {world.controller.name} Skrivefeil" in page


def test_a_lock_of_another_district_or_month_counts_for_nothing(world):
    ReportingMonth.objects.update(locked_at=None, locked_by=None)
    for other, month in ((a_district([]).district, SEPTEMBER), (world.district, date(2026, 8, 1))):
        ReportingMonth.objects.create(district=other, month=month, locked_at=LOCKED, locked_by=UserFactory())
    first = versions_of(world.report("402"), sees_restricted=True)[-1]
    assert (first.at.replace("\u00a0", " "), first.who) == ("13. oktober 2026 kl. 09.00", world.controller.name)
