"""What day the demonstration believes it is, and what follows from it: the live year and its closed months."""

from dataclasses import dataclass
from datetime import date, datetime, time

from common.oslo import OSLO
from common.periods import Period, PeriodKind, period_range

# Figures are ready in the morning of the eighth, two days before reports are due.
READY_DAY = 8
# Reports are approved and locked on the fifteenth.
LOCK_DAY = 15


def moment(day: date, hour: int = 6, minute: int = 0) -> datetime:
    """The clock of that day in Oslo."""
    return datetime.combine(day, time(hour, minute), OSLO)


@dataclass(frozen=True)
class Plan:
    """`year` is the live year: the one of the last closed month when the demonstration was first filled. It stays, whatever `today` is
    later, so that a filled demonstration only grows."""

    today: date
    year: int

    @classmethod
    def starting(cls, today: date) -> "Plan":
        return cls(today, Period.containing(today, PeriodKind.MONTH).previous().year)

    def month(self, number: int, *, years_ago: int = 0) -> Period:
        return Period.month(self.year - years_ago, number)

    def months(self, *, years_ago: int) -> list[Period]:
        """Every closed month from January so many years before the live year, to the end of the live year at most."""
        return [period for period in period_range(self.month(1, years_ago=years_ago), self.month(12)) if self.is_over(period)]

    def is_over(self, period: Period) -> bool:
        return period.is_over(self.today)

    def ready(self, period: Period) -> datetime:
        """When the figures of a period were recorded: the eighth of the month after, or today where that has not come."""
        after = Period.containing(period.last_day, PeriodKind.MONTH).next()
        return moment(min(after.start.replace(day=READY_DAY), self.today))

    def is_in_progress(self, period: Period) -> bool:
        """Whether the month's reports are being written: the newest month until it is locked."""
        return period == self.last_closed and self.today < self.locked(period).date()

    def locked(self, period: Period) -> datetime:
        """When the director locks a month: the fifteenth of the month after."""
        after = Period.containing(period.last_day, PeriodKind.MONTH).next()
        return moment(after.start.replace(day=LOCK_DAY), 9)

    def has_begun(self, period: Period) -> bool:
        """Whether leaders have had the figures since the day before, so that reports have come."""
        return self.today > self.ready(period).date()

    @property
    def last_closed(self) -> Period:
        """The latest month with figures."""
        return min(Period.containing(self.today, PeriodKind.MONTH).previous(), self.month(12))
