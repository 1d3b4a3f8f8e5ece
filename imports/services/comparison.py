"""Figures of others to compare with, from a file of them or from the columns of a published survey."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import override

from common.periods import Period
from imports.models import Batch
from imports.queries.codes import fillable_indicators
from imports.rules.rows import BenchmarkRow, SurveyRow
from scorecard.models import Benchmark, Indicator
from scorecard.rules.stored import stored
from scorecard.services.benchmarks import remove_benchmark, save_benchmark

# What files call the groups, beside the group's own word and its name on the page.
AREAS = {
    **dict.fromkeys(("norge", "land", "landet", "hele landet", "snitt land", "i alt", "0"), Benchmark.Group.NORWAY),
    **dict.fromkeys(("oslo", "oslo kommune", "0301", "301"), Benchmark.Group.OSLO),
    **dict.fromkeys(("lavest", "lavest kommune"), Benchmark.Group.LOWEST),
    **{group.value: group for group in Benchmark.Group},
}


def group_of(area: str) -> str | None:
    """The group an area of a file belongs to; None where it is another."""
    wanted = area.strip().casefold()
    if wanted in AREAS:
        return AREAS[wanted]
    with override("nb"):
        names = {str(group.label).casefold(): group for group in Benchmark.Group}
    return names.get(wanted) or next((group for name, group in names.items() if wanted and name.split()[0] == wanted), None)


@dataclass(frozen=True)
class Comparison:
    """One benchmark a file gives."""

    indicator: Indicator
    group: str
    period: Period
    value: Decimal


def compare(batch: Batch, rows: Iterable[object]) -> list[dict[str, object]]:
    """Saves the file's benchmarks; gives back what stood there before, for `put_back`."""
    before = []
    for each in {(one.indicator.pk, one.group, one.period): one for one in _comparisons(rows)}.values():
        standing = _standing(each.indicator, each.group, each.period)
        if standing is not None and standing.value == each.value:
            continue
        before.append(_remembered(each, standing))
        save_benchmark(
            indicator=each.indicator,
            benchmark=standing,
            group=each.group,
            period=each.period,
            value=each.value,
            bodies=None if standing is None else standing.bodies,
            source=batch.file_name[:200],
            actor=batch.saved_by,
        )
    return before


def put_back(batch: Batch) -> None:
    """Benchmarks become what they were before the batch."""
    indicators = Indicator.objects.in_bulk({each["indicator"] for each in batch.benchmarks_before})
    for each in batch.benchmarks_before:
        indicator, period = indicators[each["indicator"]], Period.parse(each["period"])
        standing = _standing(indicator, each["group"], period)
        if standing is None:
            continue
        if each["value"] is None:
            remove_benchmark(benchmark=standing, actor=batch.rolled_back_by)
            continue
        save_benchmark(
            indicator=indicator,
            benchmark=standing,
            group=each["group"],
            period=period,
            value=Decimal(each["value"]),
            bodies=each["bodies"],
            source=each["source"],
            actor=batch.rolled_back_by,
        )


def _comparisons(rows: Iterable[object]) -> Iterator[Comparison]:
    indicators = fillable_indicators()
    by_name = {each.name.casefold(): each for each in indicators.values()} | {code.casefold(): each for code, each in indicators.items()}
    for row in rows:
        if isinstance(row, BenchmarkRow):
            indicator, group = by_name.get(row.indicator.casefold()), group_of(row.area)
            value = None if indicator is None else _value(row, indicator)
            if indicator is not None and group is not None and value is not None:
                yield Comparison(indicator, group, row.period, value)
        elif isinstance(row, SurveyRow) and (indicator := by_name.get(row.theme.strip().casefold())) is not None:
            yield from _of_survey(row, indicator)


def _of_survey(row: SurveyRow, indicator: Indicator) -> Iterator[Comparison]:
    groups = ((Benchmark.Group.NORWAY, row.country), (Benchmark.Group.HIGHEST, row.highest), (Benchmark.Group.LOWEST, row.lowest))
    for group, value in groups:
        if value is not None:
            yield Comparison(indicator, group, Period.of_year(row.year), value)


def _value(row: BenchmarkRow, indicator: Indicator) -> Decimal | None:
    if row.value is not None:
        return row.value
    if row.numerator is None or not row.denominator:
        return None
    return stored(row.numerator / row.denominator * indicator.factor)


def _standing(indicator: Indicator, group: str, period: Period) -> Benchmark | None:
    rows = Benchmark.objects.filter(indicator=indicator, group=group, period_start=period.start, period_kind=period.kind.value)
    return rows.select_related("indicator").first()


def _remembered(each: Comparison, standing: Benchmark | None) -> dict[str, object]:
    return {
        "indicator": each.indicator.pk,
        "group": each.group,
        "period": each.period.code,
        "value": None if standing is None else str(standing.value),
        "bodies": None if standing is None else standing.bodies,
        "source": "" if standing is None else standing.source,
    }
