"""Codes nobody knew: into the queue, mapped to a unit from a day on, or left unallocated with a reason."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from imports.models import Batch, FileCode, UnknownCode
from imports.queries.reach import Reach, asked_by_economy
from imports.rules.findings import Findings
from imports.rules.states import BatchState, CodeState, SourceKind
from organisation.models import Unit, User
from organisation.queries.access import access_of
from organisation.rules.refusals import UnitOutsideLife
from organisation.rules.validity import is_valid
from organisation.services import audit
from organisation.services.holdings import add_cost_centre
from reporting.services import ledger

_LONGEST_CODE, _LONGEST_NAME = 20, 120


class AlreadyDecided(Exception):
    """Somebody has decided about the code meanwhile."""


class OfTheEconomy(Exception):
    """The code decides whose ledger lines are, and the person brings in no ledgers."""


class ReasonMissing(Exception):
    """What stays unallocated, or is taken back, needs a reason somebody can read later."""


def note_unknown(*, batch: Batch, findings: Findings) -> None:
    """The queue says what this file did not know; codes that are known by now leave it. In the caller's transaction."""
    about = {"district": batch.source.district, "kind": batch.source.kind}
    codes = {each.code: each for each in findings.unknown if each.kind == "unit" and 0 < len(each.code) <= _LONGEST_CODE}
    known = {row.code: row for row in UnknownCode.objects.filter(**about)}
    for code, each in codes.items():
        row = known.get(code) or UnknownCode(code=code, **about)
        row.name, row.rows, row.amount, row.batch = each.name[:_LONGEST_NAME], each.rows, each.amount, batch
        if row.state == CodeState.MAPPED:
            row.state = CodeState.OPEN  # mapped once, but not on this period's day
        row.save()
    gone = [code for code, row in known.items() if code not in codes and row.state == CodeState.OPEN and row.batch_id == batch.pk]
    UnknownCode.objects.filter(code__in=gone, **about).delete()


def forget_unknown(*, batch: Batch) -> None:
    """A file that was not saved leaves no questions behind."""
    UnknownCode.objects.filter(batch=batch, state=CodeState.OPEN).delete()


def left_codes(district_id: int, kind: str) -> set[str]:
    """Codes that somebody has decided to leave unallocated."""
    rows = UnknownCode.objects.filter(district_id=district_id, kind=kind, state=CodeState.LEFT)
    return set(rows.values_list("code", flat=True))


@transaction.atomic
def map_code(*, unknown: UnknownCode, unit: Unit, valid_from: date, actor: User, now: datetime, today: date) -> None:
    """The unit answers for the code from that day on: lines that are there already follow, and files are read so from now on.

    What a ledger asks about, too, becomes a cost centre of the unit; any other code means the unit in files of its own kind alone.
    Raises AlreadyDecided, OfTheEconomy, UnitOutsideLife, and what add_cost_centre raises (CodeHeldByOther, StaleVersion).
    """
    in_economy = asked_by_economy([unknown])
    if not Reach(access_of(actor, today)).may_map(unknown, in_economy):
        raise OfTheEconomy
    _decide(unknown, CodeState.MAPPED, "", actor, now)
    unit.refresh_from_db()
    if unknown.kind == SourceKind.ECONOMY or in_economy:
        add_cost_centre(unit=unit, code=unknown.code, valid_from=valid_from, valid_to=None, version=unit.version, actor=actor)
    else:
        _mean(unknown, unit, valid_from)
    if unknown.kind == SourceKind.ECONOMY:
        ledger.remap(district=unknown.district, codes=[unknown.code], actor=actor, now=now, today=today)
    details = {"code": unknown.code, "unit": str(unit), "from": valid_from}
    audit.record(actor=actor, action="import.code_mapped", target=unknown, unit=unit, details=details)
    unknown.refresh_from_db()  # not before: a refusal takes back what is stored, not what the caller holds


def _mean(unknown: UnknownCode, unit: Unit, valid_from: date) -> None:
    """The code means the unit in files of its kind."""
    if not is_valid(valid_from, unit.valid_from, unit.valid_to):
        raise UnitOutsideLife(str(unit), valid_from, unit.valid_from, unit.valid_to)
    FileCode.objects.update_or_create(
        district=unknown.district, kind=unknown.kind, code=unknown.code, valid_from=valid_from, defaults={"unit": unit}
    )


@transaction.atomic
def release_code(*, mapped: FileCode, actor: User) -> None:
    """The code means nothing any more: the next file asks about it again. What is stored already stays. Twice is as once."""
    if FileCode.objects.filter(pk=mapped.pk).delete()[0]:
        details = {"code": mapped.code, "unit": str(mapped.unit), "from": mapped.valid_from}
        audit.record(actor=actor, action="import.code_released", target=mapped, unit=mapped.unit, details=details)


@transaction.atomic
def leave_code(*, unknown: UnknownCode, reason: str, actor: User, now: datetime) -> None:
    """The amount stays «Ikke fordelt». Raises ReasonMissing and AlreadyDecided."""
    if not reason.strip():
        raise ReasonMissing
    _decide(unknown, CodeState.LEFT, reason.strip()[:300], actor, now)
    unknown.refresh_from_db()
    details = {"code": unknown.code, "reason": unknown.reason}
    audit.record(actor=actor, action="import.code_left", target=unknown, unit=unknown.district_id, details=details)


def _decide(unknown: UnknownCode, state: CodeState, reason: str, actor: User, now: datetime) -> None:
    open_row = UnknownCode.objects.filter(pk=unknown.pk).exclude(state=CodeState.MAPPED)
    if state == CodeState.LEFT:
        open_row = open_row.filter(state=CodeState.OPEN)
    if not open_row.update(state=state, reason=reason, decided_at=now, decided_by=actor):
        raise AlreadyDecided


def batches_waiting_for(codes: Iterable[UnknownCode]) -> list[Batch]:
    """Files on their control page that hold these codes: they are read again once the codes are decided."""
    return list(Batch.objects.filter(unknown_codes__in=list(codes), state=BatchState.CHECKED).distinct())
