"""A series as plain data, the same for every program that asks."""

from typing import Any

from scorecard.queries.indicator import Series
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.control_chart import ControlChart, Signal
from scorecard.rules.statuses import Limits
from scorecard.rules.stored import plain_number


def series_data(series: Series) -> dict[str, Any]:
    """Indicator, unit, every period, whole years, limits and verdict. Figures are numbers, missing ones null."""
    indicator, unit = series.indicator, series.history.by_id[series.unit_id]
    singles = {point.period: point for point in series.singles} if series.windowed else {}
    return {
        "indicator": {
            "code": indicator.code,
            "name": indicator.name,
            "measure": indicator.measure,
            "unit": indicator.unit_text,
            "direction": indicator.direction,
            "rollup": indicator.rollup,
            "frequency": indicator.frequency,
            "window": indicator.window,
            "factor": plain_number(indicator.factor),
            "source": indicator.source,
        },
        "unit": {"code": unit.code, "name": series.history.name_of(unit.id, series.today)},
        "known_on": series.known_on.isoformat() if series.known_on else None,
        "values": [_point(series, point, singles.get(point.period)) for point in series.shown],
        "years": _years(series),
        "limits": _chart(series, series.chart),
        "verdict": {
            "code": series.verdict.code.value,
            "since": series.verdict.since.code if series.verdict.since else None,
            "target": series.verdict.reach.value,
        },
        "status": series.status_now.value,
    }


def _point(series: Series, point: SeriesPoint, single: SeriesPoint | None) -> dict[str, Any]:
    row = series.measurements.get(point.period)
    notes = [note.text for note in series.notes if note.period == point.period]
    found = {
        "period": point.period.code,
        "value": plain_number(point.value),
        "numerator": plain_number(point.numerator),
        "denominator": plain_number(point.denominator),
        "quality": point.quality.value,
        "stated": plain_number(row.stated) if row else None,
        **_target(series.limits(point.period)),
        "status": series.status(point).value,
        "own": point.own,
        "covered_units": None if point.own else point.covered,
        "expected_units": None if point.own else point.expected,
        "restated": point.restated,
        "notes": [*([row.note] if row and row.note else []), *notes],
        "source": _source(series, point),
    }
    return found | ({"single_value": plain_number(single.value)} if single else {})


def _source(series: Series, point: SeriesPoint) -> dict[str, str] | None:
    row = series.measurements.get(point.period)
    if row is None:
        return None
    return {"origin": row.origin, "name": row.source_name, "place": row.source_place, "text": row.source_text}


def _target(limits: Limits | None) -> dict[str, Any]:
    names = ("target", "yellow_limit", "low", "high", "tolerance")
    return {name: plain_number(getattr(limits, name)) if limits else None for name in names}


def _years(series: Series) -> list[dict[str, Any]]:
    """Whole years: what the source printed («oppgitt») and what the periods come to."""
    printed = {point.period.year: point for point in series.years}
    means = {mean.year: mean for mean in series.means}
    rows = {row.period.year: row for period, row in series.measurements.items() if period in {each.period for each in series.years}}
    found = []
    for year in sorted(printed.keys() | means.keys()):
        row, mean, point = rows.get(year), means.get(year), printed.get(year)
        found.append(
            {
                "year": year,
                "stated": plain_number(row.stated) if row else None,
                "computed": plain_number(mean.value) if mean else None,
                "periods": mean.periods if mean else 0,
                "value": plain_number(point.value) if point else None,
                "quality": point.quality.value if point else None,
            }
        )
    return found


def _chart(series: Series, chart: ControlChart | None) -> dict[str, Any] | None:
    if chart is None:
        return None
    figures = {name: plain_number(getattr(chart, name)) for name in ("mean", "mean_range", "lower", "upper", "lower_uncut", "upper_uncut")}
    return {
        **figures,
        "count": len(chart.points),
        "from": chart.points[0][0].code,
        "reset": series.resets[-1].note if series.resets else None,
        "signals": [_signal(signal) for signal in chart.signals],
    }


def _signal(signal: Signal) -> dict[str, str]:
    return {
        "kind": signal.kind.value,
        "side": signal.side.value,
        "first": signal.first.code,
        "last": signal.last.code,
    }
