"""The way of one file: received, checked (see `checking`), saved whole, rejected, or taken back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction

from imports.models import Batch, Source
from imports.rules.acceptance import same_outcome, to_accept
from imports.rules.findings import Findings
from imports.rules.states import BatchState, SourceKind, Way
from imports.services import comparison, recording
from imports.services.checking import NOT_A_FILE, NotWaiting, check, differences, reason_of, recheck, refuse
from imports.services.claims import Overtaken, Pulse, take
from imports.services.codes import ReasonMissing, forget_unknown, left_codes, note_unknown
from imports.services.files import TooLarge, forget, keep
from imports.services.reading import Reader
from imports.services.saving import Circumstances, Stored, store
from organisation.models import User
from organisation.services import audit
from reporting.services import ledger
from scorecard.services.values import ValuesRefused

__all__ = [
    "FindingsChanged",
    "NotAccepted",
    "NotSaveable",
    "NotWaiting",
    "Overtaken",
    "ReasonMissing",
    "TooLarge",
    "carry_out",
    "check",
    "is_large",
    "order_save",
    "receive",
    "recheck",
    "reject",
    "roll_back",
    "save",
]
YearNumber = tuple[int, int]


class NotSaveable(Exception):
    """The file has rows that could not be read: nothing can be saved before it is mended."""


@dataclass(eq=False)
class NotAccepted(Exception):
    """Somebody must have seen these first; keys of `imports.rules.acceptance.to_accept`."""

    missing: tuple[str, ...]


class FindingsChanged(Exception):
    """Reading again gave another outcome than the control page showed. The page now shows the new one; nothing was saved."""


def receive(
    *,
    source: Source,
    data: BinaryIO | Path,
    file_name: str,
    way: Way,
    actor: User | None,
    now: datetime,
    period: YearNumber | None = None,
    folder_name: str = "",
    definition: Mapping[str, object] | None = None,
) -> Batch:
    """Takes a file in; it waits to be checked. Raises TooLarge.

    `period` is (year, number) where somebody chose one; `definition` is a profile to read it with instead of the source's own.
    """
    if isinstance(data, Path):
        with data.open("rb") as file:
            kept = keep(file, file_name, settings.IMPORT_MAX_BYTES)
    else:
        kept = keep(data, file_name, settings.IMPORT_MAX_BYTES)
    batch = Batch(source=source, file_name=_plain_name(file_name), way=way, received_at=now, received_by=actor, folder_name=folder_name)
    batch.sha256, batch.size, batch.stored_as = kept.sha256, kept.size, kept.stored_as
    batch.definition = dict(definition or {})
    if period is not None:
        batch.year, batch.number = period
        batch.period_chosen = True
    try:
        _received(batch)
    except BaseException:
        forget(kept.stored_as)
        raise
    return batch


@transaction.atomic
def _received(batch: Batch) -> None:
    batch.save()
    details = {"file": batch.file_name, "source": batch.source.name, "size": batch.size}
    audit.record(actor=batch.received_by, action="import.received", target=batch, unit=batch.source.district_id, details=details)


def _plain_name(file_name: str) -> str:
    """The name without folders, as it is shown."""
    return Path(file_name.replace("\\", "/").replace("\x00", "")).name[-200:] or "fil"


def is_large(batch: Batch) -> bool:
    """Whether the worker reads it, with progress on the page, instead of the request."""
    return batch.size > settings.IMPORT_AT_ONCE_BYTES


def needed_for_saving(batch: Batch) -> tuple[str, ...]:
    """Keys of what has to be accepted before this batch is saved."""
    return _needed(batch, Findings.from_json(batch.findings))


def _needed(batch: Batch, findings: Findings) -> tuple[str, ...]:
    keeps_rows = batch.source.kind not in (SourceKind.SICK_LEAVE, SourceKind.FIGURES)
    return to_accept(findings, left_codes(batch.source.district_id, batch.source.kind), keeps_rows=keeps_rows)


@transaction.atomic
def order_save(*, batch: Batch, acknowledged: Collection[str], actor: User | None) -> Batch:
    """The batch shall be saved by whoever takes it next. Raises NotWaiting, NotSaveable, NotAccepted."""
    if batch.state != BatchState.CHECKED:
        raise NotWaiting
    if not Findings.from_json(batch.findings).saveable:
        raise NotSaveable
    needed = needed_for_saving(batch)
    if missing := tuple(key for key in needed if key not in acknowledged):
        raise NotAccepted(missing)
    ordered = {"saved_by": actor, "acknowledged": list(needed), "claimed_by": "", "heartbeat_at": None, "attempts": 0, "progress": 0}
    if not Batch.objects.filter(pk=batch.pk, state=BatchState.CHECKED).update(state=BatchState.SAVING, **ordered):
        raise NotWaiting
    batch.refresh_from_db()
    return batch


def save(
    *, batch: Batch, acknowledged: Collection[str], actor: User | None, now: datetime, today: date, read: Reader, worker: str = "request"
) -> Batch:
    """Saves at once. Raises what `order_save` and `carry_out` raise."""
    order_save(batch=batch, acknowledged=acknowledged, actor=actor)
    return carry_out(batch=batch, worker=worker, now=now, today=today, read=read)


def carry_out(*, batch: Batch, worker: str, now: datetime, today: date, read: Reader) -> Batch:
    """Saves what was ordered: reads and checks everything again, all or nothing. Whoever is stopped on the way has saved nothing.

    Raises NotWaiting, Overtaken, and FindingsChanged where the outcome is another than somebody has seen.
    """
    if not take(batch, worker=worker, now=now) or batch.state != BatchState.SAVING:
        raise NotWaiting
    pulse = Pulse(batch, worker=worker, now=now, transaction_open=True)
    try:
        _save_whole(batch, Circumstances(read, pulse, now, today), worker)
    except _OtherOutcome as other:
        _back_to_control(batch, other.findings, worker=worker, now=now)
        raise FindingsChanged from None
    except ledger.DeliveryChanged:
        # Another file of the period was saved meanwhile: somebody must see what this one changes now.
        _back_to_control(batch, Findings.from_json(batch.findings), worker=worker, now=now)
        raise FindingsChanged from None
    except NOT_A_FILE as error:
        refuse(batch, reason_of(error), worker=worker, now=now)
    except Overtaken:
        raise
    except Exception:
        # Free for the next one at once; after some attempts it is given up.
        Batch.objects.filter(pk=batch.pk, state=BatchState.SAVING, claimed_by=worker).update(claimed_by="", heartbeat_at=None)
        raise
    batch.refresh_from_db()
    return batch


class _OtherOutcome(Exception):
    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self.findings = findings


@transaction.atomic
def _save_whole(batch: Batch, circumstances: Circumstances, worker: str) -> None:
    try:
        stored = store(batch, circumstances)
    except ValuesRefused as error:
        findings = Findings.from_json(batch.findings)
        findings.add("values_refused", count=len(error.refusals))
        raise _OtherOutcome(findings) from error
    if stored.findings is not None:
        _demand_what_was_seen(batch, stored.findings)
    _saved(batch, stored, worker, circumstances.now)


def _demand_what_was_seen(batch: Batch, findings: Findings) -> None:
    needed = _needed(batch, findings)
    seen = same_outcome(Findings.from_json(batch.findings), findings)
    if not seen or not findings.saveable or set(needed) - set(batch.acknowledged):
        raise _OtherOutcome(findings)


def _saved(batch: Batch, stored: Stored, worker: str, now: datetime) -> None:
    mine = Batch.objects.filter(pk=batch.pk, state=BatchState.SAVING, claimed_by=worker)
    done = mine.update(
        state=BatchState.SAME if stored.same else BatchState.SAVED,
        saved_at=now,
        delivery=stored.delivery,
        benchmarks_before=list(stored.benchmarks_before),
        progress=1000,
        claimed_by="",
        heartbeat_at=None,
    )
    if not done:
        raise Overtaken
    details = {"file": batch.file_name, "rows": batch.rows_read, "accepted": batch.acknowledged}
    audit.record(actor=batch.saved_by, action="import.saved", target=batch, unit=batch.source.district_id, details=details)


@transaction.atomic
def _back_to_control(batch: Batch, findings: Findings, *, worker: str, now: datetime) -> None:
    mine = Batch.objects.filter(pk=batch.pk, state=BatchState.SAVING, claimed_by=worker)
    fresh: dict[str, Any] = {"claimed_by": "", "heartbeat_at": None, "attempts": 0, "acknowledged": [], "saved_by": None, "progress": 1000}
    if not mine.update(
        state=BatchState.CHECKED, findings=findings.as_json(), differences=differences(batch, findings), checked_at=now, **fresh
    ):
        raise Overtaken
    batch.refresh_from_db()
    note_unknown(batch=batch, findings=findings)


@transaction.atomic
def reject(*, batch: Batch, actor: User | None, now: datetime, reason: str = "") -> Batch:
    """Somebody has looked and does not want it: the file is removed, nothing was saved. Raises NotWaiting."""
    stored_as = batch.stored_as
    rejected = {"refusal": {"code": "rejected", "reason": reason.strip()[:300]}, "stored_as": ""}
    if not Batch.objects.filter(pk=batch.pk, state=BatchState.CHECKED).update(state=BatchState.REJECTED, **rejected):
        raise NotWaiting
    batch.refresh_from_db()
    forget_unknown(batch=batch)
    details = {"file": batch.file_name, "reason": reason.strip()[:300], "at": now}
    audit.record(actor=actor, action="import.rejected", target=batch, unit=batch.source.district_id, details=details)
    transaction.on_commit(lambda: forget(stored_as))
    return batch


@transaction.atomic
def roll_back(*, batch: Batch, reason: str, actor: User | None, now: datetime, today: date) -> Batch:
    """Takes everything the batch left back; what stood before counts again.

    Raises ReasonMissing, NotWaiting (not saved, or taken back already) and ledger.NotCurrent (a newer file counts instead).
    """
    if not reason.strip():
        raise ReasonMissing
    taken_back = {"rolled_back_at": now, "rolled_back_by": actor, "rolled_back_reason": reason.strip()[:300]}
    if not Batch.objects.filter(pk=batch.pk, state=BatchState.SAVED).update(state=BatchState.ROLLED_BACK, **taken_back):
        raise NotWaiting
    batch.refresh_from_db()
    if batch.delivery is not None:
        ledger.roll_back(delivery=batch.delivery, actor=actor, now=now, today=today)
    recording.withdraw(batch, reason=batch.rolled_back_reason, now=now)
    comparison.put_back(batch)
    details = {"file": batch.file_name, "reason": batch.rolled_back_reason}
    audit.record(actor=actor, action="import.rolled_back", target=batch, unit=batch.source.district_id, details=details)
    return batch
