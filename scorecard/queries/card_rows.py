"""One row of a scorecard as the rules see it: figure, target in force, status, score. No words yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from common.periods import Period, PeriodKind
from organisation.rules.tree import OrganisationHistory
from scorecard.models import AcceptedDeviation, Indicator, PlacedIndicator, Target
from scorecard.queries.agreements import acceptance_of
from scorecard.queries.series import target_in_force
from scorecard.queries.standings import NOTHING, Standing
from scorecard.queries.targets import row_of
from scorecard.rules.acceptance import apply
from scorecard.rules.scores import Scored, ScoreFormula, score_formula
from scorecard.rules.statuses import Direction, Limits, Missing, Quality, Status, is_info, missing_state, status_of
from scorecard.rules.trends import Change, change


@dataclass(frozen=True)
class Moment:
    """When a scorecard is read.

    `day` lies in its year and is the day it is judged on; `seen` is the day one looks from, which may be years later. `present`: it
    shows what there is now. `until` is the last day of figures.
    """

    year: int
    day: date
    seen: date
    present: bool
    until: date


@dataclass(frozen=True)
class Row:
    """A placed indicator in a unit. Of a masked one nothing but its name, its target and that it is masked is here.

    `target` is the row the limits come from, `own_target` whether the unit set it itself. `awaited` is the day a figure that is not
    due yet is expected, `overdue` a later figure that should have been there.
    """

    placed: PlacedIndicator
    standing: Standing
    limits: Limits | None
    target: Target | None
    own_target: bool
    status: Status
    missing: Missing | None
    score: ScoreFormula | None
    change: Change | None
    info: bool
    acceptance: AcceptedDeviation | None = None
    awaited: date | None = None
    overdue: bool = False

    @property
    def indicator(self) -> Indicator:
        return self.placed.indicator

    @property
    def masked(self) -> bool:
        return self.missing is Missing.MASKED

    @property
    def code(self) -> str:
        """What the status mark shows: the status, or why there is none."""
        if self.missing in (Missing.MASKED, Missing.NOT_DUE, Missing.NOT_RELEVANT):
            return self.missing.value
        return self.status.value

    @property
    def scored(self) -> Scored:
        """The row as the index of its area counts it. A masked one counts as not measured, or the index would give it away."""
        return Scored(
            status=self.status,
            score=self.score.score if self.score else None,
            weight=self.placed.weight,
            critical=self.placed.critical,
            relevant=self.missing is not Missing.NOT_RELEVANT,
        )


@dataclass(frozen=True)
class Grounds:
    """Everything the rows of one unit are judged by."""

    unit_id: int
    moment: Moment
    history: OrganisationHistory
    standings: Mapping[int, Standing]
    targets: Mapping[int, Sequence[Target]]
    acceptances: Mapping[int, AcceptedDeviation]
    masked: frozenset[int]


def row_for(placed: PlacedIndicator, grounds: Grounds) -> Row:
    """Judges one placed indicator."""
    indicator = placed.indicator
    masked = indicator.pk in grounds.masked
    standing = NOTHING if masked else grounds.standings.get(indicator.pk, NOTHING)
    target = _target(indicator, standing, grounds)
    limits = None if target is None else row_of(target, Direction(indicator.direction)).limits
    status = status_of(standing.judged, limits)
    acceptance = None if masked else grounds.acceptances.get(indicator.pk)
    if acceptance is not None:
        agreed = acceptance_of(acceptance, Direction(indicator.direction))
        status = apply(status, agreed, today=grounds.moment.day, value=standing.judged)
    awaited = _awaited(indicator, standing, grounds.moment)
    return Row(
        placed=placed,
        standing=standing,
        limits=limits,
        target=target,
        own_target=target is not None and target.unit_id == grounds.unit_id,
        status=status,
        missing=_missing(standing, masked, awaited, grounds.moment),
        score=_score(indicator, standing, limits),
        change=_change(indicator, standing, limits),
        info=is_info(standing.judged, indicator.info_below),
        acceptance=acceptance if status == Status.ACCEPTED else None,
        awaited=awaited,
        overdue=_is_overdue(indicator, standing, grounds.moment),
    )


def _target(indicator: Indicator, standing: Standing, grounds: Grounds) -> Target | None:
    """The target that judges the row: of the figure's own period inside the card's year, else of the card's day.

    So a change in June leaves May alone, and a result from the year before is held against the card's own target.
    """
    by_id = {target.pk: target for target in grounds.targets.get(indicator.pk, ())}
    rows = [row_of(target, Direction(indicator.direction)) for target in by_id.values()]
    shown = standing.newest if standing.withdrawn else standing.period
    period = shown if shown and shown.year == grounds.moment.year else Period.containing(grounds.moment.day, PeriodKind.MONTH)
    row = target_in_force(grounds.unit_id, rows, grounds.history, period)
    return None if row is None or row.target_id is None else by_id[row.target_id]


def _missing(standing: Standing, masked: bool, awaited: date | None, moment: Moment) -> Missing | None:
    if standing.value is not None and not standing.withdrawn and not masked:
        return None
    said = standing.newest_quality
    quality = None if said is None or said == Quality.NOT_MEASURED or said.has_figure else said
    return missing_state(quality=quality, masked=masked, next_due=awaited, today=moment.seen)


def _awaited(indicator: Indicator, standing: Standing, moment: Moment) -> date | None:
    """The day the first figure of the year is or was expected, where none has come; a past year waits for nothing any more."""
    if standing.value is not None:
        return None
    first = Period.containing(date(moment.year, 1, 1), indicator.kind)
    due = first.last_day + timedelta(days=indicator.due_days)
    return due if moment.present or due >= moment.seen else None


def _is_overdue(indicator: Indicator, standing: Standing, moment: Moment) -> bool:
    """Whether a later figure than the one shown should have been there by now."""
    if not moment.present or standing.period is None or standing.period.kind != indicator.kind:
        return False
    return standing.period.next().last_day + timedelta(days=indicator.due_days) < moment.day


def _score(indicator: Indicator, standing: Standing, limits: Limits | None) -> ScoreFormula | None:
    return score_formula(standing.judged, limits, floor=indicator.zero, ceil=indicator.zero)


def _change(indicator: Indicator, standing: Standing, limits: Limits | None) -> Change | None:
    low, high = (limits.low, limits.high) if limits else (None, None)
    gap = indicator.change_gap or Decimal(0)
    return change(standing.judged, standing.previous, direction=Direction(indicator.direction), gap=gap, low=low, high=high)
