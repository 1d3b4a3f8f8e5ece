"""What was found in a file: everything the control page shows, as plain values that go to JSON and back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from typing import Any

MAX_PROBLEMS = 200
MAX_ROW_NUMBERS = 20
MAX_UNKNOWN = 500

ERROR = "error"
WARNING = "warning"


@dataclass(slots=True)
class Problem:
    """Something wrong, or worth knowing. `row` is 0 when it is about the whole file. `column` is the heading in the file.

    `code` and `params` become a sentence where it is shown; `text` is what stands in the cell.
    """

    code: str
    severity: str = ERROR
    row: int = 0
    column: str = ""
    text: str = ""
    params: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Skipped:
    """Rows that became nothing: blank, title, header, sum, no_key, period_00, footer."""

    reason: str
    count: int = 0
    rows: list[int] = field(default_factory=list)


@dataclass(slots=True)
class ControlSum:
    """One sum printed in the file against what was read. `scope` is the code of a part sum, empty for the total.

    `what` is a field: original, revised, budget, actual, variance, contracted, lost, debit, credit …
    """

    what: str
    in_file: Decimal
    read: Decimal
    difference: Decimal
    tolerance: Decimal
    ok: bool
    scope: str = ""
    row: int = 0


@dataclass(slots=True)
class UnknownCode:
    """A cost centre, unit or indicator nobody knows. `kind` is unit or indicator; `amount` is actual (else revised) in kroner."""

    code: str
    name: str = ""
    rows: int = 0
    amount: Decimal | None = None
    kind: str = "unit"


@dataclass(slots=True)
class Change:
    """A unit's month against its usual month (the mean of those before)."""

    unit_id: int
    now: Decimal
    usual: Decimal
    difference: Decimal


@dataclass(slots=True)
class Findings:
    """All of it. `saveable` when nothing is an error; sums that differ and unknown codes are for a person to accept."""

    kind: str
    profile: str
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    # field -> the heading it was found under
    columns: dict[str, str] = field(default_factory=dict)
    # headings nobody asked for, and which are therefore not kept
    ignored: list[str] = field(default_factory=list)
    year: int | None = None
    number: int | None = None
    # "given", "column", "title", "name": where the period was found
    period_from: str = ""
    cumulative: bool = True
    # lines gone through and rows that became figures
    lines: int = 0
    rows: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    errors: int = 0
    row_warnings: int = 0
    # about the whole file
    warnings: list[Problem] = field(default_factory=list)
    sums: list[ControlSum] = field(default_factory=list)
    totals: dict[str, Decimal] = field(default_factory=dict)
    # actual per unit id (as text, since JSON keys are); "" is «Ikke fordelt»
    by_unit: dict[str, Decimal] = field(default_factory=dict)
    unknown: list[UnknownCode] = field(default_factory=list)
    unknown_count: int = 0
    unmapped: Decimal = Decimal(0)
    # part of the absolute amount that has no unit, in percent
    unmapped_percent: Decimal = Decimal(0)
    changes: list[Change] = field(default_factory=list)
    # heading and five rows as they stand
    first_rows: list[list[str]] = field(default_factory=list)

    @property
    def saveable(self) -> bool:
        """Whether every row could be read."""
        return self.errors == 0 and self.rows > 0

    @property
    def sums_differ(self) -> list[ControlSum]:
        """The control sums that do not hold, which somebody must have seen before saving."""
        return [total for total in self.sums if not total.ok]

    @property
    def left_out(self) -> list[Skipped]:
        """Lines that became nothing, and the heading itself, which is one of the lines gone through."""
        heading = [Skipped("heading", 1, [self.header_row])] if self.header_row else []
        return heading + self.skipped

    @property
    def skipped_count(self) -> int:
        """Lines that are no rows, whatever the reason."""
        return sum(group.count for group in self.left_out)

    def skip(self, reason: str, row: int) -> None:
        """Count a line that becomes nothing."""
        group = next((each for each in self.skipped if each.reason == reason), None)
        if group is None:
            group = Skipped(reason)
            self.skipped.append(group)
        group.count += 1
        if len(group.rows) < MAX_ROW_NUMBERS:
            group.rows.append(row)

    def add(self, code: str, *, row: int = 0, severity: str = ERROR, column: str = "", text: str = "", **params: object) -> None:
        """Note a problem of a row, or of the whole file when there is no row."""
        problem = Problem(code, severity, row, column, text[:200], {name: str(value) for name, value in params.items()})
        if severity == ERROR:
            self.errors += 1
        elif row:
            self.row_warnings += 1
        if not row and severity == WARNING:
            self.warnings.append(problem)
        elif len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; figures are text, so that no digit is lost."""
        plain = _plain(asdict(self))
        return plain if isinstance(plain, dict) else {}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Findings":
        """The same findings again. What is not known any more is left out."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in content.items() if name in known}
        for name, parts in _PARTS.items():
            values[name] = [_part(parts, each) for each in values.get(name, [])]
        for name in ("totals", "by_unit"):
            values[name] = {key: Decimal(value) for key, value in values.get(name, {}).items()}
        for name in ("unmapped", "unmapped_percent"):
            values[name] = Decimal(values.get(name, "0"))
        return cls(**values)


_PARTS: dict[str, type] = {
    "skipped": Skipped,
    "problems": Problem,
    "warnings": Problem,
    "sums": ControlSum,
    "unknown": UnknownCode,
    "changes": Change,
}
_FIGURES = {"in_file", "read", "difference", "tolerance", "amount", "now", "usual"}


def _part(kind: type, content: Mapping[str, Any]) -> Any:
    figures = {name: Decimal(content[name]) for name in _FIGURES & content.keys() if content[name] is not None}
    return kind(**{**content, **figures})


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal) else value
