"""The chart of a series as plain data for Plotly; the browser's script adds the look that all charts share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from common import formats
from common.numbers import round_half_up
from common.periods import Period, PeriodKind
from scorecard.charts import words
from scorecard.charts.axes import Axis, axis_of, spread
from scorecard.charts.points import NumberedPoint
from scorecard.models import Benchmark
from scorecard.queries.indicator import Series
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.control_chart import ControlChart
from scorecard.rules.statuses import Direction, Limits

INK, LINK, MUTED, BAND = "#2a2859", "#1f42aa", "#5b5a7e", "#e5fcff"
TICKS = {
    PeriodKind.MONTH: {"tickformat": "%b\n%Y", "hoverformat": "%B %Y"},
    PeriodKind.QUARTER: {"tickformat": "K%q\n%Y", "hoverformat": "K%q %Y"},
    PeriodKind.TERTIAL: {"tickformat": "%b\n%Y", "hoverformat": "%B %Y"},
    PeriodKind.YEAR: {"tickformat": "%Y", "hoverformat": "%Y", "dtick": "M12"},
}
FEW, MANY = 8, 26


@dataclass(frozen=True)
class Line:
    """A straight label at the right edge: what it says and where."""

    text: str
    value: Decimal
    size: int = 14


def figure_of(
    series: Series, visible: Sequence[SeriesPoint], numbered: Sequence[NumberedPoint], others: Sequence[Benchmark]
) -> dict[str, Any]:
    """The figure: result, target as a step line, mean, usual span, others' figures, numbered points. `visible` has one point or more."""
    figure = go.Figure()
    limits = [series.limits(point.period) for point in visible]
    stages = _visible_stages(series, visible)
    axis = axis_of(_heights(series, visible, limits, stages, others), series.indicator)
    for stage, last in stages:
        _add_stage(figure, series, stage, max(stage.points[0][0], visible[0].period), last)
    _add_targets(figure, series, visible, limits)
    starts = len(figure.layout.annotations)
    for row in others:
        _add_benchmark(figure, series, row)
    if series.windowed:
        _add_singles(figure, series, visible)
    _add_result(figure, series, visible)
    _add_numbers(figure, numbered, axis)
    labels = _edge_labels(figure, series, visible, limits, stages, axis)
    _lay_out(figure, series, visible, axis)
    _keep_narrow(figure, starts, labels)
    plain: dict[str, Any] = figure.to_plotly_json()
    plain["layout"].pop("template", None)
    return plain


def _number(value: Decimal) -> float:
    return float(round_half_up(value, 6))


def _x(period: Period) -> str:
    return period.start.isoformat()


def _visible_stages(series: Series, visible: Sequence[SeriesPoint]) -> list[tuple[ControlChart, Period]]:
    """Each stretch of limits that is seen, with the last period it holds for."""
    starts = [reset.period for reset in series.resets]
    found = []
    for stage in series.stages:
        later = [start.previous() for start in starts if start > stage.points[0][0]]
        last = min([*later, visible[-1].period])
        if last >= visible[0].period:
            found.append((stage, last))
    return found


def _heights(
    series: Series,
    visible: Sequence[SeriesPoint],
    limits: Sequence[Limits | None],
    stages: Sequence[tuple[ControlChart, Period]],
    others: Sequence[Benchmark],
) -> list[Decimal]:
    """Every height the chart must have room for."""
    found = [point.value for point in visible if point.value is not None]
    found += [end for each in limits if each for end in (each.target, each.low, each.high) if end is not None]
    found += [end for stage, _last in stages for end in (stage.lower, stage.upper)]
    found += [row.value for row in others]
    if series.windowed:
        found += [value for period, value in series.figures if visible[0].period <= period <= visible[-1].period]
    return found


def _add_stage(figure: go.Figure, series: Series, stage: ControlChart, start: Period, last: Period) -> None:
    """The usual span and the mean of one stretch."""
    first = _x(start)
    figure.add_shape(type="rect", x0=first, x1=_x(last), y0=_number(stage.lower), y1=_number(stage.upper))
    figure.layout.shapes[-1].update(fillcolor=BAND, line_width=0, layer="below")
    mean = _number(stage.mean)
    text = words.with_suffix(series.indicator, formats.number(stage.mean, series.indicator.places))
    figure.add_scatter(x=[first, _x(last)], y=[mean, mean], mode="lines", name=_("Snitt"), text=[text] * 2, hoverinfo="skip")
    figure.data[-1].line.update(color=LINK, width=1.5)


