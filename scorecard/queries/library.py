"""The library as its pages show it: what is defined, where it is used, what others have."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from common.periods import Period
from scorecard.models import Benchmark, Indicator, Measurement, PlacedIndicator, Scorecard
from scorecard.rules.linter import MIN_BENCHMARK_BODIES

ACTIVE, RETIRED, ALL = "active", "retired", "all"


def indicators(*, text: str = "", state: str = ACTIVE) -> QuerySet[Indicator]:
    """Indicators by name, with `cards` (how many scorecards use each) and `figures`. One SQL statement."""
    rows = Indicator.objects.annotate(cards=Count("placements__factor__area__scorecard", distinct=True))
    if state == ACTIVE:
        rows = rows.filter(retired_on=None)
    elif state == RETIRED:
        rows = rows.exclude(retired_on=None)
    for word in text.replace("\x00", " ").split()[:10]:
        rows = rows.filter(Q(name__icontains=word) | Q(code__icontains=word) | Q(method_text__icontains=word) | Q(source__icontains=word))
    return rows.order_by("name", "code")


def used_on(indicator: Indicator, unit_ids: Collection[int]) -> QuerySet[PlacedIndicator]:
    """Where the indicator is placed, newest year first, on cards of these units."""
    return (
        PlacedIndicator.objects.filter(indicator=indicator, factor__area__scorecard__unit_id__in=unit_ids)
        .select_related("factor__area__scorecard__unit")
        .order_by("-factor__area__scorecard__year", "factor__area__scorecard__unit__code")
    )


def has_figures(indicator: Indicator) -> bool:
    return Measurement.objects.filter(indicator=indicator).exists()


def needed_by(indicator: Indicator) -> QuerySet[Indicator]:
    """Indicators whose formula names this one."""
    return Indicator.objects.filter(formula__contains=f"[{indicator.code}]")


@dataclass(frozen=True)
class BenchmarkRow:
    """A benchmark, and why it is not shown as one: "" when it is, "few_bodies" or "single_body"."""

    benchmark: Benchmark
    hidden: str


def benchmark_rows(indicator: Indicator) -> list[BenchmarkRow]:
    """All benchmarks of an indicator, newest first. One SQL statement."""
    return judged(sorted(indicator.benchmarks.all(), key=lambda row: (row.period_start, row.group), reverse=True))


def judged(rows: Iterable[Benchmark]) -> list[BenchmarkRow]:
    """Fewer than three bodies behind a figure, or highest equal to lowest (one body is all of them), is no benchmark."""
    rows = list(rows)
    ends: dict[Period, dict[str, Decimal]] = {}
    for row in rows:
        ends.setdefault(row.period, {})[row.group] = row.value
    single = {
        period
        for period, groups in ends.items()
        if Benchmark.Group.HIGHEST in groups and groups.get(Benchmark.Group.HIGHEST) == groups.get(Benchmark.Group.LOWEST)
    }
    return [BenchmarkRow(row, _hidden(row, row.period in single)) for row in rows]


def _hidden(row: Benchmark, single: bool) -> str:
    if single or row.bodies == 1:
        return "single_body"
    return "few_bodies" if row.bodies is not None and row.bodies < MIN_BENCHMARK_BODIES else ""


def benchmark_for(rows: Iterable[BenchmarkRow], group: str, day: date) -> BenchmarkRow | None:
    """The group's newest benchmark of a period that began before the day: what a target from that day is compared with."""
    fitting = [row for row in rows if row.benchmark.group == group and row.benchmark.period_start < day]
    return max(fitting, key=lambda row: (row.benchmark.period.last_day, row.benchmark.pk), default=None)


def sources_for_copy(unit_ids: Collection[int]) -> QuerySet[Scorecard]:
    """Scorecards a new one may be copied from."""
    return Scorecard.objects.filter(unit_id__in=unit_ids).select_related("unit").order_by("-year", "unit__code")
