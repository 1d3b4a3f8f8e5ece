"""One reading of a batch's file, with everything the reader must be told."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from imports.models import Batch
from imports.queries.surroundings import context_for, expected_period
from imports.rules.context import Context
from imports.rules.findings import Findings
from imports.rules.profile import Profile, load_profile
from imports.rules.rows import Row, Rows, Sink
from imports.rules.states import SourceKind
from imports.services.files import path_of

YearNumber = tuple[int, int]


class Reader(Protocol):
    """`imports.importing.reading.read`: given by whoever calls, since services stand below it."""

    def __call__(
        self,
        *,
        path: Path,
        file_name: str,
        profile: Profile,
        context: Context,
        sink: Sink | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Findings: ...


class Collected(list[Row]):
    """Takes all rows: for kinds whose files are small."""

    def write_many(self, rows: Rows, /) -> None:
        self.extend(rows)


def prepared(
    *, batch: Batch, read: Reader, progress: Callable[[int, int], None] | None, period: YearNumber | None, is_settled: bool = True
) -> Callable[[Sink | None], Findings]:
    """Everything the database must be asked for is asked here; what comes back reads the file, also in another thread.

    Unless the period is settled: then the reader asks what the file is compared with when it has found its period.

    It raises UnreadableFile and Refused; a profile that cannot be used raises ProfileError here.
    """
    profile = load_profile(batch.definition or batch.source.profile.definition)
    context = context_for(batch, period=period, is_settled=is_settled)
    path = path_of(batch)
    return lambda sink: read(path=path, file_name=batch.file_name, profile=profile, context=context, sink=sink, progress=progress)


def read_once(
    *,
    batch: Batch,
    read: Reader,
    sink: Sink | None,
    progress: Callable[[int, int], None] | None,
    period: YearNumber | None,
    is_settled: bool = True,
) -> Findings:
    """Raises UnreadableFile, Refused and ProfileError."""
    return prepared(batch=batch, read=read, progress=progress, period=period, is_settled=is_settled)(sink)


def likely_period(batch: Batch) -> YearNumber | None:
    """Which period the file is about, before it has been read."""
    if batch.year is not None and batch.number is not None:
        return batch.year, batch.number
    return expected_period(batch.source) if batch.source.kind == SourceKind.ECONOMY else None
