"""Template tags and filters of the design: marks, numbers, buttons, wrappers.

Loaded everywhere as a builtin. Each tag escapes what it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from common import formats, icons, marks
from common.periods import Period
from common.punkt.errors import error_lines
from common.sparklines import Sparkline, sparkline_svg

register = template.Library()

BUTTON_KINDS = {"primary", "secondary", "tertiary"}


# Icons and files ----------------------------------------------------------------


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """`{% icon "check" %}`, `{% icon "down" "s" %}`: decoration in the colour of the text."""
    return icons.icon_mark(name, size)


@register.simple_tag
def icon_sprite() -> SafeString:
    """All icons, once per page; base.html does it."""
    return icons.sprite()


@register.simple_tag
def vendored(path: str) -> str:
    """`{% vendored "punkt/css/pkt.min.css" as punkt %}`: address, or "" where it is missing."""
    return icons.vendored(path)


# Marks --------------------------------------------------------------------------


@register.simple_tag
def status(code: str, text: str | None = None) -> SafeString:
    """`{% status "reached" %}`: tile, icon and word. `text` replaces the word."""
    return marks.status_mark(code, text)


@register.simple_tag
def status_cell(code: str, shown: str) -> SafeString:
    """`{% status_cell code number %}`: tile and number for a heat table."""
    return marks.status_cell(code, shown)


@register.simple_tag
def status_count(counts: dict[str, int] | Iterable[tuple[str, int]]) -> SafeString:
    """`{% status_count counts %}`: marks with counts, for (code, count) pairs or a dict."""
    return marks.status_tally(counts.items() if isinstance(counts, dict) else counts)


@register.simple_tag
def trend(change: marks.Change | None, hide_text: bool = False) -> SafeString:
    """`{% trend change %}` for a `marks.Change`; empty for None."""
    return marks.trend_mark(change, hide_text=hide_text)


@register.simple_tag
def quality(code: str | None, always: bool = False) -> SafeString:
    """`{% quality "estimate" %}`: badge beside a number; final shows nothing unless `always`."""
    return marks.quality_mark(code, always=always)


@register.simple_tag
def missing(word: str | None = None) -> SafeString:
    """`{% missing %}`: dash for the eye, «Ikke målt» (or `word`) for the ear."""
    return marks.missing_mark(word)


@register.simple_tag
def spark(line: Sparkline | None, label: str, cell: bool = False) -> SafeString:
    """`{% spark line "2006: 4,2. 2007: 4,3." %}`: small line chart with its words."""
    return mark_safe(sparkline_svg(line, label, cell=cell))


# Numbers and dates --------------------------------------------------------------


@register.filter
def nb_number(value: Decimal | int | None, places: int = 0) -> SafeString | str:
    """`{{ value|nb_number:1 }}`: 69 500,5; a dash with words for None."""
    return marks.missing_mark() if value is None else formats.number(value, places)


@register.filter
def nb_duration(minutes: int) -> str:
    """`{{ minutes|nb_duration }}`: 12 minutter, 2,5 timer."""
    return formats.duration(minutes)


@register.filter
def count_word(value: int) -> str:
    """`{{ value|count_word }}`: «to», «tolv», «13»."""
    return formats.count_word(value)


@register.filter
def nb_percent(value: Decimal | int | None, places: int = 1) -> SafeString | str:
    """`{{ value|nb_percent:1 }}`: 10,5 %; a dash with words for None."""
    return marks.missing_mark() if value is None else formats.percent(value, places)


@register.filter
def nb_date(value: date | None) -> SafeString | str:
    """`{{ day|nb_date }}`: 10. mai 2025."""
    return marks.missing_mark("") if value is None else formats.date_long(value)


@register.filter
def nb_date_short(value: date | None) -> SafeString | str:
    """`{{ day|nb_date_short }}`: 10.05.2025, for tables."""
    return marks.missing_mark("") if value is None else formats.date_short(value)


@register.filter
def nb_moment(value: datetime | None) -> SafeString | str:
    """`{{ moment|nb_moment }}`: 10. mai 2025 kl. 09.30."""
    return marks.missing_mark("") if value is None else formats.moment(value)


@register.filter
def period(value: Period | None) -> SafeString | str:
    """`{{ value|period }}`: januar 2025, 1. tertial 2025, 2025."""
    return marks.missing_mark("") if value is None else formats.period_label(value)


@register.filter
def year(value: int) -> str:
    """`{{ 2026|year }}`: never with a thousand separator. The same for codes and ids."""
    return str(value)


# Buttons ------------------------------------------------------------------------


def _button_parts(label: str, kind: str, icon_name: str, small: bool) -> tuple[str, SafeString]:
    if kind not in BUTTON_KINDS:
        raise ValueError(f"unknown kind of button: {kind}")
    styles = f"pkt-btn pkt-btn--{kind} pkt-btn--{'icon-left' if icon_name else 'label-only'}"
    if small:
        styles += " pkt-btn--small"
    picture = format_html('<span class="pkt-btn__icon">{}</span>', icons.icon_mark(icon_name)) if icon_name else ""
    return styles, format_html('{}<span class="pkt-btn__text">{}</span>', picture, label)


@register.simple_tag
def link_button(label: str, url: str, kind: str = "secondary", icon: str = "", small: bool = False) -> SafeString:
    """`{% link_button label url kind="primary" icon="plus" %}`: a link that looks like a button."""
    styles, inside = _button_parts(label, kind, icon, small)
    return format_html('<a class="{}" href="{}">{}</a>', styles, url, inside)


@register.simple_tag
def submit_button(
    label: str,
    kind: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    small: bool = False,
) -> SafeString:
    """`{% submit_button label name="do" value="publish" %}`: sends the form it stands in."""
    styles, inside = _button_parts(label, kind, icon, small)
    sent = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button class="{}" type="submit"{}>{}</button>', styles, sent, inside)


# Wrappers -----------------------------------------------------------------------


@register.simple_block_tag
def explain(content: str, quiet: bool = False) -> SafeString:
    """`{% explain %}<p class="al-explain__say">…</p>{% endexplain %}`: one sentence before a table."""
    styles = "al-explain al-explain--quiet" if quiet else "al-explain"
    return format_html('<div class="{}">{}</div>', styles, content)


@register.simple_block_tag
def table_wrap(content: str, label: str) -> SafeString:
    """`{% table_wrap label="Målekart for 2009" %}<table class="al-table" …>{% endtable_wrap %}`.

    The phone turns rows into cards, so inside: `role` on table parts (table, rowgroup,
    row, columnheader, rowheader, cell), `data-label` on every td, `al-num` on numbers,
    `al-table__key` on the number that matters, `al-table__status` on the status and
    `al-table__extra` on what a phone leaves out.
    """
    return format_html(
        '<div class="al-table-wrap" role="region" tabindex="0" aria-label="{}">{}</div>',
        label,
        content,
    )


@register.simple_block_tag
def message(content: str, kind: str = "info") -> SafeString:
    """`{% message kind="warning" %}<p>…</p>{% endmessage %}`: info, success, warning or error."""
    pictures = {"info": "info", "success": "success", "warning": "warn", "error": "err"}
    extra = "" if kind == "info" else f" al-message--{escape(kind)}"
    return format_html('<div class="al-message{}">{}{}</div>', extra, icons.icon_mark(pictures[kind]), content)


@register.inclusion_tag("components/errors.html")
def error_summary(form: BaseForm | BaseFormSet[BaseForm], title: str | None = None) -> dict[str, Any]:
    """`{% error_summary form %}`: every error of a form or formset, each a link to its field."""
    return {"lines": error_lines(form), "title": title}


@register.filter
def attribute_of(thing: Any, name: str) -> Any:
    """`{{ row|attribute_of:name }}`: an item or attribute whose name stands in a variable."""
    try:
        return thing[name]
    except (TypeError, KeyError):
        return getattr(thing, name, None)
