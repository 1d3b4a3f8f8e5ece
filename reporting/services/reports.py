"""A unit's report from the first word to the director: opened, written, delivered, and taken back within ten minutes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from organisation.models import RoleAssignment, Unit, User
from organisation.queries.access import access_of
from organisation.queries.tree import history
from organisation.queries.validity import still_on
from organisation.rules.access import Permission, roles_with
from organisation.services import audit
from reporting.models import MonthlyReport, ReportEvent
from reporting.queries.approval_words import PARTS
from reporting.queries.months import months_of
from reporting.queries.report_facts import facts_of, figures_of, open_parts_of
from reporting.queries.times import times_on
from reporting.rules.completeness import Missing
from reporting.rules.kinds import ReportState
from reporting.rules.progress import may_regret, seconds_worked, unchanged_months
from reporting.rules.states import HANDED_IN
from reporting.services.report_additions import log_lines
from reporting.services.report_fields import FieldChanged, PersonalNumber, ReportClosed, TooLong, keep_version, save_fields
from reporting.services.report_receipts import tell_principal

__all__ = [
    "FieldChanged",
    "MonthLocked",
    "NotTheWriter",
    "PersonalNumber",
    "ReportClosed",
    "ReportIncomplete",
    "TooLate",
    "TooLong",
    "figures_changed",
    "open_parts_of",
    "open_report",
    "save_fields",
    "submit_report",
    "undo_submit",
]

OPEN = (ReportState.NOT_STARTED, ReportState.BEGUN, ReportState.RETURNED)


class MonthLocked(Exception):
    """The director has locked the month."""


class NotTheWriter(Exception):
    """The person does not write this unit's report on this day: no role, or a deputy outside the period."""


class TooLate(Exception):
    """The ten minutes are over, or the report has moved on."""


@dataclass(eq=False)
class ReportIncomplete(Exception):
    """Everything that is missing, in the order of the page."""

    problems: tuple[Missing, ...]


@transaction.atomic
def open_report(*, unit: Unit, month: date, actor: User | None, now: datetime, today: date) -> MonthlyReport:
    """The unit's report of the month, made if need be with last month's causes. Raises MonthLocked, NotTheWriter."""
    found = MonthlyReport.objects.filter(unit=unit, month=month).first()
    if found is not None:
        return found
    _check_writer(actor, unit, today)
    if is_locked(unit, month):
        raise MonthLocked
    before = MonthlyReport.objects.filter(unit=unit, month__lt=month, state__in=HANDED_IN).order_by("-month").first()
    report = MonthlyReport(unit=unit, month=month, opened_at=now)
    if before is not None:
        report.causes, report.sick_causes = list(before.causes), list(before.sick_causes)
    try:
        with transaction.atomic():
            keep_version(report, actor, now)
    except IntegrityError:  # somebody opened it at the same moment
        return MonthlyReport.objects.get(unit=unit, month=month)
    return report


@transaction.atomic
def submit_report(
    *, report: MonthlyReport, actor: User | None, now: datetime, today: date, stands_by: Collection[str] = ()
) -> MonthlyReport:
    """Delivers the report with the month's figures as they stand. Delivered already: nothing more happens.

    A returned report has an answer in each part that was asked about; of `stands_by` somebody says that they are right as they are.

    Raises ReportIncomplete with everything that is missing, NotTheWriter, MonthLocked, ReportClosed.
    """
    _check_writer(actor, report.unit, today)
    standing = MonthlyReport.objects.select_related("unit").get(pk=report.pk)
    if standing.state == ReportState.DELIVERED:
        return standing
    if is_locked(standing.unit, standing.month):
        raise MonthLocked
    if standing.state not in OPEN:
        raise ReportClosed(standing.state, "")
    access = access_of(actor, today) if actor else None
    facts = facts_of(unit=standing.unit, month=standing.month, report=standing, access=access, today=today)
    waiting = [Missing(part, f"answered_{part}", "unanswered", {"name": PARTS[part]}) for part in sorted(facts.unanswered - set(stands_by))]
    if facts.missing or waiting:
        raise ReportIncomplete((*facts.missing, *waiting))
    before = standing.state
    rows = MonthlyReport.objects.filter(pk=standing.pk, state=before, version=standing.version)
    if not rows.update(version=F("version") + 1):
        raise ReportClosed(before, "")
    standing.version += 1
    standing.state = ReportState.DELIVERED
    standing.seconds_spent += seconds_worked(standing.saved_at or standing.opened_at, now)
    standing.submitted_at = standing.saved_at = now
    standing.submitted_by, standing.on_behalf_of = actor, principal(actor, standing.unit, today)
    standing.figures, standing.figures_changed_at = figures_of(facts), None
    last = facts.before
    standing.unchanged_months = unchanged_months(standing.explanation, last.explanation, last.unchanged_months) if last else 0
    standing.returns.filter(answered_at__isnull=True).update(answered_at=now)
    _save(standing, before, actor, now, _("Svarte uten å endre rapporten.") if facts.unanswered else "")
    log_lines(report=standing, actions=facts.actions, actor=actor, now=now, today=today)
    details = {"month": f"{standing.month:%Y-%m}", "on_behalf_of": standing.on_behalf_of.name if standing.on_behalf_of else None}
    audit.record(actor=actor, action="report.submitted", target=standing, unit=standing.unit, details=details)
    tell_principal(report=standing, now=now)
    return standing


