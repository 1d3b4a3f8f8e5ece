"""A scorecard as the columns, rows and notes of a file: the same figures and words as on the page, masked in the same way."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from common import formats
from common.marks import QUALITIES, STATUSES
from common.numbers import round_half_up
from common.periods import Period
from common.tables import Column
from scorecard.models import PointNote
from scorecard.queries.card import Area, Card
from scorecard.queries.card_rows import Row
from scorecard.queries.card_summary import basis_text, index_text, remarks
from scorecard.queries.card_words import Words, words_of
from scorecard.queries.figures import places_for, unit_word


def columns_of(card: Card) -> list[Column]:
    """One row for each indicator; figures are numbers with the decimals the page shows."""
    year = {"year": card.year}
    return [
        Column("area", _("Fokusområde")),
        Column("factor", _("Kritisk suksessfaktor")),
        Column("indicator", _("Måleindikator")),
        Column("code", _("Kode"), "code"),
        Column("method", _("Målemetode")),
        Column("target", _("Mål %(year)s") % year),
        Column("own_target", _("Eget mål")),
        Column("value", _("Siste resultat"), "number"),
        Column("unit", _("Benevning")),
        Column("when", _("Når")),
        Column("quality", _("Kvalitet")),
        Column("year_before", _("Året før"), "number"),
        Column("change", _("Endring")),
        Column("status", _("Status")),
        Column("score", _("Poeng, 0–10"), "number"),
        Column("coverage", _("Dekning")),
        Column("source", _("Kilde")),
        Column("remark", _("Merknad")),
    ]


def rows_of(card: Card) -> Iterable[Mapping[str, object]]:
    """In reading order. Of a masked row only what everybody may know."""
    for area in card.areas:
        for row in area.rows:
            yield _row(area, row, words_of(row))


def _row(area: Area, row: Row, words: Words) -> dict[str, object]:
    indicator, standing = row.indicator, row.standing
    value, before = standing.judged, standing.year_before
    change = f"{words.change.text} {words.change_meaning}" if words.change else ""
    return {
        "area": area.area.name,
        "factor": words.factor,
        "indicator": indicator.name,
        "code": indicator.code,
        "method": words.method,
        "target": words.target,
        "own_target": _("ja") if words.own_target else _("nei"),
        "value": None if value is None else round_half_up(value, places_for(indicator, value, row.limits)),
        "unit": unit_word(indicator),
        "when": words.meta,
        "quality": "" if row.masked else _quality(row),
        "year_before": None if before is None else round_half_up(before, places_for(indicator, before, row.limits)),
        "change": change,
        "status": words.status_word,
        "score": None if row.score is None else round_half_up(row.score.score / 10, 1),
        "coverage": words.coverage,
        "source": words.source,
        "remark": ". ".join(text for text in (words.info, words.accepted) if text),
    }


def _quality(row: Row) -> str:
    code = row.standing.quality if row.standing.judged is not None else row.standing.newest_quality
    return str(QUALITIES[code][1]) if code else ""


def notes_of(card: Card, *, on: str) -> list[str]:
    """What the file shows and how to read it: unit, year, day, choice of targets, legend, indexes, notes on figures. One SQL statement."""
    told = [
        _("Målekart for %(year)s, %(unit)s") % {"year": card.year, "unit": card.unit_name},
        _("Laget %(moment)s") % {"moment": on},
        *remarks(card),
        _("Status: %(words)s")
        % {"words": ", ".join(str(STATUSES[code].word) for code in ("reached", "nearly", "not_reached", "accepted"))},
        _("Uten status: %(words)s") % {"words": ", ".join(_without_status())},
        _("Tall uten merke er endelige. Foreløpige tall og anslag er med i poengene."),
    ]
    indexes = [(area.area.name, ", ".join(filter(None, (index_text(area), basis_text(area))))) for area in card.areas]
    return [*told, *(f"{name}: {text}" for name, text in indexes if text), *point_notes(card)]


def _without_status() -> list[str]:
    return [_("Ingen måling"), _("Ikke forfalt ennå"), _("Vises ikke"), _("Ikke relevant"), _("Mangler mål")]


def point_notes(card: Card) -> list[str]:
    """What has been written about the figures in the table, by indicator; never about a masked one. One SQL statement."""
    shown = {row.indicator.pk: row for row in card.rows if not row.masked}
    rows = PointNote.objects.filter(unit_id=card.unit_id, indicator_id__in=shown, period_start__lte=card.moment.until)
    if card.known_at is not None:
        rows = rows.filter(recorded_at__lte=card.known_at)
    told = []
    for note in rows.order_by("indicator__name", "period_start", "pk"):
        standing = shown[note.indicator_id].standing
        periods = {period for period, _value in standing.trend} | {standing.period}
        if note.period in periods or _is_known_by_cell(standing.trend, standing.period, note.period):
            name = shown[note.indicator_id].indicator.name
            told.append(
                _("%(name)s, %(period)s: %(text)s") % {"name": name, "period": formats.period_label(note.period), "text": note.text}
            )
    return told


def _is_known_by_cell(trend: tuple[tuple[Period | None, object], ...], latest: Period | None, period: Period) -> bool:
    """A cell does not know the periods of its trend; they lie within as many steps back as it has figures, two years at most."""
    if latest is None or period.kind != latest.kind or any(known is not None for known, _value in trend):
        return False
    return latest.previous(max(len(trend) - 1, 0)) <= period <= latest
