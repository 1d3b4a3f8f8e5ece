"""The status of one measured value, and why a cell has no figure.

Statuses are decided from the unrounded value; limits are inclusive. Direction and status compare equal to their stored strings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)
PREVIEW_LENGTH = 12


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


class Status(StrEnum):
    """Colour, icon and word of a value. The last three are grey."""

    REACHED = "reached"
    NEARLY = "nearly"
    NOT_REACHED = "not_reached"
    NO_VALUE = "no_value"
    NO_TARGET = "no_target"
    ACCEPTED = "accepted"


class Quality(StrEnum):
    """How sure a figure is, or why there is none. The last three never carry a figure."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    ESTIMATE = "estimate"
    MISSING = "missing"
    NOT_MEASURED = "not_measured"
    NOT_RELEVANT = "not_relevant"

    @property
    def has_figure(self) -> bool:
        """Whether a row of this quality carries a figure."""
        return self in (Quality.FINAL, Quality.PRELIMINARY, Quality.ESTIMATE)


class Missing(StrEnum):
    """The distinct states of a cell without a figure, each with its own text and icon."""

    MISSING = "missing"
    NOT_RELEVANT = "not_relevant"
    MASKED = "masked"
    NOT_DUE = "not_due"
    NEVER = "never"


@dataclass(frozen=True)
class Limits:
    """What a value is judged against, in the unit of the value.

    `target` and `yellow_limit` belong to the directions higher and lower; `low`, `high` and `tolerance` to a range, where one end may
    be open. Without a yellow limit (or tolerance) there is no yellow.
    """

    direction: Direction
    target: Decimal | None = None
    yellow_limit: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None

    @property
    def has_target(self) -> bool:
        """Whether there is anything to reach."""
        if self.direction == Direction.RANGE:
            return self.low is not None or self.high is not None
        return self.target is not None


def shortfall(value: Decimal, limits: Limits) -> Decimal:
    """How far the value lies on the wrong side of the target, in the unit of the value; 0 when reached.

    Without a target there is nothing to fall short of: 0. Ask `status_of` for the status.
    """
    if limits.direction == Direction.RANGE:
        below = ZERO if limits.low is None else limits.low - value
        above = ZERO if limits.high is None else value - limits.high
        return max(below, above, ZERO)
    if limits.target is None:
        return ZERO
    distance = limits.target - value if limits.direction == Direction.HIGHER else value - limits.target
    return max(distance, ZERO)


def status_of(value: Decimal | None, limits: Limits | None) -> Status:
    """Status by direction, target and yellow limit, all inclusive.

    higher: reached at target or above, nearly from the yellow limit. lower: reached at target or below, nearly up to the yellow limit.
    range: reached from low to high, nearly within the tolerance outside. No target is told before no value, since it is the administrator's
    to mend. Neither is ever red.
    """
    if limits is None or not limits.has_target:
        return Status.NO_TARGET
    if value is None:
        return Status.NO_VALUE
    missed_by = shortfall(value, limits)
    if missed_by == ZERO:
        return Status.REACHED
    return Status.NEARLY if _is_nearly(value, missed_by, limits) else Status.NOT_REACHED


def _is_nearly(value: Decimal, missed_by: Decimal, limits: Limits) -> bool:
    if limits.direction == Direction.RANGE:
        return limits.tolerance is not None and missed_by <= limits.tolerance
    if limits.yellow_limit is None:
        return False
    return value >= limits.yellow_limit if limits.direction == Direction.HIGHER else value <= limits.yellow_limit


def is_info(value: Decimal | None, info_below: Decimal | None) -> bool:
    """Whether a value gets the info mark: strictly below the mark's limit (97 percent consumption: a large underspend). Never a colour."""
    return value is not None and info_below is not None and value < info_below


def missing_state(
    *, quality: Quality | None, masked: bool = False, next_due: date | None = None, today: date, ever_measured: bool = False
) -> Missing | None:
    """Why a cell shows no figure; None when it has one that may be shown.

    `quality` is that of the period's row, None without a row. `next_due` is the day the next figure is expected, None for an indicator
    that is not planned. The due day itself is still in time. A row that says "missing" is missing even before the due day.
    """
    if masked:
        return Missing.MASKED
    if quality == Quality.NOT_RELEVANT:
        return Missing.NOT_RELEVANT
    if quality == Quality.MISSING:
        return Missing.MISSING
    if quality is not None and Quality(quality).has_figure:
        return None
    if next_due is not None:
        return Missing.NOT_DUE if today <= next_due else Missing.MISSING
    return Missing.MISSING if ever_measured else Missing.NEVER


def colour_last(values: Sequence[Decimal | None], limits: Limits | None, *, count: int = PREVIEW_LENGTH) -> list[Status]:
    """How the last `count` values (oldest first) would have been coloured by these limits."""
    return [status_of(value, limits) for value in values[-count:]]
