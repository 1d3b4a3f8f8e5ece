"""What is decided about a delivered report: returned with a question, approved one by one or all green at once, opened again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from organisation.models import User
from reporting.models import MonthlyReport, ReportReturn
from reporting.queries.consolidated import district_month
from reporting.queries.own_reports import is_own, left_to_others
from reporting.queries.times import times_on
from reporting.rules.kinds import ReportState
from reporting.rules.states import PARTS, answer_due_at, figures_changed_since, is_green
from reporting.services import approval_followers as followers
from reporting.services.approval_steps import ReasonMissing, note, take_step, take_steps

S = ReportState
NOT_APPROVED: dict[str, object] = {"approved_at": None, "approved_by": None}


class UnknownPart(Exception):
    """No part of a report has this name."""


class OwnReport(Exception):
    """The person has delivered it, and somebody else can approve it: `names` says who."""

    def __init__(self, names: Collection[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


@dataclass(frozen=True)
class Approved:
    """What approving all green came to: `left` are those that were green on the page and have become another thing since.

    `own` are those the person has delivered and leaves to somebody else.
    """

    reports: tuple[MonthlyReport, ...]
    left: int
    own: int = 0


@transaction.atomic
def return_report(*, report: MonthlyReport, part: str, reason: str, version: int, actor: User, now: datetime, today: date) -> ReportReturn:
    """Sends a delivered report back with a question about one part, the only one that can be changed until it is answered.

    Raises UnknownPart, ReasonMissing, WrongState, StaleVersion.
    """
    if part not in PARTS:
        raise UnknownPart(part)
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    take_step(report=report, then=S.RETURNED, version=version, actor=actor, now=now, comment=reason)
    ReportReturn.objects.filter(report=report, answered_at=None).update(answered_at=now)
    due = answer_due_at(today, times_on(report.month))
    asked = ReportReturn.objects.create(report=report, part=part, reason=reason, at=now, by=actor, due_at=due)
    note(report, actor=actor, act="returned", part=part, reason=reason)
    followers.returned(asked, now=now, today=today)
    return asked


@transaction.atomic
def approve_report(*, report: MonthlyReport, version: int, actor: User, now: datetime, today: date) -> None:
    """Raises OwnReport, WrongState, StaleVersion, FiguresChanged."""
    others = left_to_others(actor.pk, [report], today).get(report.pk)
    if others:
        raise OwnReport(others)
    take_step(report=report, then=S.APPROVED, version=version, actor=actor, now=now, fields={"approved_at": now, "approved_by": actor})
    _note_approval(report, actor)
    followers.approved([report], actor=actor, now=now, today=today)


@transaction.atomic
def approve_all_green(
    *, district_id: int, month: date, seen: Mapping[int, int], unit_ids: Collection[int], actor: User, now: datetime, today: date
) -> Approved:
    """Approves every report that was green on the page, as {report: version}, and still is, in these units.

    All get the same moment, so that they can be opened again together.
    """
    revised = {unit.node.id: unit.economy.revised for unit in district_month(district_id=district_id, month=month).units}
    reports = list(MonthlyReport.objects.filter(pk__in=seen, month=month, unit_id__in=set(unit_ids) & revised.keys()))
    own = left_to_others(actor.pk, reports, today)
    green = {each.pk: seen[each.pk] for each in reports if each.pk not in own and _is_green(each, revised[each.unit_id])}
    fields = {"approved_at": now, "approved_by": actor}
    approved = take_steps(versions=green, before=S.DELIVERED, then=S.APPROVED, actor=actor, now=now, fields=fields)
    for report in approved:
        _note_approval(report, actor)
    followers.approved(approved, actor=actor, now=now, today=today)
    return Approved(tuple(approved), len(seen) - len(approved) - len(own), len(own))


def _is_green(report: MonthlyReport, revised: Decimal | None) -> bool:
    changed = figures_changed_since(report.submitted_at, report.figures_changed_at)
    return is_green(S(report.state), report.forecast, revised, figures_changed=changed)


def _note_approval(report: MonthlyReport, actor: User) -> None:
    # The only one who can: allowed, and the trail says so.
    note(report, actor=actor, act="approved_own" if is_own(actor.pk, report) else "approved")


@transaction.atomic
def open_again(*, report: MonthlyReport, version: int | None, actor: User, now: datetime, today: date) -> None:
    """An approved report is delivered again, until the month is locked. Raises WrongState, StaleVersion."""
    take_step(report=report, then=S.DELIVERED, version=version, actor=actor, now=now, fields=NOT_APPROVED)
    note(report, actor=actor, act="opened_again")
    followers.forecasts_changed([report], actor=actor, now=now, today=today)


@transaction.atomic
def undo_approval(*, reports: Collection[MonthlyReport], actor: User, now: datetime, today: date) -> int:
    """Opens again what was approved together. What has gone on since stays; answers how many were opened."""
    versions = {report.pk: report.version for report in reports if report.state == S.APPROVED}
    opened = take_steps(versions=versions, before=S.APPROVED, then=S.DELIVERED, actor=actor, now=now, fields=NOT_APPROVED)
    for report in opened:
        note(report, actor=actor, act="opened_again")
    followers.forecasts_changed(opened, actor=actor, now=now, today=today)
    return len(opened)
