"""Around the director's list: three figures above it, the areas month by month below it, what is earmarked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.marks import Change, status_mark
from reporting.queries.approval import LOOK, ApprovalPage, changed_since_before
from reporting.queries.approval_words import percent_told
from reporting.queries.consolidated import AreaMonth, DistrictMonth
from reporting.queries.wording import WORDS, listed, thousands
from reporting.rules.economy import Amounts, percent_of, word_of
from reporting.rules.kinds import ReportState as S

MILLION = Decimal(1_000_000)
# So many of the latest months stand in the table where it is narrow.
RECENT = 4


@dataclass(frozen=True)
class Tile:
    label: str
    value: str
    unit: str
    status: SafeString | str = ""
    change: Change | None = None
    goal: str = ""


@dataclass(frozen=True)
class MonthHead:
    label: str
    is_old: bool
    is_this: bool


@dataclass(frozen=True)
class AreaRow:
    code: str
    name: str
    forecasts: tuple[tuple[MonthHead, str], ...]
    budget: str
    to_date: str
    variance: str
    status: SafeString


@dataclass(frozen=True)
class EarmarkedRow:
    name: str
    code: str
    budget: str
    to_date: str
    actual: str
    variance: str


@dataclass(frozen=True)
class Sums:
    """Everything about the district as a whole, as text."""

    lead: str
    tiles: tuple[Tile, ...]
    heads: tuple[MonthHead, ...]
    areas: tuple[AreaRow, ...]
    total: AreaRow
    total_label: str
    before: str
    told: str
    unallocated: tuple[str, str, str]
    without: str
    earmarked: tuple[EarmarkedRow, ...]


def sums_of(page: ApprovalPage) -> Sums:
    found = page.found
    heads = tuple(_head(month, place, len(found.months), found.month) for place, month in enumerate(found.months))
    return Sums(
        lead=_lead(page),
        tiles=(_year_tile(found), _to_date_tile(found), _delivered_tile(page)),
        heads=heads,
        areas=tuple(_area_row(area, found, heads) for area in found.areas),
        total=_area_row(found.total, found, heads),
        total_label=_total_label(page),
        before=thousands(found.total.forecasts.get(found.before) if found.before else None),
        told=percent_told(found.total.variance, found.total.amounts.revised, places=2),
        unallocated=_unallocated(found.unallocated),
        without=_without_forecast(found),
        earmarked=tuple(
            EarmarkedRow(
                node.name,
                node.code,
                thousands(amounts.revised),
                thousands(amounts.budget),
                thousands(amounts.actual),
                thousands(amounts.variance, signed=True),
            )
            for node, amounts in found.earmarked
        ),
    )


def _head(month: date, place: int, count: int, this: date) -> MonthHead:
    short = formats.month_short(month)
    return MonthHead(short, place < count - RECENT, month == this)


def _lead(page: ApprovalPage) -> str:
    if page.found.is_locked:
        return _("Tallene endres ikke lenger. En rettelse lager en ny versjon, og den gamle kan fortsatt leses.")
    green = len(page.green)
    look = sum(fact.group == LOOK for fact in page.facts)
    said = []
    if green:
        text = ngettext("%(n)s enhet er grønn og kan godkjennes.", "%(n)s enheter er grønne og kan godkjennes samlet.", green)
        said.append(text % {"n": formats.count_word(green).capitalize()})
    if page.own_green:
        text = ngettext(
            "Rapporten du har levert selv, må en annen godkjenne.",
            "De %(n)s rapportene du har levert selv, må en annen godkjenne.",
            page.own_green,
        )
        said.append(text % {"n": page.own_green})
    if look:
        said.append(ngettext("%(n)s bør du se på.", "%(n)s bør du se på.", look) % {"n": formats.count_word(look).capitalize()})
    return " ".join(said) or _("Ingen rapporter venter på godkjenning nå.")


def _year_tile(found: DistrictMonth) -> Tile:
    variance = found.total.variance
    text = changed_since_before(found)
    before = found.total.forecasts.get(found.before) if found.before else None
    now = found.total.forecast
    change = None
    if text and now is not None and before is not None:
        direction = "flat" if now == before else "down" if now > before else "up"
        change = Change(direction, {"flat": "flat", "down": "worse", "up": "better"}[direction], text)
    status = status_mark(found.total.status.value) if variance is not None else ""
    return Tile(_("Ventet ved årets slutt"), *_millions(variance), status=status, change=change)


def _to_date_tile(found: DistrictMonth) -> Tile:
    amounts = found.total.amounts
    percent = percent_of(amounts.variance, amounts.budget)
    goal = ""
    if percent:
        words = {"percent": formats.percent(abs(percent), 2)}
        goal = _("%(percent)s over budsjettet hittil") % words if percent < 0 else _("%(percent)s under budsjettet hittil") % words
    return Tile(_("Hittil i år"), *_millions(amounts.variance), goal=goal)


def _delivered_tile(page: ApprovalPage) -> Tile:
    said = []
    if page.found.is_locked:
        delivered = sum(fact.was_delivered for fact in page.counted)
        if page.missing:
            said.append(_("%(units)s leverte ikke.") % {"units": listed(list(page.missing))})
    else:
        delivered = sum(fact.state in (S.DELIVERED, S.APPROVED) for fact in page.counted)
        if counts := _waiting_told(page):
            said.append(f"{listed(counts)}.")
    if page.minutes is not None:
        text = ngettext("Halvparten brukte %(n)s minutt eller mindre.", "Halvparten brukte %(n)s minutter eller mindre.", page.minutes)
        said.append(text % {"n": page.minutes})
    label = _("Levert") if page.found.is_locked else _("Levert til nå")
    return Tile(label, str(delivered), _("av %(count)s enheter") % {"count": len(page.counted)}, goal=" ".join(said))


def _waiting_told(page: ApprovalPage) -> list[str]:
    """«1 er returnert», «2 er påbegynt» …"""
    states = (
        (S.RETURNED, _("%(n)s er returnert")),
        (S.BEGUN, _("%(n)s er påbegynt")),
        (S.NOT_STARTED, _("%(n)s er ikke startet")),
    )
    counts = [(sum(fact.state == state for fact in page.counted), words) for state, words in states]
    return [words % {"n": count} for count, words in counts if count]


def _millions(variance: Decimal | None) -> tuple[str, str]:
    """«9,7», «mill. kr merforbruk»; what is less than a tenth of a million is told in kroner."""
    if variance is None:
        return "", ""
    word = WORDS[word_of(variance)]
    if not variance:
        return "0", str(word)
    if abs(variance) < MILLION / 10:
        return formats.number(abs(variance), 0), f"kr {word}"
    return formats.number(abs(variance) / MILLION, 1), _("mill. kr %(word)s") % {"word": word}


def _area_row(area: AreaMonth, found: DistrictMonth, heads: tuple[MonthHead, ...]) -> AreaRow:
    return AreaRow(
        code=area.code,
        name=area.name,
        forecasts=tuple((head, thousands(area.forecasts.get(month))) for head, month in zip(heads, found.months, strict=True)),
        budget=thousands(area.amounts.revised),
        to_date=thousands(area.amounts.variance, signed=True),
        variance=thousands(area.variance, signed=True),
        status=status_mark(area.status.value),
    )


def _total_label(page: ApprovalPage) -> str:
    units, staff = len(page.counted), len(page.facts) - len(page.counted)
    words = ngettext("Sum, %(n)s enhet", "Sum, %(n)s enheter", units) % {"n": units}
    return _("%(units)s og stab") % {"units": words} if staff else words


def _unallocated(amounts: Amounts) -> tuple[str, str, str]:
    """Actual, budget and variance to date of what no unit has; empty where there is nothing."""
    if amounts.is_empty or not (amounts.actual or amounts.budget or amounts.revised):
        return ("", "", "")
    return thousands(amounts.actual), thousands(amounts.budget), thousands(amounts.variance, signed=True)


def _without_forecast(found: DistrictMonth) -> str:
    """«Juli har ingen prognose.», for months that are not in the table."""
    every = [date(found.month.year, number, 1) for number in range(1, found.month.month)]
    names = [formats.month_name(each) for each in every if each not in found.months]
    return _("Uten prognose: %(months)s.") % {"months": listed(names)} if names and len(found.months) > 1 else ""
