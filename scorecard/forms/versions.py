"""The versions of a figure as lines to read: what it was, why it was changed, by whom, and where it came from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common import formats
from scorecard.forms.problems import measurement_text
from scorecard.models import Indicator, Measurement
from scorecard.queries.figures import plain
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality


@dataclass(frozen=True)
class VersionLine:
    """One version. Empty texts are left out on the page."""

    number: int
    current: bool
    figure: str
    parts: str
    stated: str
    quality: str
    note: str
    reason: str
    by: str
    source: str


def version_lines(rows: Iterable[Measurement], indicator: Indicator) -> list[VersionLine]:
    """Newest first, as they come."""
    return [_line(row, indicator, current=number == 0) for number, row in enumerate(rows)]


def _line(row: Measurement, indicator: Indicator, *, current: bool) -> VersionLine:
    words = {"name": row.recorded_by.name if row.recorded_by else _("Alna"), "moment": formats.moment(row.recorded_at)}
    return VersionLine(
        number=row.version,
        current=current,
        figure=measurement_text(row, indicator),
        parts=_parts(row, indicator),
        stated=_("Oppgitt i kilden: %(figure)s") % {"figure": plain(indicator, row.stated)} if row.stated is not None else "",
        quality=row.quality if Quality(row.quality).has_figure else "",
        note=row.note,
        reason=row.reason,
        by=_("%(name)s, %(moment)s") % words,
        source=source_text(row),
    )


def _parts(row: Measurement, indicator: Indicator) -> str:
    if row.denominator is None:
        return ""
    method = Method(indicator.rollup)
    words = {"numerator": formats.number(row.numerator), "denominator": formats.number(row.denominator)}
    if method is Method.RATIO:
        return _("%(numerator)s delt på %(denominator)s") % words
    return _("%(denominator)s svar") % words if method is Method.POOLED else _("vekt %(denominator)s") % words


def source_text(row: Measurement) -> str:
    """«Lest fra fil: sykefravær.csv, rad 12»"""
    origin = str(Measurement.Origin(row.origin).label)
    place = ", ".join(each for each in (row.source_name, row.source_place) if each)
    return f"{origin}: {place}" if place else origin
