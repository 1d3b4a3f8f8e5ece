"""The numbered points of a chart: signals, notes and new limits, each with its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    """One number in the chart and its explanation, of a single point or of a stretch from `first` to `last`.

    The number stands at `place`, or over the whole stretch where that is None.
    """

    first: Period
    last: Period
    place: Period | None
    value: Decimal | None
    texts: list[str] = field(default_factory=list)
    number: int = 0

    @property
    def heading(self) -> str:
        return str(capfirst(formats.period_span(self.first, self.last)))

    @property
    def is_single(self) -> bool:
        return self.first == self.last


def numbered_points(series: Series, visible: Sequence[SeriesPoint]) -> list[NumberedPoint]:
    """Everything worth a word between the first and the last visible point, in order of time, numbered from 1."""
    if not visible:
        return []
    first, last = visible[0].period, visible[-1].period
    # Limits are told from single periods, so their signals stand on those, also where several are shown together.
    values = {point.period: point.value for point in (series.singles if series.windowed else visible)}
    found: dict[tuple[Period, Period], NumberedPoint] = {}

    def at(start: Period, end: Period, place: Period | None = None) -> NumberedPoint:
        return found.setdefault((start, end), NumberedPoint(start, end, place, values.get(place) if place else None))

    def on(period: Period) -> NumberedPoint:
        return at(period, period, period)

    for signal in (signal for stage in series.stages for signal in _joined(stage.signals)):
        at(signal.first, signal.last, _furthest(signal, values)).texts.append(_signal_text(series, signal))
    for reset in series.resets:
        on(reset.period).texts.append(_("Grensene er regnet på nytt herfra. %(note)s") % {"note": reset.note})
    for period, texts in notes_by_period(series).items():
        if period.kind != series.kind:
            continue
        on(period).texts.extend(texts)
        if _is_usual(series, period):
            on(period).texts.append(_("Innenfor det vanlige området."))
    return _numbered(series, [point for point in found.values() if first <= point.last and point.first <= last])


def _numbered(series: Series, points: list[NumberedPoint]) -> list[NumberedPoint]:
    """In order of time, from 1; a point of one period begins with its figure."""
    points.sort(key=lambda point: (point.first, point.last))
    for number, point in enumerate(points, 1):
        point.number = number
        if point.is_single and point.value is not None:
            point.texts[0] = _with_figure(series, point, point.texts[0])
    return points


def _joined(signals: Sequence[Signal]) -> list[Signal]:
    """Values outside the limits one after the other, on the same side, as one signal: ten numbers in a row say no more than one."""
    joined: list[Signal] = []
    for signal in sorted(signals, key=lambda signal: (signal.kind, signal.first)):
        if joined and _goes_on(joined[-1], signal):
            joined[-1] = replace(joined[-1], last=signal.last)
        else:
            joined.append(signal)
    return joined


def _goes_on(before: Signal, signal: Signal) -> bool:
    return before.kind == signal.kind == SignalKind.OUTSIDE and before.side == signal.side and before.last.next() == signal.first


def _furthest(signal: Signal, values: Mapping[Period, Decimal | None]) -> Period | None:
    """The period whose value is furthest out; None for a run, which is about all its values."""
    if signal.kind != SignalKind.OUTSIDE:
        return None
    measured = {period: value for period, value in values.items() if value is not None and signal.first <= period <= signal.last}
    if not measured:
        return signal.last
    return (max if signal.side == Side.ABOVE else min)(measured, key=lambda period: measured[period])


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