@transaction.atomic
def undo_submit(*, report: MonthlyReport, actor: User | None, now: datetime) -> MonthlyReport:
    """Takes a delivered report back within the minutes there are for it, to where it was. Raises TooLate, NotTheWriter."""
    standing = MonthlyReport.objects.select_related("unit").get(pk=report.pk)
    if actor is not None and actor.pk != standing.submitted_by_id:
        raise NotTheWriter
    if standing.state != ReportState.DELIVERED or not may_regret(standing.submitted_at, now, times_on(standing.month)):
        raise TooLate
    rows = MonthlyReport.objects.filter(pk=standing.pk, state=ReportState.DELIVERED, version=standing.version)
    if not rows.update(version=F("version") + 1):
        raise TooLate
    reopened = standing.returns.filter(answered_at=standing.submitted_at).update(answered_at=None)
    standing.version += 1
    standing.state = ReportState.RETURNED if reopened else ReportState.BEGUN
    standing.submitted_at = standing.submitted_by = standing.on_behalf_of = None
    _save(standing, ReportState.DELIVERED, actor, now)
    audit.record(actor=actor, action="report.taken_back", target=standing, unit=standing.unit, details={"month": f"{standing.month:%Y-%m}"})
    return standing


def figures_changed(*, month: date, unit_ids: Collection[int], now: datetime, also_locked: bool = True) -> int:
    """Marks the delivered reports of these units whose figures are no longer those they were written about. How many.

    Whoever has such a report before them and decides about it, must look again: it is another version. A locked one has its figures.
    """
    states = HANDED_IN - {ReportState.RETURNED} - (set() if also_locked else {ReportState.LOCKED})
    rows = MonthlyReport.objects.filter(month=month, unit_id__in=unit_ids, state__in=states)
    rows.exclude(state=ReportState.LOCKED).update(version=F("version") + 1)
    return rows.update(figures_changed_at=now)


def principal(actor: User | None, unit: Unit, today: date) -> User | None:
    """In whose place the person writes the unit's report; None for whoever writes it in their own right."""
    if actor is None:
        return None
    above = history().on(today).path(unit.pk)
    roles = [role.value for role in roles_with(Permission.WRITE_REPORT)]
    held = RoleAssignment.objects.filter(still_on(today), user=actor, unit_id__in=above, role__in=roles, valid_from__lte=today)
    rows = sorted(held.select_related("deputy_for"), key=lambda row: (row.deputy_for_id is not None, above.index(row.unit_id)))
    return rows[0].deputy_for if rows else None


def is_locked(unit: Unit, month: date) -> bool:
    return months_of(unit.pk, month).filter(locked_at__isnull=False).exists()


def _check_writer(actor: User | None, unit: Unit, today: date) -> None:
    if actor is not None and not access_of(actor, today).may_in(Permission.WRITE_REPORT, unit.pk):
        raise NotTheWriter


def _save(standing: MonthlyReport, before: str, actor: User | None, now: datetime, comment: str = "") -> None:
    keep_version(standing, actor, now)
    ReportEvent.objects.create(
        report=standing, at=now, by=actor, on_behalf_of=standing.on_behalf_of, from_state=before, to_state=standing.state, comment=comment
    )
