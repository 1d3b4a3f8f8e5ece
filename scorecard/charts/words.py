"""An indicator's figures in the indicator's own words, for everything around its chart."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import formats
from common.marks import Change as ChangeMark
from common.numbers import round_half_up
from common.periods import Period, PeriodKind
from scorecard.models import Indicator
from scorecard.queries import wording
from scorecard.rules.statuses import Limits, Quality
from scorecard.rules.trends import Arrow, Change, Effect

PERIOD_WORDS: dict[str, Promise] = {
    PeriodKind.MONTH: gettext_lazy("måned"),
    PeriodKind.QUARTER: gettext_lazy("kvartal"),
    PeriodKind.TERTIAL: gettext_lazy("tertial"),
    PeriodKind.YEAR: gettext_lazy("år"),
}
PREVIOUS: dict[str, Promise] = {
    PeriodKind.MONTH: gettext_lazy("Forrige måned"),
    PeriodKind.QUARTER: gettext_lazy("Forrige kvartal"),
    PeriodKind.TERTIAL: gettext_lazy("Forrige tertial"),
    PeriodKind.YEAR: gettext_lazy("Forrige år"),
}
STEP_WORDS: dict[str, Promise] = {
    PeriodKind.MONTH: gettext_lazy("fra måned til måned"),
    PeriodKind.QUARTER: gettext_lazy("fra kvartal til kvartal"),
    PeriodKind.TERTIAL: gettext_lazy("fra tertial til tertial"),
    PeriodKind.YEAR: gettext_lazy("fra år til år"),
}


def places_of(indicator: Indicator, value: Decimal, target: Decimal | None = None) -> int:
    """Enough decimals to see the status by; a whole percent or count has none, since the source gave none."""
    whole = value == round_half_up(value, 0) and indicator.measure != Indicator.Measure.SCALE
    return formats.distance_places(value, target, 0 if whole else indicator.places)


def figure(indicator: Indicator, value: Decimal | None, target: Decimal | None = None) -> str:
    """«86,2», «4,45», «11 279», «–»: without what it is measured in."""
    return formats.MISSING if value is None else formats.number(value, places_of(indicator, value, target))


def exact(indicator: Indicator, value: Decimal | None) -> str:
    """A figure we have computed, with a decimal more than the source's: «92,50» beside «92,5»."""
    return formats.MISSING if value is None else formats.number(value, max(indicator.places + 1, 2))


def suffix(indicator: Indicator) -> str:
    """What follows a figure, without its space: «%», «kr», or nothing."""
    return wording.unit_suffix(indicator.measure, indicator.unit_text).strip(formats.HARD_SPACE)


def with_suffix(indicator: Indicator, text: str) -> str:
    return f"{text}{wording.unit_suffix(indicator.measure, indicator.unit_text)}"


def shown(indicator: Indicator, value: Decimal | None, *, target: Decimal | None = None, quality: str = Quality.FINAL) -> str:
    """«86,2 %», «ca. 97 %», «4,45», «–»."""
    if value is None:
        return formats.MISSING
    text = with_suffix(indicator, figure(indicator, value, target))
    return _("ca. %(figure)s") % {"figure": text} if quality == Quality.ESTIMATE else text


def span(indicator: Indicator, low: Decimal, high: Decimal) -> str:
    """«83,8–100 %», rounded as the indicator's figures are."""
    ends = [formats.number(round_half_up(end, indicator.places)) for end in (low, high)]
    return with_suffix(indicator, formats.EN_DASH.join(ends))


def goal(indicator: Indicator, limits: Limits | None) -> str:
    """«minst 95 %», «høyst 9,9 %», «85–90 %»; empty without a target."""
    if limits is None or not limits.has_target:
        return ""
    return wording.target_text(
        direction=indicator.direction,
        measure=indicator.measure,
        unit_text=indicator.unit_text,
        places=indicator.places,
        target=limits.target,
        low=limits.low,
        high=limits.high,
    )


def difference(indicator: Indicator, delta: Decimal) -> str:
    """«4,8 prosentpoeng», «542 kr», «0,2»: the size of a change, without its sign."""
    size = abs(delta)
    # A change too small for the indicator's decimals is told with one more, never as nought.
    places = places_of(indicator, size)
    places = places if round_half_up(size, places) else indicator.places + 1
    if indicator.measure == Indicator.Measure.PERCENT:
        return formats.points(size, places)
    return with_suffix(indicator, formats.number(size, places))


def change_mark(indicator: Indicator, change: Change | None, *, now: bool = False) -> ChangeMark | None:
    """The change as a mark: «4,8 prosentpoeng lavere», with `now` «4,8 prosentpoeng lavere nå»."""
    if change is None:
        return None
    verdict = "flat" if change.effect == Effect.SAME else change.effect.value
    if round_half_up(change.delta, indicator.places + 1) == 0:
        return ChangeMark("flat", "flat", _("Uendret"))
    words = {"size": difference(indicator, change.delta)}
    if change.delta > 0:
        text = _("%(size)s høyere nå") if now else _("%(size)s høyere")
    else:
        text = _("%(size)s lavere nå") if now else _("%(size)s lavere")
    direction = "flat" if change.arrow == Arrow.FLAT else change.arrow.value
    return ChangeMark(direction, verdict, text % words)


def heading(period: Period) -> str:
    """«Januar 2014»."""
    return str(capfirst(formats.period_label(period)))


def count(n: int, kind: str) -> str:
    """«25 måneder», «1 år»."""
    words = {"n": n}
    match kind:
        case PeriodKind.MONTH:
            return ngettext("%(n)s måned", "%(n)s måneder", n) % words
        case PeriodKind.QUARTER:
            return ngettext("%(n)s kvartal", "%(n)s kvartaler", n) % words
        case PeriodKind.TERTIAL:
            return ngettext("%(n)s tertial", "%(n)s tertialer", n) % words
    return ngettext("%(n)s år", "%(n)s år", n) % words


def counted(n: int, kind: str) -> str:
    """The same in running text: «fem måneder»."""
    return count(n, kind).replace(str(n), formats.count_word(n), 1)