def _add_targets(figure: go.Figure, series: Series, visible: Sequence[SeriesPoint], limits: Sequence[Limits | None]) -> None:
    """The target from the period it is in force in; a range has two lines."""
    ends = ("low", "high") if series.indicator.direction == Direction.RANGE else ("target",)
    for end in ends:
        heights = [getattr(each, end) if each else None for each in limits]
        if all(height is None for height in heights):
            continue
        figure.add_scatter(
            x=[_x(point.period) for point in visible],
            y=[None if height is None else _number(height) for height in heights],
            text=[words.goal(series.indicator, each) for each in limits],
            mode="lines" if len(visible) > 1 else "markers",
            name=_("Mål"),
            hovertemplate="%{text}",
        )
        figure.data[-1].line.update(color=INK, width=2, dash="dot", shape="hv")
        figure.data[-1].marker.update(color=INK, symbol="line-ew-open", size=24)
    _add_target_starts(figure, series, visible, limits)


def _add_target_starts(figure: go.Figure, series: Series, visible: Sequence[SeriesPoint], limits: Sequence[Limits | None]) -> None:
    for index in range(1, len(visible)):
        now, before = limits[index], limits[index - 1]
        if now is None or not now.has_target or now == before:
            continue
        start, height = _x(visible[index].period), now.target if now.target is not None else now.low
        if before is None and height is not None:
            figure.add_shape(type="line", x0=start, x1=start, y0=0, y1=_number(height), layer="below")
            figure.layout.shapes[-1].line.update(color=INK, width=1, dash="dot")
        text = _("Mål fra %(period)s") % {"period": formats.period_label(visible[index].period)}
        figure.add_annotation(x=start, y=0, yref="paper", text=text, showarrow=False)
        late = index > len(visible) / 2
        figure.layout.annotations[-1].update(xanchor="right" if late else "left", yanchor="bottom", font={"color": MUTED, "size": 12})


def _add_benchmark(figure: go.Figure, series: Series, row: Benchmark) -> None:
    value = _number(row.value)
    figure.add_scatter(
        x=[_x(row.period), row.period.last_day.isoformat()] if row.period.kind != series.kind else [_x(row.period)],
        y=[value, value] if row.period.kind != series.kind else [value],
        mode="lines" if row.period.kind != series.kind else "markers",
        name=str(Benchmark.Group(row.group).label),
        text=[words.shown(series.indicator, row.value)] * 2,
        hovertemplate="%{text}",
    )
    figure.data[-1].line.update(color=MUTED, width=1.5, dash="dash")
    figure.data[-1].marker.update(color=MUTED, symbol="diamond-open", size=10)


def _add_singles(figure: go.Figure, series: Series, visible: Sequence[SeriesPoint]) -> None:
    """Where several periods are shown together, each for itself as a thin line behind."""
    singles = [point for point in series.singles if visible[0].period <= point.period <= visible[-1].period]
    figure.add_scatter(
        x=[_x(point.period) for point in singles],
        y=[None if point.value is None else _number(point.value) for point in singles],
        text=[words.shown(series.indicator, point.value, quality=point.quality) for point in singles],
        mode="lines+markers",
        name=_("Periode for periode"),
        hovertemplate="%{text}",
    )
    figure.data[-1].line.update(color=MUTED, width=1)
    figure.data[-1].marker.update(color=MUTED, size=4)


def _add_result(figure: go.Figure, series: Series, visible: Sequence[SeriesPoint]) -> None:
    single = [index for index, point in enumerate(visible) if point.value is not None]
    small = 5 if len(visible) > MANY else 8
    sizes = [14 if index == single[-1] else small for index in range(len(visible))] if single else []
    figure.add_scatter(
        x=[_x(point.period) for point in visible],
        y=[None if point.value is None else _number(point.value) for point in visible],
        text=[words.shown(series.indicator, point.value, quality=point.quality) for point in visible],
        mode="lines+markers",
        name=_("Resultat"),
        hovertemplate="%{text}",
    )
    figure.data[-1].line.update(color=INK, width=2.5)
    # What is not final is an open dot: colour is never alone.
    symbols = ["circle" if point.quality == "final" else "circle-open" for point in visible]
    figure.data[-1].marker.update(color=INK, size=sizes, symbol=symbols)


