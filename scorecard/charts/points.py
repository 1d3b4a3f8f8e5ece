"""The numbered points of a chart: signals, notes and new limits, each with its words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common import formats
from common.periods import Period
from scorecard.charts import words
from scorecard.charts.verdicts import side_words
from scorecard.queries.figures import figure_text
from scorecard.queries.indicator import Series
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.control_chart import Side, Signal, SignalKind
from scorecard.rules.statuses import Direction


@dataclass
class NumberedPoint:
    """One number in the chart and its explanation. A run reaches from `first` to `last`; of a single point they are the same."""

    first: Period
    last: Period
    value: Decimal | None
    texts: list[str] = field(default_factory=list)
    number: int = 0

    @property
    def heading(self) -> str:
        return str(capfirst(formats.period_span(self.first, self.last)))

    @property
    def is_run(self) -> bool:
        return self.first != self.last


def numbered_points(series: Series, visible: Sequence[SeriesPoint]) -> list[NumberedPoint]:
    """Everything worth a word between the first and the last visible point, in order of time, numbered from 1."""
    if not visible:
        return []
    first, last = visible[0].period, visible[-1].period
    # Limits are told from single periods, so their signals stand on those, also where several are shown together.
    values = {point.period: point.value for point in (series.singles if series.windowed else visible)}
    found: dict[tuple[Period, Period], NumberedPoint] = {}

    def at(start: Period, end: Period) -> NumberedPoint:
        return found.setdefault((start, end), NumberedPoint(start, end, values.get(end)))

    for signal in (signal for stage in series.stages for signal in stage.signals):
        at(signal.first, signal.last).texts.append(_signal_text(series, signal))
    for reset in series.resets:
        at(reset.period, reset.period).texts.append(_("Grensene er regnet på nytt herfra. %(note)s") % {"note": reset.note})
    for period, texts in notes_by_period(series).items():
        if period.kind != series.kind:
            continue
        at(period, period).texts.extend(texts)
        if _is_usual(series, period):
            at(period, period).texts.append(_("Innenfor det vanlige området."))
    inside = [point for point in found.values() if first <= point.last and point.first <= last]
    for number, point in enumerate(sorted(inside, key=lambda point: (point.first, point.last)), 1):
        point.number = number
        if not point.is_run and point.value is not None:
            point.texts[0] = _with_figure(series, point, point.texts[0])
    return sorted(inside, key=lambda point: point.number)


def notes_by_period(series: Series) -> dict[Period, list[str]]:
    """What people and sources have noted on each figure."""
    found: dict[Period, list[str]] = {}
    for period, row in series.measurements.items():
        if row.note:
            found.setdefault(period, []).append(row.note)
    for note in series.notes:
        found.setdefault(note.period, []).append(note.text)
    return found


def notes_on_years(series: Series) -> list[tuple[str, str]]:
    """Notes on whole years beside the shown periods, which have no place in the chart: (year, text)."""
    found = notes_by_period(series).items()
    return [(formats.period_label(period), text) for period, texts in sorted(found) for text in texts if period.kind != series.kind]


def _signal_text(series: Series, signal: Signal) -> str:
    kind = series.indicator.kind
    if signal.kind == SignalKind.OUTSIDE:
        return _("%(where)s. Dette er et signal.") % {"where": capfirst(side_words(signal.side, run=False))}
    stretch = [period for period, _value in series.figures if signal.first <= period <= signal.last]
    filled = {"run": capfirst(words.counted(len(stretch), kind)), "where": side_words(signal.side, run=True)}
    return (_("%(run)s på rad %(where)s. Dette er et signal.") % filled + " " + _meaning(series, signal)).strip()


def _meaning(series: Series, signal: Signal) -> str:
    direction = series.indicator.direction
    if direction == Direction.RANGE:
        return ""
    better = (signal.side == Side.ABOVE) == (direction == Direction.HIGHER)
    return _("Noe ble bedre.") if better else _("Noe gikk i feil retning.")


def _with_figure(series: Series, point: NumberedPoint, text: str) -> str:
    figure = figure_text(series.indicator, point.value)
    return f"{figure}. {text}"


def _is_usual(series: Series, period: Period) -> bool:
    value = next((value for each, value in series.figures if each == period), None)
    stage = next((stage for stage in reversed(series.stages) if stage.points[0][0] <= period), None)
    return value is not None and stage is not None and stage.lower <= value <= stage.upper
