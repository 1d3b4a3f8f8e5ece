"""A unit's economy as the report says it: the sentence, the bar of the year, and the groups of accounts behind the variance."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from reporting.queries.wording import listed, thousands, word_in_thousands
from reporting.rules.economy import Amounts, UnitEconomy, Word, largest_groups, main_groups

WIDTH = Decimal(1000)
# The bars' picture: 200 wide, the zero line where both ways fit.
BARS, EDGE = Decimal(200), Decimal(2)


@dataclass(frozen=True)
class Sentence:
    """«Dere har brukt 1 470 000 kr mer enn budsjettert. Det er 2,9 %. Mest på vikarer.» in the parts a template joins."""

    start: str
    amount: str
    rest: str
    percent: str
    most: str
    # The same beginning, for those who read about another unit than their own.
    told_of: str


@dataclass(frozen=True)
class Bar:
    """The year as one bar, in tenths of percent of its width."""

    used: str
    rest: str
    over: str
    goal: str
    over_at: str
    used_text: str
    rest_text: str
    goal_text: str
    difference_text: str
    difference_word: str


@dataclass(frozen=True)
class GroupBar:
    """One group of accounts: how far it is from its budget, which way, and the word for it."""

    code: str
    name: str
    text: str
    word: str
    x: str
    width: str
    zero: str
    is_bad: bool


def sentence(economy: UnitEconomy) -> Sentence | None:
    """What has been used compared with the budget; None where nothing was delivered."""
    amounts = economy.ordinary
    variance = amounts.variance
    if variance is None:
        return None
    percent = "" if amounts.variance_percent is None else formats.percent(abs(amounts.variance_percent))
    if not variance:
        as_planned = _("Enheten har brukt akkurat det som var budsjettert.")
        return Sentence("", "", _("Dere har brukt akkurat det som var budsjettert."), "", "", as_planned)
    start = _("Dere har fått") if amounts.is_income else _("Dere har brukt")
    told_of = _("Enheten har fått") if amounts.is_income else _("Enheten har brukt")
    most = _most(economy) if variance < 0 else ""
    return Sentence(start, formats.money(abs(variance)), str(REST[amounts.word]), percent, most, told_of)


REST = {
    Word.OVERSPEND: lazy("mer enn budsjettert"),
    Word.UNDERSPEND: lazy("mindre enn budsjettert"),
    Word.LESS_INCOME: lazy("mindre i inntekt enn budsjettert"),
    Word.MORE_INCOME: lazy("mer i inntekt enn budsjettert"),
}


def _most(economy: UnitEconomy) -> str:
    """Where most of it is; too little income is called so."""
    names = []
    for group in main_groups(economy.groups):
        name = group.name[:1].lower() + group.name[1:]
        names.append(_("mindreinntekt på %(group)s") % {"group": name} if group.amounts.is_income else name)
    return listed(names)


def bar(amounts: Amounts, forecast: Decimal | None) -> Bar | None:
    """Used, expected for the rest of the year, and what goes over the budget. None where there is no year's budget or it is an income."""
    if amounts.revised is None or amounts.revised <= 0 or amounts.actual is None or amounts.actual < 0:
        return None
    expected = forecast if forecast is not None else amounts.revised
    scale = max(expected, amounts.revised, amounts.actual) * Decimal("1.026")
    used = min(amounts.actual, expected)
    over = max(expected - max(amounts.revised, used), Decimal(0))
    rest = max(expected - used - over, Decimal(0))
    difference = amounts.revised - expected
    return Bar(
        used=_tenths(used, scale),
        rest=_tenths(rest, scale),
        over=_tenths(over, scale),
        goal=_tenths(amounts.revised, scale),
        over_at=_tenths(used + rest, scale),
        used_text=thousands(amounts.actual),
        rest_text=thousands(expected - amounts.actual),
        goal_text=thousands(amounts.revised),
        difference_text=thousands(abs(difference)),
        difference_word=_("Merforbruk i prognosen") if difference < 0 else _("Mindreforbruk i prognosen") if difference else "",
    )


def group_bars(economy: UnitEconomy) -> list[GroupBar]:
    """The largest variances either way, and all others together."""
    shown, rest = largest_groups(economy.groups)
    rows = [(group.code, group.name, group.amounts) for group in shown if group.amounts.variance]
    if rest is not None and rest.variance:
        rows.append(("", _("Alt annet"), rest))
    variances = [amounts.variance or Decimal(0) for _code, _name, amounts in rows]
    low, high = min([*variances, Decimal(0)]), max([*variances, Decimal(0)])
    scale = (BARS - 2 * EDGE) / (high - low) if high > low else Decimal(0)
    zero = EDGE - low * scale
    return [_group_bar(code, name, amounts, zero, scale) for code, name, amounts in rows]


def _group_bar(code: str, name: str, amounts: Amounts, zero: Decimal, scale: Decimal) -> GroupBar:
    variance = amounts.variance or Decimal(0)
    size = abs(variance) * scale
    start = zero - size if variance < 0 else zero
    text = thousands(variance, signed=True)
    return GroupBar(
        code,
        name,
        text,
        word_in_thousands(variance, is_income=amounts.is_income),
        f"{start:.1f}",
        f"{size:.1f}",
        f"{zero:.1f}",
        variance < 0,
    )


def _tenths(amount: Decimal, scale: Decimal) -> str:
    return f"{amount / scale * WIDTH:.0f}"
