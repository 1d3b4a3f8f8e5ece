"""How far towards its target a value has come (0-100 and 0-10), the formula with its numbers, and the index of a focus area.

Defaults where the administrator has set no end of the scale (`floor` for higher, `ceil` for lower):
share in percent: floor 0; survey mean on 1-6: floor 3.0, since the scale's own minimum 1 is too kind; lower is better: ceil is the target
times 1.5; range: 100 inside, 50 at the tolerance, 0 at twice the tolerance outside.

The index never hides red: the status of an area is the worst among its indicators, and the index is shown with the counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scorecard.rules.statuses import Direction, Limits, Status, shortfall

ZERO = Decimal(0)
ONE = Decimal(1)
TEN = Decimal(10)
HUNDRED = Decimal(100)
PERCENT_FLOOR = ZERO
SURVEY_FLOOR = Decimal("3.0")
CEIL_FACTOR = Decimal("1.5")
TOLERANCES_TO_ZERO = Decimal(2)
# The same demand as Kommunebarometeret makes: data for 60 percent of the weight.
MIN_COVERAGE = Decimal("0.60")
REACHED_FROM = Decimal(100)
NEARLY_FROM = Decimal(80)

# Colours before greys: what is measured speaks for the area; of greys the one that somebody decided first.
WORST_FIRST = (Status.NOT_REACHED, Status.NEARLY, Status.REACHED, Status.ACCEPTED, Status.NO_VALUE, Status.NO_TARGET)


@dataclass(frozen=True)
class ScoreFormula:
    """A score and the numbers it comes from: `numerator` / `denominator` x 100, kept between 0 and 100.

    `goal` gives 100 and `end` gives 0. direction higher: (value - end) / (goal - end); lower: (end - value) / (end - goal). Of a range,
    `goal` is the end that was missed and `direction` the way back to it. `stepped` is a score without a slope (no distance between goal
    and end, or a value inside its range): 100 when reached, else 0, and numerator and denominator are None.
    """

    direction: Direction
    value: Decimal
    goal: Decimal
    end: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    stepped: bool
    score: Decimal


def score_formula(
    value: Decimal | None, limits: Limits | None, floor: Decimal | None = None, ceil: Decimal | None = None
) -> ScoreFormula | None:
    """The score with its numbers, for a page that shows them. None without value or target."""
    if value is None or limits is None or not limits.has_target:
        return None
    if limits.direction == Direction.RANGE:
        return _range_formula(value, limits)
    target = limits.target
    if target is None:
        return None
    if limits.direction == Direction.HIGHER:
        return _slope(Direction.HIGHER, value, target, PERCENT_FLOOR if floor is None else floor)
    return _slope(Direction.LOWER, value, target, target * CEIL_FACTOR if ceil is None else ceil)


def _range_formula(value: Decimal, limits: Limits) -> ScoreFormula | None:
    reach = (limits.tolerance or ZERO) * TOLERANCES_TO_ZERO
    if shortfall(value, limits) == 0:
        goal = limits.low if limits.low is not None else limits.high
        return None if goal is None else ScoreFormula(Direction.RANGE, value, goal, goal, None, None, True, HUNDRED)
    if limits.low is not None and value < limits.low:
        return _slope(Direction.HIGHER, value, limits.low, limits.low - reach)
    return None if limits.high is None else _slope(Direction.LOWER, value, limits.high, limits.high + reach)


def _slope(direction: Direction, value: Decimal, goal: Decimal, end: Decimal) -> ScoreFormula:
    higher = direction == Direction.HIGHER
    numerator, denominator = (value - end, goal - end) if higher else (end - value, end - goal)
    if denominator <= 0:
        reached = value >= goal if higher else value <= goal
        return ScoreFormula(direction, value, goal, end, None, None, True, HUNDRED if reached else ZERO)
    share = numerator / denominator * HUNDRED
    return ScoreFormula(direction, value, goal, end, numerator, denominator, False, min(max(share, ZERO), HUNDRED))


def score(value: Decimal | None, limits: Limits | None, *, floor: Decimal | None = None, ceil: Decimal | None = None) -> Decimal | None:
    """0-100, unrounded. None without value or target.

    higher: (value - floor) / (target - floor); lower: (ceil - value) / (ceil - target); both kept between 0 and 1, times 100.
    """
    formula = score_formula(value, limits, floor, ceil)
    return None if formula is None else formula.score


def score_ten(score: Decimal | None) -> Decimal | None:
    """The score as 0-10, unrounded."""
    return None if score is None else score / TEN


@dataclass(frozen=True)
class Scored:
    """One placed indicator. `score` 0-100 or None; an accepted one keeps its score: acceptance changes the colour, not the arithmetic.

    `relevant` is False where the indicator does not apply to the unit. `critical` marks one whose red keeps the parent from green.
    """

    status: Status
    score: Decimal | None
    weight: Decimal
    critical: bool = False
    relevant: bool = True


@dataclass(frozen=True)
class Index:
    """`value` 0-100 unrounded, None unless `enough`. `coverage` is the measured share (0-1) of the relevant weight.

    "Based on `covered_count` of `total_count` indicators". `held_back`: a critical indicator is red, so the parent cannot be green.
    """

    value: Decimal | None
    coverage: Decimal
    covered_count: int
    total_count: int
    counts: dict[Status, int]
    enough: bool
    held_back: bool


def with_weights(items: Sequence[Scored]) -> Sequence[Scored]:
    """The same, all of one weight where nobody has given any: an area whose weights nobody has thought of counts its indicators alike."""
    return items if any(item.weight for item in items) else [replace(item, weight=ONE) for item in items]


def index_of(items: Sequence[Scored], *, min_coverage: Decimal = MIN_COVERAGE) -> Index:
    """Sum of weight times score over sum of weight, of the relevant indicators that have a score.

    Those that are not relevant are left out altogether, so the weights of the rest fill their place. Too little coverage gives no value.
    """
    relevant = [item for item in items if item.relevant]
    measured = [(item.weight, item.score) for item in relevant if item.score is not None]
    total_weight = sum((item.weight for item in relevant), ZERO)
    weight = sum((weight for weight, _score in measured), ZERO)
    enough = weight > 0 and weight >= min_coverage * total_weight
    return Index(
        value=sum((weight * score for weight, score in measured), ZERO) / weight if enough else None,
        coverage=weight / total_weight if total_weight else ZERO,
        covered_count=len(measured),
        total_count=len(relevant),
        counts={status: sum(item.status == status for item in relevant) for status in Status},
        enough=enough,
        held_back=any(item.critical and item.status == Status.NOT_REACHED for item in relevant),
    )


def worst_status(statuses: Iterable[Status]) -> Status:
    """The worst of them, colours before greys; NO_VALUE of none."""
    present = set(statuses)
    return next((status for status in WORST_FIRST if status in present), Status.NO_VALUE)


def area_status(index: Index) -> Status:
    """The status of a focus area: the worst among its indicators.

    Red and yellow need one indicator only; green needs enough coverage, else NO_VALUE ("too few measurements").
    """
    worst = worst_status(status for status, count in index.counts.items() if count)
    return Status.NO_VALUE if worst == Status.REACHED and not index.enough else worst


def index_status(index: Index, *, reached_from: Decimal = REACHED_FROM, nearly_from: Decimal = NEARLY_FROM) -> Status:
    """The colour of a parent that is coloured by its index, for where that is chosen; a critical red child holds green back to nearly."""
    if index.value is None:
        return Status.NO_VALUE
    if index.value >= reached_from:
        return Status.NEARLY if index.held_back else Status.REACHED
    return Status.NEARLY if index.value >= nearly_from else Status.NOT_REACHED
