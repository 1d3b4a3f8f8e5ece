"""The chart of a series as plain data for Plotly; the browser's script adds the look that all charts share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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
from scorecard.queries.figures import bare_text, figure_text
from scorecard.queries.indicator import Series
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.control_chart import ControlChart
from scorecard.rules.statuses import Direction, Limits, Quality

INK, LINK, MUTED, BAND = "#2a2859", "#1f42aa", "#5b5a7e", "#e5fcff"
TICKS = {
    PeriodKind.MONTH: {"tickformat": "%b\n%Y", "hoverformat": "%B %Y"},
    PeriodKind.QUARTER: {"tickformat": "K%q\n%Y", "hoverformat": "K%q %Y"},
    PeriodKind.TERTIAL: {"tickformat": "%b\n%Y", "hoverformat": "%B %Y"},
    PeriodKind.YEAR: {"tickformat": "%Y", "hoverformat": "%Y", "dtick": "M12"},
}
FEW, MANY, SMALL = 8, 26, 12


@dataclass(frozen=True)
class Line:
    """A straight label at the right edge: what it says and where."""

    text: str
    value: Decimal
    size: int = 14


@dataclass
class Drawing:
    """What is drawn so far, as plain data. The library checks it once at the end: bit by bit costs ten times as much."""

    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    # Names of lines, which a narrow place does without, and numbered boxes, which it keeps.
    names: list[dict[str, Any]] = field(default_factory=list)
    boxes: list[dict[str, Any]] = field(default_factory=list)


def figure_of(
    series: Series, visible: Sequence[SeriesPoint], numbered: Sequence[NumberedPoint], others: Sequence[Benchmark]
) -> dict[str, Any]:
    """The figure: result, target as a step line, mean, usual span, others' figures, numbered points. `visible` has one point or more."""
    drawing = Drawing()
    limits = [series.limits(point.period) for point in visible]
    stages = _visible_stages(series, visible)
    axis = axis_of(_heights(series, visible, limits, stages, others), series.indicator)
    for stage, last in stages:
        _add_stage(drawing, stage, max(stage.points[0][0], visible[0].period), last)
    _add_targets(drawing, series, visible, limits)
    for row in others:
        _add_benchmark(drawing, series, row)
    if series.windowed:
        _add_singles(drawing, series, visible)
    _add_result(drawing, series, visible)
    _add_numbers(drawing, numbered, axis)
    _add_edge_labels(drawing, series, visible, limits, stages, axis)
    for part in (*drawing.traces, *drawing.names, *drawing.boxes):
        _escape(part)
    plain: dict[str, Any] = go.Figure(data=drawing.traces, layout=_layout(series, visible, axis, drawing)).to_plotly_json()
    plain["layout"].pop("template", None)
    return plain


def _escape(part: dict[str, Any]) -> None:
    """The library reads <a> and <b> in its labels; a unit of measure that somebody wrote is never that."""
    if isinstance(part.get("text"), str):
        part["text"] = _escaped(part["text"])
    elif "text" in part:
        part["text"] = [_escaped(text) for text in part["text"]]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


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


def _add_stage(drawing: Drawing, stage: ControlChart, start: Period, last: Period) -> None:
    """The usual span and the mean of one stretch."""
    x0, x1, mean = _x(start), _x(last), _number(stage.mean)
    band = {"type": "rect", "x0": x0, "x1": x1, "y0": _number(stage.lower), "y1": _number(stage.upper)}
    drawing.shapes.append(band | {"fillcolor": BAND, "line": {"width": 0}, "layer": "below"})
    line = {"type": "scatter", "name": _("Snitt"), "mode": "lines", "x": [x0, x1], "y": [mean, mean], "hoverinfo": "skip"}
    drawing.traces.append(line | {"line": {"color": LINK, "width": 1.5}})


