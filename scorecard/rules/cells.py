"""The state of one cell: what a unit's latest figure of an indicator is, how it stands and where it comes from.

A series may mix kinds of period (years 2006-2008 and months later). Everything here looks at the kind of the latest figure only; a year is
never compared with a month. An accepted miss is not applied here: it ends by itself on a day, so it is applied when the cell is read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.numbers import round_half_up
from common.periods import Period
from scorecard.rules.scores import score
from scorecard.rules.statuses import Direction, Limits, Quality, Status, status_of
from scorecard.rules.trends import Change, Effect, change

ZERO = Decimal(0)
TREND_LENGTH = 12
TREND_SEPARATOR = ";"


@dataclass(frozen=True)
class SeriesPoint:
    """One period of a series: measured by the unit itself (`own`) or rolled up from `covered` of `expected` units."""

    period: Period
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    quality: Quality = Quality.FINAL
    covered: int = 1
    expected: int = 1
    restated: bool = False
    own: bool = True


@dataclass(frozen=True)
class CellState:
    """What a cell shows.

    `latest` is the newest point with a value, `last_measured` its period, `newest` the newest point whatever it carries; `previous` the
    figure before `latest`, of the same kind. `status` and `score` judge `latest` by `limits`, except that a newer point stated as
    missing or not relevant makes the status NO_VALUE: an old colour would be a claim nobody makes. `change` is since `previous`,
    `change_year` since the same period last year. `red_run` counts the newest figures in a row that missed their own period's target.
    """

    latest: SeriesPoint | None
    newest: SeriesPoint | None
    last_measured: Period | None
    previous: SeriesPoint | None
    same_last_year: SeriesPoint | None
    limits: Limits | None
    status: Status
    score: Decimal | None
    change: Change | None
    change_year: Change | None
    trend: list[Decimal | None]
    trend_text: str
    red_run: int
    worsening: bool


def cell_of(
    points: Sequence[SeriesPoint],
    *,
    limits_for: Callable[[Period], Limits | None],
    direction: Direction,
    places: int,
    gap: Decimal = ZERO,
    floor: Decimal | None = None,
    ceil: Decimal | None = None,
) -> CellState:
    """The state of a cell from its series, newest last. `limits_for` gives the limits in force for a period; it is asked for a few only.

    `places` rounds the trend, which is for drawing; statuses are of unrounded values. `gap`: the smallest change that counts.
    """
    newest = points[-1] if points else None
    latest = next((point for point in reversed(points) if point.value is not None), None)
    if latest is None or newest is None:
        limits = limits_for(newest.period) if newest else None
        return CellState(None, newest, None, None, None, limits, status_of(None, limits), None, None, None, [], "", 0, False)
    alike = [point for point in points if point.period.kind == latest.period.kind]
    figures = [point for point in alike if point.value is not None]
    previous = figures[-2] if len(figures) > 1 else None
    year_before = latest.period.same_last_year()
    same_last_year = next((point for point in reversed(figures) if point.period == year_before), None)
    limits = limits_for(latest.period)
    withdrawn = newest.quality in (Quality.MISSING, Quality.NOT_RELEVANT)
    since = _change(latest, previous, direction, gap, limits)
    trend = _trend(alike, latest, places)
    return CellState(
        latest=latest,
        newest=newest,
        last_measured=latest.period,
        previous=previous,
        same_last_year=same_last_year,
        limits=limits,
        status=status_of(None if withdrawn else latest.value, limits),
        score=None if withdrawn else score(latest.value, limits, floor=floor, ceil=ceil),
        change=since,
        change_year=_change(latest, same_last_year, direction, gap, limits),
        trend=trend,
        trend_text=format_trend(trend),
        red_run=_red_run(figures, limits_for),
        worsening=since is not None and since.effect == Effect.WORSE,
    )


def _change(now: SeriesPoint, before: SeriesPoint | None, direction: Direction, gap: Decimal, limits: Limits | None) -> Change | None:
    low, high = (limits.low, limits.high) if limits else (None, None)
    return change(now.value, before.value if before else None, direction=direction, gap=gap, low=low, high=high)


def _trend(alike: Sequence[SeriesPoint], latest: SeriesPoint, places: int) -> list[Decimal | None]:
    upto = alike[: alike.index(latest) + 1]
    shown = [point for point in upto if point.value is not None or point.quality == Quality.MISSING]
    return [None if point.value is None else round_half_up(point.value, places) for point in shown[-TREND_LENGTH:]]


def _red_run(figures: Sequence[SeriesPoint], limits_for: Callable[[Period], Limits | None]) -> int:
    run = 0
    for point in reversed(figures):
        if status_of(point.value, limits_for(point.period)) != Status.NOT_REACHED:
            break
        run += 1
    return run


def format_trend(trend: Sequence[Decimal | None]) -> str:
    """The trend as compact text for storage: "92.5;93.0;;95.0", oldest first, nothing for a figure that is missing."""
    return TREND_SEPARATOR.join("" if value is None else format(value, "f") for value in trend)


def parse_trend(text: str) -> list[Decimal | None]:
    """What `format_trend` wrote. Raises decimal.InvalidOperation on other text."""
    return [Decimal(value) if value else None for value in text.split(TREND_SEPARATOR)] if text else []
