"""The figures of a chart as a table: periods down and years across, or one row per year."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common import formats
from common.periods import Period, PeriodKind
from scorecard.charts import words
from scorecard.charts.points import notes_by_period
from scorecard.queries.indicator import Series
from scorecard.rules.averages import YearMean
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.statuses import Quality

Address = Callable[[Period], str]


@dataclass(frozen=True)
class FigureCell:
    """One figure, «–» where `text` is empty; `why` says why there is none, `url` opens the figure."""

    text: str = ""
    url: str = ""
    quality: str = ""
    why: str = ""
    noted: bool = False
    small: str = ""


@dataclass(frozen=True)
class FigureRow:
    head: str
    cells: list[FigureCell]


@dataclass(frozen=True)
class FigureTable:
    """Head of the first column, heads of the others, rows, and what stands below the line."""

    first: str
    heads: list[str]
    rows: list[FigureRow]
    foot: list[FigureRow] = field(default_factory=list)

    @property
    def wide(self) -> bool:
        return len(self.heads) > 5


def figure_table(series: Series, points: Sequence[SeriesPoint], address: Address) -> FigureTable:
    """The table of these points, with what sources and we say about whole years."""
    if series.kind is PeriodKind.YEAR:
        return _by_year(series, points, address)
    years = sorted({point.period.year for point in points} | {point.period.year for point in _years_in(series, points)})
    found = {(point.period.year, point.period.number): point for point in points}
    noted = notes_by_period(series)
    rows = []
    for number in range(1, 12 // series.kind.length + 1):
        cells = [_cell(series, found.get((year, number)), address, noted) for year in years]
        rows.append(FigureRow(_row_head(series.kind, number), cells))
    head = capfirst(str(words.PERIOD_WORDS[series.kind]))
    return FigureTable(head, [str(year) for year in years], rows, _foot(series, years, address))


def _row_head(kind: PeriodKind, number: int) -> str:
    if kind is PeriodKind.MONTH:
        return str(capfirst(MONTHS[number]))
    if kind is PeriodKind.QUARTER:
        return _("%(number)s. kvartal") % {"number": number}
    return _("%(number)s. tertial") % {"number": number}


def _cell(series: Series, point: SeriesPoint | None, address: Address, noted: Iterable[Period]) -> FigureCell:
    if point is None:
        return FigureCell()
    if point.value is None:
        return FigureCell(url=address(point.period), why=missing_word(point.quality), noted=point.period in noted)
    text = words.table_text(series.indicator, point.value)
    if point.quality == Quality.ESTIMATE:
        text = _("ca. %(figure)s") % {"figure": text}
    quality = "" if point.quality in (Quality.FINAL, Quality.ESTIMATE) else point.quality
    return FigureCell(text, address(point.period), quality, noted=point.period in noted)


def missing_word(quality: str) -> str:
    """Why there is no figure."""
    match quality:
        case Quality.MISSING:
            return _("Mangler")
        case Quality.NOT_RELEVANT:
            return _("Ikke relevant")
    return _("Ikke målt")


def _years_in(series: Series, points: Sequence[SeriesPoint]) -> list[SeriesPoint]:
    """Whole years beside the shown points: all when everything is shown, else those of the years shown."""
    if not points or points[0] is series.shown[0]:
        return series.years
    return [year for year in series.years if points[0].period.year <= year.period.year <= points[-1].period.year]


def _foot(series: Series, years: Sequence[int], address: Address) -> list[FigureRow]:
    """What sources printed for the year, beside what the periods come to. They may differ; both are kept."""
    stated = {row.period.year: row.stated for row in series.measurements.values() if _is_stated_year(row.period, row.stated, years)}
    computed = {mean.year: mean for mean in series.means}
    whole = {point.period.year: point for point in series.years if point.value is not None}
    rows = []
    if stated:
        cells = [_year_cell(series, stated.get(year), address(Period.of_year(year))) for year in years]
        rows.append(FigureRow(_("Snitt, oppgitt"), cells))
    if computed:
        cells = [_mean_cell(series, computed.get(year)) for year in years]
        rows.append(FigureRow(_("Snitt, regnet ut"), cells))
    alone = {year: point for year, point in whole.items() if year in years and year not in computed}
    if alone:
        cells = [_cell(series, alone.get(year), address, ()) for year in years]
        rows.append(FigureRow(_("Hele året"), cells))
    return rows


def _mean_cell(series: Series, mean: YearMean | None) -> FigureCell:
    if mean is None:
        return FigureCell(why=_("Ikke regnet ut"))
    is_full = mean.periods == 12 // series.kind.length
    return FigureCell(words.computed(series.indicator, mean.value), small="" if is_full else words.count(mean.periods, series.kind))


def _is_stated_year(period: Period, stated: Decimal | None, years: Sequence[int]) -> bool:
    return period.kind is PeriodKind.YEAR and stated is not None and period.year in years


def _year_cell(series: Series, value: Decimal | None, url: str) -> FigureCell:
    if value is None:
        return FigureCell(why=_("Ikke oppgitt"))
    return FigureCell(words.table_text(series.indicator, value), url)


def _by_year(series: Series, points: Sequence[SeriesPoint], address: Address) -> FigureTable:
    """One row per year: result, target, and what the source printed where that is another figure."""
    noted = notes_by_period(series)
    stated = {period: row.stated for period, row in series.measurements.items() if row.stated is not None}
    heads = [_("Resultat"), _("Mål"), *([_("Oppgitt")] if stated else [])]
    rows = []
    for point in points:
        target = words.goal(series.indicator, series.limits(point.period))
        cells = [_cell(series, point, address, noted), FigureCell(target, why=_("Mangler mål"))]
        if stated:
            cells.append(_year_cell(series, stated.get(point.period), ""))
        rows.append(FigureRow(formats.period_label(point.period), cells))
    return FigureTable(capfirst(str(words.PERIOD_WORDS[PeriodKind.YEAR])), heads, rows)