def _add_targets(drawing: Drawing, series: Series, visible: Sequence[SeriesPoint], limits: Sequence[Limits | None]) -> None:
    """The target from the period it is in force in; a range has two lines."""
    ends = ("low", "high") if series.indicator.direction == Direction.RANGE else ("target",)
    for end in ends:
        heights = [getattr(each, end) if each else None for each in limits]
        if all(height is None for height in heights):
            continue
        drawing.traces.append(
            {
                "type": "scatter",
                "name": _("Mål"),
                "mode": "lines" if len(visible) > 1 else "markers",
                "x": [_x(point.period) for point in visible],
                "y": [None if height is None else _number(height) for height in heights],
                "text": [words.goal(series.indicator, each) for each in limits],
                "hovertemplate": "%{text}",
                "line": {"color": INK, "width": 2, "dash": "dot", "shape": "hv"},
                "marker": {"color": INK, "symbol": "line-ew-open", "size": 24},
            }
        )
    _add_target_starts(drawing, visible, limits)


def _add_target_starts(drawing: Drawing, visible: Sequence[SeriesPoint], limits: Sequence[Limits | None]) -> None:
    """Where a target begins, in words at the foot, and with a line where there was none before."""
    for index in range(1, len(visible)):
        now, before = limits[index], limits[index - 1]
        if now is None or not now.has_target or now == before:
            continue
        start, height = _x(visible[index].period), now.target if now.target is not None else now.low
        if before is None and height is not None:
            line = {"type": "line", "x0": start, "x1": start, "y0": 0, "y1": _number(height), "layer": "below"}
            drawing.shapes.append(line | {"line": {"color": INK, "width": 1, "dash": "dot"}})
        text = _("Mål fra %(period)s") % {"period": formats.period_label(visible[index].period)}
        side = "right" if index > len(visible) / 2 else "left"
        place = {"x": start, "y": 0, "yref": "paper", "xanchor": side, "yanchor": "bottom"}
        drawing.names.append(place | {"text": text, "showarrow": False, "font": {"color": MUTED, "size": 12}})


def _add_benchmark(drawing: Drawing, series: Series, row: Benchmark) -> None:
    """A line over the benchmark's own period; a mark where the chart has the same periods."""
    value, longer = _number(row.value), row.period.kind != series.kind
    drawing.traces.append(
        {
            "type": "scatter",
            "name": str(Benchmark.Group(row.group).label),
            "mode": "lines" if longer else "markers",
            "x": [_x(row.period), row.period.last_day.isoformat()] if longer else [_x(row.period)],
            "y": [value, value] if longer else [value],
            "text": [figure_text(series.indicator, row.value)] * 2,
            "hovertemplate": "%{text}",
            "line": {"color": MUTED, "width": 1.5, "dash": "dash"},
            "marker": {"color": MUTED, "symbol": "diamond-open", "size": 10},
        }
    )


def _points(series: Series, points: Sequence[SeriesPoint], name: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "mode": "lines+markers",
        "x": [_x(point.period) for point in points],
        "y": [None if point.value is None else _number(point.value) for point in points],
        "text": [figure_text(series.indicator, point.value, quality=point.quality) for point in points],
        "hovertemplate": "%{text}",
    }


def _add_singles(drawing: Drawing, series: Series, visible: Sequence[SeriesPoint]) -> None:
    """Where several periods are shown together, each for itself as a thin line behind."""
    singles = [point for point in series.singles if visible[0].period <= point.period <= visible[-1].period]
    look = {"line": {"color": MUTED, "width": 1}, "marker": {"color": MUTED, "size": 4}}
    drawing.traces.append(_points(series, singles, _("Periode for periode")) | look)


def _add_result(drawing: Drawing, series: Series, visible: Sequence[SeriesPoint]) -> None:
    """The figures themselves; the last dot is larger, and what is not final is open: colour is never alone."""
    measured = [index for index, point in enumerate(visible) if point.value is not None]
    small = 5 if len(visible) > MANY else 8
    sizes = [14 if measured and index == measured[-1] else small for index in range(len(visible))]
    symbols = ["circle" if point.quality == Quality.FINAL else "circle-open" for point in visible]
    look = {"line": {"color": INK, "width": 2.5}, "marker": {"color": INK, "size": sizes, "symbol": symbols}}
    drawing.traces.append(_points(series, visible, _("Resultat")) | look)


