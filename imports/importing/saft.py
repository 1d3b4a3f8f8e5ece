"""SAF-T Financial, 1.10 to 1.30: every line of every transaction as a ledger row, with nothing kept behind.

Read: account, amount, period, and those dimensions (Analysis) the profile names. Descriptions, customers, suppliers and the
number of the voucher are passed over: text about persons never comes in.

A file is first gone through by the XML parser alone, which refuses what is not well-formed or has a document type. One that
is written as accounting systems write it is then read by its marks (saft_plain), three times as fast; any other by handlers.
"""

from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from common.uploads import UnreadableFile
from imports.importing.saft_lines import SaftLines
from imports.importing.saft_plain import LookThrough, read_plain
from imports.rules.context import Context
from imports.rules.findings import Findings
from imports.rules.profile import Profile
from imports.rules.rows import Sink

_CHUNK = 1 << 18
_MAX_TEXT = 20_000
_MAX_NAMES = 10_000
# The elements whose text is kept, by their names without prefix.
_TEXTS = frozenset(
    {"AccountID", "AnalysisType", "AnalysisID", "Amount", "Period", "PeriodYear", "TotalDebit", "TotalCredit", "AccountDescription"}
)


def read_saft(
    path: Path, profile: Profile, context: Context, findings: Findings, sink: Sink | None, progress: Callable[[int, int], None] | None
) -> None:
    """Read the whole file. Raises UnreadableFile: doctype, too_deep, too_long_text, damaged, wrong_format; Refused."""
    lines = SaftLines(profile, context, findings, sink)
    look = _looked_through(path)
    prefix = look.plain_prefix()
    if prefix is not None:
        read_plain(path, prefix, lines, progress)
        if findings.lines != look.lines:
            raise UnreadableFile("damaged", f"{findings.lines} of {look.lines} lines")
    else:
        _SaftHandlers(lines).read(path, progress)
    lines.finish()


def _looked_through(path: Path) -> LookThrough:
    """Every piece heard and well-formed. Raises UnreadableFile."""
    look = LookThrough()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_doctype
    _parse(parser, path, look.feed)
    return look


def _parse(parser: expat.XMLParserType, path: Path, hear: Callable[[bytes], None]) -> None:
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                hear(chunk)
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableFile("damaged", str(error)) from error


class _SaftHandlers:
    """Handlers for expat. A line is put together from its elements and given away when it ends."""

    def __init__(self, lines: SaftLines) -> None:
        self.lines = lines
        self.short: dict[str, str] = {}
        self.texts: list[str] = []
        self.path: list[str] = []
        self.dimensions: dict[str, str] | None = None
        self.values: dict[str, str] = {}
        self.account = self.side = self.amount = ""
        self.period: tuple[int, int] | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def read(self, path: Path, progress: Callable[[int, int], None] | None) -> None:
        """Go through the file."""
        size, done = path.stat().st_size, 0

        def hear(chunk: bytes) -> None:
            nonlocal done
            done += len(chunk)
            if progress is not None:
                progress(done, size)

        _parse(self.parser, path, hear)

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        short = self.short.get(name) or self._shortened(name)
        self.path.append(short)
        if short in _TEXTS:
            self.texts = []
            self.parser.CharacterDataHandler = self.texts.append
        elif short == "Line":
            self.dimensions, self.account, self.side, self.amount = {}, "", "", ""
        elif short in {"DebitAmount", "CreditAmount"}:
            self.side = short
        elif len(self.path) == 1 and short != "AuditFile":
            raise UnreadableFile("wrong_format", short[:40])

    def end(self, name: str) -> None:
        """An element ends."""
        short = self.short[name]
        self.path.pop()
        if short in _TEXTS:
            self.parser.CharacterDataHandler = None
            self._keep(short, "".join(self.texts)[:_MAX_TEXT])
        elif short == "Line" and self.dimensions is not None:
            self.period = self.period or self.lines.period(self.values.get("Period", ""), self.values.get("PeriodYear", ""))
            self.lines.add(self.period, self.account, self.side, self.amount, self.dimensions)
            self.dimensions = None
        elif short == "Analysis" and self.dimensions is not None:
            field = self.lines.fields.get(self.values.pop("AnalysisType", ""))
            if field:
                self.dimensions[field] = self.values.pop("AnalysisID", "").strip()
        elif short == "Transaction":
            self.period = None
        elif short == "Account":
            self.lines.name_account(self.values.get("AccountID", ""), self.values.pop("AccountDescription", ""))

    def _keep(self, short: str, text: str) -> None:
        if short == "Amount":
            # A line has one amount of its own; those of its taxes stand deeper.
            if self.dimensions is not None and self.path[-1] == self.side and self.path[-2] == "Line":
                self.amount = text
        elif short == "AccountID" and self.dimensions is not None:
            self.account = text
        elif short in {"TotalDebit", "TotalCredit"}:
            self.lines.stated[short] = text
        elif short not in {"Period", "PeriodYear"} or self.path[-1] == "Transaction":
            self.values[short] = text

    def _shortened(self, name: str) -> str:
        short = self.short[name] = name.rpartition(":")[2]
        if len(self.short) > _MAX_NAMES:
            raise UnreadableFile("damaged", "too many names of elements")
        return short


def _no_doctype(*_arguments: object) -> None:
    raise UnreadableFile("doctype", "a document type inside")
