"""The consolidated report as its page shows it: each part with its figures, its paragraphs and where they come from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.marks import status_mark
from reporting.queries.approval_words import percent_told, reading_url
from reporting.queries.consolidated import AreaMonth, DistrictMonth
from reporting.queries.consolidated_text import DISTRICT, AreaText, Shown
from reporting.queries.wording import listed, thousands


@dataclass(frozen=True)
class ShownParagraph:
    """`url` leads to the original; «» where the paragraph is about no unit."""

    text: str
    unit: str
    url: str
    is_newer: bool


@dataclass(frozen=True)
class Part:
    """One section. `slug` is its name in addresses."""

    slug: str
    title: str
    figures: tuple[tuple[str, str, str], ...]
    status: SafeString | str
    paragraphs: tuple[ShownParagraph, ...]
    version: int
    is_edited: bool
    edited: str
    newer: str


def parts_of(found: DistrictMonth, texts: Sequence[AreaText], *, slug_of: Callable[[str], str]) -> tuple[Part, ...]:
    areas = {area.code: area for area in found.areas}
    names = {unit.node.code: unit.node.name for unit in found.units}
    return tuple(_part(text, found.total if text.code == DISTRICT else areas.get(text.code), names, found.month, slug_of) for text in texts)


def _part(text: AreaText, area: AreaMonth | None, names: Mapping[str, str], month: date, slug_of: Callable[[str], str]) -> Part:
    newer = [names.get(code, code) for code in text.newer if code]
    edited = {"at": formats.moment(text.edited_at), "name": text.edited_by}
    return Part(
        slug=slug_of(text.code),
        title=_("Hele bydelen") if text.code == DISTRICT else f"{text.code} {text.name}".strip(),
        figures=_figures(area) if area else (),
        status=status_mark(area.status.value) if area else "",
        paragraphs=tuple(_paragraph(each, month) for each in text.paragraphs),
        version=text.version,
        is_edited=text.is_edited,
        edited=_("Skrevet i av %(name)s, %(at)s") % edited if text.is_edited and text.edited_by else "",
        newer=_("Nyere enn teksten: %(units)s.") % {"units": listed(newer)} if newer and text.is_edited else "",
    )


def _figures(area: AreaMonth) -> tuple[tuple[str, str, str], ...]:
    """(label, figure, word) for the small table of a part."""
    variance = percent_told(area.variance, area.amounts.revised)
    return (
        (_("Årsbudsjett"), thousands(area.amounts.revised), ""),
        (_("Prognose"), thousands(area.forecast), ""),
        (_("Prognoseavvik"), thousands(area.variance, signed=True), variance),
        (_("Avvik hittil"), thousands(area.amounts.variance, signed=True), percent_told(area.amounts.variance, area.amounts.budget)),
    )


def _paragraph(each: Shown, month: date) -> ShownParagraph:
    known = bool(each.unit_code and each.unit_name)
    return ShownParagraph(each.text, each.unit_name, reading_url(each.unit_code, month) if known else "", each.is_newer)


def states_of(found: DistrictMonth, texts: Sequence[AreaText]) -> str:
    """From how many reports it is built, and how many are still to come."""
    count = len({source.report_id for text in texts for source in text.sources if source.report_id})
    if found.is_locked:
        return _("Låst. Teksten er bygd av rapportene slik de ble godkjent.")
    if not count:
        return _("Ingen rapporter er godkjent ennå.")
    told = ngettext("Bygd av %(n)s godkjent rapport.", "Bygd av %(n)s godkjente rapporter.", count) % {"n": count}
    left = len(found.units) - count
    if left <= 0:
        return told
    more = ngettext("Én enhet er ikke godkjent ennå.", "%(n)s enheter er ikke godkjent ennå.", left) % {"n": left}
    return f"{told} {more}"
