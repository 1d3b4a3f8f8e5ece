"""The month's deadlines among those of all apps: every unit's report, and the lock of the whole month."""

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
from reporting.queries.deadlines import due_rules
from reporting.queries.district_ledger import REPORTING_KINDS
from reporting.rules.deadlines import deadlines as steps_of
from reporting.rules.kinds import Duty, ReportState, Step
from reporting.rules.states import HANDED_IN

# A month is never due later than so many months after it.
LONGEST = 3


def deadlines(*, unit_ids: Collection[int], first: date, last: date, today: date) -> list[Deadline]:
    """One for every unit and month that asks for a report, and one for every district's month. Three SQL statements besides the tree's."""
    rules = due_rules()
    months = {period: steps_of(rules, period.start) for period in _months(first, last)}
    reports = {
        (unit_id, month): (ReportState(state), submitted_at)
        for unit_id, month, state, submitted_at in MonthlyReport.objects.filter(
            unit_id__in=unit_ids, month__in=[period.start for period in months]
        ).values_list("unit_id", "month", "state", "submitted_at")
    }
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
                found.append(_report(node, period, due.at, *reports.get((node.id, period.start), (ReportState.NOT_STARTED, None))))
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


def _report(node: Node, period: Period, at: datetime, state: ReportState, submitted_at: datetime | None) -> Deadline:
    handed_in = state in HANDED_IN and state is not ReportState.RETURNED and submitted_at is not None
    title = _("Månedsrapporten for %(month)s") % {"month": formats.period_label(period)}
    # A report nobody has delivered is there for those alone who write it.
    page, seen_with = (
        ("reporting:report_read", Permission.SEE_REPORT_SUMMARY) if handed_in else ("reporting:report", Permission.WRITE_REPORT)
    )
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
        permission=Permission.WRITE_REPORT,
        done_on=submitted_at.astimezone(OSLO).date() if handed_in and submitted_at else None,
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
