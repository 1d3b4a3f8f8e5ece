"""One figure taken apart: how it adds up, and its versions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from common import formats
from common.marks import QUALITIES
from scorecard.charts import origins
from scorecard.models import Indicator
from scorecard.queries.figures import figure_text
from scorecard.queries.value import Contribution, Figure
from scorecard.rules import rollup
from scorecard.rules.rollup import DIVIDED, Method, Sums
from scorecard.rules.statuses import Quality

HEADS = {
    Method.RATIO: (lambda: _("Teller"), lambda: _("Nevner")),
    Method.POOLED: (lambda: _("Sum av svar"), lambda: _("Antall svar")),
    Method.WEIGHTED: (lambda: _("Verdi × vekt"), lambda: _("Vekt")),
}
FIELDS = {
    "value": lambda: _("Verdi"),
    "numerator": lambda: _("Teller"),
    "denominator": lambda: _("Nevner"),
    "stated": lambda: _("Oppgitt"),
    "quality": lambda: _("Kvalitet"),
    "note": lambda: _("Merknad"),
    "source_name": lambda: _("Fil"),
}


@dataclass(frozen=True)
class Part:
    """One line of the sum; texts are empty where the unit adds nothing, and `masked` where they are not for the reader."""

    unit_id: int
    code: str
    name: str
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    quality: str = ""
    masked: bool = False
    url: str = ""


@dataclass(frozen=True)
class SumTable:
    """Lines that add up to `total`; `sentence` says the division with its numbers."""

    heads: tuple[str, str]
    parts: list[Part]
    total: Part
    sentence: str
    divided: bool


def sum_table(indicator: Indicator, figure: Figure, hidden: set[int], links: Mapping[int, str]) -> SumTable | None:
    """How the units below come to the figure; None where nothing is added up. `links` leads on to each unit's own figure."""
    method = Method(indicator.rollup)
    if not any(row.sums.weight_count for row in figure.rows):
        return None
    numerator, denominator = HEADS.get(method, (lambda: "", lambda: ""))
    value = rollup.value_of(method, figure.total, factor=indicator.factor)
    total = Part(0, "", _("Sum"), *_amounts(method, figure.total), figure_text(indicator, value))
    shown = [_part(indicator, method, row, masked=row.unit_id in hidden) for row in figure.rows]
    parts = [part if part.masked else replace(part, url=links.get(part.unit_id, "")) for part in shown]
    return SumTable((numerator(), denominator()), parts, total, _sentence(indicator, method, figure.total, value), method in DIVIDED)


def _part(indicator: Indicator, method: Method, row: Contribution, *, masked: bool) -> Part:
    if masked:
        return Part(row.unit_id, row.code, row.name, masked=True)
    value = "" if row.value is None else figure_text(indicator, row.value)
    if not row.sums.weight_count:
        return Part(row.unit_id, row.code, row.name, value=value, quality=row.quality or Quality.NOT_MEASURED)
    return Part(row.unit_id, row.code, row.name, *_amounts(method, row.sums), value, row.quality)


def _amounts(method: Method, sums: Sums) -> tuple[str, str]:
    if method not in DIVIDED:
        return "", ""
    return formats.number(sums.numerator), formats.number(sums.denominator)


def _sentence(indicator: Indicator, method: Method, total: Sums, value: Decimal | None) -> str:
    filled = {
        "numerator": formats.number(total.numerator),
        "denominator": formats.number(total.denominator),
        "factor": formats.number(indicator.factor),
        "count": formats.number(total.weight_count),
        "value": figure_text(indicator, value),
    }
    match method:
        case Method.RATIO if indicator.factor != 1:
            return _("%(numerator)s / %(denominator)s × %(factor)s = %(value)s") % filled
        case Method.RATIO | Method.POOLED | Method.WEIGHTED:
            return _("%(numerator)s / %(denominator)s = %(value)s") % filled
        case Method.MEAN:
            return _("Summen %(numerator)s delt på %(count)s tall = %(value)s. Snittet er uvektet.") % filled
    return _("Summen er %(value)s.") % filled


@dataclass(frozen=True)
class VersionLine:
    """One version: when, by whom, why, and what differs from the one before."""

    title: str
    text: str
    changes: list[tuple[str, str, str]]


def version_lines(versions: list[Any]) -> list[VersionLine]:
    """Every version, newest first."""
    before: dict[int, Any] = {id(after): older for after, older in pairwise(versions)}
    return [_version(each, before.get(id(each))) for each in versions]


def _version(each: Any, before: Any | None) -> VersionLine:
    who = each.recorded_by.name if each.recorded_by else _("Alna, uten en person")
    text = f"{formats.moment(each.recorded_at)}, {who}."
    if each.reason:
        text += " " + _("Grunn: %(reason)s") % {"reason": each.reason}
    title = _("Versjon %(number)s: %(figure)s") % {"number": each.version, "figure": origins.version_words(each)}
    if before is None:
        return VersionLine(title, text, [])
    names = [name for name in FIELDS if getattr(before, name) != getattr(each, name)]
    return VersionLine(title, text, [(FIELDS[name](), _told(before, name), _told(each, name)) for name in names])


def _told(row: Any, name: str) -> str:
    value = getattr(row, name)
    if name == "quality":
        return str(QUALITIES[value][1])
    if value is None or value == "":
        return formats.MISSING
    return formats.number(value) if isinstance(value, Decimal) else str(value)
