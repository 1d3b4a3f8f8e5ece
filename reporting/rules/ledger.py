"""Which deliveries a month's ledger is made of, and which class a code belongs to."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

DECEMBER = 12
LAST_NUMBER = 15


@dataclass(frozen=True, slots=True)
class Delivered:
    """A current delivery of one year. `number` 13–15 closes the year and counts as December."""

    id: int
    number: int
    cumulative: bool


@dataclass(frozen=True, slots=True)
class Filed:
    """One file's figures for one period of a district, with when they came and when they were taken back."""

    id: int
    district_id: int
    year: int
    number: int
    version: int
    delivered_at: datetime
    rolled_back_at: datetime | None


def counted_at(files: Iterable[Filed], moment: datetime) -> frozenset[int]:
    """The files that counted at a moment: of each period the newest version that had come and was not taken back yet."""
    newest: dict[tuple[int, int, int], Filed] = {}
    for file in sorted(files, key=lambda file: file.version):
        if file.delivered_at <= moment and (file.rolled_back_at is None or file.rolled_back_at > moment):
            newest[file.district_id, file.year, file.number] = file
    return frozenset(file.id for file in newest.values())


def month_of(year: int, number: int) -> date:
    """First day of the month a ledger period counts in."""
    return date(year, min(number, DECEMBER), 1)


def last_day_of(year: int, number: int) -> date:
    """The day that decides which unit answers for a cost centre in this period."""
    month = min(number, DECEMBER)
    return date(year, month, calendar.monthrange(year, month)[1])


def last_number_of(month: int) -> int:
    """The last ledger period that counts in a month."""
    return LAST_NUMBER if month == DECEMBER else month


def is_delivered(deliveries: Iterable[Delivered], month: int) -> bool:
    """Whether the month has a file of its own. December has one with period 12 or any that closes the year."""
    return any(min(one.number, DECEMBER) == month for one in deliveries)


def counted(deliveries: Iterable[Delivered], month: int) -> tuple[Delivered, ...]:
    """The deliveries a month is added up from, the newest last: the newest with amounts from January on, and the single months after it."""
    until = sorted((one for one in deliveries if one.number <= last_number_of(month)), key=lambda one: one.number)
    first = max((place for place, one in enumerate(until) if one.cumulative), default=0)
    return tuple(until[first:])


def months_touched(deliveries: Sequence[Delivered], number: int) -> tuple[int, ...]:
    """The months whose sums change when the delivery of this period comes, goes or is corrected."""
    own = min(number, DECEMBER)

    def rests_on_it(month: int) -> bool:
        return not any(one.cumulative and number < one.number <= last_number_of(month) for one in deliveries)

    later = (month for month in range(own + 1, DECEMBER + 1) if is_delivered(deliveries, month) and rests_on_it(month))
    return own, *later


class Prefixes:
    """Finds the class of a code by its longest known beginning; "" where none fits."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self.classes = {prefix: code for prefix, code in classes.items() if prefix}
        self.length = max(map(len, self.classes), default=0)
        self._found: dict[str, str] = {}

    def of(self, code: str) -> str:
        beginning = code[: self.length]
        if beginning not in self._found:
            self._found[beginning] = self._look(beginning)
        return self._found[beginning]

    def _look(self, code: str) -> str:
        for length in range(min(len(code), self.length), 0, -1):
            found = self.classes.get(code[:length])
            if found is not None:
                return found
        return ""
