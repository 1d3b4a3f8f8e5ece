"""A scorecard as its table shows it: finished cells, so that the template only puts them in their places."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import formats
from common.marks import missing_mark, quality_mark, status_mark, status_tally, trend_mark
from common.sparklines import sparkline_svg
from scorecard.models import Target
from scorecard.queries.card import Area, Card, approvers_of
from scorecard.queries.card_rows import Row
from scorecard.queries.card_summary import basis_text, held_back_text, index_text, tally
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
    rows: list[RowView]


@dataclass(frozen=True)
class OwnTarget:
    """A target that the unit has set itself, beside the one it would inherit."""

    indicator: str
    url: str
    target: str
    since: str
    reason: str
    approved_by: str


def areas_of(card: Card) -> list[AreaView]:
    """The whole table."""
    address = indicator_address(card.unit_code)
    return [_area(area, address) for area in card.areas]


def indicator_address(unit_code: str) -> tuple[str, str]:
    """What stands before and after an indicator's code in the address of its page: one look-up for a whole table."""
    before, _code, after = reverse("scorecard:indicator", args=[unit_code, "kode0"]).rpartition("kode0")
    return before, after


def _area(area: Area, address: tuple[str, str]) -> AreaView:
    rows: list[RowView] = []
    before = None
    for row in area.rows:
        rows.append(_row(row, address, new_factor=before is None or before.placed.factor_id != row.placed.factor_id, first=before is None))
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
