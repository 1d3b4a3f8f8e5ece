"""A locked month, and what a correction of it leaves behind."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from organisation.models import AuditEntry
from reporting.models import ConsolidatedText, MonthlyReport, ReportingMonth
from reporting.rules.kinds import ReportState as S
from reporting.services import approval, lock
from reporting.services.approval_steps import ReasonMissing, StaleVersion, WrongState
from reporting.services.reports import MonthLocked, ReportClosed, open_report, save_fields
from tests.factories.month import AUGUST, DAY, SEPTEMBER, a_district
from tests.factories.organisation import UnitFactory
from tests.factories.reporting import MonthlyReportFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 15, 7, 0, tzinfo=UTC)
K = Decimal(1000)


@pytest.fixture
def world():
    """402 approved, 403 begun, 404 not started, 405 returned and not answered."""
    states = {"402": S.APPROVED, "403": S.BEGUN, "404": S.NOT_STARTED, "405": S.RETURNED}
    world = a_district(["402", "403", "404", "405"], states)
    for code, forecast in (("403", 20_900), ("404", 47_200)):
        MonthlyReportFactory(unit=world.units[code], month=AUGUST, state=S.LOCKED, forecast=forecast * K)
    MonthlyReport.objects.filter(unit=world.units["403"], month=SEPTEMBER).update(submitted_at=None)
    return world


def lock_it(world, today=DAY):
    return lock.lock_month(district=world.district, month=SEPTEMBER, actor=world.director, now=NOW, today=today)


def correct(world, fields, reason="Regnefeil", version=None, code="402"):
    report = world.report(code)
    given = {"fields": fields, "reason": reason, "version": version or report.version}
    lock.correct_after_lock(report=report, actor=world.director, now=NOW, today=DAY, **given)


def test_every_unit_of_a_locked_month_has_a_locked_report(world):
    found = lock_it(world)
    assert {report.unit.name: report.state for report in found.reports} == {f"Enhet {code}": S.LOCKED for code in world.units}
    assert [report.unit.name for report in found.missing] == ["Enhet 403", "Enhet 404"]
    month = ReportingMonth.objects.get(district=world.district)
    assert (month.locked_at, month.locked_by) == (NOW, world.director)
    assert AuditEntry.objects.get(action="report.month_locked").details["missing"] == 2


def test_who_has_not_delivered_keeps_the_forecast_before_unconfirmed(world):
    lock_it(world)
    for code, forecast in (("403", 20_900), ("404", 47_200)):
        report = world.report(code)
        assert (report.forecast, report.is_unconfirmed, report.submitted_at) == (forecast * K, True, None)
    # A draft is for its writer: it stays in the history, and is in no locked report.
    assert world.report("403").explanation == ""
    assert "Vikarbruken er høyere enn budsjettert." in {version.explanation for version in world.report("403").history.all()}
    assert world.report("405").explanation
    # What was delivered stands, answered or not.
    assert (world.report("405").forecast, world.report("405").is_unconfirmed) == (63_000 * K, False)


def test_delivered_reports_are_decided_about_first(world):
    MonthlyReport.objects.filter(unit=world.units["405"]).update(state=S.DELIVERED)
    with pytest.raises(lock.Undecided) as refusal:
        lock_it(world)
    assert refusal.value.units == ("Enhet 405",)


def test_a_month_is_locked_once_and_not_before_it_is_over(world):
    with pytest.raises(lock.MonthNotOver):
        lock_it(world, today=date(2026, 9, 30))
    lock_it(world)
    with pytest.raises(lock.AlreadyLocked):
        lock_it(world)
    assert world.report("402").events.count() == 1


def test_a_locked_month_refuses_every_edit(world):
    """Golden test 39."""
    lock_it(world)
    report = world.report("402")
    with pytest.raises(ReportClosed):
        save_fields(report=report, fields={"explanation": "Noe annet enn det som sto her."}, version=report.version, actor=None, now=NOW)
    with pytest.raises(WrongState):
        approval.open_again(report=report, version=report.version, actor=world.director, now=NOW, today=DAY)
    with pytest.raises(WrongState):
        approval.return_report(
            report=report, part="forecast", reason="Se på dette", version=report.version, actor=world.director, now=NOW, today=DAY
        )
    with pytest.raises(MonthLocked):
        open_report(unit=UnitFactory(parent=world.district), month=SEPTEMBER, actor=None, now=NOW, today=DAY)
    assert world.report("402").explanation == report.explanation


def test_a_correction_makes_a_revision_and_the_earlier_stays(world):
    """Golden test 39."""
    lock_it(world)
    correct(world, {"forecast": 69_600 * K, "explanation": "Rettet tekst."})
    report = world.report("402")
    assert (report.forecast, report.explanation, report.revision, report.state) == (69_600 * K, "Rettet tekst.", 2, S.LOCKED)
    newest, before = report.history.order_by("-pk")[:2]
    assert (newest.revision, newest.forecast) == (2, 69_600 * K)
    assert (before.revision, before.forecast) == (1, 69_500 * K)
    event = report.events.order_by("-pk").first()
    assert (event.from_state, event.to_state, event.comment, event.by) == (S.LOCKED, S.LOCKED, "Regnefeil", world.director)


def test_a_correction_confirms_a_forecast_nobody_stood_behind(world):
    lock_it(world)
    correct(world, {"forecast": 47_300 * K}, code="404")
    assert not world.report("404").is_unconfirmed


@pytest.mark.parametrize(
    "fields, reason, refusal",
    [
        ({"forecast": 69_600 * K}, " ", ReasonMissing),
        ({"forecast": 69_500 * K}, "Regnefeil", lock.NothingChanged),
        # What is no figure or text of the report cannot be corrected.
        ({"state": S.BEGUN, "seconds_spent": 1}, "Regnefeil", lock.NothingChanged),
    ],
)
def test_a_correction_needs_a_reason_and_a_change(world, fields, reason, refusal):
    lock_it(world)
    with pytest.raises(refusal):
        correct(world, fields, reason)
    assert world.report("402").revision == 1


def test_two_corrections_at_once(world):
    lock_it(world)
    version = world.report("402").version
    correct(world, {"forecast": 69_600 * K}, version=version)
    with pytest.raises(StaleVersion):
        correct(world, {"forecast": 69_700 * K}, version=version)
    assert world.report("402").forecast == 69_600 * K


def test_nothing_is_corrected_before_the_lock(world):
    with pytest.raises(WrongState):
        correct(world, {"forecast": 69_600 * K})


def test_texts_nobody_wrote_in_are_kept_with_the_month(world):
    lock_it(world)
    texts = {row.area: row for row in ConsolidatedText.objects.filter(district=world.district)}
    assert set(texts) == {"", "FO3"}
    assert "Enhet 402 venter 1 500 000 kr merforbruk (2,2 %)" in texts["FO3"].text.replace("\u00a0", " ")
    assert not texts["FO3"].is_edited
