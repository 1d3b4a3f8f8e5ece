"""From many reports to one: forecasts per area, the status of the year's result, and a text that follows its originals."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.numbers import round_half_up
from reporting.rules.economy import Amounts
from scorecard.rules.statuses import Status

HUNDRED = Decimal(100)
# What the year may come to in percent of its budget: as planned up to the first limit, nearly up to the second.
WITHIN, NEARLY = Decimal(100), Decimal(101)
_OF_UNIT = re.compile(r"\[([^\[\]\s]{1,20})\]\s*")
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Standing:
    """The forecast that counts for a unit and month. Unconfirmed: carried over from an earlier month, or the budget itself."""

    forecast: Decimal | None
    is_confirmed: bool


def standing(forecast: Decimal | None, before: Standing | None, budget: Decimal | None, *, is_confirmed: bool) -> Standing:
    """What counts for a month. `forecast` is the month's own, None where no report came: then the one before stands, or the budget."""
    if forecast is not None:
        return Standing(forecast, is_confirmed)
    return Standing(before.forecast if before is not None and before.forecast is not None else budget, False)


def result_status(forecast: Decimal | None, revised: Decimal | None) -> Status:
    """The year's result against its budget; an income budget is judged by how far the forecast is from it."""
    if forecast is None or not revised:
        return Status.NO_VALUE
    percent = HUNDRED + (forecast - revised) / abs(revised) * HUNDRED
    if percent <= WITHIN:
        return Status.REACHED
    return Status.NEARLY if percent <= NEARLY else Status.NOT_REACHED


def split_forecast(forecast: Decimal | None, areas: Mapping[str, Amounts]) -> dict[str, Decimal | None]:
    """A unit's one forecast, shared out on the areas that its budget stands in.

    The expected variance goes where the variance to date is, if all areas lean the same way; otherwise by size of budget. Shares are
    whole øre, and the largest takes what is left, so that they add up to the forecast.
    """
    if forecast is None or not areas:
        return dict.fromkeys(areas)
    if len(areas) == 1:
        return dict.fromkeys(areas, forecast)
    budgets = {code: amounts.revised or Decimal(0) for code, amounts in areas.items()}
    variance = sum(budgets.values(), Decimal(0)) - forecast
    weights = _weights(areas, budgets)
    total = sum(weights.values(), Decimal(0))
    shares = {code: round_half_up(variance * weight / total, 2) if total else Decimal(0) for code, weight in weights.items()}
    largest = max(weights, key=lambda code: (weights[code], code))
    shares[largest] += variance - sum(shares.values(), Decimal(0))
    return {code: budgets[code] - shares[code] for code in areas}


def _weights(areas: Mapping[str, Amounts], budgets: Mapping[str, Decimal]) -> dict[str, Decimal]:
    variances = {code: amounts.variance or Decimal(0) for code, amounts in areas.items()}
    one_way = all(variance <= 0 for variance in variances.values()) or all(variance >= 0 for variance in variances.values())
    chosen = variances if one_way and any(variances.values()) else budgets
    return {code: abs(value) for code, value in chosen.items()}


# Text ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """The report a paragraph was built from: which version of it, and the paragraph as it was built."""

    unit_code: str
    report_id: int
    version: int
    paragraph: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a text. `unit_code` is the unit it is about: «[402] …» in what one edits."""

    unit_code: str
    text: str


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs have a blank line between; a unit's code in brackets at the start joins one to its report."""
    found = []
    for block in _BLANK_LINES.split(text.replace("\r\n", "\n").strip()):
        if not block.strip():
            continue
        start = _OF_UNIT.match(block.strip())
        found.append(Paragraph(start[1], block.strip()[start.end() :]) if start else Paragraph("", block.strip()))
    return tuple(found)


def text_of(paragraphs: Iterable[Paragraph]) -> str:
    return "\n\n".join(f"[{part.unit_code}] {part.text}" if part.unit_code else part.text for part in paragraphs)


def built_text(sources: Iterable[Source]) -> str:
    return text_of(Paragraph(source.unit_code, source.paragraph) for source in sources)


def newer_units(built_from: Iterable[Source], present: Iterable[Source]) -> tuple[str, ...]:
    """Codes of units whose report has come, or says something else, since the text was built. A step such as the lock says nothing."""
    known = {(source.report_id, source.paragraph) for source in built_from}
    return tuple(source.unit_code for source in present if (source.report_id, source.paragraph) not in known)


def rebuilt(text: str, built_from: Sequence[Source], present: Sequence[Source]) -> tuple[str, tuple[Source, ...]]:
    """The text anew from present reports, with everything kept that somebody has written in it; and what it is now built from.

    A paragraph that stands as it was built is exchanged, or taken out where its report no longer counts. One that was changed, and one
    about no unit, stays. Reports that were not in it are added at the end. A paragraph that was kept stays older than its report.
    """
    before = {source.unit_code: source for source in built_from}
    now = {source.unit_code: source for source in present}
    kept: list[Paragraph] = []
    sources: dict[str, Source] = {}
    for part in paragraphs_of(text):
        old, new = before.get(part.unit_code), now.get(part.unit_code)
        untouched = old is not None and part.text == old.paragraph
        if untouched and new is None:
            continue
        if untouched and new is not None:
            kept.append(Paragraph(part.unit_code, new.paragraph))
            sources[part.unit_code] = new
            continue
        kept.append(part)
        if old is not None:
            sources[part.unit_code] = old
    standing = {part.unit_code for part in kept}
    for source in present:
        if source.unit_code in standing:
            continue
        if source.unit_code in before:
            # Somebody took it out.
            sources[source.unit_code] = before[source.unit_code]
            continue
        kept.append(Paragraph(source.unit_code, source.paragraph))
        sources[source.unit_code] = source
    return text_of(kept), tuple(sources.values())
