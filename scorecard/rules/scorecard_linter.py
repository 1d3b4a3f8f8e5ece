"""The validation list of a scorecard before it is sent to the director, and the work it causes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorecard.rules.findings import Finding
from scorecard.rules.statuses import Direction, Limits

ZERO = Decimal(0)
HUNDRED = Decimal(100)
MAX_PER_AREA = 7
MONTHS = Decimal(12)
# Weights are typed with two decimals: three of 33.33 are meant to be 100.
WEIGHT_ROUNDING = Decimal("0.005")


@dataclass(frozen=True)
class AreaDraft:
    """A focus area of the scorecard."""

    area_id: int


@dataclass(frozen=True)
class PlacedDraft:
    """An indicator as it is placed in a focus area. `confirmed` is False for a target that was copied and nobody has looked at."""

    placed_id: int
    area_id: int
    indicator_id: int
    weight: Decimal | None
    has_method: bool
    has_source: bool
    direction: Direction | None
    limits: Limits | None
    confirmed: bool = True


def lint_scorecard(areas: Sequence[AreaDraft], placed: Sequence[PlacedDraft], *, max_per_area: int = MAX_PER_AREA) -> list[Finding]:
    """Everything to mend before a scorecard is sent on, what blocks first; `params` hold the ids area, placed and indicator.

    Blocking: area_empty, weight_missing, weight_sum, method_missing, source_missing, direction_missing, limits_against_direction,
    placed_twice, target_unconfirmed. Hints: too_many_indicators, target_missing (the indicator will be grey). A focus area where no
    weight is given at all counts its indicators alike, and needs no sum.
    """
    findings = [finding for area in areas for finding in _area(area.area_id, placed, max_per_area)]
    findings += [finding for each in placed for finding in _placed(each)]
    findings += _twice(placed)
    return sorted(findings, key=lambda finding: not finding.blocking)


def _area(area_id: int, placed: Sequence[PlacedDraft], max_per_area: int) -> Iterator[Finding]:
    inside = [each for each in placed if each.area_id == area_id]
    if not inside:
        yield Finding("area_empty", True, {"area": area_id})
        return
    if len(inside) > max_per_area:
        yield Finding("too_many_indicators", False, {"area": area_id, "count": len(inside), "limit": max_per_area})
    weights = [each.weight for each in inside if each.weight is not None]
    if not weights:
        return
    if len(weights) < len(inside):
        missing = [each for each in inside if each.weight is None]
        for each in missing:
            yield Finding("weight_missing", True, {"area": area_id, "placed": each.placed_id, "indicator": each.indicator_id})
        return
    total = sum(weights, ZERO)
    if abs(total - HUNDRED) > WEIGHT_ROUNDING * len(weights) or min(weights) < 0:
        yield Finding("weight_sum", True, {"area": area_id, "sum": total})


def _placed(each: PlacedDraft) -> Iterator[Finding]:
    ids = {"area": each.area_id, "placed": each.placed_id, "indicator": each.indicator_id}
    if not each.has_method:
        yield Finding("method_missing", True, ids)
    if not each.has_source:
        yield Finding("source_missing", True, ids)
    if each.direction is None:
        yield Finding("direction_missing", True, ids)
    elif each.limits is None or not _says_something(each.limits):
        yield Finding("target_missing", False, ids)
        return
    elif _against(each.direction, each.limits):
        yield Finding("limits_against_direction", True, {**ids, "direction": each.direction})
    if each.limits is not None and not each.confirmed:
        yield Finding("target_unconfirmed", True, ids)


def _says_something(limits: Limits) -> bool:
    return limits.target is not None or limits.low is not None or limits.high is not None


def _against(direction: Direction, limits: Limits) -> bool:
    if limits.direction != direction or not limits.has_target:
        return True
    if direction == Direction.RANGE:
        return limits.low is not None and limits.high is not None and limits.low > limits.high
    if limits.target is None or limits.yellow_limit is None or limits.yellow_limit == limits.target:
        return False
    return (limits.yellow_limit > limits.target) == (direction == Direction.HIGHER)


def _twice(placed: Sequence[PlacedDraft]) -> list[Finding]:
    times = Counter(each.indicator_id for each in placed)
    return [
        Finding("placed_twice", True, {"area": each.area_id, "placed": each.placed_id, "indicator": each.indicator_id})
        for each in placed
        if times[each.indicator_id] > 1
    ]


def reporting_minutes(items: Iterable[tuple[Decimal, int, int]]) -> Decimal:
    """Minutes of reporting a scorecard causes per month, unrounded.

    Of each indicator: minutes each time, times a year, units that report it.
    """
    return sum((minutes * times * units for minutes, times, units in items), ZERO) / MONTHS
