"""When an overdue action is lifted to the level above, and to whom."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from common.workdays import workdays_between


def last_due_day(today: date, workdays: int) -> date:
    """Actions due on this day or before are lifted today: so many working days have begun since. With 0, the day after the deadline."""
    day = today - timedelta(days=1)
    while workdays_between(day, today) < workdays:
        day -= timedelta(days=1)
    return day


def lifted_to(path: Sequence[int], people: Mapping[int, Sequence[int]], owner_id: int) -> tuple[int, ...]:
    """Those who answer in the nearest unit above that has somebody besides the owner; none where there is nobody.

    `path` goes from the action's unit upward.
    """
    for unit_id in path[1:]:
        found = tuple(user_id for user_id in people.get(unit_id, ()) if user_id != owner_id)
        if found:
            return found
    return ()
