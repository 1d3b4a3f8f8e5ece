"""The one way in: a file, its profile and what is known outside become findings, and good rows go to the sink."""

from collections.abc import Callable
from pathlib import Path

from common.garbage import collection_paused
from imports.importing.delimited import DelimitedRows, find_delimiter, open_text
from imports.importing.economy import EconomyReader
from imports.importing.figures import BenchmarkReader, FigureReader, SurveyReader
from imports.importing.files import check_kind
from imports.importing.fixed_width import FixedRows, fixed_headings
from imports.importing.jsonstat import read_jsonstat
from imports.importing.records import RecordReader
from imports.importing.saft import read_saft
from imports.importing.sick_leave import SickLeaveReader
from imports.importing.table import RowFile, Table, open_table
from imports.importing.workbook import WorkbookRows
from imports.rules.context import Context
from imports.rules.findings import Findings
from imports.rules.profile import Profile
from imports.rules.rows import Sink
from imports.rules.states import SourceKind

# A table with fewer columns than this is another sort of text.
_FEWEST = 3
_FEWEST_OF_LEDGER = 5
_READERS: dict[SourceKind, type[EconomyReader] | type[RecordReader]] = {
    SourceKind.ECONOMY: EconomyReader,
    SourceKind.SICK_LEAVE: SickLeaveReader,
    SourceKind.FIGURES: FigureReader,
    SourceKind.SURVEYS: SurveyReader,
    SourceKind.BENCHMARKS: BenchmarkReader,
}


def read(
    *,
    path: Path,
    file_name: str,
    profile: Profile,
    context: Context,
    sink: Sink | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Findings:
    """Read the whole file once. Every row is checked; every good one is given to the sink, in blocks.

    ``progress`` hears (bytes read, bytes in all) now and then. Raises UnreadableFile (common.uploads) when it is not the kind
    of file it should be, and Refused when nothing of it may be kept. What the sink took before that is for the caller to undo.
    Services get this function as an argument, since they lie below this room.
    """
    findings = Findings(kind=profile.kind.value, profile=profile.code, cumulative=profile.cumulative)
    findings.format = check_kind(path, file_name, profile, context.max_bytes)
    with collection_paused():
        if findings.format == "saft":
            read_saft(path, profile, context, findings, sink, progress)
        elif findings.format == "jsonstat":
            read_jsonstat(path, profile, findings, sink)
        else:
            _read_table(path, file_name, profile, context, findings, sink, progress)
    if findings.rows == 0 and not findings.errors:
        findings.add("no_rows")
    return findings


def _read_table(
    path: Path,
    file_name: str,
    profile: Profile,
    context: Context,
    findings: Findings,
    sink: Sink | None,
    progress: Callable[[int, int], None] | None,
) -> None:
    file = _rows(path, profile, findings)
    if isinstance(file, FixedRows):
        table = Table(file, profile, fixed_headings(profile), context.period, progress)
        findings.columns = table.headings.named
        findings.first_rows = [list(row) for row in next(iter(file.blocks()), [])[:5]]
    else:
        table = open_table(file, file_name=file_name, profile=profile, context=context, findings=findings, progress=progress)
    _READERS[profile.kind](table, profile, context, findings, sink).read()
    findings.lines = table.lines


def _rows(path: Path, profile: Profile, findings: Findings) -> RowFile:
    if findings.format == "workbook":
        return WorkbookRows(path, profile.sheet)
    text = open_text(path, profile.encoding)
    findings.encoding = text.encoding
    if findings.format == "fixed_width":
        return FixedRows(text, profile)
    fewest = _FEWEST_OF_LEDGER if profile.kind == SourceKind.ECONOMY else _FEWEST
    findings.delimiter = find_delimiter(text, profile.delimiter, fewest)
    return DelimitedRows(text, findings.delimiter, profile.escape or None)
