"""The revisions of a locked report side by side: what was locked, and what each correction changed."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from common import formats
from reporting.models import MonthlyReport, ReportEvent
from reporting.queries.later import Newer
from reporting.queries.months import months_of
from reporting.rules.kinds import ReportState

FIELDS: dict[str, Promise] = {
    "forecast": lazy("Prognose"),
    "explanation": lazy("Forklaring"),
    "change_text": lazy("Hva er endret"),
    "timing": lazy("Periodisering"),
    "timing_text": lazy("Hva periodiseringen gjelder"),
    "sick_text": lazy("Sykefravær"),
}
# Of the ledger as it is printed.
FIGURES: dict[str, Promise] = {
    "revised": lazy("Årsbudsjett"),
    "budget": lazy("Budsjett hittil i år"),
    "actual": lazy("Regnskap hittil i år"),
}


@dataclass(frozen=True)
class Changed:
    """One field that is another than in the revision before; «» before where it is the first."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Version:
    """One revision: the newest first. The one that was locked has no changes, but all that stood in it."""

    number: int
    at: str
    who: str
    reason: str
    fields: tuple[Changed, ...]


def versions_of(report: MonthlyReport, *, sees_restricted: bool) -> tuple[Version, ...]:
    """Three SQL statements (versions, events, lock). Restricted figures are left out for those who do not see them in the unit."""
    rows = list(report.history.filter(state=ReportState.LOCKED).order_by("history_id").select_related("history_user"))
    last = {row.revision: row for row in rows}
    corrections = list(_corrections(report).select_related("by"))
    lock = months_of(report.unit_id, report.month).select_related("locked_by").first()
    found = []
    for number in sorted(last):
        row, before = last[number], last.get(number - 1)
        event = corrections[number - 2] if 2 <= number <= len(corrections) + 1 else None
        at, by = (event.at, event.by) if event else (row.history_date, None)
        if number == 1 and lock and lock.locked_at:
            # The row may be older than the lock.
            at, by = lock.locked_at, lock.locked_by
        by = by or row.history_user
        found.append(
            Version(
                number=number,
                at=formats.moment(at),
                who=by.name if by else "",
                reason=event.comment if event else "",
                fields=(*_fields(row, before), *_taken_in(row, before, sees_restricted=sees_restricted)),
            )
        )
    return tuple(reversed(found))


def newest_correction(report: MonthlyReport) -> ReportEvent | None:
    """When it was last put right after the lock, and why. One SQL statement where it was, else none."""
    return _corrections(report).last() if report.revision > 1 else None


def _corrections(report: MonthlyReport) -> QuerySet[ReportEvent]:
    return ReportEvent.objects.filter(report=report, from_state=ReportState.LOCKED, to_state=ReportState.LOCKED).order_by("pk")


def _fields(row: MonthlyReport, before: MonthlyReport | None) -> list[Changed]:
    """What changed, or all there is in the first."""
    found = []
    for name, label in FIELDS.items():
        now, then = _told(getattr(row, name)), _told(getattr(before, name)) if before else ""
        if now != then:
            found.append(Changed(str(label), then, now))
    for name, label in FIGURES.items():
        now, then = _kroner(row, name), _kroner(before, name) if before else ""
        if now != then:
            found.append(Changed(str(label), then, now))
    return found


def _taken_in(row: MonthlyReport, before: MonthlyReport | None, *, sees_restricted: bool) -> list[Changed]:
    """Production figures and sick leave that this correction took in."""
    if before is None or row.known_at == before.known_at:
        return []
    found = [Newer(**each) for each in row.figures.get("taken_in", ())]
    return [Changed(each.name, each.before, each.now) for each in found if sees_restricted or not each.is_restricted]


def _kroner(row: MonthlyReport, name: str) -> str:
    text = row.figures.get(name)
    return formats.money(Decimal(text)) if text else ""


def _told(value: Decimal | str | None) -> str:
    if isinstance(value, Decimal):
        return formats.money(value)
    return value or ""
