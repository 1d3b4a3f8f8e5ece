"""SAF-T files as accounting systems write them, read by their marks after the XML parser has found them well-formed."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from common.uploads import UnreadableFile
from imports.importing.saft_blocks import SaftBlocks
from imports.importing.saft_lines import SaftLines

_CHUNK = 1 << 20
# What a split by the pattern of a line gives: what stands before it, and its four groups.
_PARTS = 5
_MAX_DEPTH = 40
_MAX_LINE = 4_000_000
_ROOT = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\?>\s*<(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)[\s>]")
_LATIN = re.compile(rb"encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE)


class LookThrough:
    """Hears a file piece by piece: whether lines are marked in one way only, without comments, and how deep elements lie."""

    def __init__(self) -> None:
        self.prefix: bytes | None = None
        self._rest = b""
        self._depth = 0
        self._first = True
        self._open = self._open_transactions = 0
        self.lines = 0

    def feed(self, chunk: bytes) -> None:
        """Take the next piece. Raises UnreadableFile."""
        end = chunk.rfind(b">") + 1
        if not end:
            self._rest += chunk
            if len(self._rest) > _MAX_LINE:
                raise UnreadableFile("too_long_text", "millions of signs without an element")
            return
        piece, self._rest = self._rest + chunk[:end], chunk[end:]
        if self._first:
            self._begin(piece)
        # Elements that begin, less those that end: rough between pieces, but a pit is a pit.
        ends = piece.count(b"</")
        self._depth += piece.count(b"<") - 2 * ends - piece.count(b"/>")
        # One sign is found many times quicker than two, and there is hardly one of these.
        self._depth -= sum(piece.count(mark) for mark in (b"<?", b"<!") if mark[1:] in piece)
        if self._depth > _MAX_DEPTH:
            raise UnreadableFile("too_deep", f"{self._depth} levels")
        if self.prefix is not None and not self._is_plain(piece):
            self.prefix = None

    def _begin(self, piece: bytes) -> None:
        self._first = False
        found = _ROOT.match(piece)
        if found and found[2] != b"AuditFile":
            raise UnreadableFile("wrong_format", found[2][:40].decode("ascii", "replace"))
        if found and not _LATIN.search(piece[:200]):
            self.prefix = found[1] + b":" if found[1] else b""

    def _is_plain(self, piece: bytes) -> bool:
        """Lines and transactions are counted, so that none with an attribute or another prefix is passed over."""
        prefix = self.prefix or b""
        begins, ends = piece.count(b"<" + prefix + b"Line>"), piece.count(b"</" + prefix + b"Line>")
        self.lines += begins
        self._open += begins - ends
        self._open_transactions += piece.count(b"<" + prefix + b"Transaction>") - piece.count(b"</" + prefix + b"Transaction>")
        return not (b"!" in piece and b"<!" in piece) and piece.count(b"Line>") == begins + ends

    def plain_prefix(self) -> bytes | None:
        """When all has been heard: the prefix of a plainly written file."""
        return None if self._open or self._open_transactions else self.prefix


def read_plain(path: Path, prefix: bytes, lines: SaftLines, progress: Callable[[int, int], None] | None) -> None:
    """Every line, in pieces that end where a line ends."""
    marks = _Marks(prefix, lines)
    size, done, rest = path.stat().st_size, 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            piece = rest + chunk
            end = piece.rfind(marks.line_end)
            end = end + len(marks.line_end) if end >= 0 else 0
            marks.read(piece[:end])
            rest = piece[end:]
            if len(rest) > _MAX_LINE:
                rest = _without_lines(rest, marks)
            done += len(chunk)
            if progress is not None:
                progress(done, size)
    marks.read(rest)
    marks.blocks.give()


def _without_lines(rest: bytes, marks: "_Marks") -> bytes:
    """Millions of signs without a line are customers and suppliers: only the names of accounts are of use."""
    if rest.rfind(marks.line_begin) >= 0:
        raise UnreadableFile("too_long_text", "a line of millions of signs")
    end = rest.rfind(b"</")
    marks.read(rest[:end])
    return rest[end:]


class _Marks:
    """The patterns of one prefix, and where in the file one is."""

    def __init__(self, prefix: bytes, lines: SaftLines) -> None:
        self.lines = lines
        self.line_begin, self.line_end = b"<" + prefix + b"Line>", b"</" + prefix + b"Line>"
        self.transaction_begin, self.transaction_end = b"<" + prefix + b"Transaction>", b"</" + prefix + b"Transaction>"
        self.blocks = SaftBlocks(lines, self._known_text, self._dimensions)
        p = re.escape(prefix)
        self.token = re.compile(
            rb"<%(p)s(Period|PeriodYear|TotalDebit|TotalCredit)>([^<]*)<|<(/?)%(p)sTransaction>"
            rb"|<%(p)sAccountID>([^<]*)</%(p)sAccountID>\s*<%(p)sAccountDescription>([^<]*)<" % {b"p": p}
        )
        self.account = re.compile(rb"<%(p)sAccountID>([^<]*)<" % {b"p": p})
        self.amount = re.compile(rb"<%(p)s(Debit|Credit)Amount>\s*<%(p)sAmount>([^<]*)<" % {b"p": p})
        self.analysis = re.compile(
            rb"<%(p)sAnalysis>\s*<%(p)sAnalysisType>([^<]*)</%(p)sAnalysisType>\s*<%(p)sAnalysisID>([^<]*)<" % {b"p": p}
        )
        names = {b"p": p, b"stop": rb"/?%(p)sLine>|%(p)sDebitAmount>|%(p)sCreditAmount>" % {b"p": p}}
        # A line as the schema orders it: account, analyses, whatever else, side and amount, whatever else.
        self.whole = re.compile(
            rb"<%(p)sLine>[^<]*(?:<(?!%(p)sAccountID>|%(p)sAnalysis>|%(stop)s)[^<]*)*<%(p)sAccountID>([^<]*)</%(p)sAccountID>\s*"
            rb"((?:<%(p)sAnalysis>\s*<%(p)sAnalysisType>[^<]*</%(p)sAnalysisType>\s*<%(p)sAnalysisID>[^<]*<"
            rb"(?:(?!/%(p)sAnalysis>|%(stop)s)[^<]*<)*/%(p)sAnalysis>\s*)*)"
            rb"(?:<(?!%(p)sAnalysis>|%(stop)s)[^<]*)*<%(p)s(Debit|Credit)Amount>\s*<%(p)sAmount>([^<]*)<"
            rb"(?:(?!/%(p)sLine>)[^<]*<)*/%(p)sLine>" % names
        )
        # A transaction's beginning as the schema orders it: number, period, and what is of no use.
        self.head = re.compile(
            rb"\s*<%(p)sTransaction>\s*<%(p)sTransactionID>[^<]*</%(p)sTransactionID>\s*<%(p)sPeriod>([^<]*)</%(p)sPeriod>\s*"
            rb"<%(p)sPeriodYear>([^<]*)</%(p)sPeriodYear>[^<]*(?:<(?!/?%(p)s(?:Period|Total|Transaction>|Account))[^<]*)*" % names
        )
        self.periods: dict[tuple[str, str], tuple[int, int]] = {}
        self.fields = {name.encode(): field for name, field in lines.fields.items()}
        self.texts: dict[bytes, str] = {}
        self.values: dict[bytes, str] = {}
        self.period: tuple[int, int] | None = None
        self.inside = False

    def read(self, piece: bytes) -> None:
        """All marks of a piece: what stands before the lines of a transaction, and those lines."""
        *whole, begun = piece.split(self.transaction_end)
        for part in whole:
            self._transaction(part)
            self.inside, self.period = False, None
        self._transaction(begun)

    def _transaction(self, text: bytes) -> None:
        before, mark, lines = text.partition(self.line_begin)
        if head := self.head.fullmatch(before):
            self.inside, self.period = True, None
            self.values[b"Period"], self.values[b"PeriodYear"] = self._known_text(head[1]), self._known_text(head[2])
        elif b"<" in before:
            self._between(before)
        if mark and not (self.inside and self._together(mark + lines)):
            self.blocks.give()
            self._one_by_one(mark + lines)

    def _together(self, text: bytes) -> bool:
        """Lines that are all written as the schema orders them, with nothing between; False where they are not."""
        parts = self.whole.split(text)
        between = b"".join(parts[::_PARTS])
        if (between and not between.isspace()) or self.transaction_begin in text:
            return False
        self.blocks.take(self._period(), [parts[place::_PARTS] for place in range(1, _PARTS)])
        return True

    def _one_by_one(self, text: bytes) -> None:
        for part in text.split(self.line_end):
            before, mark, line = part.partition(self.line_begin)
            if b"<" in before:
                self._between(before)
            if mark and self.inside:
                self._line(line)

    def _between(self, text: bytes) -> None:
        for found in self.token.finditer(text):
            name, value, closing, account, described = found.groups()
            if name is not None:
                self._value(name, value)
            elif account is not None:
                self.lines.name_account(self._text(account), self._text(described))
            else:
                self.inside, self.period = not closing, None

    def _value(self, name: bytes, value: bytes) -> None:
        if name.startswith(b"Total"):
            self.lines.stated[name.decode()] = self._text(value)
        elif self.inside:
            self.values[name] = self._text(value)

    def _period(self) -> tuple[int, int]:
        if self.period is None:
            said = self.values.get(b"Period", ""), self.values.get(b"PeriodYear", "")
            if said not in self.periods:
                self.periods[said] = self.lines.period(*said)
            self.period = self.periods[said]
        return self.period

    def _line(self, line: bytes) -> None:
        period = self._period()
        account, amount = self.account.search(line), self.amount.search(line)
        self.lines.add(
            period,
            "" if account is None else self._known_text(account[1]),
            "DebitAmount" if amount is None or amount[1] == b"Debit" else "CreditAmount",
            "" if amount is None else amount[2].decode(),
            self._dimensions(line[: len(line) if amount is None else amount.start()]),
        )

    def _dimensions(self, text: bytes) -> dict[str, str]:
        found = self.analysis.findall(text)
        return {self.fields[name]: self._text(code).strip() for name, code in found if name in self.fields}

    def _known_text(self, raw: bytes) -> str:
        return self.texts.get(raw) or self._text(raw)

    def _text(self, raw: bytes) -> str:
        text = self.texts.get(raw)
        if text is None:
            text = raw.decode()
            text = unescape(text) if "&" in text else text
            if len(self.texts) < _CHUNK >> 6:
                self.texts[raw] = text
        return text
