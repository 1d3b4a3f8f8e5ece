"""Figures, targets and changes of one indicator as people read them: the same on every page, in every file and on the command line."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from common import formats
from common.numbers import round_half_up
from scorecard.models import Indicator
from scorecard.rules.statuses import Direction, Limits, Quality

# Stored figures have six decimals; a target or a sum shows at most so many more than the indicator's own.
EXTRA_PLACES = 2


def figure_text(indicator: Indicator, value: Decimal | None, limits: Limits | None = None, quality: str = Quality.FINAL) -> str:
    """«4,45», «10,5 %», «11 279 kr», «ca. 97 %»; «–» without a figure. Enough decimals to see on which side of its limits it lies."""
    if value is None:
        return formats.MISSING
    if quality == Quality.ESTIMATE:
        return _("ca. %(figure)s") % {"figure": exact_text(indicator, value, limits)}
    return with_unit(indicator, bare_text(indicator, value, limits))


def bare_text(indicator: Indicator, value: Decimal | None, limits: Limits | None = None, quality: str = Quality.FINAL) -> str:
    """The same without its unit and without «ca.», for where these stand beside it.

    An estimate shows the decimals it has: «ca. 97,0» would claim more than anybody knows.
    """
    if value is None:
        return formats.MISSING
    places = places_for(indicator, value, limits)
    return formats.number(round_half_up(value, places)) if quality == Quality.ESTIMATE else formats.number(value, places)


def exact_text(indicator: Indicator, value: Decimal, limits: Limits | None = None) -> str:
    """«97 %», «4,45»: without zeros at the end."""
    return with_unit(indicator, bare_text(indicator, value, limits, Quality.ESTIMATE))


def places_for(indicator: Indicator, value: Decimal, limits: Limits | None) -> int:
    """How many decimals the reader needs: the indicator's own, or more where rounding would put the figure on a limit it is not at."""
    return max((formats.distance_places(value, end, indicator.places) for end in _ends(limits)), default=indicator.places)


def _ends(limits: Limits | None) -> Iterable[Decimal]:
    if limits is None:
        return
    for end in (limits.target, limits.yellow_limit, limits.low, limits.high):
        if end is not None:
            yield end
    if limits.tolerance is not None:
        if limits.low is not None:
            yield limits.low - limits.tolerance
        if limits.high is not None:
            yield limits.high + limits.tolerance


def plain(indicator: Indicator, value: Decimal) -> str:
    """The decimals the figure has, without the zeros it is stored with: «4,5», «100», «84,7»."""
    return formats.number(round_half_up(value, indicator.places + EXTRA_PLACES))


def plain_text(indicator: Indicator, value: Decimal | None) -> str:
    """The same with its unit: a figure that somebody has set, «95 %»; «–» without one."""
    return formats.MISSING if value is None else with_unit(indicator, plain(indicator, value))


def with_unit(indicator: Indicator, text: str) -> str:
    """The text with what it is counted in: %, kr or the indicator's own word."""
    word = unit_word(indicator)
    return f"{text}{formats.HARD_SPACE}{word}" if word else text


def unit_word(indicator: Indicator) -> str:
    """What follows a figure: «%», «kr», the indicator's own word; nothing for scales and counts without one."""
    if indicator.measure == Indicator.Measure.PERCENT:
        return "%"
    if indicator.measure == Indicator.Measure.KRONER:
        return indicator.unit_text or "kr"
    return "" if indicator.measure == Indicator.Measure.SCALE else indicator.unit_text


def target_text(indicator: Indicator, limits: Limits | None) -> str:
    """«minst 4,5», «høyst 9,9 %», «85–90 %»; «–» without a target."""
    if limits is None or not limits.has_target:
        return formats.MISSING
    if limits.direction == Direction.RANGE and limits.low is not None and limits.high is not None:
        return with_unit(indicator, f"{plain(indicator, limits.low)}{formats.EN_DASH}{plain(indicator, limits.high)}")
    end, at_least = _one_end(limits)
    words = {"figure": plain_text(indicator, end)}
    return _("minst %(figure)s") % words if at_least else _("høyst %(figure)s") % words


def _one_end(limits: Limits) -> tuple[Decimal, bool]:
    if limits.direction == Direction.RANGE:
        return (limits.low, True) if limits.low is not None else (limits.high or Decimal(0), False)
    return limits.target or Decimal(0), limits.direction == Direction.HIGHER


def difference_text(indicator: Indicator, now: Decimal, before: Decimal, limits: Limits | None = None) -> str:
    """How far apart two figures lie, without sign: «0,15», «0,2 prosentpoeng», «542 kr».

    The difference of the figures as they are shown, so that a reader who subtracts gets the same.
    """
    shown = [round_half_up(figure, places_for(indicator, figure, limits)) for figure in (now, before)]
    return distance_text(indicator, abs(shown[0] - shown[1]) or abs(now - before))


def distance_text(indicator: Indicator, size: Decimal) -> str:
    """A distance between two figures, which of percentages is told in points: «0,2 prosentpoeng», «542 kr»."""
    rounded = round_half_up(size, indicator.places + EXTRA_PLACES)
    if indicator.measure == Indicator.Measure.PERCENT:
        return formats.points(rounded, None)
    return with_unit(indicator, formats.number(rounded))


def span_text(indicator: Indicator, low: Decimal, high: Decimal) -> str:
    """«83,8–100 %», rounded as the indicator's figures are."""
    ends = [formats.number(round_half_up(end, indicator.places)) for end in (low, high)]
    return with_unit(indicator, formats.EN_DASH.join(ends))
