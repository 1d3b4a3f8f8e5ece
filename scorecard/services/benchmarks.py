"""Benchmarks: what others have. A changed one moves the targets that are stated against it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from common.periods import Period
from organisation.models import User
from organisation.services import audit
from scorecard.models import Benchmark, Indicator, Target
from scorecard.queries.library import benchmark_for, benchmark_rows
from scorecard.queries.structure import locked_years
from scorecard.rules.statuses import Direction
from scorecard.rules.stored import stored
from scorecard.rules.targets import Comparison, TargetKind, effective_target
from scorecard.services import derive


class BenchmarkExists(Exception):
    """The group has a benchmark for that period already."""


@dataclass(frozen=True)
class Moved:
    """A relative target that another benchmark has given another figure."""

    target: Target
    before: Decimal | None


@transaction.atomic
def save_benchmark(
    *,
    indicator: Indicator,
    benchmark: Benchmark | None,
    group: str,
    period: Period,
    value: Decimal,
    bodies: int | None,
    source: str,
    actor: User | None,
) -> list[Moved]:
    """Adds or changes a benchmark; the targets that are others now. Locked years keep theirs. Raises BenchmarkExists."""
    row = Benchmark(indicator=indicator) if benchmark is None else benchmark
    same = Benchmark.objects.filter(indicator=indicator, group=group, period_start=period.start, period_kind=period.kind.value)
    if same.exclude(pk=row.pk).exists():
        raise BenchmarkExists
    before = None if benchmark is None else Benchmark.objects.get(pk=benchmark.pk).value
    row.group, row.value, row.bodies, row.source = group, value, bodies, source
    row.period = period
    row.save()
    audit.record(
        actor=actor,
        action="benchmark.saved",
        target=row,
        details={"indicator": indicator.code, "group": group, "period": period.code, "value": value, "before": before},
    )
    return _recompute(indicator, actor)


@transaction.atomic
def remove_benchmark(*, benchmark: Benchmark, actor: User | None) -> list[Moved]:
    """Takes a benchmark away that should not have come; its history stays. Targets against an earlier one follow that again."""
    indicator = benchmark.indicator
    details = {"indicator": indicator.code, "group": benchmark.group, "period": benchmark.period.code, "before": benchmark.value}
    audit.record(actor=actor, action="benchmark.removed", target=benchmark, details=details)
    benchmark.delete()
    return _recompute(indicator, actor)


def _recompute(indicator: Indicator, actor: User | None) -> list[Moved]:
    rows = benchmark_rows(indicator)
    targets = list(Target.objects.filter(indicator=indicator, kind=TargetKind.BENCHMARK, withdrawn=False).select_related("unit"))
    locked = locked_years({target.unit_id for target in targets})
    moved = []
    for target in targets:
        if (target.unit_id, target.valid_from.year) in locked:
            continue
        found = benchmark_for(rows, target.benchmark_group, target.valid_from)
        value = None if found is None else _figure(target, found.benchmark.value, indicator)
        if value is None or value == target.value or found is None:
            continue
        moved.append(_move(target, value, found.benchmark.value, actor))
    if moved:
        derive.targets_changed(indicator_ids=[indicator.pk], unit_ids={each.target.unit_id for each in moved})
    return moved


def _figure(target: Target, base: Decimal, indicator: Indicator) -> Decimal | None:
    value = effective_target(
        TargetKind.BENCHMARK,
        base=base,
        amount=target.amount,
        comparison=Comparison(target.comparison) if target.comparison else None,
        direction=Direction(indicator.direction),
    )
    return None if value is None else stored(value)


def _move(target: Target, value: Decimal, base: Decimal, actor: User | None) -> Moved:
    before = target.value
    if target.yellow_limit is not None and before is not None:
        # The yellow limit keeps its distance, or it could end on the wrong side.
        target.yellow_limit += value - before
    target.value, target.baseline_value = value, base
    target.version += 1
    target.save()
    audit.record(
        actor=actor,
        action="target.recomputed",
        target=target,
        unit=target.unit_id,
        details={"before": before, "value": value, "benchmark": base},
    )
    return Moved(target, before)
