"""Small marks that stand in hundreds of cells: status, trend, quality, the missing number.

One place builds the markup, and both template engines show it, so a cell may arrive
as a ready string. Meaning is always icon and word; colour comes last.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.icons import icon_mark


class Mark(NamedTuple):
    """Style, icon, word, and the shorter word that follows a count."""

    style: str
    icon: str
    word: Promise
    counted: Promise


STATUSES: dict[str, Mark] = {
    "reached": Mark("reached", "check", gettext_lazy("Nådd"), gettext_lazy("nådd")),
    "nearly": Mark("near", "warn", gettext_lazy("Nesten nådd"), gettext_lazy("nesten")),
    "not_reached": Mark("missed", "err", gettext_lazy("Ikke nådd"), gettext_lazy("ikke nådd")),
    "no_value": Mark("none", "minus", gettext_lazy("Ingen måling"), gettext_lazy("ingen måling")),
    "no_target": Mark("nogoal", "question", gettext_lazy("Mangler mål"), gettext_lazy("mangler mål")),
    "accepted": Mark("accepted", "flag", gettext_lazy("Akseptert avvik"), gettext_lazy("akseptert")),
    "masked": Mark("none", "lock", gettext_lazy("Skjult"), gettext_lazy("skjult")),
    "not_due": Mark("none", "clock", gettext_lazy("Ikke målt ennå"), gettext_lazy("ikke ennå")),
    "not_relevant": Mark("none", "minus", gettext_lazy("Ikke relevant"), gettext_lazy("ikke relevant")),
}

QUALITIES: dict[str, tuple[str, Promise]] = {
    "final": ("final", gettext_lazy("Endelig")),
    "preliminary": ("", gettext_lazy("Foreløpig")),
    "estimate": ("estimate", gettext_lazy("Anslag")),
    "missing": ("", pgettext_lazy("data quality", "Mangler")),
    "not_measured": ("", gettext_lazy("Ikke målt i år")),
    "not_relevant": ("", gettext_lazy("Ikke relevant")),
}

DIRECTIONS = {"up": "arrow", "down": "arrow", "flat": "minus"}
VERDICTS = {"better", "worse", "flat"}


class Change(NamedTuple):
    """A change since last time, as a page says it.

    `direction`: up, down or flat. `verdict`: better, worse or flat (neither).
    `text`: the whole phrase, for example "0,2 prosentpoeng høyere".
    """

    direction: str
    verdict: str
    text: str


@lru_cache(maxsize=512)
def _status(style: str, icon: str, word: str) -> SafeString:
    return mark_safe(f'<span class="al-status al-status--{style}">{icon_mark(icon)}{escape(word)}</span>')


def status_mark(code: str, text: str | None = None) -> SafeString:
    """Icon, tile and word of one status. `text` replaces the word, for example with a count.

    Raises KeyError for an unknown code: a page must not guess a colour.
    """
    mark = STATUSES[code]
    return _status(mark.style, mark.icon, str(mark.word) if text is None else text)


def status_cell(code: str, shown: str) -> SafeString:
    """Icon and number in a narrow cell; the word is there for those who do not see the tile.

    `shown` is the formatted number; it is escaped unless it is already markup.
    """
    mark = STATUSES[code]
    return mark_safe(
        f'<span class="al-status al-status--{mark.style} al-mark">{icon_mark(mark.icon)}'
        f'<span class="al-mark__num">{escape(shown)}</span>'
        f'<span class="pkt-sr-only">, {escape(str(mark.word))}</span></span>'
    )


def status_tally(counts: Iterable[tuple[str, int]]) -> SafeString:
    """«3 nådd», «1 nesten» …; statuses without any are left out."""
    return mark_safe("".join(status_mark(code, f"{count}\N{NO-BREAK SPACE}{STATUSES[code].counted}") for code, count in counts if count))


def trend_mark(change: Change | None, *, hide_text: bool = False) -> SafeString:
    """Arrow for the direction, words for the meaning; nothing where there is no change to tell."""
    if not change:
        return SafeString("")
    if change.direction not in DIRECTIONS or change.verdict not in VERDICTS:
        raise ValueError(f"unknown change: {change.direction}, {change.verdict}")
    styles = f"al-trend--{change.direction}"
    if change.verdict != change.direction:
        styles += f" al-trend--{change.verdict}"
    text = escape(change.text)
    if hide_text:
        text = SafeString(f'<span class="pkt-sr-only">{text}</span>')
    return mark_safe(f'<span class="al-trend {styles}">{icon_mark(DIRECTIONS[change.direction])}{text}</span>')


def quality_mark(code: str | None, *, always: bool = False) -> SafeString:
    """Badge that touches the number. A final number needs none, unless `always`."""
    if not code or (code == "final" and not always):
        return SafeString("")
    style, word = QUALITIES[code]
    extra = f" al-quality--{style}" if style else ""
    return mark_safe(f'<span class="al-quality{extra}">{escape(str(word))}</span>')


def missing_mark(word: str | None = None) -> SafeString:
    """A dash for the eye and a word for the ear, where a number is not there."""
    return mark_safe(
        f'<span aria-hidden="true">–</span><span class="pkt-sr-only">{escape(_("Ikke målt") if word is None else word)}</span>'
    )
