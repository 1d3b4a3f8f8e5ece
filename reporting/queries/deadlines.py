"""The month's deadlines among those of all apps: every unit's report, and the lock of the whole month."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from common.deadlines import Deadline, Lane
from common.oslo import OSLO
from common.periods import Period
from organisation.models import Unit
from organisation.queries.tree import history
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from reporting.models import MonthlyReport, ReportingMonth
from reporting.queries.due_steps import due_rules
from reporting.queries.owners import REPORTING_KINDS
from reporting.rules.deadlines import deadlines as steps_of
from reporting.rules.kinds import Duty, ReportState, Step
from reporting.rules.progress import MONTHS_TOLD_BY, usual_minutes
from reporting.rules.states import HANDED_IN, SETTLED

# A month is never due later than so many months after it.
LONGEST = 3


def deadlines(*, unit_ids: Collection[int], first: date, last: date) -> list[Deadline]:
    """One for every unit and month that asks for a report, and one for every district's month. Three SQL statements besides the tree's.

    About how long a report takes is told by those that were delivered before: of the unit itself, else of all these units.
    """
    rules = due_rules()
    months = {period: steps_of(rules, period.start) for period in _months(first, last)}
    earliest, latest = min(months).previous(MONTHS_TOLD_BY).start, max(months).start
    reports: dict[tuple[int, date], tuple[ReportState, datetime | None]] = {}
    spent: dict[int, list[int]] = defaultdict(list)
    rows = MonthlyReport.objects.filter(unit_id__in=unit_ids, month__gte=earliest, month__lte=latest).order_by()
    for unit_id, month, state, submitted_at, seconds in rows.values_list("unit_id", "month", "state", "submitted_at", "seconds_spent"):
        reports[unit_id, month] = ReportState(state), submitted_at
        if submitted_at is not None and seconds:
            spent[unit_id].append(seconds)
    minutes = usual_minutes(spent, unit_ids)
    locked = {
        (district_id, month): locked_at
        for district_id, month, locked_at in ReportingMonth.objects.filter(
            district_id__in=unit_ids, month__in=[period.start for period in months], locked_at__isnull=False
        ).values_list("district_id", "month", "locked_at")
    }
    units, past = set(unit_ids), history()
    found: list[Deadline] = []
    for period, steps in months.items():
        due, lock = steps.get(Step.UNIT_REPORT), steps.get(Step.LOCK)
        if due is None or due.duty is Duty.NONE:
            continue
        for node in _nodes(past.on(period.last_day).nodes, units):
            if node.kind in REPORTING_KINDS and first <= due.at.date() <= last:
                state, submitted_at = reports.get((node.id, period.start), (ReportState.NOT_STARTED, None))
                found.append(_report(node, period, due.at, state, submitted_at, minutes.get(node.id)))
            elif node.kind == Unit.Kind.DISTRICT and lock is not None and first <= lock.at.date() <= last:
                found.append(_lock(node, period, lock.at, locked.get((node.id, period.start))))
    return found


def _nodes(nodes: dict[int, Node], units: set[int]) -> Iterator[Node]:
    return (nodes[pk] for pk in units if pk in nodes)


def _months(first: date, last: date) -> list[Period]:
    period = Period.month(first.year, first.month).previous(LONGEST)
    found = []
    while period.start <= last:
        found.append(period)
        period = period.next()
    return found


def _report(node: Node, period: Period, at: datetime, state: ReportState, submitted_at: datetime | None, minutes: int | None) -> Deadline:
    handed_in = state in HANDED_IN and state is not ReportState.RETURNED and submitted_at is not None
    title = _("Månedsrapporten for %(month)s") % {"month": formats.period_label(period)}
    # A report nobody has delivered is there for those alone who write it.
    page, seen_with = (
        ("reporting:report_read", Permission.SEE_REPORT_SUMMARY) if handed_in else ("reporting:report", Permission.WRITE_REPORT)
    )
    # As its page lets: before it is settled, a summary is not for everybody who reads summaries.
    readers = (Permission.SEE_REPORT, Permission.WRITE_REPORT, Permission.SEE_DELIVERED_REPORT)
    return Deadline(
        key=f"reporting.report:{node.code}:{period.code}",
        group=f"report:{period.code}",
        title=title,
        public_title=title,
        unit_id=node.id,
        due_on=at.date(),
        url=reverse(page, args=[node.code, period.start]),
        lane=Lane.REPORT,
        seen_with=seen_with,
        and_one_of=readers if handed_in and state not in SETTLED else (),
        permission=Permission.WRITE_REPORT,
        done_on=submitted_at.astimezone(OSLO).date() if handed_in and submitted_at else None,
        minutes=None if handed_in else minutes,
        is_closed=state is ReportState.LOCKED,
        reminds_itself=True,
    )


def _lock(node: Node, period: Period, at: datetime, locked_at: datetime | None) -> Deadline:
    title = _("Rapportene for %(month)s godkjent og låst") % {"month": formats.period_label(period)}
    return Deadline(
        key=f"reporting.lock:{node.code}:{period.code}",
        group=f"lock:{period.code}",
        title=title,
        public_title=title,
        unit_id=node.id,
        due_on=at.date(),
        url=reverse("reporting:approval", args=[node.code, period.start]),
        lane=Lane.REPORT,
        seen_with=Permission.SEE_DELIVERED_REPORT,
        permission=Permission.APPROVE_REPORT,
        done_on=locked_at.astimezone(OSLO).date() if locked_at else None,
    )
