"""Where an activity stands in its year: the rule's day, the day that counts, the day it begins. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from annualcycle.rules.dates import day_in, day_of, moved
from annualcycle.rules.kinds import DateRule, Moves, UselessRule


class Dated(Protocol):
    """What a day is found from: an activity, or what somebody has filled in."""

    @property
    def rule(self) -> str: ...
    @property
    def month(self) -> int | None: ...
    @property
    def day(self) -> int | None: ...
    @property
    def number(self) -> int | None: ...
    @property
    def weekday(self) -> int | None: ...
    @property
    def offset(self) -> int | None: ...
    @property
    def offset_in_workdays(self) -> bool: ...
    @property
    def moves(self) -> str: ...
    @property
    def start_month(self) -> int | None: ...
    @property
    def start_day(self) -> int | None: ...
    @property
    def fixed_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Placed:
    """`rule_day` is the day before it was moved; the same as `due_on` where nothing was moved."""

    rule_day: date
    due_on: date
    starts_on: date | None

    @property
    def is_moved(self) -> bool:
        return self.rule_day != self.due_on


def place(dated: Dated, year: int, anchor_day: date | None, *, yields: bool = False) -> Placed:
    """The days of a year. `yields`: a beginning after the day gives way to it, as when a holiday moved the day and nobody asks.

    Raises UselessRule with the field that is wrong; "starts_on" where it would begin after its day.
    """
    rule_day = dated.fixed_on or _rule_day(dated, year, anchor_day)
    if rule_day.year != year:
        raise UselessRule("fixed_on")
    due_on = rule_day if dated.fixed_on else moved(rule_day, Moves(dated.moves))
    starts_on = _start(dated, year)
    if starts_on is not None and starts_on > due_on:
        if not yields:
            raise UselessRule("starts_on")
        starts_on = due_on
    return Placed(rule_day, due_on, starts_on)


def _rule_day(dated: Dated, year: int, anchor_day: date | None) -> date:
    return day_of(
        DateRule(dated.rule),
        year,
        month=dated.month,
        day=dated.day,
        number=dated.number,
        weekday=dated.weekday,
        anchor_day=anchor_day,
        offset=dated.offset,
        offset_in_workdays=dated.offset_in_workdays,
    )


def _start(dated: Dated, year: int) -> date | None:
    if dated.start_month is None and dated.start_day is None:
        return None
    if dated.start_month is None:
        raise UselessRule("start_month")
    try:
        return day_in(year, dated.start_month, dated.start_day)
    except UselessRule:
        raise UselessRule("start_day") from None
