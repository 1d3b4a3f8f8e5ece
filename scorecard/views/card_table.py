"""A scorecard as its table shows it: finished cells, so that the template only puts them in their places."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from common import formats
from common.marks import missing_mark, quality_mark, status_mark, status_tally, trend_mark
from common.memory import Memory
from common.sparklines import sparkline_svg
from scorecard.models import Target
from scorecard.queries.card import Area, Card, approvers_of
from scorecard.queries.card_rows import Row
from scorecard.queries.card_summary import basis_text, held_back_text, index_text, tally, trend_heading
from scorecard.queries.card_words import Words, words_of


@dataclass(frozen=True)
class RowView:
    """One line of the table. `anchor` names the first line of a success factor, for links from the strategy map."""

    words: Words
    url: str
    anchor: str
    first_of_area: bool
    value: SafeString
    badge: SafeString
    spark: SafeString
    change: SafeString
    status: SafeString


@dataclass(frozen=True)
class AreaView:
    """A focus area of the table. `anchor` is what Bydelen nå links to."""

    name: str
    anchor: str
    tally: SafeString
    index: str
    basis: str
    held_back: str
    rows: list[SafeString]


@dataclass(frozen=True)
class OwnTarget:
    """A target that the unit has set itself, beside the one it would inherit."""

    indicator: str
    url: str
    target: str
    since: str
    reason: str
    approved_by: str


@dataclass(frozen=True)
class Setting:
    """What the rows of one table have in common."""

    address: tuple[str, str]
    year: int
    trend_heading: str
    tells_own_target: bool
    # Whether the reader may make an action from a row.
    may_act: bool = False


_rows: Memory[SafeString] = Memory(4000)


def areas_of(card: Card, *, may_act: bool = False) -> list[AreaView]:
    """The whole table. `may_act`: with a way from what is not reached to an action."""
    tells_own = card.scorecard is not None and card.scorecard.unit_id != card.unit_id
    setting = Setting(indicator_address(card.unit_code), card.year, trend_heading(card), tells_own, may_act)
    return [_area(area, setting) for area in card.areas]


def indicator_address(unit_code: str) -> tuple[str, str]:
    """What stands before and after an indicator's code in the address of its page: one look-up for a whole table."""
    before, _code, after = reverse("scorecard:indicator", args=[unit_code, "kode0"]).rpartition("kode0")
    return before, after


def _area(area: Area, setting: Setting) -> AreaView:
    rows: list[SafeString] = []
    before = None
    for row in area.rows:
        new_factor = before is None or before.placed.factor_id != row.placed.factor_id
        rows.append(_line(row, area.area.name, setting, new_factor=new_factor, first=before is None))
        before = row
    return AreaView(
        name=area.area.name,
        anchor=f"omrade-{area.area.pk}",
        tally=status_tally(tally(area.rows)),
        index=index_text(area),
        basis=basis_text(area),
        held_back=held_back_text(area),
        rows=rows,
    )


def _line(row: Row, area_name: str, setting: Setting, *, new_factor: bool, first: bool) -> SafeString:
    """The finished line; made once for everybody who is shown just this. The key holds all that the line is made of."""
    acceptance, indicator = row.acceptance, row.indicator
    key = (
        *(row.standing, row.limits, row.own_target, row.status, row.missing, row.score, row.change, row.info, row.awaited, row.overdue),
        None if acceptance is None else (acceptance.reason, acceptance.interim_target, acceptance.valid_to),
        *(indicator.pk, indicator.version, row.placed.factor_id, row.placed.factor.name, area_name),
        *(setting, new_factor, first, get_language()),
    )
    line = _rows.get(key)
    if line is None:
        view = _row(row, setting.address, new_factor=new_factor, first=first)
        context = {"row": view, "words": view.words, "area_name": area_name, "setting": setting}
        line = SafeString(render_to_string("scorecard/_card_row.html", context, using="tables"))
        _rows.put(key, line)
    return line


def _row(row: Row, address: tuple[str, str], *, new_factor: bool, first: bool) -> RowView:
    words = words_of(row)
    return RowView(
        words=words,
        url=f"{address[0]}{row.indicator.code}{address[1]}",
        anchor=f"faktor-{row.placed.factor_id}" if new_factor else "",
        first_of_area=first,
        value=_value(words),
        badge=quality_mark(words.badge),
        spark=SafeString(sparkline_svg(words.spark, words.spark_label, cell=True)),
        change=trend_mark(words.change),
        status=status_mark(words.status, words.status_word),
    )


def _value(words: Words) -> SafeString:
    if not words.value:
        return missing_mark(words.status_word)
    if words.about:
        return format_html('<small class="al-score__ca">{}</small> {}', words.about, words.value)
    return format_html("{}", words.value)


def own_targets_of(card: Card) -> list[OwnTarget]:
    """The unit's own targets on this card; none for the unit whose card it is."""
    if card.scorecard is None or card.scorecard.unit_id == card.unit_id:
        return []
    rows = [(row, row.target) for row in card.rows if row.own_target and row.target is not None]
    names, address = approvers_of(target for _row, target in rows), indicator_address(card.unit_code)
    return [_own(row, target, names.get(target.approved_by_id or 0, ""), address) for row, target in rows]


def _own(row: Row, target: Target, approved_by: str, address: tuple[str, str]) -> OwnTarget:
    return OwnTarget(
        indicator=row.indicator.name,
        url=f"{address[0]}{row.indicator.code}{address[1]}",
        target=words_of(row).target,
        since=formats.date_short(target.valid_from),
        reason=target.reason,
        approved_by=approved_by,
    )
