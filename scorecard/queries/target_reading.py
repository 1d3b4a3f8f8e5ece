"""From what somebody wrote as a target to its figures, with everything the goal linter has to say about them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from common.periods import InvalidPeriod, Period
from organisation.queries import tree as organisation_tree
from organisation.queries.access import Access
from scorecard.models import Benchmark, Indicator, PeriodValue, Target
from scorecard.queries.library import BenchmarkRow, benchmark_for, judged
from scorecard.queries.masking import masked_places
from scorecard.queries.series import part_of_row, point_of, shown_points
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.compact_targets import NoYellowLimit, figure, take_apart, yellow_at_same_distance
from scorecard.rules.findings import Finding
from scorecard.rules.linter import ParsedTarget, TargetDraft, lint_target, parse_target_text, resolved_limits
from scorecard.rules.rollup import Method, over_time
from scorecard.rules.statuses import Direction, Limits
from scorecard.rules.stored import stored
from scorecard.rules.targets import Comparison, TargetKind

LARGEST = Decimal(10) ** 12
ABSOLUTE = "absolute"


@dataclass(frozen=True)
class Terms:
    """What a target says, all figures worked out."""

    kind: TargetKind = TargetKind.ABSOLUTE
    value: Decimal | None = None
    yellow_limit: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None
    amount: Decimal | None = None
    comparison: Comparison | None = None
    baseline_period: Period | None = None
    baseline_value: Decimal | None = None
    benchmark_group: str = ""

    @classmethod
    def of(cls, target: Target) -> "Terms":
        """Those of a stored target."""
        return cls(
            kind=TargetKind(target.kind),
            value=target.value,
            yellow_limit=target.yellow_limit,
            low=target.low,
            high=target.high,
            tolerance=target.tolerance,
            amount=target.amount,
            comparison=Comparison(target.comparison) if target.comparison else None,
            baseline_period=target.baseline_period,
            baseline_value=target.baseline_value,
            benchmark_group=target.benchmark_group,
        )

    def limits(self, direction: Direction) -> Limits:
        return Limits(direction, self.value, self.yellow_limit, self.low, self.high, self.tolerance)


@dataclass(frozen=True)
class Reading:
    """`terms` is None while something blocks."""

    terms: Terms | None
    findings: list[Finding]

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.blocking]

    @property
    def hints(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.blocking]


@dataclass(frozen=True)
class Comparables:
    """Benchmarks by indicator, and figures by indicator and unit (oldest first): what targets are compared with."""

    benchmarks: Mapping[int, Sequence[BenchmarkRow]]
    figures: Mapping[tuple[int, int], Sequence[PeriodValue]]

    def benchmark(self, indicator: Indicator, group: str, day: date) -> BenchmarkRow | None:
        return benchmark_for(self.benchmarks.get(indicator.pk, ()), group, day)

    def newest(self, indicator: Indicator, unit_id: int, count: int = 12) -> list[SeriesPoint]:
        """The last figures as pages show them (summed over the indicator's window), oldest first."""
        history = organisation_tree.history()
        points = [point_of(row, indicator, history) for row in self.figures.get((indicator.pk, unit_id), ())]
        return [point for point in shown_points(points, indicator) if point.value is not None][-count:]

    def values(self, indicator: Indicator, unit_id: int) -> list[Decimal]:
        """The values of `newest`."""
        return [point.value for point in self.newest(indicator, unit_id) if point.value is not None]

    def over(self, indicator: Indicator, unit_id: int, period: Period) -> Decimal | None:
        """The unit's figure of a period: as kept, or of the shorter periods in it."""
        rows = self.figures.get((indicator.pk, unit_id), ())
        exact = next((row for row in rows if row.period == period), None)
        if exact is not None:
            return exact.value
        method = Method(indicator.rollup)
        inside = [part_of_row(row, method, indicator.factor) for row in rows if period.contains(row.period)]
        part = over_time(method, inside, factor=indicator.factor)
        return None if part is None or part.value is None else stored(part.value)


def comparables(places: Collection[tuple[int, int]], access: Access | None) -> Comparables:
    """Everything targets at these places (indicator, unit) may be compared with, as far as this person may know it; None: everything.

    Two SQL statements, and those that formulas need.
    """
    indicators, units = {place[0] for place in places}, {place[1] for place in places}
    found: dict[int, list[Benchmark]] = defaultdict(list)
    for row in Benchmark.objects.filter(indicator_id__in=indicators):
        found[row.indicator_id].append(row)
    figures: dict[tuple[int, int], list[PeriodValue]] = defaultdict(list)
    rows = PeriodValue.objects.filter(indicator_id__in=indicators, unit_id__in=units).select_related("indicator")
    for value in rows.order_by("period_start", "period_kind"):
        figures[value.indicator_id, value.unit_id].append(value)
    masked = masked_places({each[0].indicator for each in figures.values()}, access, units)
    known = {place: values for place, values in figures.items() if place not in masked}
    return Comparables({pk: judged(rows) for pk, rows in found.items()}, known)


@dataclass(frozen=True)
class Place:
    """Where a target shall stand. `before` are the limits in force there now, own or inherited."""

    indicator: Indicator
    unit_id: int
    valid_from: date
    before: Limits | None = None


def read_cell(text: str, place: Place, known: Comparables, *, choice: str = "") -> Reading:
    """The target in one cell. `choice` settles an ambiguous percent: "absolute", "percent" or "points"."""
    try:
        cell = take_apart(text)
    except NoYellowLimit as error:
        return Reading(None, [Finding("yellow_not_understood", True, {"typed": str(error)})])
    parsed = parse_target_text(cell.main)
    typed = figure(parsed.value) if choice == ABSOLUTE and parsed.relative else cell.main
    comparison = Comparison(choice) if choice in list(Comparison) else cell.comparison
    parsed = parse_target_text(typed)
    indicator = place.indicator
    draft = TargetDraft(
        direction=Direction(indicator.direction),
        unit_of_measure=indicator.measure,
        typed=typed,
        kind=parsed.kind,
        comparison=comparison,
        amount=parsed.value if parsed.relative else None,
        scale_min=indicator.scale_min,
        scale_max=indicator.scale_max,
        last_values=known.values(indicator, place.unit_id),
    )
    draft = based(draft, parsed, place, known, cell.group or Benchmark.Group.OSLO)
    yellow = cell.yellow if cell.has_yellow else _moved_limit(draft, place)
    range_ = draft.direction == Direction.RANGE
    draft = replace(draft, tolerance=yellow) if range_ else replace(draft, yellow_limit=yellow)
    return judge(draft, benchmark_group=cell.group or Benchmark.Group.OSLO)


def based(draft: TargetDraft, parsed: ParsedTarget, place: Place, known: Comparables, group: str) -> TargetDraft:
    """The draft with the figure it is compared with, where that is known."""
    if draft.kind == TargetKind.BENCHMARK:
        found = known.benchmark(place.indicator, group, place.valid_from)
        return draft if found is None else with_benchmark(draft, found)
    if draft.kind != TargetKind.BASELINE:
        return draft
    try:
        period = draft.baseline_period or Period.of_year(parsed.base_year or place.valid_from.year - 1)
    except InvalidPeriod:
        return draft
    value = draft.baseline_value if draft.baseline_value is not None else known.over(place.indicator, place.unit_id, period)
    return replace(draft, baseline_period=period, baseline_value=value)


def with_benchmark(draft: TargetDraft, found: BenchmarkRow) -> TargetDraft:
    return replace(
        draft,
        benchmark_present=True,
        benchmark_value=found.benchmark.value,
        benchmark_bodies=found.benchmark.bodies,
        benchmark_high_equals_low=found.hidden == "single_body",
    )


def _moved_limit(draft: TargetDraft, place: Place) -> Decimal | None:
    before, limits = place.before, resolved_limits(draft)
    if before is None or limits is None:
        return None
    if limits.direction == Direction.RANGE:
        return before.tolerance
    if limits.target is None or before.target is None:
        return None
    moved = yellow_at_same_distance(limits.target, before.target, before.yellow_limit, limits.direction)
    return None if moved is None else _inside(moved, draft.scale_min, draft.scale_max)


def _inside(value: Decimal, low: Decimal | None, high: Decimal | None) -> Decimal:
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)