def _add_numbers(drawing: Drawing, numbered: Sequence[NumberedPoint], axis: Axis) -> None:
    """A numbered box at each point, a bracket over a run."""
    for point in numbered:
        box: dict[str, Any] = {"text": str(point.number), "showarrow": False, "bgcolor": "#fff", "bordercolor": INK, "borderpad": 3}
        if point.place is None:
            sides = ((point.first, point.last, axis.bracket), (point.first, point.first, axis.foot), (point.last, point.last, axis.foot))
            for start, end, foot in sides:
                line = {"type": "line", "x0": _x(start), "x1": _x(end), "y0": foot, "y1": axis.bracket}
                drawing.shapes.append(line | {"line": {"color": INK, "width": 1.5}})
            middle = point.first.start + (point.last.start - point.first.start) / 2
            drawing.boxes.append(box | {"x": middle.isoformat(), "y": axis.bracket})
        elif point.value is not None:
            drawing.boxes.append(box | {"x": _x(point.place), "y": _number(point.value), "yshift": -20})


def _add_edge_labels(
    drawing: Drawing,
    series: Series,
    visible: Sequence[SeriesPoint],
    limits: Sequence[Limits | None],
    stages: Sequence[tuple[ControlChart, Period]],
    axis: Axis,
) -> None:
    """Names at the right edge, kept apart."""
    indicator = series.indicator
    lines = []
    latest = next((point for point in reversed(visible) if point.value is not None), None)
    if latest is not None and latest.value is not None:
        lines.append(Line(bare_text(indicator, latest.value), latest.value, 24))
    now = limits[-1]
    if now is not None and now.target is not None:
        lines.append(Line(_("Mål %(figure)s") % {"figure": formats.number(now.target)}, now.target))
    if stages and stages[-1][1] == visible[-1].period:
        stage = stages[-1][0]
        lines.append(Line(_("Snitt %(figure)s") % {"figure": formats.number(stage.mean, indicator.places)}, stage.mean))
        text = _("Nedre grense %(figure)s") % {"figure": formats.number(round_half_up(stage.lower, indicator.places))}
        lines.append(Line(text, stage.lower, SMALL))
    heights = spread([_number(line.value) for line in lines], axis.gap)
    for line, height in zip(lines, heights, strict=True):
        place = {"x": 1, "xref": "paper", "y": height, "xanchor": "left", "xshift": 12, "showarrow": False}
        drawing.names.append(place | {"text": line.text, "font": {"size": line.size, "color": MUTED if line.size == SMALL else INK}})


def _layout(series: Series, visible: Sequence[SeriesPoint], axis: Axis, drawing: Drawing) -> dict[str, Any]:
    # Half a period of room on both sides, so that the first and the last dot are whole.
    room = timedelta(days=16 * series.kind.length)
    ends = [(visible[0].period.start - room).isoformat(), (visible[-1].period.start + room).isoformat()]
    ticks: dict[str, Any] = {"type": "date", "range": ends, **TICKS[series.kind]}
    if len(visible) <= FEW:
        ticks |= {"tickvals": [_x(point.period) for point in visible], "ticktext": [formats.period_short(p.period) for p in visible]}
        ticks.pop("dtick", None)
    # A narrow place has no room for names: the key below the chart has them anyway.
    narrow = {"margin": {"l": 36, "r": 8, "t": 16, "b": 48}, "annotations": drawing.boxes}
    return {
        "template": None,
        "showlegend": False,
        "margin": {"l": 48, "r": 130, "t": 16, "b": 48},
        "xaxis": ticks,
        "yaxis": {"range": [axis.low, axis.high], "tickformat": ",~f"},
        "hovermode": "x unified",
        "shapes": drawing.shapes,
        "annotations": [*drawing.names, *drawing.boxes],
        "meta": {"narrow": narrow},
    }
