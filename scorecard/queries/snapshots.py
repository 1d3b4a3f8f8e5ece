"""Published snapshots: finished text that no later change of figures touches."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from common import formats
from common.marks import QUALITIES
from common.periods import Period, PeriodKind
from common.tables import Column
from scorecard.models import Snapshot
from scorecard.queries.card import Area, Card
from scorecard.queries.card_rows import Row
from scorecard.queries.card_summary import basis_text, headline, held_back_text, index_text, remarks, tally
from scorecard.queries.card_words import words_of
from scorecard.rules.statuses import Quality

# What is published is read in Norwegian whatever language the publisher works in.
LANGUAGE = "nb"
UNSURE = (Quality.PRELIMINARY, Quality.ESTIMATE, Quality.MISSING)


def snapshots_in(unit_ids: Collection[int]) -> "QuerySet[Snapshot]":
    """Published snapshots of these units, withdrawn ones too, newest first. One SQL statement."""
    return Snapshot.objects.filter(unit_id__in=unit_ids).select_related("unit", "published_by").order_by("-published_at", "-pk")


def content_of(card: Card) -> dict[str, Any]:
    """The card as finished text, in Norwegian."""
    with override(LANGUAGE):
        return {
            "unit": card.unit_name,
            "year": card.year,
            "headline": strip_tags(headline(card)),
            "remarks": remarks(card),
            "areas": [_area(area) for area in card.areas],
        }


def _area(area: Area) -> dict[str, Any]:
    return {
        "name": area.area.name,
        "tally": [[code, count] for code, count in tally(area.rows)],
        "index": ", ".join(text for text in (index_text(area), basis_text(area)) if text),
        "held_back": held_back_text(area),
        "rows": [_row(row) for row in area.rows],
    }


def _row(row: Row) -> dict[str, str]:
    words = words_of(row)
    shown = f"{words.about} {words.value}" if words.about else words.value
    return {
        "factor": words.factor,
        "indicator": words.indicator,
        "code": row.indicator.code,
        "method": words.method,
        "target": words.target,
        "value": shown or formats.MISSING,
        "quality": _quality(row),
        "when": words.meta,
        "year_before": words.year_before or formats.MISSING,
        "change": f"{words.change.text} {words.change_meaning}" if words.change else "",
        "status": words.status,
        "status_word": words.status_word,
        "info": words.info,
        "accepted": words.accepted,
        "source": words.source,
    }


def _quality(row: Row) -> str:
    """Preliminary, estimate or missing; a figure that never was counts as missing, one that is not due or not relevant does not."""
    if row.standing.judged is not None:
        return "" if row.standing.quality == Quality.FINAL else row.standing.quality.value
    return Quality.MISSING.value if row.code in ("no_value", "no_target") else ""


def unsure_in(content: Mapping[str, Any]) -> list[str]:
    """«Økonomisk resultat: anslag, ca. 97 %», for every figure that is not final, in reading order."""
    told = []
    for row in rows_in(content):
        if row["quality"] in UNSURE:
            word = str(QUALITIES[row["quality"]][1]).lower()
            value = "" if row["value"] == formats.MISSING else f", {row['value']}"
            told.append(f"{row['indicator']}: {word}{value}")
    return told


def rows_in(content: Mapping[str, Any]) -> Iterable[dict[str, str]]:
    """Every row of a snapshot with the name of its area."""
    for area in content["areas"]:
        for row in area["rows"]:
            yield {"area": area["name"], **row}


def snapshot_columns() -> list[Column]:
    """Everything is text: a snapshot is what was shown."""
    titles = {
        "area": _("Fokusområde"),
        "factor": _("Kritisk suksessfaktor"),
        "indicator": _("Måleindikator"),
        "method": _("Målemetode"),
        "target": _("Mål"),
        "value": _("Siste resultat"),
        "quality_word": _("Kvalitet"),
        "when": _("Når"),
        "year_before": _("Året før"),
        "status_word": _("Status"),
        "info": _("Merknad"),
        "accepted": _("Akseptert avvik"),
        "source": _("Kilde"),
    }
    return [Column(key, title) for key, title in titles.items()]


def snapshot_rows(snapshot: Snapshot) -> list[dict[str, str]]:
    """The rows for a file."""
    return [{**row, "quality_word": str(QUALITIES[row["quality"] or Quality.FINAL][1])} for row in rows_in(snapshot.content)]


def snapshot_notes(snapshot: Snapshot) -> list[str]:
    """Whose, when published, withdrawn or not, how to read it, and every figure that is not final."""
    content = snapshot.content
    told = [
        snapshot.title,
        _("Publisert %(moment)s") % {"moment": formats.moment(snapshot.published_at)},
        content["headline"],
        *content["remarks"],
    ]
    if snapshot.withdrawn_at:
        told.insert(1, _("Trukket tilbake %(moment)s") % {"moment": formats.moment(snapshot.withdrawn_at)})
    if snapshot.comment:
        told.append(snapshot.comment)
    unsure = unsure_in(content)
    return [*told, _("Tall som ikke er endelige:"), *unsure] if unsure else told


def periods_to_publish(year: int, today: date) -> list[Period]:
    """The year itself, its tertials and its months, as far as they are over; the newest first, the longest first of those."""
    periods = [Period.of_year(year)]
    periods += [Period.tertial(year, number) for number in (1, 2, 3)]
    periods += [Period.month(year, number) for number in range(1, 13)]
    over = [period for period in periods if period.is_over(today)]
    return sorted(over, key=lambda period: (period.last_day, PeriodKind(period.kind).length), reverse=True)
