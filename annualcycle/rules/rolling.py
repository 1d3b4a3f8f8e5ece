"""What becomes of a year's activities in the next. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from annualcycle.rules.kinds import DateRule, UselessRule
from annualcycle.rules.placing import Dated, Placed, place
from organisation.rules.tree import OrganisationHistory

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Source:
    """An activity of the year that is over, and whom it counts from. `dated` holds its rule, without a day set for the year alone."""

    key: int
    anchor: int | None
    rule_day: date
    dated: Dated


@dataclass(frozen=True, slots=True)
class Landed:
    """Where it comes to stand. `on_its_own`: what it counted from does not come along, so it keeps that day of the year."""

    days: Placed
    on_its_own: bool


def landed(sources: Sequence[Source], year: int, there: dict[int, date]) -> dict[int, Landed]:
    """By key. `there`: days of those that already stand in the new year. Nobody is left without a day."""
    by_key = {source.key: source for source in sources}
    days = dict(there)
    found: dict[int, Landed] = {}
    waiting = list(sources)
    while waiting:
        # Whoever counts from nobody, or from somebody who has a day. In a circle nobody has, and they stand on their own.
        ready = [source for source in waiting if not _waits(source, days, by_key)] or waiting
        for source in ready:
            found[source.key] = _land(source, year, days.get(source.anchor) if source.anchor is not None else None)
            days[source.key] = found[source.key].days.due_on
        waiting = [source for source in waiting if source.key not in found]
    return found


def _waits(source: Source, days: dict[int, date], by_key: dict[int, Source]) -> bool:
    return source.anchor in by_key and source.anchor not in days


def _land(source: Source, year: int, anchor_day: date | None) -> Landed:
    try:
        return Landed(place(source.dated, year, anchor_day, yields=True), on_its_own=False)
    except UselessRule:
        return Landed(place(_OnItsOwn(source), year, None, yields=True), on_its_own=True)


class _OnItsOwn:
    """The same day of the year, whatever it counted from."""

    def __init__(self, source: Source) -> None:
        self.rule: str = DateRule.FIXED
        self.month: int | None = source.rule_day.month
        self.day: int | None = source.rule_day.day
        self.number: int | None = None
        self.weekday: int | None = None
        self.offset: int | None = None
        self.offset_in_workdays = False
        self.moves = source.dated.moves
        self.start_month = source.dated.start_month
        self.start_day = source.dated.start_day
        self.fixed_on: date | None = None


def carried_on(unit_ids: Iterable[int], day: date, past: OrganisationHistory) -> set[int]:
    """Those of the units that are there on the day; in place of one that is not, whatever has come after it by then."""
    there = past.on(day).nodes
    found: set[int] = set()
    seen: set[int] = set()
    waiting = list(unit_ids)
    while waiting:
        unit_id = waiting.pop()
        if unit_id in there:
            found.add(unit_id)
        elif unit_id not in seen:
            seen.add(unit_id)
            waiting += [row.successor_id for row in past.successors(unit_id) if row.on <= day]
    return found


def next_name(text: str, year: int) -> str:
    """Years in a name go one on, where they are about the year that is rolled: «Målekart for 2027» becomes «Målekart for 2028»."""
    near = {year - 1, year, year + 1}
    return _YEAR.sub(lambda found: str(int(found[1]) + 1) if int(found[1]) in near else found[1], text)


def next_period(period: date | None) -> date | None:
    """The same month of the next year; always a first day."""
    return period.replace(year=period.year + 1) if period else None
