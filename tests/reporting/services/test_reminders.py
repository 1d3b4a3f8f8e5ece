"""Who is told what about the month, and when: the clock moves, and nobody is told twice."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifications.models import Message
from organisation.models import AuditEntry, RoleAssignment, Unit, User
from organisation.rules.access import Role
from reporting.models import DeadlineRule, MonthlyReport, ReportReturn, ReportTimes
from reporting.rules.kinds import Duty, ReportState, Step
from reporting.services import notices
from reporting.services.reminders import send_reminders
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory, person
from tests.factories.reporting import SEPTEMBER, MonthlyReportFactory, ReportingMonthFactory

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
FRIDAY = date(2026, 10, 9)


@dataclass(frozen=True)
class Month:
    district: Unit
    unit: Unit
    other: Unit
    leader: User
    other_leader: User
    director: User


@pytest.fixture
def month() -> Month:
    """September of two units, due on Friday 9 October at 15.00; its figures are ready."""
    district = DistrictFactory()
    unit, other = (
        UnitFactory(code="402", name="Hjemmetjenesten", parent=district),
        UnitFactory(code="403", name="Sykehjemmet", parent=district),
    )
    DeadlineRule.objects.create(step=Step.UNIT_REPORT, day=9, time=time(15), valid_from=date(2026, 1, 1))
    ReportingMonthFactory(district=district)
    return Month(district, unit, other, person(Role.UNIT_LEADER, unit), person(Role.UNIT_LEADER, other), person(Role.DIRECTOR, district))


def run(text: str) -> int:
    now = datetime.fromisoformat(text).replace(tzinfo=OSLO)
    return send_reminders(now=now, today=now.date())


def told() -> list[tuple[str, str]]:
    """(kind, person) of every message, oldest first."""
    return list(Message.objects.order_by("created_at", "recipient__pk").values_list("kind", "recipient__name"))


def test_the_days_are_those_that_were_decided_for_the_month(month):
    fields = {
        "reminds_on_day": False,
        "remind_after": 2,
        "tell_leadership": 3,
        "answer_days": 1,
        "answer_by": time(15),
        "regret_minutes": 10,
    }
    ReportTimes.objects.create(remind_before=5, valid_from=SEPTEMBER, **fields)
    assert [run(f"2026-10-{day:02}T08:00") for day in (1, 2, 6, 9, 12, 13)] == [0, 2, 0, 0, 0, 2]


def test_the_clock_moves_and_each_is_told_once(month):
    start = datetime(2026, 10, 1, tzinfo=OSLO)
    for number in range(24 * 20):
        now = start + timedelta(hours=number)
        send_reminders(now=now, today=now.date())

    leaders = sorted([month.leader.name, month.other_leader.name])
    by_kind = {kind: sorted(name for each, name in told() if each == kind) for kind, _name in told()}
    assert by_kind == {
        "report_before": leaders,
        "report_today": leaders,
        "report_after": leaders,
        "report_leadership": [month.director.name],
    }
    moments = {row.kind: row.created_at.astimezone(OSLO).isoformat()[:16] for row in Message.objects.all()}
    assert moments == {
        "report_before": "2026-10-06T08:00",
        "report_today": "2026-10-09T08:00",
        "report_after": "2026-10-12T08:00",
        "report_leadership": "2026-10-13T08:00",
    }


def test_what_is_said_and_where_it_leads(month):
    run("2026-10-09T08:00")
    row = Message.objects.get(recipient=month.leader)
    assert row.subject == "Rapporten for september 2026 skal sendes inn i dag"
    assert row.text == "Hjemmetjenesten har ikke levert ennå. Frist i dag kl. 15.00."
    assert row.link == "/rapportering/402/2026-09/"

    run("2026-10-13T08:00")
    row = Message.objects.get(recipient=month.director)
    assert row.subject == "2 enheter har ikke levert for september 2026"
    assert row.text == "Mangler: Hjemmetjenesten, Sykehjemmet."
    assert row.link == f"/rapportering/godkjenning/{month.district.code}/2026-09/"


@pytest.mark.parametrize("state", [ReportState.DELIVERED, ReportState.RETURNED, ReportState.APPROVED, ReportState.LOCKED])
def test_who_has_delivered_is_left_alone(month, state):
    MonthlyReportFactory(unit=month.unit, state=state)
    run("2026-10-09T08:00")
    assert told() == [("report_today", month.other_leader.name)]
    run("2026-10-13T08:00")
    assert Message.objects.get(recipient=month.director).text == "Mangler: Sykehjemmet."


@pytest.mark.parametrize("state", [ReportState.NOT_STARTED, ReportState.BEGUN])
def test_a_draft_is_no_delivery(month, state):
    MonthlyReportFactory(unit=month.unit, state=state, submitted_at=None)
    assert run("2026-10-09T08:00") == 2


def test_when_all_have_delivered_the_leadership_hears_nothing(month):
    for unit in (month.unit, month.other):
        MonthlyReportFactory(unit=unit)
    assert run("2026-10-13T08:00") == 0


@pytest.mark.parametrize("duty", [Duty.NONE, Duty.FIGURES])
def test_a_month_without_a_whole_report_is_silent(month, duty):
    DeadlineRule.objects.create(step=Step.UNIT_REPORT, month=9, day=9, time=time(15), duty=duty, valid_from=date(2026, 1, 1))
    assert run("2026-10-09T08:00") == run("2026-10-12T08:00") == run("2026-10-13T08:00") == 0


def test_without_figures_or_after_the_lock_nobody_is_reminded(month):
    month_row = month.district  # the district's one row
    from reporting.models import ReportingMonth  # noqa: PLC0415 - used by this test alone

    rows = ReportingMonth.objects.filter(district=month_row)
    rows.update(figures_ready_at=None)
    assert run("2026-10-09T08:00") == 0
    now = datetime(2026, 10, 8, tzinfo=OSLO)
    rows.update(figures_ready_at=now, locked_at=now)
    assert run("2026-10-09T08:00") == 0
    rows.update(locked_at=None)
    assert run("2026-10-09T08:00") == 2


def test_a_deputy_of_today_is_told_and_one_of_yesterday_is_not(month):
    present, ended = UserFactory(), UserFactory()
    span = {"role": Role.UNIT_LEADER, "unit": month.unit, "deputy_for": month.leader, "valid_from": date(2026, 10, 5)}
    RoleAssignment.objects.create(user=present, valid_to=FRIDAY, **span)
    RoleAssignment.objects.create(user=ended, valid_to=date(2026, 10, 8), **span)

    run("2026-10-09T08:00")

    assert set(Message.objects.filter(key__contains=f":{month.unit.pk}:").values_list("recipient", flat=True)) == {
        month.leader.pk,
        present.pk,
    }


def test_another_district_hears_nothing_of_this_one(month):
    other = DistrictFactory()
    unit = UnitFactory(parent=other)
    person(Role.UNIT_LEADER, unit), person(Role.DIRECTOR, other)
    run("2026-10-09T08:00")
    run("2026-10-13T08:00")
    assert {name for _kind, name in told()} == {month.leader.name, month.other_leader.name, month.director.name}


def test_reminding_costs_the_same_with_two_units_and_with_thirty(month, django_assert_num_queries):
    def run_new(day: int) -> None:
        Message.objects.all().delete()
        run(f"2026-10-{day:02}T08:00")

    run_new(9)
    with django_assert_num_queries(COST):
        run_new(9)
    for _ in range(28):
        person(Role.UNIT_LEADER, UnitFactory(parent=month.district))
    run_new(9)
    with django_assert_num_queries(COST):
        run_new(9)


# Emptying the box, deadlines, months, organisation, reports, people, units, deadlines, savepoint, known keys, rows, release.
COST = 12


def test_the_figures_are_ready_once(month):
    facts = {
        "unit_ids": [month.unit.pk, month.other.pk],
        "month": SEPTEMBER,
        "now": datetime(2026, 10, 8, tzinfo=OSLO),
        "today": date(2026, 10, 8),
    }
    assert notices.figures_ready(**facts) == 2
    assert notices.figures_ready(**facts) == 0
    row = Message.objects.get(recipient=month.leader)
    assert row.subject == "Tallene for september 2026 er klare"
    assert row.text == "Frist 9. oktober 2026 kl. 15.00. Det tar omtrent fire minutter å sende inn for Hjemmetjenesten."


def test_english_readers_are_told_in_english_months_or_at_least_without_a_fault(month):
    User.objects.filter(pk=month.leader.pk).update(language="en")
    assert run("2026-10-09T08:00") == 2
    assert "2026" in Message.objects.get(recipient=month.leader).subject


def test_a_returned_report_is_told_without_its_question(month):
    report = MonthlyReportFactory(unit=month.unit, state=ReportState.RETURNED)
    asked = ReportReturn.objects.create(
        report=report,
        part="forecast",
        reason="Hvorfor så høyt?",
        due_at=datetime(2026, 10, 12, 15, tzinfo=OSLO),
        at=datetime(2026, 10, 9, tzinfo=OSLO),
    )
    facts = {"asked": asked, "now": datetime(2026, 10, 9, 12, tzinfo=OSLO), "today": FRIDAY}
    assert notices.report_returned(**facts) == 1
    assert notices.report_returned(**facts) == 0
    row = Message.objects.get()
    assert row.recipient == month.leader
    assert "innen 12. oktober 2026 kl. 15.00" in row.text
    assert "Hvorfor" not in row.text


def test_an_approved_report_is_told_on_the_page_alone(month):
    reports = [MonthlyReportFactory(unit=unit, state=ReportState.APPROVED) for unit in (month.unit, month.other)]
    assert notices.report_approved(reports=reports, now=datetime(2026, 10, 14, tzinfo=OSLO), today=date(2026, 10, 14)) == 2
    assert set(Message.objects.values_list("mail_state", flat=True)) == {"none"}


def test_asking_for_a_report_is_once_a_day_and_not_when_it_is_there(month):
    def ask(day: int) -> bool:
        now = datetime(2026, 10, day, 12, tzinfo=OSLO)
        return notices.remind(unit_id=month.unit.pk, month=SEPTEMBER, actor=month.director, now=now, today=now.date())

    assert [ask(12), ask(12), ask(13)] == [True, False, True]
    assert AuditEntry.objects.filter(action="report.reminded", actor=month.director, unit=month.unit).count() == 2
    report = MonthlyReportFactory(unit=month.unit)
    assert not ask(14)
    MonthlyReport.objects.filter(pk=report.pk).update(state=ReportState.RETURNED)
    assert ask(15)
    assert Message.objects.latest("created_at").subject == "Bydelen venter på svar om rapporten for september 2026"
