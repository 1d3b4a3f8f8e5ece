"""What a chart says in words: the computed sentence, and the key to its lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common import formats
from scorecard.charts import words
from scorecard.charts.axes import axis_of
from scorecard.models import Benchmark
from scorecard.queries.figures import figure_text, span_text, with_unit
from scorecard.queries.indicator import Series
from scorecard.rules.cells import SeriesPoint


@dataclass(frozen=True)
class KeyLine:
    """A line of the key; `style` is the end of its class: k1 result, k2 target, k3 mean, k4 usual span, empty for plain words."""

    style: str
    text: str


def sentence(series: Series, visible: Sequence[SeriesPoint]) -> str:
    """«Tallet gikk fra 82 % i januar 2012 til 86,2 % i januar 2014. Snittet er 92,6 % …»"""
    points = [point for point in visible if point.value is not None]
    first, last = points[0], points[-1]
    indicator = series.indicator
    filled = {
        "name": indicator.name,
        "first": figure_text(indicator, first.value, quality=first.quality),
        "start": formats.period_label(first.period),
        "last": figure_text(indicator, last.value, quality=last.quality),
        "end": formats.period_label(last.period),
    }
    if len(points) == 1:
        parts = [_("%(name)s var %(last)s i %(end)s.") % filled]
    elif first.value == last.value:
        parts = [_("%(name)s var %(last)s både i %(start)s og i %(end)s.") % filled]
    elif first.value is not None and last.value is not None and last.value > first.value:
        parts = [_("%(name)s steg fra %(first)s i %(start)s til %(last)s i %(end)s.") % filled]
    else:
        parts = [_("%(name)s gikk ned fra %(first)s i %(start)s til %(last)s i %(end)s.") % filled]
    if series.chart is not None:
        mean = with_unit(indicator, formats.number(series.chart.mean, indicator.places))
        normal = span_text(indicator, series.chart.lower, series.chart.upper)
        parts.append(_("Snittet er %(mean)s, det vanlige området %(normal)s.") % {"mean": mean, "normal": normal})
    return " ".join([*parts, _target_part(series, last)]).strip()


def _target_part(series: Series, last: SeriesPoint) -> str:
    goal = words.goal(series.indicator, series.limits(last.period))
    if not goal:
        return _("Det er ikke satt noe mål.")
    target = series.target_of(last.period)
    if target is None or target.valid_from <= series.shown[0].period.start:
        return _("Målet er %(goal)s.") % {"goal": goal}
    start = next(point.period for point in series.shown if point.period.last_day >= target.valid_from)
    return _("Målet er %(goal)s fra %(period)s.") % {"goal": goal, "period": formats.period_label(start)}


def chart_key(series: Series, visible: Sequence[SeriesPoint], others: Sequence[Benchmark]) -> list[KeyLine]:
    """What each line is, in words, below the chart."""
    indicator = series.indicator
    name = str(words.PERIOD_WORDS[series.kind])
    result = _("%(window)s samlet") % {"window": words.count(indicator.window, indicator.kind)} if series.windowed else ""
    lines = [KeyLine("k1", capfirst(result or _("Tallet for hver %(period)s") % {"period": name}))]
    goal = words.goal(indicator, series.limits(visible[-1].period))
    if goal:
        lines.append(KeyLine("k2", _("Mål, %(goal)s") % {"goal": goal}))
    if series.chart is not None:
        lines.append(KeyLine("k3", _("Snitt %(mean)s") % {"mean": formats.number(series.chart.mean, indicator.places)}))
        lines.append(KeyLine("k4", _("Vanlig område %(span)s") % {"span": span_text(indicator, series.chart.lower, series.chart.upper)}))
    lines += [KeyLine("k5", f"{Benchmark.Group(row.group).label} {figure_text(indicator, row.value)}") for row in others]
    heights = [point.value for point in visible if point.value is not None]
    low = axis_of(heights, indicator).low
    return [*lines, KeyLine("", _("Aksen starter ikke på null."))] if low > 0 else lines
