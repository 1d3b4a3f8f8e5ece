"""What falls due in a month: activities, and the deadlines of other apps that no activity counts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from annualcycle.queries.others import Others
from annualcycle.queries.wheel import Shown, wheel_year
from organisation.models import Unit
from organisation.queries.access import Access


@dataclass(frozen=True)
class Month:
    """By day, in the order of days."""

    shown: dict[date, list[Shown]]
    others: dict[date, list[Others]]
    knows_progress: bool


def month_of(district: Unit, year: int, month: int, *, access: Access, within: frozenset[int] | None = None) -> Month:
    """Whoever sees no tasks in the district gets the public activities alone. A fixed number of SQL statements.

    `within`: units of the district, as in `wheel_year`.
    """
    found = wheel_year(district, year, access=access, within=within)
    shown: dict[date, list[Shown]] = defaultdict(list)
    others: dict[date, list[Others]] = defaultdict(list)
    for each in found.everything:
        if each.due_on.month == month:
            shown[each.due_on].append(each)
    for line in found.others:
        if line.first.due_on.month == month:
            others[line.first.due_on] += line.apart(access.day)
    return Month(dict(shown), dict(others), found.knows_progress)
