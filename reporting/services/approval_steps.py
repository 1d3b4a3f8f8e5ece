"""One step of a report from state to state: claimed once, kept in the history, told in its events and in the audit trail."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from organisation.models import User
from organisation.services import audit
from reporting.models import MonthlyReport, ReportEvent
from reporting.rules.kinds import ReportState
from reporting.rules.states import may_follow
from reporting.services.report_fields import keep_version, keep_versions


class WrongState(Exception):
    """The step does not start from the state the report is in now."""

    def __init__(self, state: ReportState) -> None:
        super().__init__(state)
        self.state = state


class StaleVersion(Exception):
    """Somebody else has changed the report since it was shown."""


class FiguresChanged(StaleVersion):
    """A file has changed the figures since the report was shown; what its unit wrote is the same."""


class ReasonMissing(Exception):
    """The step asks for a reason."""


@transaction.atomic
def take_step(
    *,
    report: MonthlyReport,
    then: ReportState,
    version: int | None,
    actor: User,
    now: datetime,
    comment: str = "",
    fields: Mapping[str, object] | None = None,
) -> None:
    """Claims the report in one conditional update. `version` None takes it as it stands. Raises WrongState, StaleVersion."""
    before = ReportState(report.state)
    if not may_follow(before, then):
        raise WrongState(before)
    claimable = MonthlyReport.objects.filter(pk=report.pk, state=before)
    if version is not None:
        claimable = claimable.filter(version=version)
    claimed = claimable.update(state=then, version=F("version") + 1, **(fields or {}))
    report.refresh_from_db()
    if not claimed:
        if report.state != before:
            raise WrongState(ReportState(report.state))
        raise _stale(report, version)
    # A conditional update leaves no history of its own.
    keep_version(report, actor, now)
    tell([report], before=before, actor=actor, now=now, comment=comment)


@transaction.atomic
def take_steps(
    *,
    versions: Mapping[int, int],
    before: ReportState,
    then: ReportState,
    actor: User,
    now: datetime,
    fields: Mapping[str, object] | None = None,
) -> list[MonthlyReport]:
    """The same step of many reports, {number: version}, in order of their units; those that have gone on since are left out.

    Each is claimed for itself, which is one SQL statement; three more for all of them. Raises WrongState.
    """
    if not may_follow(before, then):
        raise WrongState(before)
    claimed = []
    # Always in the same order, so that two who do this at once do not wait for each other.
    for pk, version in sorted(versions.items()):
        claimable = MonthlyReport.objects.filter(pk=pk, state=before, version=version)
        if claimable.update(state=then, version=F("version") + 1, **(fields or {})):
            claimed.append(pk)
    reports = list(MonthlyReport.objects.filter(pk__in=claimed).select_related("unit").order_by("unit__code"))
    keep_versions(reports, actor, now)
    tell(reports, before=before, actor=actor, now=now)
    return reports


def _stale(report: MonthlyReport, seen: int | None) -> StaleVersion:
    written = report.history.filter(version__gt=seen or 0).exists()
    return StaleVersion() if written or report.figures_changed_at is None else FiguresChanged()


def tell(reports: Iterable[MonthlyReport], *, before: ReportState, actor: User, now: datetime, comment: str = "") -> None:
    """One event for each report, from the state before to the one it has."""
    ReportEvent.objects.bulk_create(
        ReportEvent(report=report, at=now, by=actor, from_state=before, to_state=report.state, comment=comment) for report in reports
    )


def note(report: MonthlyReport, *, actor: User, act: str, **details: object) -> None:
    """A line in the audit trail."""
    told = {"month": f"{report.month:%Y-%m}", **details}
    audit.record(actor=actor, action=f"report.{act}", target=report, unit=report.unit_id, details=told)
