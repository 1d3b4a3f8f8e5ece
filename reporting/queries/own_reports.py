"""Reports a person has delivered, and who else can approve them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from organisation.models import User
from organisation.queries.holders import Holder, holders_in
from organisation.queries.tree import history
from organisation.rules.access import Permission
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState
from reporting.rules.states import may_approve


def waiting_own(user: User, reports: QuerySet[MonthlyReport], day: date) -> frozenset[int]:
    """Numbers of those that wait for approval, but not by this person. One SQL statement, two where the person has delivered some."""
    mine = reports.filter(Q(submitted_by=user) | Q(on_behalf_of=user), state=ReportState.DELIVERED)
    return frozenset(left_to_others(user.pk, mine.only("unit", "submitted_by", "on_behalf_of"), day))


def left_to_others(person: int, reports: Iterable[MonthlyReport], day: date) -> dict[int, tuple[str, ...]]:
    """Those of the reports that the person may not approve, with the names of who may. One SQL statement, none without own reports."""
    mine = [report for report in reports if is_own(person, report)]
    if not mine:
        return {}
    tree = history().on(day)
    above = {report.pk: tree.path(report.unit_id) for report in mine}
    holders = holders_in(Permission.APPROVE_REPORT, {unit_id for path in above.values() for unit_id in path}, day)
    found = {}
    for report in mine:
        people: dict[int, Holder] = {each.user_id: each for unit_id in above[report.pk] for each in holders.get(unit_id, ())}
        if not may_approve(person, _deliverers(report), people.keys()):
            found[report.pk] = tuple(holder.name for holder in people.values() if holder.user_id != person)
    return found


def is_own(person: int, report: MonthlyReport) -> bool:
    return person in _deliverers(report)


def _deliverers(report: MonthlyReport) -> frozenset[int]:
    """Who sent it, and in whose place."""
    return frozenset(pk for pk in (report.submitted_by_id, report.on_behalf_of_id) if pk is not None)
