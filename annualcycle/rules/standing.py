"""How an activity stands on a day. Pure."""

from datetime import date

from annualcycle.rules.kinds import Standing


def share_of(done: int, total: int) -> int:
    """Whole per cent, a half up, but 100 means all. `total` is above zero."""
    return 100 if done >= total else min((200 * done + total) // (2 * total), 99)


def standing_of(*, done: int, total: int, due_on: date, starts_on: date | None, today: date) -> Standing:
    """DONE when every unit is; LATE when the day has passed before; UNDER_WAY once it has begun or one unit is done; else COMING.

    An activity nobody does (`Scope.NONE`) is over when its day has passed.
    """
    if total and done >= total:
        return Standing.DONE
    if due_on < today:
        return Standing.LATE if total else Standing.DONE
    begun = done > 0 or due_on == today or (starts_on is not None and starts_on <= today)
    return Standing.UNDER_WAY if begun else Standing.COMING