def judge(draft: TargetDraft, *, benchmark_group: str = "") -> Reading:
    """What the linter says about a finished draft, and its terms where nothing blocks."""
    findings = lint_target(draft)
    limits = resolved_limits(draft)
    if limits is None or any(finding.blocking for finding in findings):
        return Reading(None, findings)
    figures = (limits.target, limits.yellow_limit, limits.low, limits.high, limits.tolerance, draft.amount)
    if any(each is not None and abs(each) >= LARGEST for each in figures):
        return Reading(None, [*findings, Finding("too_large", True)])
    if limits.direction == Direction.RANGE and (limits.low is None or limits.high is None):
        return Reading(None, [*findings, Finding("range_open", True)])
    kind = draft.kind or TargetKind.ABSOLUTE
    terms = Terms(
        kind=kind,
        value=stored(limits.target),
        yellow_limit=stored(limits.yellow_limit),
        low=stored(limits.low),
        high=stored(limits.high),
        tolerance=stored(limits.tolerance),
    )
    if kind == TargetKind.ABSOLUTE:
        return Reading(terms, findings)
    comparison = draft.comparison or parse_target_text(draft.typed).comparison or Comparison.PERCENT
    terms = replace(terms, amount=stored(draft.amount), comparison=comparison)
    if kind == TargetKind.BASELINE:
        terms = replace(terms, baseline_period=draft.baseline_period, baseline_value=stored(draft.baseline_value))
    else:
        terms = replace(terms, baseline_value=stored(draft.benchmark_value), benchmark_group=benchmark_group)
    return Reading(terms, findings)
