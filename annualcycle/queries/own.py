"""Everything one person is to do, as far back and ahead as reminders speak of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from annualcycle.queries.collect import mine
from annualcycle.rules.reminders import AHEAD_DAYS, LATE_DAYS
from common.deadlines import Deadline
from organisation.queries.access import Access


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to do by a day, in one unit or in several at once."""

    title: str
    url: str
    due_on: date
    unit_names: tuple[str, ...]
    minutes: int | None


def own_matters(access: Access) -> list[Matter]:
    """What is not done, in the order of days. A fixed number of SQL statements."""
    first, last = reach_of(access.day)
    return matters_of(access, mine(access, first=first, last=last))


def reach_of(day: date) -> tuple[date, date]:
    """The first and the last day of what is one's own on a day."""
    return day - timedelta(days=LATE_DAYS), day + timedelta(days=AHEAD_DAYS)


def matters_of(access: Access, deadlines: Iterable[Deadline]) -> list[Matter]:
    """Of the person's own deadlines, in their order. No SQL statement."""
    alike: dict[tuple[date, str, str], list[Deadline]] = defaultdict(list)
    for deadline in deadlines:
        if deadline.is_open:
            alike[deadline.due_on, deadline.title, deadline.url].append(deadline)
    return [_matter(access, found) for found in alike.values()]


def _matter(access: Access, found: list[Deadline]) -> Matter:
    one = found[0]
    names = tuple(access.tree.nodes[each.unit_id].name for each in found)
    return Matter(one.title, one.url, one.due_on, names, one.minutes * len(found) if one.minutes else None)
