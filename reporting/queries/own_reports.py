"""Reports a person has delivered, and who else can approve them."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple, Protocol

from organisation.queries.holders import Holder, holders_in
from organisation.queries.tree import history
from organisation.rules.access import Permission
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState
from reporting.rules.states import may_approve


class Sent(Protocol):
    """A report, or what of it tells who has sent it."""

    @property
    def pk(self) -> int: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def submitted_by_id(self) -> int | None: ...
    @property
    def on_behalf_of_id(self) -> int | None: ...


class Waiting(NamedTuple):
    """A report that waits for approval."""

    pk: int
    unit_id: int
    submitted_by_id: int | None
    on_behalf_of_id: int | None


def waiting_in(unit_ids: Collection[int], month: date) -> list[Waiting]:
    """The delivered reports of a month that nobody has decided on, in no order. One SQL statement."""
    found = MonthlyReport.objects.filter(unit_id__in=unit_ids, month=month, state=ReportState.DELIVERED).order_by()
    return [Waiting(*row) for row in found.values_list(*Waiting._fields)]


def waiting_own(person: int, unit_ids: Collection[int], month: date, day: date) -> frozenset[int]:
    """Numbers of those that wait for approval, but not by this person. One SQL statement, two where the person has delivered some."""
    return frozenset(left_to_others(person, waiting_in(unit_ids, month), day))


def left_to_others(person: int, reports: Iterable[Sent], day: date) -> dict[int, tuple[str, ...]]:
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


def is_own(person: int, report: Sent) -> bool:
    return person in _deliverers(report)


def _deliverers(report: Sent) -> frozenset[int]:
    """Who sent it, and in whose place."""
    return frozenset(pk for pk in (report.submitted_by_id, report.on_behalf_of_id) if pk is not None)
