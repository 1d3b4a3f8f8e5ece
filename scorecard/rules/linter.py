"""The goal linter: what is wrong with a target before it is saved.

The direction of the indicator decides; an operator that says otherwise is never obeyed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.periods import Period
from scorecard.rules.findings import Finding
from scorecard.rules.scorecard_linter import AreaDraft, PlacedDraft, lint_scorecard, reporting_minutes
from scorecard.rules.statuses import Direction, Limits, Status, status_of
from scorecard.rules.target_texts import Operator, ParsedTarget, parse_target_text
from scorecard.rules.targets import Comparison, TargetKind, effective_target

__all__ = [
    "AreaDraft",
    "Finding",
    "Operator",
    "ParsedTarget",
    "PlacedDraft",
    "TargetDraft",
    "lint_scorecard",
    "lint_target",
    "parse_target_text",
    "reporting_minutes",
    "resolved_limits",
]

PERCENT = "percent"
NEVER_PERCENT = frozenset({"scale", "count", "kroner", "days"})
# Fewer bodies than this are neighbours, not a benchmark.
MIN_BENCHMARK_BODIES = 3
# So many values, all of them good enough, before a target is called easy.
EASY_AFTER = 3
AGAINST = {
    Direction.HIGHER: frozenset({Operator.AT_MOST, Operator.BELOW, Operator.BETWEEN}),
    Direction.LOWER: frozenset({Operator.AT_LEAST, Operator.ABOVE, Operator.BETWEEN}),
    Direction.RANGE: frozenset(),
}
RIGHT_OPERATOR = {Direction.HIGHER: Operator.AT_LEAST, Direction.LOWER: Operator.AT_MOST}


@dataclass(frozen=True)
class TargetDraft:
    """A target as somebody is about to save it.

    `typed` is the text of the target field; `value` (or `low` and `high` of a range) what the form has read already, None to let the
    linter read it. `kind` and `comparison` are None as long as nobody has chosen. `unit_of_measure` is "percent", "scale", "count",
    "kroner", "days" or "index". `last_values` are the newest figures, oldest first.
    """

    direction: Direction | None
    unit_of_measure: str = ""
    typed: str = ""
    value: Decimal | None = None
    yellow_limit: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None
    kind: TargetKind | None = None
    comparison: Comparison | None = None
    amount: Decimal | None = None
    baseline_period: Period | None = None
    baseline_value: Decimal | None = None
    benchmark_present: bool = False
    benchmark_value: Decimal | None = None
    benchmark_bodies: int | None = None
    benchmark_high_equals_low: bool = False
    scale_min: Decimal | None = None
    scale_max: Decimal | None = None
    last_values: Sequence[Decimal] = ()


@dataclass(frozen=True)
class _Read:
    """The draft together with what its text says."""

    draft: TargetDraft
    parsed: ParsedTarget
    kind: TargetKind
    amount: Decimal | None
    comparison: Comparison | None
    limits: Limits | None

    @property
    def relative(self) -> bool:
        return self.kind != TargetKind.ABSOLUTE

    @property
    def base(self) -> Decimal | None:
        return self.draft.baseline_value if self.kind == TargetKind.BASELINE else self.draft.benchmark_value


def _read(draft: TargetDraft) -> _Read:
    parsed = parse_target_text(draft.typed)
    kind = draft.kind or parsed.kind or TargetKind.ABSOLUTE
    amount = draft.amount
    if amount is None and parsed.relative:
        amount = parsed.value
    comparison = draft.comparison or parsed.comparison
    if comparison is None and parsed.is_percent and draft.unit_of_measure != PERCENT:
        comparison = Comparison.PERCENT
    limits = _limits(draft, parsed, kind, amount, comparison)
    return _Read(draft, parsed, kind, amount, comparison, limits)


def _limits(
    draft: TargetDraft, parsed: ParsedTarget, kind: TargetKind, amount: Decimal | None, comparison: Comparison | None
) -> Limits | None:
    if draft.direction is None:
        return None
    if draft.direction == Direction.RANGE:
        low, high = draft.low, draft.high
        if low is None and high is None and not parsed.relative:
            upper = parsed.operator in (Operator.AT_MOST, Operator.BELOW)
            low, high = (None, parsed.value) if upper else (parsed.value, parsed.high)
        return Limits(Direction.RANGE, low=low, high=high, tolerance=draft.tolerance)
    target = effective_target(
        kind,
        value=parsed.value if draft.value is None and not parsed.relative else draft.value,
        base=draft.baseline_value if kind == TargetKind.BASELINE else draft.benchmark_value,
        amount=amount,
        comparison=comparison,
        direction=draft.direction,
    )
    return Limits(draft.direction, target=target, yellow_limit=draft.yellow_limit)


def resolved_limits(draft: TargetDraft) -> Limits | None:
    """The figures the draft comes to, to show back to who typed it; None without a direction, `target` None while something is missing."""
    return _read(draft).limits


def lint_target(draft: TargetDraft) -> list[Finding]:
    """Everything to say about a target, what blocks first. An empty list: nothing.

    Blocking: direction_missing, not_understood, target_missing, value_differs_from_text, measure_differs, operator_against_direction,
    change_against_direction, relative_as_absolute, percent_ambiguous, comparison_missing, amount_missing, relative_range,
    baseline_missing, baseline_without_period, benchmark_missing, benchmark_single_body, benchmark_few_bodies, range_incomplete,
    range_reversed, tolerance_negative, yellow_on_wrong_side, outside_scale. Hints: amount_for_the_worse, already_reached, no_yellow.
    """
    read = _read(draft)
    checks = (_text, _direction, _relation, _percent, _base, _range, _yellow, _scale, _history)
    findings = [finding for check in checks for finding in check(read)]
    return sorted(findings, key=lambda finding: not finding.blocking)


def _stop(code: str, **params: object) -> Finding:
    return Finding(code, True, params)


def _hint(code: str, **params: object) -> Finding:
    return Finding(code, False, params)


def _text(read: _Read) -> Iterator[Finding]:
    draft, parsed = read.draft, read.parsed
    given = draft.value is not None or draft.low is not None or draft.high is not None or draft.amount is not None
    if draft.typed.strip() and not parsed.understood:
        if not given:
            yield _stop("not_understood", typed=draft.typed)
    elif not given and not parsed.understood and not read.relative:
        yield _stop("target_missing")
    if parsed.understood and not parsed.relative:
        if draft.value is not None and draft.value != parsed.value and not read.relative:
            yield _stop("value_differs_from_text", value=draft.value, typed_value=parsed.value)
        if parsed.is_percent and draft.unit_of_measure in NEVER_PERCENT:
            yield _stop("measure_differs", unit_of_measure=draft.unit_of_measure, value=parsed.value)


def _direction(read: _Read) -> Iterator[Finding]:
    direction, parsed = read.draft.direction, read.parsed
    if direction is None:
        yield _stop("direction_missing")
        return
    direction = Direction(direction)
    if parsed.operator is not None and not parsed.relative and parsed.operator in AGAINST[direction]:
        yield _stop(
            "operator_against_direction",
            operator=parsed.operator,
            direction=direction,
            value=parsed.value,
            suggestion=RIGHT_OPERATOR.get(direction),
        )
    elif parsed.wanted is not None and direction not in (parsed.wanted, Direction.RANGE):
        yield _stop("change_against_direction", direction=direction, wanted=parsed.wanted)


def _relation(read: _Read) -> Iterator[Finding]:
    draft = read.draft
    if draft.kind == TargetKind.ABSOLUTE and read.parsed.relative:
        yield _stop("relative_as_absolute", typed=draft.typed)
    if not read.relative:
        return
    if draft.direction == Direction.RANGE:
        yield _stop("relative_range")
    if read.amount is None:
        yield _stop("amount_missing")
    elif read.amount < 0:
        yield _hint("amount_for_the_worse", amount=read.amount)


def _percent(read: _Read) -> Iterator[Finding]:
    """«Økning på 5 %» of a percentage: the two readings, with what each comes to where the base is known."""
    stated = read.relative or read.parsed.relative
    if not stated or read.comparison is not None or not read.amount or read.draft.direction in (None, Direction.RANGE):
        return
    if read.draft.unit_of_measure != PERCENT:
        yield _stop("comparison_missing", amount=read.amount)
        return
    readings = {
        comparison.value: effective_target(
            TargetKind.BASELINE,
            base=read.base,
            amount=read.amount,
            comparison=comparison,
            direction=Direction(read.draft.direction or "higher"),
        )
        for comparison in Comparison
    }
    yield _stop("percent_ambiguous", amount=read.amount, base=read.base, **readings)


def _base(read: _Read) -> Iterator[Finding]:
    draft = read.draft
    if read.kind == TargetKind.BASELINE:
        if draft.baseline_value is None:
            yield _stop("baseline_missing", year=read.parsed.base_year)
        if draft.baseline_period is None:
            yield _stop("baseline_without_period", year=read.parsed.base_year)
    if read.kind == TargetKind.BENCHMARK:
        if not draft.benchmark_present:
            yield _stop("benchmark_missing")
        elif draft.benchmark_bodies == 1 or draft.benchmark_high_equals_low:
            yield _stop("benchmark_single_body", bodies=draft.benchmark_bodies)
        elif draft.benchmark_bodies is not None and draft.benchmark_bodies < MIN_BENCHMARK_BODIES:
            yield _stop("benchmark_few_bodies", bodies=draft.benchmark_bodies, least=MIN_BENCHMARK_BODIES)


def _range(read: _Read) -> Iterator[Finding]:
    limits = read.limits
    if limits is None or limits.direction != Direction.RANGE:
        return
    parsed, given = read.parsed, read.draft.low is not None or read.draft.high is not None
    if not given and parsed.understood and not parsed.relative and parsed.operator is None:
        yield _stop("range_incomplete", value=parsed.value)
    if limits.low is not None and limits.high is not None and limits.low > limits.high:
        yield _stop("range_reversed", low=limits.low, high=limits.high)
    if limits.tolerance is None:
        yield _hint("no_yellow")
    elif limits.tolerance < 0:
        yield _stop("tolerance_negative", tolerance=limits.tolerance)


def _yellow(read: _Read) -> Iterator[Finding]:
    limits = read.limits
    if limits is None or limits.direction == Direction.RANGE:
        return
    yellow, target = limits.yellow_limit, limits.target
    if yellow is None or yellow == target:
        yield _hint("no_yellow")
    elif target is not None and (yellow > target) == (limits.direction == Direction.HIGHER):
        yield _stop("yellow_on_wrong_side", yellow_limit=yellow, target=target, direction=limits.direction)


def _scale(read: _Read) -> Iterator[Finding]:
    low, high, limits = read.draft.scale_min, read.draft.scale_max, read.limits
    if limits is None:
        return
    for name in ("target", "yellow_limit", "low", "high"):
        figure = getattr(limits, name)
        if figure is not None and ((low is not None and figure < low) or (high is not None and figure > high)):
            yield _stop("outside_scale", field=name, value=figure, scale_min=low, scale_max=high)


def _history(read: _Read) -> Iterator[Finding]:
    values = read.draft.last_values
    if len(values) >= EASY_AFTER and all(status_of(value, read.limits) == Status.REACHED for value in values):
        yield _hint("already_reached", count=len(values))
