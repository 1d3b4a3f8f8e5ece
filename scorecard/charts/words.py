"""Words around an indicator's chart: periods, counts, targets, changes."""

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
from scorecard.queries.figures import target_text
from scorecard.rules.statuses import Limits
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


def table_text(indicator: Indicator, value: Decimal) -> str:
    """«86,2», «91», «4,45» in a table of a source's own figures: a whole percent or count has no decimals, since the source gave none."""
    whole = value == round_half_up(value, 0) and indicator.measure != Indicator.Measure.SCALE
    return formats.number(value, 0 if whole else indicator.places)


def computed(indicator: Indicator, value: Decimal | None) -> str:
    """A figure we have computed, with a decimal more than the source's: «92,50» beside «92,5»."""
    return formats.MISSING if value is None else formats.number(value, max(indicator.places + 1, 2))


def goal(indicator: Indicator, limits: Limits | None) -> str:
    """«minst 95 %», «høyst 9,9 %», «85–90 %»; empty without a target."""
    return target_text(indicator, limits) if limits is not None and limits.has_target else ""


def change_mark(indicator: Indicator, change: Change | None, size: str, *, now: bool = False) -> ChangeMark | None:
    """The change as a mark, with its size in words: «4,8 prosentpoeng lavere», with `now` «4,8 prosentpoeng lavere nå»."""
    if change is None:
        return None
    verdict = "flat" if change.effect == Effect.SAME else change.effect.value
    if round_half_up(change.delta, indicator.places + 1) == 0:
        return ChangeMark("flat", "flat", _("Uendret"))
    words = {"size": size}
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
