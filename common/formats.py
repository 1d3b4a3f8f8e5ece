"""Figures, dates and periods as text on the screen.

The formats are Norwegian whatever the language of the page (hard space, decimal comma, U+2212); month names and words
follow the active language. A missing value is «–».
"""

from datetime import date, datetime, time
from decimal import Decimal

from django.utils.dates import MONTHS, MONTHS_AP
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common.numbers import round_half_up
from common.oslo import OSLO
from common.periods import Period, PeriodKind

HARD_SPACE = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
MISSING = EN_DASH
MOST_PLACES = 4
# From so many minutes on, hours say it better.
LONG = 90

_NORWEGIAN_SHORT = ("jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des.")
_COUNT_WORDS = {
    "nb": ("null", "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"),
    "nn": ("null", "ein", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}


def number(value: Decimal | int | None, places: int | None = None, *, signed: bool = False) -> str:
    """«1 020 000», «−1 470», «4,45». ``places`` None shows the decimals the value has, without trailing zeros.

    ``signed`` puts a plus before a value above zero. Rounded half up; what rounds to zero has no sign.
    """
    if value is None:
        return MISSING
    exact = Decimal(value)
    text = format(exact if places is None else round_half_up(exact, places), "f")
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _point, decimals = text.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", HARD_SPACE)
    sign = ""
    if int(whole) or decimals.strip("0"):
        sign = MINUS if text.startswith("-") else "+" if signed else ""
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def percent(value: Decimal | int | None, places: int | None = 1) -> str:
    """«10,5 %» for the number 10.5, with a hard space."""
    return MISSING if value is None else f"{number(value, places)}{HARD_SPACE}%"


def points(value: Decimal | int | None, places: int | None = 1) -> str:
    """«1,4 prosentpoeng»: a difference between two percentages, which never is written with %."""
    return MISSING if value is None else f"{number(value, places)} {_('prosentpoeng')}"


def money(value: Decimal | int | None) -> str:
    """«1 470 000 kr», in whole kroner."""
    return MISSING if value is None else f"{number(value, 0)}{HARD_SPACE}kr"


def date_long(day: date | None) -> str:
    """«10. mai 2025». An aware moment gives its day in Oslo."""
    if day is None:
        return MISSING
    day = _local_day(day)
    return f"{day_of_month(day)} {MONTHS[day.month]} {day.year}"


def day_of_month(day: date) -> str:
    """«10.» where one writes it so, as in Norwegian; «10» in other languages."""
    return f"{day.day}." if _language() in {"nb", "nn"} else str(day.day)


def date_short(day: date | None) -> str:
    """«10.05.2025», for tables."""
    return MISSING if day is None else f"{_local_day(day):%d.%m.%Y}"


def clock(at: datetime | time | None) -> str:
    """«09.30», in Oslo for an aware moment."""
    if at is None:
        return MISSING
    return f"{_local(at) if isinstance(at, datetime) else at:%H.%M}"


def moment(at: datetime | None) -> str:
    """«10. mai 2025 kl. 09.30», in Oslo. Raises ValueError on a moment without time zone."""
    if at is None:
        return MISSING
    return _("%(date)s kl. %(clock)s") % {"date": date_long(at), "clock": clock(at)}


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment without time zone cannot be shown")
    return at.astimezone(OSLO)


def _local_day(day: date) -> date:
    return _local(day).date() if isinstance(day, datetime) else day


def period_label(period: Period) -> str:
    """«september 2025», «3. kvartal 2025», «1. tertial 2025», «2025»."""
    words = {"number": period.number, "year": period.year}
    match period.kind:
        case PeriodKind.MONTH:
            return f"{MONTHS[period.number]} {period.year}"
        case PeriodKind.QUARTER:
            return _("%(number)s. kvartal %(year)s") % words
        case PeriodKind.TERTIAL:
            return _("%(number)s. tertial %(year)s") % words
    return str(period.year)


def period_short(period: Period) -> str:
    """«sep. 2025», «K3 2025», «T1 2025», «2025», for column heads and axes."""
    words = {"number": period.number, "year": period.year}
    match period.kind:
        case PeriodKind.MONTH:
            return f"{_short_month(period.number)} {period.year}"
        case PeriodKind.QUARTER:
            return _("K%(number)s %(year)s") % words
        case PeriodKind.TERTIAL:
            return _("T%(number)s %(year)s") % words
    return str(period.year)


def month_label(day: date) -> str:
    """«september 2025», for any day of it."""
    return period_label(Period.month(day.year, day.month))


def month_name(day: date | None) -> str:
    """«september», where the year is plain; nothing where there is no month."""
    return str(MONTHS[day.month]) if day else ""


def month_short(day: date) -> str:
    """«sep.», where the year is plain."""
    return _short_month(day.month)


def date_brief(day: date) -> str:
    """«10. sep.», where the year is plain."""
    return f"{day_of_month(day)} {month_short(day)}"


def _short_month(number: int) -> str:
    return _NORWEGIAN_SHORT[number - 1] if _language() in {"nb", "nn"} else str(MONTHS_AP[number])


def period_span(first: Period, last: Period) -> str:
    """«januar–april 2025», «november 2024–februar 2025», «1.–3. kvartal 2025», «2023–2025».

    Two kinds are told by their first and last month. One period is its own label.
    """
    if first == last:
        return period_label(first)
    if first.kind != last.kind:
        return period_span(first.months[0], last.months[-1])
    if first.year != last.year:
        return f"{period_label(first)}{EN_DASH}{period_label(last)}"
    if first.kind == PeriodKind.MONTH:
        return f"{MONTHS[first.number]}{EN_DASH}{period_label(last)}"
    words = {"first": first.number, "last": last.number, "year": first.year}
    if first.kind == PeriodKind.QUARTER:
        return _("%(first)s.–%(last)s. kvartal %(year)s") % words
    return _("%(first)s.–%(last)s. tertial %(year)s") % words


def count_word(n: int) -> str:
    """A count in running text: a word up to twelve, then digits."""
    words = _COUNT_WORDS.get(_language(), _COUNT_WORDS["nb"])
    return words[n] if 0 <= n < len(words) else number(n)


def duration(minutes: int) -> str:
    """About how long: «1 minutt», «12 minutter», and from an hour and a half in half hours: «2,5 timer»."""
    if minutes < LONG:
        return ngettext("%(n)s minutt", "%(n)s minutter", minutes) % {"n": minutes}
    halves = round_half_up(Decimal(minutes) / 30, 0)
    return _("%(n)s timer") % {"n": number(halves / 2, 1 if halves % 2 else 0)}


def _language() -> str:
    return (get_language() or "nb").split("-")[0]


def distance_places(value: Decimal | None, target: Decimal | None, places: int) -> int:
    """How many decimals a value needs so that the reader sees on which side of the target it is.

    4.45 against 4.5 with one decimal would read «4,5» and yet not be reached: it needs two. At most four are added up to.
    """
    if value is None or target is None:
        return places
    side = value.compare(target)
    for shown in range(places, MOST_PLACES + 1):
        if round_half_up(value, shown).compare(target) == side:
            return shown
    return max(places, MOST_PLACES)
