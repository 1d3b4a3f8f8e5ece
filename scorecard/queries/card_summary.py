"""What a scorecard comes to, in sentences: how many targets are reached, and what one must know to read it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common import formats
from common.marks import STATUSES
from common.numbers import round_half_up
from scorecard.queries.card import Area, Card
from scorecard.queries.card_rows import Row
from scorecard.rules.statuses import Missing, Status

HUNDRED = Decimal(100)
JUDGED = (Status.REACHED, Status.NEARLY, Status.NOT_REACHED)


def tally(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """How many of each status there are, colours first."""
    counts = Counter(row.code for row in rows)
    return [(code, counts[code]) for code in STATUSES if counts[code]]


def count_of(number: int) -> str:
    """«én», «to» … «tolv», then digits: bokmål tells the number one from the article."""
    return pgettext("a number", "én") if number == 1 else formats.count_word(number)


def headline(card: Card) -> SafeString:
    """«Tre av ti indikatorer er <b>nådd</b> og én er <b>nesten nådd</b>. Seks mangler måling.»"""
    counts, total = Counter(row.code for row in card.rows), len(card.rows)
    sentences = [_judged(counts, total), *_unjudged(counts)]
    return SafeString(" ".join(_capital(sentence) for sentence in sentences))


def _judged(counts: Counter[str], total: int) -> SafeString:
    words = {"total": count_of(total)}
    if not any(counts[status] for status in JUDGED):
        if total == 1:
            return format_html("{}", _("Indikatoren har ingen status ennå."))
        return format_html("{}", _("Ingen av %(total)s indikatorer har status ennå.") % words)
    number = counts[Status.REACHED]
    first = count_of(number) if number else _("ingen")
    start = ngettext("%(number)s av %(total)s indikator", "%(number)s av %(total)s indikatorer", total) % {**words, "number": first}
    parts = [format_html("{} {} <b>{}</b>", start, _are(number), _("nådd"))]
    for status, word in ((Status.NEARLY, _("nesten nådd")), (Status.NOT_REACHED, _("ikke nådd"))):
        if counts[status]:
            parts.append(format_html("{} {} <b>{}</b>", count_of(counts[status]), _are(counts[status]), word))
    return format_html("{}.", listed(parts))


def _are(number: int) -> str:
    """The verb follows the number in languages where it has to."""
    return ngettext("er", "er", number)


def _unjudged(counts: Counter[str]) -> list[str]:
    missing = {
        Status.NO_VALUE.value: _("%(number)s mangler måling."),
        Missing.NOT_DUE.value: _("%(number)s er ikke forfalt ennå."),
        Status.NO_TARGET.value: _("%(number)s mangler mål."),
        Status.ACCEPTED.value: _("%(number)s er akseptert avvik."),
        Missing.MASKED.value: _("%(number)s vises ikke for deg."),
        Missing.NOT_RELEVANT.value: _("%(number)s gjelder ikke her."),
    }
    return [text % {"number": count_of(counts[code])} for code, text in missing.items() if counts[code]]


def listed(parts: Sequence[str]) -> SafeString:
    """«a, b og c»."""
    if len(parts) < 2:
        return format_html("{}", parts[0] if parts else "")
    start = SafeString(", ").join(format_html("{}", part) for part in parts[:-1])
    return format_html("{} {} {}", SafeString(start), _("og"), parts[-1])


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def remarks(card: Card) -> list[str]:
    """What the statuses rest on, where that is not plainly the present against the card's own targets."""
    year = {"year": card.year}
    measured = [row for row in card.rows if row.standing.judged is not None and row.standing.period is not None]
    earlier = [row for row in measured if row.standing.period and row.standing.period.year < card.year]
    told = []
    if card.known_at is not None:
        told.append(_("Slik det var kjent %(day)s.") % {"day": formats.date_long(card.known_at)})
    if earlier and len(earlier) == len(measured):
        none = _("Ingen er målt i %(year)s ennå.") if card.moment.present else _("Ingen er målt i %(year)s.")
        told += [none % year, _("Statusen viser siste resultat mot målet for %(year)s.") % year]
    elif earlier:
        told.append(
            ngettext(
                "%(number)s er ikke målt i %(year)s og viser siste resultat mot målet for %(year)s.",
                "%(number)s er ikke målt i %(year)s og viser siste resultat mot målet for %(year)s.",
                len(earlier),
            )
            % {**year, "number": _capital(count_of(len(earlier)))}
        )
    if not card.own_targets and not card.wide:
        told.append(_("Statusen er regnet mot målet enheten ellers ville hatt."))
    return told


def index_text(area: Area) -> str:
    """«94 av 100», or «For få målinger» where too little of the weight is measured; nothing where nothing is."""
    if not area.index.covered_count:
        return ""
    if area.index.value is None:
        return _("For få målinger til poeng")
    # What is not quite 100 never reads as 100.
    places = formats.distance_places(area.index.value, HUNDRED, 0)
    return _("%(index)s av 100") % {"index": formats.number(round_half_up(area.index.value, places))}


def basis_text(area: Area) -> str:
    """«basert på 5 av 7 indikatorer», where not all are measured."""
    index = area.index
    if not index.covered_count or index.covered_count == index.total_count:
        return ""
    words = {"covered": index.covered_count, "total": index.total_count}
    return (
        ngettext("basert på %(covered)s av %(total)s indikator", "basert på %(covered)s av %(total)s indikatorer", index.total_count)
        % words
    )


def held_back_text(area: Area) -> str:
    """Why an area is not green although its index is high."""
    if not area.index.held_back:
        return ""
    names = [row.indicator.name for row in area.rows if row.placed.critical and row.code == Status.NOT_REACHED]
    return _("Holdes tilbake av %(names)s, som må nås.") % {"names": ", ".join(names)}


def trend_heading(card: Card) -> str:
    """«Utvikling 2006–2008» where all figures are of years, else «Utvikling»."""
    periods = [period for row in card.rows for period, _value in row.standing.trend]
    years = [period.year for period in periods if period is not None and period.kind.length == 12]
    if not years or len(years) < len(periods):
        return _("Utvikling")
    # A word joiner on both sides keeps the span on one line.
    return _("Utvikling %(first)s\u2060–\u2060%(last)s") % {"first": min(years), "last": max(years)}
