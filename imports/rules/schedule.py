"""On which day a month's file is expected, and when it is late."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from common.workdays import nth_workday


@dataclass(frozen=True, slots=True)
class Expected:
    """The file of one month. It is late from the day after `on`."""

    month: date
    on: date

    def is_late(self, today: date) -> bool:
        return today > self.on


def expected_file(workday: int, today: date) -> Expected:
    """The newest month that is over, and the working day after it on which its file is expected: the last there is where it has fewer."""
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return Expected(month, _workday(today.year, today.month, workday))


def is_awaited(expected: Expected, since: date | None, locked: Collection[date]) -> bool:
    """Whether a file that has not come is still asked for: not of months before the source's first one, `since`, nor of locked ones."""
    return (since is None or expected.month >= since) and expected.month not in locked


def _workday(year: int, month: int, number: int) -> date:
    while True:
        try:
            return nth_workday(year, month, number)
        except ValueError:
            if number <= 1:
                return date(year, month, monthrange(year, month)[1])
            number -= 1
