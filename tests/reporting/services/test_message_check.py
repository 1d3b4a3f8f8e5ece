"""A letter about the month's report leaves only as long as something is to be done."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from notifications.models import Message
from notifications.rules.states import MailState
from notifications.services.messages import deliver
from organisation.rules.access import Role
from reporting.models import DeadlineRule, MonthlyReport, ReportReturn
from reporting.queries.message_check import still_true
from reporting.rules.kinds import ReportState, Step
from reporting.services import notices
from reporting.services.reminders import send_reminders
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import SEPTEMBER, MonthlyReportFactory, ReportingMonthFactory

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
FRIDAY = date(2026, 10, 9)
MORNING = datetime(2026, 10, 9, 8, 0, tzinfo=OSLO)


@pytest.fixture
def units():
    """Two units whose September is due on Friday 9 October at 15.00."""
    district = DistrictFactory()
    found = [UnitFactory(code=code, parent=district) for code in ("402", "403")]
    for unit in found:
        person(Role.UNIT_LEADER, unit)
    DeadlineRule.objects.create(step=Step.UNIT_REPORT, day=9, time=time(15), valid_from=date(2026, 1, 1))
    ReportingMonthFactory(district=district)
    return found


def sent():
    return list(Message.objects.filter(mail_state=MailState.SENT).order_by("pk").values_list("link", flat=True))


def test_who_has_delivered_before_the_letter_leaves_gets_none(units):
    assert send_reminders(now=MORNING, today=FRIDAY) == 2
    MonthlyReportFactory(unit=units[0], month=SEPTEMBER, state=ReportState.DELIVERED)

    assert deliver(now=MORNING) == 1
    assert sent() == ["/rapportering/403/2026-09/"]
    assert Message.objects.get(link="/rapportering/402/2026-09/").mail_state == MailState.DROPPED


@pytest.mark.parametrize(
    "told, leaves, subjects",
    [
        # The one of the day itself comes by itself.
        (7, 9, ["Rapporten for september 2026 skal sendes inn i dag"]),
        (7, 12, ["Rapporten for september 2026 er over fristen"]),
        (9, 12, ["Rapporten for september 2026 er over fristen"]),
        (7, 8, ["Rapporten for september 2026 skal snart sendes inn"]),
    ],
)
def test_of_reminders_that_follow_each_other_the_right_one_leaves(units, told, leaves, subjects):
    MonthlyReportFactory(unit=units[1], month=SEPTEMBER, state=ReportState.DELIVERED)
    for day in (told, leaves):
        send_reminders(now=MORNING.replace(day=day), today=FRIDAY.replace(day=day))
    deliver(now=MORNING.replace(day=leaves))

    assert [letter.subject for letter in mail.outbox] == subjects
    assert set(Message.objects.exclude(subject__in=subjects).values_list("mail_state", flat=True)) <= {MailState.DROPPED}


@pytest.mark.parametrize(
    "state, leaves, text",
    [
        (ReportState.BEGUN, 9, "{unit} har ikke levert ennå. Frist i dag kl. 15.00."),
        (ReportState.BEGUN, 12, "{unit} har ikke levert ennå. Fristen var 9. oktober 2026 kl. 15.00."),
        (ReportState.RETURNED, 12, "Rapporten for {unit} er returnert med et spørsmål. Åpne den, svar på det ene, og send inn på nytt."),
    ],
)
def test_what_somebody_asked_for_yesterday_is_said_as_it_is_today(units, state, leaves, text):
    report = MonthlyReportFactory(unit=units[0], month=SEPTEMBER, state=ReportState.BEGUN)
    notices.remind(unit_id=units[0].pk, month=SEPTEMBER, actor=person(Role.DIRECTOR, units[0]), now=MORNING, today=FRIDAY)
    MonthlyReport.objects.filter(pk=report.pk).update(state=state)

    assert deliver(now=MORNING.replace(day=leaves)) == 1
    assert Message.objects.get().text == text.format(unit=units[0].name)


def test_letters_that_waited_cost_the_same_however_many(units, django_assert_num_queries):
    notices.figures_ready(unit_ids=[unit.pk for unit in units], month=SEPTEMBER, now=MORNING, today=FRIDAY)
    messages = list(Message.objects.select_related("recipient"))
    later = MORNING.replace(day=12)
    for some in (messages[:1], messages):
        with django_assert_num_queries(3):
            found = still_true(some, later)
        assert [fresh.text.partition(" Det tar")[0] for fresh in found.values()] == ["Fristen var 9. oktober 2026 kl. 15.00."] * len(some)


def test_a_report_somebody_has_begun_is_still_asked_for(units):
    send_reminders(now=MORNING, today=FRIDAY)
    MonthlyReportFactory(unit=units[0], month=SEPTEMBER, state=ReportState.BEGUN)

    assert deliver(now=MORNING) == 2


@pytest.mark.parametrize(
    "state, letters",
    [(ReportState.RETURNED, 2), (ReportState.DELIVERED, 0), (ReportState.APPROVED, 0), (ReportState.LOCKED, 0)],
)
def test_a_question_is_told_of_until_it_is_answered(units, state, letters):
    report = MonthlyReportFactory(unit=units[0], month=SEPTEMBER, state=ReportState.RETURNED)
    asked = ReportReturn.objects.create(report=report, part="forecast", reason="Hvorfor?", at=MORNING, due_at=MORNING)
    notices.report_returned(asked=asked, now=MORNING, today=FRIDAY)
    notices.remind(unit_id=units[0].pk, month=SEPTEMBER, actor=person(Role.DIRECTOR, units[0]), now=MORNING, today=FRIDAY)
    MonthlyReport.objects.update(state=state)

    assert deliver(now=MORNING) == len(mail.outbox) == letters


def test_another_months_report_says_nothing_of_this_one(units):
    send_reminders(now=MORNING, today=FRIDAY)
    MonthlyReportFactory(unit=units[0], month=date(2026, 8, 1), state=ReportState.DELIVERED)

    assert deliver(now=MORNING) == 2


def test_checking_costs_one_statement_however_many_and_none_without_such_messages(units, django_assert_num_queries):
    send_reminders(now=MORNING, today=FRIDAY)
    rows = list(Message.objects.all())
    with django_assert_num_queries(1):
        assert still_true(rows, MORNING) == {}
    with django_assert_num_queries(0):
        assert still_true([], MORNING) == {}
