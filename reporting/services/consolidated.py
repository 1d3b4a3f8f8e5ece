"""Writing in the consolidated report: saved, built anew, and kept as it stands when the month is locked."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from organisation.models import Unit, User
from organisation.services import audit
from reporting.models import ConsolidatedText, ReportingMonth
from reporting.queries.consolidated import district_month
from reporting.queries.consolidated_text import kept_sources, present_sources, sources_of
from reporting.rules.consolidation import Source, built_text, rebuilt
from reporting.services.approval_steps import StaleVersion


class MonthLocked(Exception):
    """The month is locked, and its texts with it."""


@transaction.atomic
def save_text(*, district: Unit, month: date, area: str, text: str, version: int, actor: User, now: datetime) -> ConsolidatedText:
    """Keeps what somebody has written about an area; the reports it was seen beside count as read. An empty text follows the reports again.

    `version` 0: there was no text yet. Raises MonthLocked, StaleVersion.
    """
    _refuse_locked(district, month)
    present = _present(district, month).get(area, ())
    text = text.replace("\r\n", "\n").strip()
    row = _claimed(district, month, area, version)
    row.text = text or built_text(present)
    row.is_edited = bool(text) and text != built_text(present)
    _keep(row, present, actor, now)
    _note(row, actor, "text_saved")
    return row


@transaction.atomic
def build_again(*, district: Unit, month: date, area: str, version: int, actor: User, now: datetime) -> ConsolidatedText:
    """Takes in what is new in the reports and keeps what somebody has written. Raises MonthLocked, StaleVersion."""
    _refuse_locked(district, month)
    present = _present(district, month).get(area, ())
    row = _claimed(district, month, area, version)
    if row.is_edited:
        row.text, sources = rebuilt(row.text, sources_of(row), present)
    else:
        row.text, sources = built_text(present), tuple(present)
    row.is_edited = row.text != built_text(present)
    _keep(row, sources, actor, now)
    _note(row, actor, "text_built")
    return row


def freeze(*, district: Unit, month: date, actor: User, now: datetime) -> None:
    """What was never written in is kept as the reports say it when the month is locked. Inside the transaction that locks."""
    rows = {row.area: row for row in ConsolidatedText.objects.filter(district=district, month=month)}
    for area, present in _present(district, month).items():
        row = rows.get(area) or ConsolidatedText(district=district, month=month, area=area, version=0)
        if row.is_edited:
            continue
        row.text = built_text(present)
        row.version += 1
        _keep(row, present, actor, now)


def _present(district: Unit, month: date) -> dict[str, tuple[Source, ...]]:
    return present_sources(district_month(district_id=district.pk, month=month))


def _refuse_locked(district: Unit, month: date) -> None:
    if ReportingMonth.objects.filter(district=district, month=month, locked_at__isnull=False).exists():
        raise MonthLocked


def _claimed(district: Unit, month: date, area: str, version: int) -> ConsolidatedText:
    """The row with its next version. Raises StaleVersion."""
    if not version:
        row, is_new = ConsolidatedText.objects.get_or_create(district=district, month=month, area=area)
        if not is_new:
            raise StaleVersion
        return row
    claimed = ConsolidatedText.objects.filter(district=district, month=month, area=area, version=version).update(version=F("version") + 1)
    if not claimed:
        raise StaleVersion
    return ConsolidatedText.objects.get(district=district, month=month, area=area)


def _keep(row: ConsolidatedText, sources: tuple[Source, ...], actor: User, now: datetime) -> None:
    row.built_from = kept_sources(sources)
    row.edited_at, row.edited_by = now, actor
    row.save()


def _note(row: ConsolidatedText, actor: User, act: str) -> None:
    details = {"month": f"{row.month:%Y-%m}", "area": row.area}
    audit.record(actor=actor, action=f"report.{act}", target=row, unit=row.district_id, details=details)
