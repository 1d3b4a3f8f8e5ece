"""What recording a pasted table would do, row by row, before anything is stored."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from common import formats
from common.numbers import round_half_up
from organisation.models import Unit
from scorecard.forms.paste_wording import fault_sentence, line_text, stated_text
from scorecard.forms.problems import SLIPS, measurement_text, problem_sentence
from scorecard.importing.pasted_values import Fault, Pasted, PastedRow
from scorecard.models import Indicator, Measurement
from scorecard.queries.figures import figure_text, with_unit
from scorecard.rules.rollup import DIVIDED, Method
from scorecard.rules.typed_values import Contradiction, Meant, Written, meaning
from scorecard.rules.values import Problem
from scorecard.services.values import Check, Entry, Source, check_values, completed_value

MayEnter = Callable[[Indicator, int], bool]
WANTS_REASON = frozenset({Problem.REASON_MISSING, Problem.YEAR_LOCKED})
PASTED = Source(origin=Measurement.Origin.PASTED)


class State(StrEnum):
    """What happens to a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass
class PreviewRow:
    """One row as the page shows it."""

    line: int
    unit: str
    indicator: str
    period: str
    before: str = ""
    after: str = ""
    before_quality: str = ""
    after_quality: str = ""
    extra: str = ""
    state: State = State.FAULTY
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """All rows, and the entries of those that can be recorded. `digest` changes with what would be done and what stands there."""

    rows: list[PreviewRow]
    entries: list[Entry]
    counts: Mapping[State, int]
    lacks_reason: bool
    digest: str

    @property
    def can_save(self) -> bool:
        return not self.counts[State.FAULTY] and bool(self.counts[State.NEW] + self.counts[State.CHANGED])

    @property
    def nothing_new(self) -> bool:
        return bool(self.counts[State.SAME]) and self.counts[State.SAME] == len(self.rows)


def preview(pasted: Pasted, *, may_enter: MayEnter, reason: str, today: date) -> Preview:
    """Reads what stands, asks the service what it would refuse, and says it. A number of SQL statements that follows the number of
    indicators, not of rows."""
    units = Unit.objects.in_bulk({row.unit.id for row in pasted.rows if row.unit})
    shown = [_shown(row) for row in pasted.rows]
    kept: list[tuple[PreviewRow, Entry]] = []
    for row, line in zip(pasted.rows, shown, strict=True):
        entry = None if row.faults else _entry(row, line, units, may_enter, reason)
        if entry is not None:
            kept.append((line, entry))
    source = replace(PASTED, checks_versions=False)
    standing = check_values(entries=[entry for _line, entry in kept], source=source, today=today).standing
    kept = [(line, _with_what_stands(entry, row)) for (line, entry), row in zip(kept, standing, strict=True)]
    entries = [entry for _line, entry in kept]
    lacks = _judge(kept, check_values(entries=entries, source=source, today=today))
    return Preview(shown, entries, Counter(line.state for line in shown), lacks, _digest(entries))


def _shown(row: PastedRow) -> PreviewRow:
    return PreviewRow(
        line=row.line,
        unit=row.unit.name if row.unit else row.unit_text,
        indicator=row.indicator.name if row.indicator else row.indicator_text,
        period=formats.period_label(row.period) if row.period else row.period_text,
        after=next((text for name in ("value", "numerator") if (text := row.texts.get(name, ""))), ""),
        sentences=[fault_sentence(fault) for fault in row.faults],
    )


def _entry(row: PastedRow, line: PreviewRow, units: Mapping[int, Unit], may_enter: MayEnter, reason: str) -> Entry | None:
    """The entry of a row that could be read; None, and a sentence in the row, where its cells contradict each other."""
    unit, indicator, period = row.unit, row.indicator, row.period
    if unit is None or indicator is None or period is None:
        return None
    if not may_enter(indicator, unit.id):
        line.sentences.append(fault_sentence(Fault("no_right")))
        return None
    method = Method(indicator.rollup)
    try:
        meant = meaning(_written(row, is_ratio=method is Method.RATIO))
    except Contradiction as error:
        line.sentences.append(str(SLIPS[error.slip]))
        return None
    if fault := _unfit(meant, method):
        line.sentences.append(fault_sentence(Fault(fault)))
        return None
    entry = Entry(
        indicator=indicator,
        unit=units[unit.id],
        period=period,
        value=meant.value,
        numerator=meant.numerator,
        denominator=meant.denominator,
        quality=meant.quality,
        note=row.note,
        reason=reason,
        source_place=line_text(row.line),
        source_text="; ".join(text for text in row.texts.values() if text)[:120],
    )
    printed, value = meant.value, completed_value(entry)
    if printed is not None and value is not None and round_half_up(value, _places(printed)) != printed:
        entry = replace(entry, stated=printed)
        line.extra = stated_text(with_unit(indicator, formats.number(printed)))
    return entry


def _written(row: PastedRow, *, is_ratio: bool) -> Written:
    return Written(row.figure("value"), row.figure("numerator"), row.figure("denominator"), row.quality, is_ratio=is_ratio)


def _unfit(meant: Meant, method: Method) -> str:
    """A part without its other, or a part of something that has none; "" where the parts fit."""
    if meant.numerator is not None and method not in DIVIDED:
        return "no_parts"
    halves = (meant.numerator is None) != (meant.denominator is None)
    alone = meant.numerator is not None if method is not Method.RATIO else True
    return "half_parts" if halves and alone and meant.has_figure else ""


def _places(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _with_what_stands(entry: Entry, row: Measurement | None) -> Entry:
    """What the table does not speak of goes on standing: note, and what stood behind the same figure."""
    if row is None:
        return entry
    kept = replace(entry, note=entry.note or row.note, version=row.version)
    if entry.denominator is None and entry.value == row.value and entry.value is not None:
        kept = replace(kept, numerator=row.numerator, denominator=row.denominator)
    return replace(kept, stated=row.stated) if entry.stated is None and completed_value(kept) == row.value else kept


def _judge(kept: Sequence[tuple[PreviewRow, Entry]], found: Check) -> bool:
    """Puts state and sentences into the rows; whether any of them asks why a settled figure is changed."""
    problems: dict[int, list[Problem]] = defaultdict(list)
    for refusal in found.refusals:
        problems[refusal.entry].append(refusal.problem)
    for index, (line, entry) in enumerate(kept):
        row = found.standing[index]
        _fill(line, entry, row, same=index in found.same)
        hard = [problem for problem in problems[index] if problem not in WANTS_REASON]
        if hard:
            line.state = State.FAULTY
        line.sentences += [
            problem_sentence(problem, indicator=entry.indicator, unit_name=line.unit, period=entry.period, value=completed_value(entry))
            for problem in hard
        ]
    return any(problem in WANTS_REASON for each in problems.values() for problem in each)


def _fill(line: PreviewRow, entry: Entry, row: Measurement | None, *, same: bool) -> None:
    line.state = State.SAME if same else State.NEW if row is None else State.CHANGED
    value = completed_value(entry)
    line.after = figure_text(entry.indicator, value, None, entry.quality) if value is not None else ""
    line.after_quality = entry.quality.value
    if row is not None:
        line.before = measurement_text(row, entry.indicator) if row.value is not None else ""
        line.before_quality = row.quality


def _digest(entries: Sequence[Entry]) -> str:
    """Of what would be done, and of the version that stands: another one means that somebody was faster."""
    text = repr(
        [(each.key, each.version, each.value, each.numerator, each.denominator, each.quality, each.note, each.stated) for each in entries]
    )
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]
