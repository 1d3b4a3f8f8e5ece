"""The dry run: the file is read and checked to its end, and nothing but the findings is kept."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from common.uploads import UnreadableFile
from imports.models import Batch
from imports.rules.context import Refused
from imports.rules.findings import Findings
from imports.rules.profile import ProfileError
from imports.rules.states import BatchState, SourceKind
from imports.services import saving
from imports.services.claims import Overtaken, Pulse, take
from imports.services.codes import note_unknown
from imports.services.files import forget
from imports.services.reading import Collected, Reader, likely_period, read_once
from organisation.models import User
from organisation.services import audit
from reporting.models import Balance, Delivery
from reporting.rules.ledger import month_of

NOTHING, ORE = Decimal(0), Decimal("0.01")
NOT_A_FILE = (UnreadableFile, Refused, ProfileError)


class NotWaiting(Exception):
    """The file is not where this can be done: somebody else works on it, or it has come further."""


def check(*, batch: Batch, worker: str, now: datetime, today: date, read: Reader) -> Batch:
    """Reads the file for its control page: checked, refused (then the file is removed), or known already.

    Not one transaction: progress shows while it is read. Raises NotWaiting and Overtaken.
    """
    if not take(batch, worker=worker, now=now) or batch.state != BatchState.READING:
        raise NotWaiting
    pulse = Pulse(batch, worker=worker, now=now, transaction_open=False)
    try:
        findings = _findings(batch, read, pulse, today)
    except NOT_A_FILE as error:
        refuse(batch, reason_of(error), worker=worker, now=now)
    except Overtaken:
        raise
    except Exception:
        # Free for the next one at once; after some attempts it is given up.
        mine = Batch.objects.filter(pk=batch.pk, state=BatchState.READING, claimed_by=worker)
        mine.update(state=BatchState.RECEIVED, claimed_by="", heartbeat_at=None)
        raise
    else:
        _checked(batch, findings, worker=worker, now=now)
    return batch


def _findings(batch: Batch, read: Reader, pulse: Pulse, today: date) -> Findings:
    """The file itself says which month its figures are to be compared with."""
    rows = None if batch.source.kind == SourceKind.ECONOMY else Collected()
    findings = read_once(batch=batch, read=read, sink=rows, progress=pulse, period=likely_period(batch), is_settled=False)
    if rows is not None:
        saving.try_out(batch, rows, findings, today=today)
    return findings


@transaction.atomic
def _checked(batch: Batch, findings: Findings, *, worker: str, now: datetime) -> None:
    same = _known_already(batch, findings)
    mine = Batch.objects.filter(pk=batch.pk, state=BatchState.READING, claimed_by=worker)
    told = mine.update(
        state=BatchState.SAME if same else BatchState.CHECKED,
        findings=findings.as_json(),
        differences=[] if same else differences(batch, findings),
        year=findings.year,
        number=findings.number,
        rows_read=findings.rows,
        delivery_id=same.delivery_id if same else None,
        checked_at=now,
        progress=1000,
        claimed_by="",
        heartbeat_at=None,
        attempts=0,
    )
    if not told:
        raise Overtaken
    batch.refresh_from_db()
    if not same:
        note_unknown(batch=batch, findings=findings)


def _known_already(batch: Batch, findings: Findings) -> Batch | None:
    """An earlier batch of the very same file whose figures still count."""
    same = Batch.objects.filter(source=batch.source, sha256=batch.sha256, year=findings.year, number=findings.number)
    saved = same.filter(state=BatchState.SAVED).exclude(pk=batch.pk).select_related("delivery").first()
    if saved is None:
        return None
    if saved.delivery is not None:
        return saved if saved.delivery.is_current else None
    later = Batch.objects.filter(source=batch.source, state=BatchState.SAVED, year=findings.year, number=findings.number)
    return None if later.filter(pk__gt=saved.pk).exists() else saved


def differences(batch: Batch, findings: Findings) -> list[dict[str, object]]:
    """Units whose figures of the period become others; [] where nothing stands there yet. The unit None is «Ikke fordelt»."""
    if batch.source.kind != SourceKind.ECONOMY or findings.year is None or findings.number is None:
        return []
    current = Delivery.objects.filter(
        kind=batch.source.kind, district=batch.source.district, year=findings.year, number=findings.number, is_current=True
    )
    if not current.exists():
        return []
    month = month_of(findings.year, findings.number)
    rows = Balance.objects.filter(district=batch.source.district, month=month).order_by().values_list("unit_id")
    before = {"" if pk is None else str(pk): Decimal(str(amount)) for pk, amount in rows.annotate(sum=Sum("actual")) if amount is not None}
    keys = sorted(before.keys() | findings.by_unit.keys())
    pairs = [(key, before.get(key, NOTHING).quantize(ORE), findings.by_unit.get(key, NOTHING).quantize(ORE)) for key in keys]
    return [{"unit_id": int(key) if key else None, "before": str(old), "after": str(new)} for key, old, new in pairs if old != new]


@transaction.atomic
def refuse(batch: Batch, reason: dict[str, object], *, worker: str, now: datetime) -> None:
    """The file cannot be read in: nothing of it is kept but its name and why."""
    mine = Batch.objects.filter(pk=batch.pk, state__in=[BatchState.READING, BatchState.SAVING], claimed_by=worker)
    cleared: dict[str, object] = {"claimed_by": "", "heartbeat_at": None, "stored_as": "", "findings": {}, "progress": 0}
    stored_as = batch.stored_as
    if not mine.update(state=BatchState.REFUSED, refusal=reason, checked_at=now, **cleared):
        raise Overtaken
    batch.refresh_from_db()
    details = {"file": batch.file_name, "reason": reason["code"]}
    audit.record(actor=batch.received_by, action="import.refused", target=batch, unit=batch.source.district_id, details=details)
    transaction.on_commit(lambda: forget(stored_as))


def reason_of(error: Exception) -> dict[str, object]:
    """What is kept of a refusal: a code the page has a sentence for, and what the sentence needs."""
    if isinstance(error, Refused):
        return {"code": error.code, **error.params}
    if isinstance(error, UnreadableFile):
        return {"code": error.code}
    return {"code": "profile_faults"}


@transaction.atomic
def recheck(*, batch: Batch, actor: User | None, now: datetime) -> Batch:
    """A checked file goes back to be read again, after codes were mapped or its profile changed. Raises NotWaiting."""
    fresh = {"state": BatchState.RECEIVED, "acknowledged": [], "attempts": 0, "claimed_by": "", "heartbeat_at": None, "progress": 0}
    if not Batch.objects.filter(pk=batch.pk, state=BatchState.CHECKED).update(**fresh):
        raise NotWaiting
    batch.refresh_from_db()
    audit.record(actor=actor, action="import.rechecked", target=batch, unit=batch.source.district_id, details={"at": now})
    return batch
