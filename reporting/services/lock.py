"""A month is locked: nothing in it changes any more, and a correction afterwards is a revision that everybody can see."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from organisation.models import Unit, User
from organisation.services import audit
from reporting.models import MonthlyReport, ReportingMonth
from reporting.queries.consolidated import DistrictMonth, UnitMonth, district_month
from reporting.queries.delivered import delivered
from reporting.queries.economy import whole_economies
from reporting.queries.later import Later, later_than_lock
from reporting.rules.economy import NOTHING, Amounts, ledger_figures
from reporting.rules.kinds import ForecastMethod, ReportState
from reporting.rules.states import HANDED_IN
from reporting.services import approval_followers as followers
from reporting.services import consolidated
from reporting.services.approval_steps import ReasonMissing, StaleVersion, WrongState, note, take_step, tell
from reporting.services.printed import keep_printed, print_anew
from reporting.services.report_fields import keep_version

S = ReportState
# What a correction after the lock may change.
CORRECTABLE = ("forecast", "timing", "timing_text", "explanation", "change_text", "sick_text")

NOTED = {*CORRECTABLE, "figures"}

# A draft that was never delivered is nobody's to read: it stays in the history alone.
NEVER_SAID: dict[str, object] = {
    **dict.fromkeys(("change_text", "timing_text", "explanation", "sick_text"), ""),
    "timing": None,
    "causes": [],
    "sick_causes": [],
    "indicator_lines": {},
    "action_lines": {},
    "unchanged_months": 0,
}


class AlreadyLocked(Exception):
    """Somebody has locked the month before."""


class MonthNotOver(Exception):
    """The month's last day has not been yet."""


class Undecided(Exception):
    """Delivered reports wait for a decision; `units` are the names of their units."""

    def __init__(self, units: Sequence[str]) -> None:
        super().__init__(list(units))
        self.units = tuple(units)


class NothingChanged(Exception):
    """The correction says what stands there already."""


@dataclass(frozen=True)
class Locked:
    """How it went: `missing` are the units that had not delivered."""

    reports: tuple[MonthlyReport, ...]
    missing: tuple[MonthlyReport, ...]


@transaction.atomic
def lock_month(*, district: Unit, month: date, actor: User, now: datetime, today: date) -> Locked:
    """Locks every report of the month. A unit that has not delivered gets the forecast that counted, unconfirmed.

    Raises MonthNotOver, AlreadyLocked, Undecided.
    """
    found = district_month(district_id=district.pk, month=month)
    _may_be_locked(found, today)
    ReportingMonth.objects.get_or_create(district=district, month=month)
    claimed = ReportingMonth.objects.filter(district=district, month=month, locked_at=None).update(locked_at=now, locked_by=actor)
    if not claimed:
        raise AlreadyLocked
    reports = {report.unit_id: report for report in _reports(found)}
    if undecided := [report.unit.name for report in reports.values() if report.state == S.DELIVERED]:
        raise Undecided(undecided)
    keep_printed(district=district, months=[month])
    consolidated.freeze(district=district, month=month, actor=actor, now=now)
    locked, missing = [], []
    for unit in found.units:
        report = reports.get(unit.node.id) or MonthlyReport.objects.create(unit_id=unit.node.id, month=month)
        if report.state not in HANDED_IN:
            missing.append(report)
        _lock(report, unit, month, actor, now)
        locked.append(report)
    counts = {"month": f"{month:%Y-%m}", "count": len(locked), "missing": len(missing)}
    audit.record(actor=actor, action="report.month_locked", target=district, unit=district, details=counts)
    return Locked(tuple(locked), tuple(missing))


def _may_be_locked(found: DistrictMonth, today: date) -> None:
    if found.is_locked:
        raise AlreadyLocked
    if (today.year, today.month) <= (found.month.year, found.month.month):
        raise MonthNotOver


def _reports(found: DistrictMonth) -> list[MonthlyReport]:
    unit_ids = [unit.node.id for unit in found.units]
    return list(MonthlyReport.objects.filter(unit_id__in=unit_ids, month=found.month).select_related("unit").order_by("unit__code"))


def _lock(report: MonthlyReport, unit: UnitMonth, month: date, actor: User, now: datetime) -> None:
    # What stands now is what is printed, also where the report was delivered on other figures, or never came.
    fields: dict[str, object] = {"figures": {**report.figures, **ledger_figures(unit.economy)}}
    if report.state not in HANDED_IN:
        fields |= NEVER_SAID | {"forecast": unit.standing(month).forecast, "method": ForecastMethod.KEPT, "is_unconfirmed": True}
    elif report.state == S.RETURNED:
        # Nobody has sent what is being written.
        fields |= delivered([report.pk]).get(report.pk, {})
    take_step(report=report, then=S.LOCKED, version=None, actor=actor, now=now, fields=fields)


@transaction.atomic
def correct_after_lock(
    *,
    report: MonthlyReport,
    fields: Mapping[str, Decimal | str | None],
    reason: str,
    version: int,
    actor: User,
    now: datetime,
    today: date,
    takes_figures: bool = False,
) -> None:
    """A new revision of a locked report, with its reason. The one before stays readable in the history.

    `takes_figures`: the unit's ledger, production figures and sick leave as they stand now are shown instead of those that were locked.
    Raises ReasonMissing, NothingChanged, WrongState, StaleVersion.
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    changed: dict[str, object] = {name: value for name, value in fields.items() if name in CORRECTABLE and getattr(report, name) != value}
    later = later_than_lock(report, report.unit) if takes_figures else Later()
    if not changed and later.is_empty:
        raise NothingChanged
    if report.state != S.LOCKED:
        raise WrongState(S(report.state))
    if "forecast" in changed:
        changed["is_unconfirmed"] = False
    if not later.is_empty:
        changed |= _taken_in(report, later, now)
    claimed = MonthlyReport.objects.filter(pk=report.pk, state=S.LOCKED, version=version).update(
        version=F("version") + 1, revision=F("revision") + 1, **changed
    )
    report.refresh_from_db()
    if not claimed:
        raise StaleVersion
    if not later.is_empty:
        print_anew(unit_id=report.unit_id, month=report.month)
    keep_version(report, actor, now)
    tell([report], before=S.LOCKED, actor=actor, now=now, comment=reason)
    note(report, actor=actor, act="corrected", revision=report.revision, reason=reason, fields=sorted(set(changed) & NOTED))
    followers.forecasts_changed([report], actor=actor, now=now, today=today)


def _taken_in(report: MonthlyReport, later: Later, now: datetime) -> dict[str, object]:
    """The figures of today, and in words which of them are others than before."""
    figures = {**report.figures, **ledger_figures(present_ledger(report)), "taken_in": [asdict(each) for each in later.figures]}
    return {"figures": figures, "figures_changed_at": None, "known_at": now}


def present_ledger(report: MonthlyReport) -> Amounts:
    """What the ledger of the unit, and of what stands below it in its report, comes to now."""
    found = whole_economies(unit_ids=[report.unit_id], month=report.month).get(report.unit_id)
    return found.ordinary if found else NOTHING
