"""Reminders of the month's report, by themselves: whoever runs and however often, each is told once."""

from collections.abc import Iterable
from datetime import date, datetime

from common.periods import Period
from organisation.models import Unit
from organisation.queries.tree import history
from reporting.models import MonthlyReport, ReportingMonth
from reporting.queries.consolidated import reporting_units
from reporting.queries.due_steps import due_rules
from reporting.queries.notice_words import AFTER, BEFORE, TODAY
from reporting.queries.owners import month_end
from reporting.queries.times import times_in, times_rows
from reporting.rules.deadlines import deadlines
from reporting.rules.kinds import Duty, Step
from reporting.rules.reminders import Reminder, reminder_at
from reporting.rules.states import HANDED_IN
from reporting.services import notices

# Deadlines lie in the months after the reported one; older ones than this are nobody's news.
MONTHS_BACK = 3
UNIT_NOTICES = {Reminder.BEFORE: BEFORE, Reminder.TODAY: TODAY, Reminder.AFTER: AFTER}


def send_reminders(*, now: datetime, today: date) -> int:
    """Every reminder that is due at the moment, and how many were told. Nothing for months without a whole report to deliver,
    for months whose figures are not ready or that are locked, and never to a unit that has delivered."""
    due = list(_due_now(now, today))
    if not due:
        return 0
    settings = ReportingMonth.objects.filter(
        month__in=[month for month, _at, _reminder in due], figures_ready_at__isnull=False, locked_at__isnull=True
    )
    waiting = {(row.district_id, row.month) for row in settings}
    return sum(
        _remind(district_id, month, at, reminder, now, today) for month, at, reminder in due for district_id in _districts(waiting, month)
    )


def _districts(waiting: set[tuple[int, date]], month: date) -> list[int]:
    return sorted(district_id for district_id, each in waiting if each == month)


def _due_now(now: datetime, today: date) -> Iterable[tuple[date, datetime, Reminder]]:
    """Months with a whole report to deliver, their deadline, and the reminder that is due. Two SQL statements."""
    rules, times = due_rules(), times_rows()
    period = Period.month(today.year, today.month)
    for _number in range(MONTHS_BACK):
        period = period.previous()
        deadline = deadlines(rules, period.first_day).get(Step.UNIT_REPORT)
        if deadline is None or deadline.duty != Duty.FULL:
            continue
        reminder = reminder_at(deadline.at, now, times_in(times, period.first_day))
        if reminder is not None:
            yield period.first_day, deadline.at, reminder


def _remind(district_id: int, month: date, due: datetime, reminder: Reminder, now: datetime, today: date) -> int:
    nodes = reporting_units(history().on(month_end(month)), district_id)
    settled = MonthlyReport.objects.filter(unit_id__in=[node.id for node in nodes], month=month, state__in=HANDED_IN)
    done = set(settled.values_list("unit_id", flat=True))
    waiting = [node.id for node in nodes if node.id not in done]
    if reminder == Reminder.LEADERSHIP:
        counted = [node.id for node in nodes if node.id in waiting and node.kind == Unit.Kind.RESULT_UNIT]
        return notices.leadership_list(district_id=district_id, unit_ids=counted, month=month, now=now, today=today)
    return notices.report_reminder(UNIT_NOTICES[reminder], unit_ids=waiting, month=month, due=due, now=now, today=today)
