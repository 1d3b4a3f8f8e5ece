"""What a file becomes, by kind: all of it in one transaction, read and checked again while it is stored."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, cast

from django.db import connection

from common.periods import PeriodKind
from imports.models import Batch
from imports.rules.findings import Findings
from imports.rules.rows import SickLeaveRow
from imports.rules.states import SourceKind
from imports.services import comparison, recording
from imports.services.claims import Pulse
from imports.services.reading import Collected, Reader, likely_period, prepared, read_once
from imports.services.streaming import RowStream
from reporting.models import Delivery
from reporting.services import ledger
from reporting.services.ledger_copy import Block

# Blocks read before the database asks for them. PostgreSQL works elsewhere on the last one meanwhile.
AHEAD = {"sqlite": 1}


@dataclass(frozen=True)
class Stored:
    """What the file has left, and what was found while it was stored. `same`: its figures counted already."""

    findings: Findings | None
    delivery: Delivery | None = None
    same: bool = False
    benchmarks_before: Sequence[dict[str, object]] = ()


@dataclass(frozen=True)
class Circumstances:
    """By whom and when a file is stored, and how it is read."""

    read: Reader
    pulse: Pulse
    now: datetime
    today: date


def store(batch: Batch, circumstances: Circumstances) -> Stored:
    """Stores the file in the caller's transaction."""
    return _STORES[SourceKind(batch.source.kind)](batch, circumstances)


def try_out(batch: Batch, rows: Iterable[object], findings: Findings, *, today: date) -> None:
    """What storing would refuse becomes problems of the rows; for kinds whose rows are all at hand."""
    if batch.source.kind == SourceKind.SICK_LEAVE:
        for row in rows:
            if isinstance(row, SickLeaveRow) and row.period.kind != PeriodKind.MONTH:
                findings.add("period_not_month", row=row.row, text=row.period.code)
    elif batch.source.kind in (SourceKind.FIGURES, SourceKind.SURVEYS):
        recording.try_out(batch, rows, findings, today=today)


def _economy(batch: Batch, circumstances: Circumstances) -> Stored:
    seen = Findings.from_json(batch.findings)
    if seen.year is None or seen.number is None:
        raise ValueError("an economy file without a period is not saved")
    produce = prepared(batch=batch, read=circumstances.read, progress=circumstances.pulse, period=likely_period(batch))
    stream = RowStream(produce, ahead=AHEAD.get(connection.vendor, 0))
    delivery = ledger.store_economy(
        district=batch.source.district,
        year=seen.year,
        number=seen.number,
        cumulative=seen.cumulative,
        file_name=batch.file_name,
        sha256=batch.sha256,
        # Blocks of the economy kind are what the ledger takes: the same columns in the same order.
        lines=cast("Iterable[Block]", stream),
        actor=batch.saved_by,
        now=circumstances.now,
        today=circumstances.today,
    )
    return Stored(stream.findings, delivery) if stream.was_read else Stored(None, delivery, same=True)


def _sick_leave(batch: Batch, circumstances: Circumstances) -> Stored:
    rows, findings = _read_all(batch, circumstances)
    lines = merged(row for row in rows if isinstance(row, SickLeaveRow))
    year, number = findings.year, findings.number
    if year is None or number is None:
        last = max(line.month for line in lines)
        year, number = last.year, last.month
    counting = _counting(batch, year, number)
    delivery = ledger.store_sick_leave(
        district=batch.source.district,
        year=year,
        number=number,
        file_name=batch.file_name,
        sha256=batch.sha256,
        rows=lines,
        actor=batch.saved_by,
        now=circumstances.now,
        today=circumstances.today,
    )
    return Stored(findings, delivery, same=delivery.pk == counting)


def _counting(batch: Batch, year: int, number: int) -> int | None:
    """The delivery of the period that counts so far."""
    current = Delivery.objects.filter(kind=batch.source.kind, district=batch.source.district, year=year, number=number, is_current=True)
    return current.values_list("pk", flat=True).first()


def merged(rows: Iterable[SickLeaveRow]) -> list[ledger.SickLeaveRow]:
    """One line per unit and month: codes that belong to the same unit are added. Codes that are nobody's are left out."""
    found: dict[tuple[int, date], ledger.SickLeaveRow] = {}
    for row in rows:
        if row.unit_id is None:
            continue
        line = _line(row, row.unit_id)
        before = found.get((line.unit_id, line.month))
        found[line.unit_id, line.month] = line if before is None else _together(before, line)
    return list(found.values())


def _line(row: SickLeaveRow, unit_id: int) -> ledger.SickLeaveRow:
    return ledger.SickLeaveRow(
        row.row,
        unit_id,
        row.period.start,
        row.contracted,
        fte=row.fte,
        lost=row.lost,
        self_certified=row.self_certified,
        certified=row.certified,
        short=row.short,
        long=row.long,
        persons_absent=row.persons_absent,
    )


_DAYS = [each.name for each in fields(ledger.SickLeaveRow) if each.name not in ("row", "unit_id", "month")]


def _together(one: ledger.SickLeaveRow, other: ledger.SickLeaveRow) -> ledger.SickLeaveRow:
    """Both added; a figure that one of them lacks is missing."""
    sums: dict[str, Any] = {}
    for name in _DAYS:
        first, second = getattr(one, name), getattr(other, name)
        sums[name] = None if first is None or second is None else first + second
    return replace(one, **sums)


def _figures(batch: Batch, circumstances: Circumstances) -> Stored:
    _rows, findings = _recorded(batch, circumstances)
    return Stored(findings)


def _surveys(batch: Batch, circumstances: Circumstances) -> Stored:
    rows, findings = _recorded(batch, circumstances)
    return Stored(findings, benchmarks_before=comparison.compare(batch, rows))


def _recorded(batch: Batch, circumstances: Circumstances) -> tuple[Collected, Findings]:
    rows, findings = _read_all(batch, circumstances)
    recording.try_out(batch, rows, findings, today=circumstances.today)
    if findings.saveable:
        recording.record(batch, rows, now=circumstances.now, today=circumstances.today)
    return rows, findings


def _benchmarks(batch: Batch, circumstances: Circumstances) -> Stored:
    rows, findings = _read_all(batch, circumstances)
    return Stored(findings, benchmarks_before=comparison.compare(batch, rows))


def _read_all(batch: Batch, circumstances: Circumstances) -> tuple[Collected, Findings]:
    rows = Collected()
    findings = read_once(batch=batch, read=circumstances.read, sink=rows, progress=circumstances.pulse, period=likely_period(batch))
    return rows, findings


_STORES: dict[SourceKind, Callable[[Batch, Circumstances], Stored]] = {
    SourceKind.ECONOMY: _economy,
    SourceKind.SICK_LEAVE: _sick_leave,
    SourceKind.FIGURES: _figures,
    SourceKind.SURVEYS: _surveys,
    SourceKind.BENCHMARKS: _benchmarks,
}
