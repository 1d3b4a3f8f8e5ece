"""The deadlines of all apps, each from where it is kept: nobody enters a day twice."""

from collections.abc import Collection, Iterable
from datetime import date

from annualcycle.queries.doers import for_person
from common.deadlines import Deadline, Provider
from common.told import told_by_apps
from organisation.queries.access import Access
from organisation.rules.access import Permission


def all_deadlines(*, unit_ids: Collection[int], first: date, last: date) -> list[Deadline]:
    """What is due in these units from `first` up to and including `last`, done or not, in the order of days.

    A fixed number of SQL statements, whatever the number of units. Units of any district: narrow before you show it.
    """
    if not unit_ids:
        return []
    providers: dict[str, Provider] = told_by_apps("deadlines")
    found = [deadline for provider in providers.values() for deadline in provider(unit_ids=unit_ids, first=first, last=last)]
    return sorted(found, key=lambda deadline: (deadline.due_on, deadline.title, deadline.key))


def visible_deadlines(access: Access, *, first: date, last: date) -> list[Deadline]:
    """What the person may know of, anywhere."""
    reached = access.unit_ids(Permission.SEE_TASKS)
    return seen_by(access, all_deadlines(unit_ids=reached, first=first, last=last))


def mine(access: Access, *, first: date, last: date) -> list[Deadline]:
    """What the person is to do, as reminders decide it: stand-ins too, and a role above only where nobody nearer has it."""
    return for_person(access, visible_deadlines(access, first=first, last=last))


def seen_by(access: Access, deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Those in units where the person may see them. What one owns and may not open any more is not named either."""
    reached: dict[tuple[str, tuple[str, ...]], frozenset[int]] = {}
    found = []
    for deadline in deadlines:
        asked = (deadline.seen_with, deadline.and_one_of)
        if asked not in reached:
            reached[asked] = _reached(access, *asked)
        if deadline.unit_id in reached[asked]:
            found.append(deadline)
    return found


def _reached(access: Access, seen_with: str, and_one_of: tuple[str, ...]) -> frozenset[int]:
    units = access.unit_ids(Permission(seen_with))
    return units & frozenset().union(*(access.unit_ids(Permission(each)) for each in and_one_of)) if and_one_of else units
