"""When a step of the month's closing is due. What falls on a day off is due on the working day before."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from common.oslo import OSLO
from common.periods import Period
from common.workdays import next_workday, nth_workday, previous_workday
from reporting.rules.kinds import Duty, Step


@dataclass(frozen=True, slots=True)
class DueRule:
    """One row an administrator decided: a working day or a day of a month. `month` is the reported month's number, None for all."""

    step: Step
    time: time
    month: int | None = None
    workday: int | None = None
    day: int | None = None
    months_later: int = 0
    duty: Duty = Duty.FULL
    valid_from: date = date.min


@dataclass(frozen=True, slots=True)
class StepDue:
    """When a step is due. `is_moved`: later than its row says, since the step before it would else come after it."""

    step: Step
    at: datetime
    duty: Duty
    is_moved: bool = False


def deadlines(rules: Iterable[DueRule], month: date) -> dict[Step, StepDue]:
    """The deadline of every step that has a rule in force when the month after begins.

    A rule for the one month wins over the general; of several the latest counts. Where holidays put the steps out of order, a general one
    waits for the step before it: nobody reports on figures that are not there. What was decided for the one month stands.
    """
    begins = Period.month(month.year, month.month).next().first_day
    chosen: dict[Step, DueRule] = {}
    for rule in sorted(rules, key=lambda rule: (rule.month is not None, rule.valid_from)):
        if rule.month in (None, month.month) and rule.valid_from <= begins:
            chosen[rule.step] = rule
    found: dict[Step, StepDue] = {}
    earliest: datetime | None = None
    for step in (step for step in Step if step in chosen):
        rule = chosen[step]
        at = _moment(rule, month)
        is_moved = rule.month is None and earliest is not None and at < earliest
        if is_moved and earliest is not None:
            at = _first_after(earliest, rule.time)
        found[step] = StepDue(step, at, rule.duty, is_moved)
        earliest = max(earliest or at, at)
    return found


def _first_after(moment: datetime, clock: time) -> datetime:
    """The first working day on which this clock is not before the moment."""
    day = next_workday(moment.date())
    at = datetime.combine(day, clock, tzinfo=OSLO)
    return at if at >= moment else datetime.combine(next_workday(day + timedelta(days=1)), clock, tzinfo=OSLO)


@lru_cache(maxsize=4096)
def due_day(rule: DueRule, month: date) -> date:
    """The day the rule gives for a reported month."""
    at = Period.month(month.year, month.month).next(1 + rule.months_later)
    if rule.workday is not None:
        return nth_workday(at.year, at.number, min(rule.workday, _workdays_in(at)))
    last = calendar.monthrange(at.year, at.number)[1]
    return previous_workday(date(at.year, at.number, min(rule.day or last, last)))


def _workdays_in(period: Period) -> int:
    for number in range(23, 0, -1):
        try:
            nth_workday(period.year, period.number, number)
        except ValueError:
            continue
        return number
    raise ValueError(f"{period} has no working days")


def _moment(rule: DueRule, month: date) -> datetime:
    return datetime.combine(due_day(rule, month), rule.time, tzinfo=OSLO)
