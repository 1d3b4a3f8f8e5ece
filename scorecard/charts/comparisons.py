"""What a figure is compared with: the one before, last year, the means of years, the district, others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.marks import Change as ChangeMark
from common.periods import Period, PeriodKind
from scorecard.charts import words
from scorecard.models import Benchmark
from scorecard.queries.figures import bare_text, difference_text, span_text, unit_word
from scorecard.queries.indicator import Series
from scorecard.queries.library import BenchmarkRow
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.statuses import Direction, Limits
from scorecard.rules.trends import Change, change

YEARS_SHOWN = 2


@dataclass(frozen=True)
class Tile:
    """One figure to compare with; `mark` says how the present one differs."""

    title: str
    figure: str
    suffix: str
    mark: ChangeMark | None = None
    note: str = ""


def tiles(series: Series, district: SeriesPoint | None, others: Sequence[Benchmark]) -> list[Tile]:
    """All that there is to compare the latest figure with."""
    latest = series.state.latest
    if latest is None:
        return []
    found = []
    previous, last_year = series.state.previous, series.state.same_last_year
    if previous is not None:
        follows = previous.period.next() == latest.period
        title = str(words.PREVIOUS[previous.period.kind]) if follows else words.heading(previous.period)
        found.append(_tile(series, title, previous.value, series.state.change))
    if last_year is not None and last_year.period.kind is not PeriodKind.YEAR:
        found.append(_tile(series, _last_year_title(last_year.period), last_year.value, series.state.change_year))
    found += _year_tiles(series)
    if district is not None and district.value is not None:
        found.append(_beside(series, _("Bydelen"), latest.value, district.value))
    for row in others:
        found.append(_beside(series, str(Benchmark.Group(row.group).label), latest.value, row.value, benchmark_note(row)))
    return found


def _tile(series: Series, title: str, value: Decimal | None, change: Change | None, note: str = "") -> Tile:
    indicator = series.indicator
    latest, limits = series.state.latest, series.state.limits
    size = difference_text(indicator, latest.value, value, limits) if latest and latest.value is not None and value is not None else ""
    mark = words.change_mark(indicator, change, size, now=True)
    return Tile(title, bare_text(indicator, value, limits), unit_word(indicator), mark, note)


def _beside(series: Series, title: str, now: Decimal | None, other: Decimal, note: str = "") -> Tile:
    """Somebody else's figure: the same is the same, not unchanged."""
    tile = _tile(series, title, other, _change(series, now, other), note)
    return replace(tile, mark=ChangeMark("flat", "flat", _("Samme tall"))) if now == other else tile


def _last_year_title(period: Period) -> str:
    """«Januar i fjor», «3. kvartal i fjor»."""
    name = formats.period_label(period).removesuffix(str(period.year)).strip()
    return str(capfirst(_("%(period)s i fjor") % {"period": name}))


def _change(series: Series, now: Decimal | None, before: Decimal) -> Change | None:
    indicator = series.indicator
    limits = series.state.limits or Limits(Direction(indicator.direction))
    gap = indicator.change_gap or Decimal(0)
    return change(now, before, direction=Direction(indicator.direction), gap=gap, low=limits.low, high=limits.high)


def _year_tiles(series: Series) -> list[Tile]:
    """The last full years: the figure the source printed where there is one, with ours beside it."""
    full = 12 // series.kind.length
    stated = {row.period.year: row.stated for row in series.measurements.values() if row.period.kind is PeriodKind.YEAR}
    found = []
    for mean in [mean for mean in series.means if mean.periods == full][-YEARS_SHOWN:]:
        printed = stated.get(mean.year)
        title = _("Snitt %(year)s") % {"year": mean.year}
        note = words.count(mean.periods, series.kind)
        value = mean.value if printed is None else printed
        if printed is not None and printed != mean.value:
            note = _("Regnet ut: %(figure)s") % {"figure": words.computed(series.indicator, mean.value)}
        found.append(Tile(title, bare_text(series.indicator, value), unit_word(series.indicator), None, note))
    return found


def benchmark_note(row: Benchmark) -> str:
    """«2013, 17 kommuner. Kilde: …»: what is behind the figure."""
    parts = [formats.period_label(row.period)]
    if row.bodies is not None:
        parts[0] += ", " + ngettext("%(n)s står bak tallet", "%(n)s står bak tallet", row.bodies) % {"n": row.bodies}
    if row.source:
        parts.append(row.source)
    return ". ".join(parts)


def shown_benchmarks(series: Series, rows: Sequence[BenchmarkRow]) -> list[Benchmark]:
    """The newest of each group, not later than the latest figure, where it may be shown."""
    latest = series.state.latest
    if latest is None:
        return []
    newest: dict[str, Benchmark] = {}
    for row in rows:
        if not row.hidden and row.benchmark.period_start <= latest.period.last_day:
            newest[row.benchmark.group] = row.benchmark
    return list(newest.values())


def hidden_words(rows: Sequence[BenchmarkRow]) -> str:
    """Why figures of others are not shown, in one sentence; empty where none is held back."""
    reasons = {row.hidden for row in rows if row.hidden}
    if not reasons:
        return ""
    if reasons == {"single_body"}:
        return _("Tall fra andre vises ikke når bare én står bak dem: da er snittet, det høyeste og det laveste samme tall.")
    return _("Tall fra andre vises når minst tre står bak dem.")


def outside_words(series: Series, others: Sequence[Benchmark]) -> str:
    """A figure outside what anybody else has is looked at twice; empty where it is inside."""
    latest = series.state.latest
    ends = {row.group: row.value for row in others}
    low, high = ends.get(Benchmark.Group.LOWEST), ends.get(Benchmark.Group.HIGHEST)
    if latest is None or latest.value is None or low is None or high is None or low <= latest.value <= high:
        return ""
    filled = {"span": span_text(series.indicator, low, high)}
    return _("Tallet ligger utenfor det laveste og det høyeste hos andre, %(span)s. Er det regnet på samme måte?") % filled
