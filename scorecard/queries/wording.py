"""Figures of indicators as text on a page: enough decimals to understand the colour, the right unit, no false precision."""

from decimal import Decimal

from django.utils.translation import gettext as _

from common import formats
from scorecard.models import Indicator
from scorecard.rules.statuses import Direction, Quality


def value_text(
    value: Decimal | None, *, measure: str, unit_text: str, places: int, target: Decimal | None = None, quality: str = Quality.FINAL
) -> str:
    """«10,5 %», «4,45» (against 4,5), «ca. 97 %», «11 279 kr», «–»."""
    if value is None:
        return formats.MISSING
    shown = formats.number(value, formats.distance_places(value, target, places))
    text = f"{shown}{unit_suffix(measure, unit_text)}"
    return _("ca. %(figure)s") % {"figure": text} if quality == Quality.ESTIMATE else text


def unit_suffix(measure: str, unit_text: str) -> str:
    """What follows a figure, with its hard space; nothing for scales and counts without a unit."""
    if measure == Indicator.Measure.PERCENT:
        return f"{formats.HARD_SPACE}%"
    if measure == Indicator.Measure.KRONER:
        return f"{formats.HARD_SPACE}{unit_text or 'kr'}"
    return f"{formats.HARD_SPACE}{unit_text}" if unit_text and measure != Indicator.Measure.SCALE else ""


def change_text(delta: Decimal, *, measure: str, places: int) -> str:
    """The size of a change, without its sign: «0,2 prosentpoeng», never a percent of percents."""
    size = formats.number(abs(delta), places)
    return _("%(size)s prosentpoeng") % {"size": size} if measure == Indicator.Measure.PERCENT else size


def target_text(
    *,
    direction: str,
    measure: str,
    unit_text: str,
    places: int,
    target: Decimal | None,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> str:
    """«minst 4,5», «høyst 9,9 %», «85–90 %», «–» without a target. Shows every decimal the target has."""
    suffix = unit_suffix(measure, unit_text)
    if direction == Direction.RANGE:
        if low is None and high is None:
            return formats.MISSING
        return f"{formats.number(low)}–{formats.number(high)}{suffix}"
    if target is None:
        return formats.MISSING
    figure = f"{formats.number(target)}{suffix}"
    pattern = _("høyst %(figure)s") if direction == Direction.LOWER else _("minst %(figure)s")
    return pattern % {"figure": figure}
