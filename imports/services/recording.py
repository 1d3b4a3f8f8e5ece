"""Figures and published surveys of a file as measurements, each with the row it came from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from common.periods import Period
from imports.models import Batch, RecordedFigure
from imports.queries.codes import fillable_indicators
from imports.rules.findings import Findings
from imports.rules.rows import FigureRow, SurveyRow
from organisation.models import Unit
from scorecard.models import Indicator, Measurement
from scorecard.rules.statuses import Quality
from scorecard.services.values import Check, Entry, Source, check_values, record_values
from scorecard.services.values_withdrawal import TakenBack, take_back


@dataclass(frozen=True)
class Placed:
    """An entry and the row of the file it stands in."""

    row: int
    entry: Entry


def placed(rows: Iterable[object]) -> list[Placed]:
    """The rows that have a unit and an indicator, as entries."""
    rows = list(rows)
    indicators = _by_any_name(fillable_indicators())
    units = Unit.objects.in_bulk([row.unit_id for row in rows if isinstance(row, FigureRow | SurveyRow) and row.unit_id is not None])
    found = (_placed(row, units, indicators) for row in rows if isinstance(row, FigureRow | SurveyRow))
    return [each for each in found if each is not None]


def try_out(batch: Batch, rows: Iterable[object], findings: Findings, *, today: date) -> None:
    """What recording would refuse becomes problems of the rows."""
    rows = list(rows)
    entries = placed(rows)
    _note_unknown_indicators(rows, findings)
    for refusal in _check(batch, entries, today).refusals:
        findings.add(f"value_{refusal.problem}", row=entries[refusal.entry].row)


def record(batch: Batch, rows: Iterable[object], *, now: datetime, today: date) -> None:
    """Records all rows or none, and remembers which it wrote. Raises ValuesRefused."""
    entries = placed(rows)
    check = _check(batch, entries, today)
    RecordedFigure.objects.bulk_create(
        [_remembered(batch, each) for place, each in enumerate(entries) if place not in check.same], batch_size=500
    )
    wanted = [each.entry for each in entries]
    record_values(entries=wanted, actor=batch.saved_by, source=_source(batch), now=now, today=today)


def withdraw(batch: Batch, *, reason: str, now: datetime) -> TakenBack | None:
    """Figures become what they were before the batch; None where it left none."""
    places = [(row.indicator_id, row.unit_id, row.period) for row in batch.figures.all()]
    if not places or batch.saved_at is None:
        return None
    return take_back(places=places, recorded_at=batch.saved_at, reason=reason, actor=batch.rolled_back_by, now=now)


def _check(batch: Batch, entries: Sequence[Placed], today: date) -> Check:
    return check_values(entries=[each.entry for each in entries], source=_source(batch), today=today)


def _source(batch: Batch) -> Source:
    return Source(origin=Measurement.Origin.FILE, name=batch.file_name[:200], checks_versions=False, asks_reason=False)


def _by_any_name(indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    by_name = {indicator.name.casefold(): indicator for indicator in indicators.values()}
    return by_name | {code.casefold(): indicator for code, indicator in indicators.items()}


def _placed(row: FigureRow | SurveyRow, units: Mapping[int, Unit], indicators: Mapping[str, Indicator]) -> Placed | None:
    name = row.indicator if isinstance(row, FigureRow) else row.theme
    indicator = indicators.get(name.strip().casefold())
    unit = units.get(row.unit_id) if row.unit_id is not None else None
    if indicator is None or unit is None:
        return None
    entry = _figure(row, indicator, unit) if isinstance(row, FigureRow) else _survey(row, indicator, unit)
    return None if entry is None else Placed(row.row, entry)


def _figure(row: FigureRow, indicator: Indicator, unit: Unit) -> Entry:
    return Entry(
        indicator,
        unit,
        row.period,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        quality=Quality(row.quality),
        reason=_("Ny fil"),
        source_place=str(row.row),
    )


def _survey(row: SurveyRow, indicator: Indicator, unit: Unit) -> Entry | None:
    """A mean with its number of answers can be pooled; without, it is shown and never added to others."""
    if row.mean is None:
        return None
    note = "" if row.answers else _("Publisert av andre uten antall svar. Regnes ikke sammen med andre tall.")
    return Entry(
        indicator,
        unit,
        Period.of_year(row.year),
        value=row.mean,
        denominator=Decimal(row.answers) if row.answers else None,
        note=note,
        reason=_("Ny fil"),
        source_place=str(row.row),
    )


def _remembered(batch: Batch, each: Placed) -> RecordedFigure:
    figure = RecordedFigure(batch=batch, indicator=each.entry.indicator, unit=each.entry.unit, row=each.row)
    figure.period = each.entry.period
    return figure


def _note_unknown_indicators(rows: Iterable[object], findings: Findings) -> None:
    """Themes of a survey that are no indicator: named once, and not recorded."""
    known = _by_any_name(fillable_indicators())
    themes = {row.theme.strip() for row in rows if isinstance(row, SurveyRow)}
    for theme in sorted(theme for theme in themes if theme.casefold() not in known):
        findings.add("unknown_indicator", severity="warning", text=theme)
