"""How the figures of several units, or several periods, become one.

A rate is the sum of numerators over the sum of denominators, never a mean of rates. Everything but LATEST is kept as `Sums`, which can be
added and subtracted exactly: a changed figure moves its ancestors by the difference, without reading its siblings. A parent is always built
from the `Sums` of its children, not from combined parts, since a mean of means forgets its weights.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from enum import StrEnum

from scorecard.rules.statuses import Quality

ZERO = Decimal(0)
ONE = Decimal(1)
# Sums must come back to the same figure when a part is taken out again: products and sums of stored figures fit, and rounding is an error.
EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, Overflow])


class Method(StrEnum):
    """How an indicator is rolled up."""

    RATIO = "ratio"
    SUM = "sum"
    WEIGHTED = "weighted"
    MEAN = "mean"
    LATEST = "latest"
    POOLED = "pooled"
    NONE = "none"


DIVIDED = frozenset({Method.RATIO, Method.WEIGHTED, Method.POOLED})
ADDITIVE = DIVIDED | {Method.SUM, Method.MEAN}


class NotAdditive(ValueError):
    """LATEST has no sums: it is recomputed from the children each time."""


@dataclass(frozen=True)
class Part:
    """The figure of one unit and period, or of several.

    `value` is in the unit shown (percent, points, kroner); `numerator` / `denominator` times the indicator's factor gives it. `denominator`
    is also the weight of WEIGHTED and the number of answers of POOLED. `units` of `expected` units stand behind the figure.
    `restated` marks a figure recomputed after a reorganisation, `unweighted` a simple mean.
    """

    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    units: int = 1
    expected: int = 1
    quality: Quality = Quality.FINAL
    restated: bool = False
    unweighted: bool = False


@dataclass(frozen=True)
class Sums:
    """What is kept of a roll-up: every field is a plain sum over the parts.

    `weight_count` counts the parts with a usable figure, the next three how many of them are preliminary, estimated or restated. RATIO
    keeps numerators and denominators as they are; WEIGHTED and POOLED keep value times weight; SUM and MEAN keep values as `numerator`.
    """

    numerator: Decimal = ZERO
    denominator: Decimal = ZERO
    weight_count: int = 0
    units: int = 0
    expected: int = 0
    preliminary: int = 0
    estimates: int = 0
    restated: int = 0

    @property
    def quality(self) -> Quality:
        """The worst quality wins: estimate over preliminary over final; MISSING where no part has a figure."""
        if self.estimates:
            return Quality.ESTIMATE
        if self.preliminary:
            return Quality.PRELIMINARY
        return Quality.FINAL if self.weight_count else Quality.MISSING


NOTHING = Sums()


def sums_of(method: Method, part: Part, *, factor: Decimal = ONE) -> Sums:
    """What one part adds to its parent.

    A part without a usable figure is expected but not covered; one that is not relevant is not expected either. RATIO needs numerator and
    denominator: a bare rate cannot be added to others. Raises NotAdditive for LATEST.
    """
    if method == Method.LATEST:
        raise NotAdditive(method)
    if method == Method.NONE or part.quality == Quality.NOT_RELEVANT:
        return NOTHING
    carried = _carried(method, part, factor) if Quality(part.quality).has_figure else None
    if carried is None:
        return Sums(expected=part.expected)
    return Sums(
        numerator=carried[0],
        denominator=carried[1],
        weight_count=1,
        units=part.units,
        expected=part.expected,
        preliminary=int(part.quality == Quality.PRELIMINARY),
        estimates=int(part.quality == Quality.ESTIMATE),
        restated=int(part.restated),
    )


def _carried(method: Method, part: Part, factor: Decimal) -> tuple[Decimal, Decimal] | None:
    if method in (Method.SUM, Method.MEAN):
        return None if part.value is None else (part.value, ZERO)
    if part.denominator is None:
        return None
    if method == Method.RATIO:
        return None if part.numerator is None else (part.numerator, part.denominator)
    if method == Method.POOLED and part.numerator is not None:
        # The sum of the answers itself, where it is known: a stored mean is rounded.
        return EXACT.multiply(part.numerator, factor), part.denominator
    return None if part.value is None else (EXACT.multiply(part.value, part.denominator), part.denominator)


def add(method: Method, a: Sums, b: Sums) -> Sums:
    """The sums of both. Raises NotAdditive for LATEST."""
    return _joined(method, a, b, 1)


def subtract(method: Method, a: Sums, b: Sums) -> Sums:
    """The sums of `a` without `b`; also the difference by which a changed figure moves its ancestors. Raises NotAdditive for LATEST."""
    return _joined(method, a, b, -1)


def _joined(method: Method, a: Sums, b: Sums, sign: int) -> Sums:
    if method == Method.LATEST:
        raise NotAdditive(method)
    join = EXACT.add if sign > 0 else EXACT.subtract
    return Sums(
        numerator=join(a.numerator, b.numerator),
        denominator=join(a.denominator, b.denominator),
        weight_count=a.weight_count + sign * b.weight_count,
        units=a.units + sign * b.units,
        expected=a.expected + sign * b.expected,
        preliminary=a.preliminary + sign * b.preliminary,
        estimates=a.estimates + sign * b.estimates,
        restated=a.restated + sign * b.restated,
    )


def total(method: Method, sums: Iterable[Sums]) -> Sums:
    """The sums of many. Raises NotAdditive for LATEST."""
    result = NOTHING
    for each in sums:
        result = add(method, result, each)
    return result


def value_of(method: Method, sums: Sums, *, factor: Decimal = ONE) -> Decimal | None:
    """The figure the sums come to, unrounded; None without a figure or with denominator 0. Raises NotAdditive for LATEST."""
    if method == Method.LATEST:
        raise NotAdditive(method)
    if method == Method.NONE or not sums.weight_count:
        return None
    if method == Method.SUM:
        return sums.numerator
    if method == Method.MEAN:
        return sums.numerator / sums.weight_count
    if sums.denominator == 0:
        return None
    return sums.numerator / sums.denominator * (factor if method == Method.RATIO else ONE)


def part_of(method: Method, sums: Sums, *, factor: Decimal = ONE) -> Part:
    """The sums as a part to show; quality MISSING where they come to no figure.

    Numerator and denominator stand where the method divides.
    """
    value = value_of(method, sums, factor=factor)
    divided = method in DIVIDED and value is not None
    return Part(
        numerator=sums.numerator if divided else None,
        denominator=sums.denominator if divided else None,
        value=value,
        units=sums.units,
        expected=sums.expected,
        quality=Quality.MISSING if value is None else sums.quality,
        restated=sums.restated > 0,
        unweighted=method == Method.MEAN,
    )


def combine(method: Method, parts: Sequence[Part], *, factor: Decimal = ONE) -> Part | None:
    """The figure of several units together; None with nothing to combine, or when the method is NONE.

    Where parts are expected but none has a figure, the result says so: value None, quality MISSING, 0 of n units. LATEST takes the last of
    `parts` (oldest first) that has a value. The same figure as `value_of` the added sums, always.
    """
    if method == Method.NONE or not parts:
        return None
    if method == Method.LATEST:
        return _latest(parts)
    return part_of(method, total(method, (sums_of(method, part, factor=factor) for part in parts)), factor=factor)


def _latest(parts: Sequence[Part]) -> Part | None:
    with_value = [part for part in parts if part.value is not None and Quality(part.quality).has_figure]
    return with_value[-1] if with_value else None


def over_time(method: Method, parts: Sequence[Part], *, factor: Decimal = ONE) -> Part | None:
    """One figure for a longer period of its shorter ones (oldest first), as a year of its months, or twelve rolling months.

    Rates: sum over sum. Where some of them are bare rates without a denominator there is only the simple mean, marked `unweighted`.
    In the result `units` of `expected` are periods. None without any figure, or when the method is NONE.
    """
    periods = [_one_period(part) for part in parts if part.quality != Quality.NOT_RELEVANT]
    figures = [part for part in periods if Quality(part.quality).has_figure]
    if method in DIVIDED and any(_carried(method, part, factor) is None for part in figures):
        method, periods = Method.MEAN, [_with_value(part, factor) for part in periods]
    result = combine(method, periods, factor=factor)
    if result is None or result.value is None:
        return None
    return replace(result, units=len(figures), expected=len(periods)) if method == Method.LATEST else result


def _one_period(part: Part) -> Part:
    return Part(part.numerator, part.denominator, part.value, quality=part.quality, restated=part.restated)


def _with_value(part: Part, factor: Decimal) -> Part:
    if part.value is not None or part.numerator is None or not part.denominator:
        return part
    return Part(None, None, part.numerator / part.denominator * factor, quality=part.quality, restated=part.restated)
