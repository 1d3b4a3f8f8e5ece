"""What falls due in a month: activities, and the deadlines of other apps that no activity counts."""

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from annualcycle.queries.collect import visible_deadlines
from annualcycle.queries.wheel import Shown, WheelYear, wheel_year
from annualcycle.rules.groups import group_of
from common.deadlines import Deadline
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.reach import below

OWN_TASKS = "annualcycle.task:"


@dataclass(frozen=True)
class Others:
    """The same thing on the same day in one unit or several."""

    first: Deadline
    units: int
    done: int

    @property
    def url(self) -> str:
        """Only one thing can be led to."""
        return self.first.url if self.units == 1 else ""


@dataclass(frozen=True)
class Month:
    """By day, in the order of days."""

    shown: dict[date, list[Shown]]
    others: dict[date, list[Others]]
    knows_progress: bool


def month_of(district: Unit, year: int, month: int, *, access: Access) -> Month:
    """Whoever sees no tasks in the district gets the public activities alone. A fixed number of SQL statements."""
    found = wheel_year(district, year, access=access)
    shown: dict[date, list[Shown]] = defaultdict(list)
    for each in found.shown:
        if each.due_on.month == month:
            shown[each.due_on].append(each)
    others = _others(district, year, month, found, access) if found.knows_progress else {}
    return Month(dict(shown), others, found.knows_progress)


def _others(district: Unit, year: int, month: int, found: WheelYear, access: Access) -> dict[date, list[Others]]:
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    counted = {group_of(each.activity.link_kind, each.activity.link_period) for each in found.shown}
    here = below(district, last)
    alike: dict[tuple[date, str], list[Deadline]] = defaultdict(list)
    for deadline in visible_deadlines(access, first=first, last=last):
        if deadline.unit_id in here and deadline.group not in counted and not deadline.key.startswith(OWN_TASKS):
            alike[deadline.due_on, deadline.title].append(deadline)
    by_day: dict[date, list[Others]] = defaultdict(list)
    for (day, _title), deadlines in alike.items():
        by_day[day].append(Others(deadlines[0], len(deadlines), sum(each.is_done for each in deadlines)))
    return dict(by_day)
