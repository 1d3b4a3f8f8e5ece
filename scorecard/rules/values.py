"""Whether a figure may be recorded. Pure: the facts are given, the problems come back, all of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from common.numbers import round_half_up
from common.periods import Period, PeriodKind
from scorecard.rules.statuses import Quality

# Fifteen digits in all are kept exactly by both databases.
MOST_DIGITS = 15
MOST_PLACES = 6
MOST_BEFORE = 12


class Problem(StrEnum):
    """What keeps a figure from being recorded."""

    TWICE = "twice"
    STALE = "stale"
    PERIOD_NOT_OVER = "period_not_over"
    WRONG_PERIOD_KIND = "wrong_period_kind"
    OUTSIDE_UNIT_LIFE = "outside_unit_life"
    INDICATOR_RETIRED = "indicator_retired"
    IS_CALCULATED = "is_calculated"
    VALUE_MISSING = "value_missing"
    PARTS_MISSING = "parts_missing"
    DENOMINATOR_ZERO = "denominator_zero"
    DENOMINATOR_NEGATIVE = "denominator_negative"
    BELOW_SCALE = "below_scale"
    ABOVE_SCALE = "above_scale"
    TOO_MANY_DIGITS = "too_many_digits"
    SUM_TOO_LARGE = "sum_too_large"
    REASON_MISSING = "reason_missing"
    YEAR_LOCKED = "year_locked"


@dataclass(frozen=True)
class ValueFacts:
    """Everything the decision rests on. `kind` is the indicator's rhythm; a year's figure may stand beside its months.

    `changes_settled`: another final figure or estimate stands there. `year_is_locked`: the year's scorecard is locked, so even a
    preliminary figure is changed with a reason only.
    """

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    quality: Quality
    period: Period
    kind: PeriodKind
    needs_parts: bool
    is_calculated: bool
    retired_on: date | None
    scale: tuple[Decimal | None, Decimal | None]
    life: tuple[date, date | None]
    today: date
    is_stale: bool
    changes_settled: bool
    year_is_locked: bool
    has_reason: bool
    stated: Decimal | None = None


def problems_of(facts: ValueFacts) -> list[Problem]:
    """Every problem, in the order a person would mend them."""
    found = [Problem.STALE] if facts.is_stale else []
    if facts.is_calculated:
        found.append(Problem.IS_CALCULATED)
    found += _time(facts)
    found += _figure(facts)
    if (facts.changes_settled or facts.year_is_locked) and not facts.has_reason:
        found.append(Problem.YEAR_LOCKED if facts.year_is_locked else Problem.REASON_MISSING)
    return found


def _time(facts: ValueFacts) -> list[Problem]:
    found = []
    period = facts.period
    if period.kind not in (facts.kind, PeriodKind.YEAR):
        found.append(Problem.WRONG_PERIOD_KIND)
    # An estimate may be given ahead; what is called measured may not.
    if facts.quality in (Quality.FINAL, Quality.PRELIMINARY) and not period.is_over(facts.today):
        found.append(Problem.PERIOD_NOT_OVER)
    born, ended = facts.life
    if period.last_day < born or (ended is not None and period.first_day > ended):
        found.append(Problem.OUTSIDE_UNIT_LIFE)
    if facts.retired_on is not None and period.first_day > facts.retired_on:
        found.append(Problem.INDICATOR_RETIRED)
    return found


def _figure(facts: ValueFacts) -> list[Problem]:
    if not _fits(facts.stated):
        return [Problem.TOO_MANY_DIGITS]
    if not facts.quality.has_figure:
        return []
    if facts.denominator is not None and facts.denominator < 0:
        return [Problem.DENOMINATOR_NEGATIVE]
    if facts.denominator == 0:
        return [Problem.DENOMINATOR_ZERO]
    if facts.needs_parts and (facts.numerator is None or facts.denominator is None):
        return [Problem.PARTS_MISSING]
    if facts.value is None:
        return [Problem.VALUE_MISSING]
    if not all(_fits(figure) for figure in (facts.value, facts.numerator, facts.denominator)):
        return [Problem.TOO_MANY_DIGITS]
    low, high = facts.scale
    if low is not None and facts.value < low:
        return [Problem.BELOW_SCALE]
    if high is not None and facts.value > high:
        return [Problem.ABOVE_SCALE]
    return []


def _fits(figure: Decimal | None) -> bool:
    if figure is None:
        return True
    if round_half_up(figure, MOST_PLACES) != figure:
        return False
    places = max(0, -int(figure.normalize().as_tuple().exponent))
    return abs(figure) < Decimal(10) ** min(MOST_DIGITS - places, MOST_BEFORE)
