"""Sick leave over time: the twelve months that end in each, the single months, and the target."""

from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from common import formats
from common.numbers import round_half_up
from reporting.queries.sick_leave import Month, SickLeave

INK, MUTED, TARGET = "#2a2859", "#5b5a7e", "#1f42aa"


def chart_of(found: SickLeave) -> dict[str, Any]:
    """Figure, sentence and table of one unit."""
    return {
        "id": "sykefravaer-utvikling",
        "sentence": _sentence(found),
        "figure": _figure(found),
        "columns": (_("Måned"), _("I måneden"), _("Siste tolv måneder")),
        "rows": [(_label(each), (formats.percent(each.rate), formats.percent(each.year_rate))) for each in found.trend],
        "caption": _("Sykefravær i prosent av avtalte dagsverk"),
    }


def _label(each: Month) -> str:
    return formats.month_label(each.month)


def _sentence(found: SickLeave) -> str:
    first, last = found.trend[0].year_rate, found.trend[-1].year_rate
    if first is None or last is None:
        return _("Vi har ikke tolv hele måneder ennå.")
    difference = round_half_up(last, 1) - round_half_up(first, 1)
    words = {"now": formats.percent(last), "then": formats.percent(first), "points": formats.points(abs(difference))}
    if not difference:
        return _("De siste tolv månedene er sykefraværet %(now)s, det samme som for ett år siden.") % words
    if difference > 0:
        return _("De siste tolv månedene er sykefraværet %(now)s. Det er %(points)s høyere enn for ett år siden.") % words
    return _("De siste tolv månedene er sykefraværet %(now)s. Det er %(points)s lavere enn for ett år siden.") % words


def _figure(found: SickLeave) -> dict[str, Any]:
    x = [each.month.isoformat() for each in found.trend]
    traces: list[dict[str, Any]] = [
        _line(x, [each.rate for each in found.trend], _("I måneden"), {"color": MUTED, "width": 1, "dash": "dot"}),
        _line(x, [each.year_rate for each in found.trend], _("Siste tolv måneder"), {"color": INK, "width": 3}),
    ]
    if found.limits is not None and found.limits.target is not None:
        traces.append(_line(x, [found.limits.target] * len(x), _("Mål"), {"color": TARGET, "width": 2, "dash": "dash"}))
    layout = {
        "xaxis": {"tickformat": "%b\n%Y", "hoverformat": "%B %Y"},
        "yaxis": {"ticksuffix": " %", "rangemode": "tozero"},
        "height": 340,
    }
    plain: dict[str, Any] = go.Figure(data=traces, layout=layout).to_plotly_json()
    plain["layout"].pop("template", None)
    return plain


def _line(x: list[str], values: Any, name: str, line: dict[str, Any]) -> dict[str, Any]:
    y = [None if value is None else float(round_half_up(value, 2)) for value in values]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "name": name, "line": line}
