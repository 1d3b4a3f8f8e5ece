"""A series as rows of a file: everything the page shows, nothing more."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from common import formats
from common.marks import QUALITIES, STATUSES
from common.periods import PeriodKind
from common.tables import Column
from scorecard.charts import words
from scorecard.charts.points import notes_by_period
from scorecard.queries.figures import unit_word
from scorecard.queries.indicator import Series
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.statuses import Direction, Status
from scorecard.rules.stored import stored


def export_columns(series: Series) -> list[Column]:
    """Heads of the file; columns that nothing stands in are left out."""
    indicator, suffix = series.indicator, unit_word(series.indicator)
    columns = [
        Column("code", _("Periode"), "code"),
        Column("period", _("Navn på perioden")),
        Column("value", _("Verdi"), "number", unit=suffix),
    ]
    if series.windowed:
        columns.append(Column("single", _("Perioden for seg"), "number", unit=suffix))
    if any(point.denominator is not None for point in series.shown):
        columns += [Column("numerator", _("Teller"), "number"), Column("denominator", _("Nevner"), "number")]
    columns.append(Column("quality", _("Kvalitet")))
    if any(row.stated is not None for row in series.measurements.values()):
        columns.append(Column("stated", _("Oppgitt i kilden"), "number", unit=suffix))
    columns += [Column(name, title, "number", unit=suffix) for name, title in _target_heads(indicator.direction)]
    columns.append(Column("status", _("Status")))
    if series.stages:
        titles = {"mean": _("Snitt"), "lower": _("Nedre grense"), "upper": _("Øvre grense")}
        columns += [Column(name, title, "number", indicator.places + 2, suffix) for name, title in titles.items()]
    return [*columns, Column("covered", _("Antall enheter bak tallet"), "number"), Column("note", _("Merknad"))]


def _target_heads(direction: str) -> list[tuple[str, str]]:
    if direction == Direction.RANGE:
        return [("low", _("Mål fra")), ("high", _("Mål til"))]
    return [("target", _("Mål")), ("yellow_limit", _("Gulgrense"))]


def export_rows(series: Series, visible: Sequence[SeriesPoint]) -> list[dict[str, object]]:
    """A row for each period, and for each whole year a source has printed."""
    singles = {point.period: point for point in series.singles}
    notes = notes_by_period(series)
    years = [point for point in series.years if visible and visible[0].period.year <= point.period.year <= visible[-1].period.year]
    return [_row(series, point, singles.get(point.period), notes.get(point.period, [])) for point in [*visible, *years]]


def _row(series: Series, point: SeriesPoint, single: SeriesPoint | None, notes: Sequence[str]) -> dict[str, object]:
    row = series.measurements.get(point.period)
    limits = series.limits(point.period)
    stage = next((stage for stage in reversed(series.stages) if stage.points[0][0] <= point.period), None)
    found: dict[str, object] = {
        "code": point.period.code,
        "period": formats.period_label(point.period),
        "value": _plain(point.value),
        "single": _plain(single.value) if single else None,
        "numerator": _plain(point.numerator),
        "denominator": _plain(point.denominator),
        "quality": str(QUALITIES[point.quality][1]),
        "stated": _plain(row.stated) if row else None,
        "status": str(STATUSES[series.status(point)].word),
        "covered": None if point.own else point.covered,
        "note": " / ".join([*notes, *([_("omregnet")] if point.restated else [])]),
    }
    if limits is not None:
        found |= {name: _plain(getattr(limits, name)) for name in ("target", "yellow_limit", "low", "high")}
    if stage is not None and point.period.kind is not PeriodKind.YEAR:
        found |= {"mean": stage.mean, "lower": stage.lower, "upper": stage.upper}
    return found


def _plain(value: Decimal | None) -> Decimal | None:
    """At most six decimals, and no zeros that nobody wrote."""
    return None if value is None else stored(value).normalize()


def export_notes(series: Series, unit_name: str) -> list[str]:
    """What a reader of the file must know: what it is, how it is judged, what the words mean."""
    indicator = series.indicator
    lines = [f"{indicator.name}, {unit_name}", indicator.definition]
    if indicator.numerator_text or indicator.denominator_text:
        filled = {"numerator": indicator.numerator_text, "denominator": indicator.denominator_text}
        lines.append(_("Teller: %(numerator)s. Nevner: %(denominator)s.") % filled)
    if indicator.source:
        lines.append(_("Kilde: %(source)s") % {"source": indicator.source})
    if series.known_on is not None:
        lines.append(_("Slik det var kjent %(day)s.") % {"day": formats.date_long(series.known_on)})
    for mean in series.means:
        filled_mean = {"year": mean.year, "mean": words.computed(indicator, mean.value), "count": words.count(mean.periods, series.kind)}
        lines.append(_("Snitt %(year)s, regnet ut av %(count)s: %(mean)s") % filled_mean)
    if series.chart is not None:
        lines.append(_("Grensene er snittet pluss og minus 2,66 ganger gjennomsnittlig endring fra en periode til den neste."))
    words_of = [f"{mark.word}" for code, mark in STATUSES.items() if code in set(Status)]
    lines.append(_("Status kan være: %(words)s.") % {"words": ", ".join(words_of)})
    return [line for line in lines if line]