def _add_numbers(figure: go.Figure, numbered: Sequence[NumberedPoint], axis: Axis) -> None:
    """A numbered box at each point, a bracket over a run."""
    for point in numbered:
        place: dict[str, Any] = {"text": str(point.number), "showarrow": False, "bgcolor": "#fff", "bordercolor": INK, "borderpad": 3}
        if point.is_run:
            height = axis.bracket
            sides = ((point.first, point.last, height), (point.first, point.first, axis.foot), (point.last, point.last, axis.foot))
            for start, end, foot in sides:
                figure.add_shape(type="line", x0=_x(start), x1=_x(end), y0=foot, y1=height)
                figure.layout.shapes[-1].line.update(color=INK, width=1.5)
            middle = point.first.start + (point.last.start - point.first.start) / 2
            figure.add_annotation(x=middle.isoformat(), y=height, **place)
        elif point.value is not None:
            figure.add_annotation(x=_x(point.first), y=_number(point.value), yshift=-20, **place)


def _edge_labels(
    figure: go.Figure,
    series: Series,
    visible: Sequence[SeriesPoint],
    limits: Sequence[Limits | None],
    stages: Sequence[tuple[ControlChart, Period]],
    axis: Axis,
) -> int:
    """Names at the right edge, kept apart; how many annotations they are."""
    indicator = series.indicator
    lines = []
    latest = next((point for point in reversed(visible) if point.value is not None), None)
    if latest is not None and latest.value is not None:
        lines.append(Line(words.figure(indicator, latest.value), latest.value, 24))
    now = limits[-1]
    if now is not None and now.target is not None:
        lines.append(Line(_("Mål %(figure)s") % {"figure": formats.number(now.target)}, now.target))
    if stages and stages[-1][1] == visible[-1].period:
        stage = stages[-1][0]
        lines.append(Line(_("Snitt %(figure)s") % {"figure": formats.number(stage.mean, indicator.places)}, stage.mean))
        text = _("Nedre grense %(figure)s") % {"figure": formats.number(round_half_up(stage.lower, indicator.places))}
        lines.append(Line(text, stage.lower, 12))
    heights = spread([_number(line.value) for line in lines], axis.gap)
    for line, height in zip(lines, heights, strict=True):
        figure.add_annotation(x=1, xref="paper", y=height, text=line.text, showarrow=False)
        figure.layout.annotations[-1].update(xanchor="left", xshift=12, font={"size": line.size, "color": MUTED if line.size < 14 else INK})
    return len(lines)


def _lay_out(figure: go.Figure, series: Series, visible: Sequence[SeriesPoint], axis: Axis) -> None:
    # Half a period of room on both sides, so that the first and the last dot are whole.
    room = timedelta(days=16 * series.kind.length)
    ends = [(visible[0].period.start - room).isoformat(), (visible[-1].period.start + room).isoformat()]
    ticks: dict[str, Any] = {"type": "date", "range": ends, **TICKS[series.kind]}
    if len(visible) <= FEW:
        ticks |= {"tickvals": [_x(point.period) for point in visible], "ticktext": [formats.period_short(p.period) for p in visible]}
        ticks.pop("dtick", None)
    figure.update_layout(
        template=None,
        showlegend=False,
        margin={"l": 48, "r": 130, "t": 16, "b": 48},
        xaxis=ticks,
        yaxis={"range": [axis.low, axis.high], "tickformat": ",~f"},
        hovermode="x unified",
    )


def _keep_narrow(figure: go.Figure, starts: int, labels: int) -> None:
    """What a narrow place shows: the numbered boxes alone. The key below the chart has the names anyway."""
    kept = list(figure.to_plotly_json()["layout"].get("annotations", ()))[starts:]
    kept = kept[: len(kept) - labels]
    figure.update_layout(meta={"narrow": {"margin": {"l": 36, "r": 8, "t": 16, "b": 48}, "annotations": kept}})
