"""The time of a figure: a month, a quarter, a tertial or a year. Pure: no Django, no clock.

A period is its first day and its kind; it is stored as these two and never as a string. ``code`` is the canonical
spelling for addresses and files: ``2026-09``, ``2026-K3``, ``2026-T2``, ``2026``.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import total_ordering

FIRST_YEAR = 1900
LAST_YEAR = 2199


class InvalidPeriod(ValueError):
    """The text, date or number does not name a period between 1900 and 2199."""


class PeriodKind(StrEnum):
    """How long a period is. The values are what the database keeps."""

    MONTH = "month"
    QUARTER = "quarter"
    TERTIAL = "tertial"
    YEAR = "year"

    @property
    def length(self) -> int:
        """Number of months in a period of this kind."""
        return _LENGTHS[self]


_LENGTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.TERTIAL: 4, PeriodKind.YEAR: 12}
_LETTERS = {"K": PeriodKind.QUARTER, "T": PeriodKind.TERTIAL}


@total_ordering
@dataclass(frozen=True)
class Period:
    """One period, ordered by first day and then by length (a month before the quarter that begins with it)."""

    start: date
    kind: PeriodKind

    def __post_init__(self) -> None:
        """Raise InvalidPeriod unless ``start`` is the first day of a period of this kind."""
        try:
            # Rows from the database carry the kind as a plain string.
            object.__setattr__(self, "kind", PeriodKind(self.kind))
        except ValueError as error:
            raise InvalidPeriod(f"unknown kind {self.kind!r}") from error
        if isinstance(self.start, datetime) or not isinstance(self.start, date):
            raise InvalidPeriod(f"{self.start!r} is not a date")
        if not FIRST_YEAR <= self.start.year <= LAST_YEAR:
            raise InvalidPeriod(f"the year {self.start.year} is outside {FIRST_YEAR}-{LAST_YEAR}")
        if self.start.day != 1 or (self.start.month - 1) % self.kind.length:
            raise InvalidPeriod(f"{self.start} is not the first day of a {self.kind}")

    def __lt__(self, other: object) -> bool:
        """Earlier first; of two that begin on the same day the shorter first."""
        if not isinstance(other, Period):
            return NotImplemented
        return (self.start, self.kind.length) < (other.start, other.kind.length)

    def __str__(self) -> str:
        """The canonical code."""
        return self.code

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """The month 1-12 of a year. Raises InvalidPeriod."""
        return cls._numbered(PeriodKind.MONTH, year, month)

    @classmethod
    def quarter(cls, year: int, n: int) -> "Period":
        """The quarter 1-4 of a year. Raises InvalidPeriod."""
        return cls._numbered(PeriodKind.QUARTER, year, n)

    @classmethod
    def tertial(cls, year: int, n: int) -> "Period":
        """The tertial 1-3 of a year: January-April, May-August, September-December. Raises InvalidPeriod."""
        return cls._numbered(PeriodKind.TERTIAL, year, n)

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """The whole calendar year. Raises InvalidPeriod."""
        return cls._numbered(PeriodKind.YEAR, year, 1)

    @classmethod
    def containing(cls, day: date, kind: PeriodKind) -> "Period":
        """The period of this kind that the day falls in. Raises InvalidPeriod."""
        kind = PeriodKind(kind)
        return cls._numbered(kind, day.year, (day.month - 1) // kind.length + 1)

    @classmethod
    def parse(cls, code: str) -> "Period":
        """The period of a canonical code: 2026-09, 2026-K3, 2026-T2 or 2026, nothing else. Raises InvalidPeriod."""
        found = re.fullmatch(r"([0-9]{4})(?:-(?:([0-9]{2})|([KT])([1-4])))?", code)
        if not found:
            raise InvalidPeriod(f"{code[:40]!r} is not a period code")
        year, month, letter, n = found.groups()
        if month:
            return cls.month(int(year), int(month))
        return cls._numbered(_LETTERS[letter], int(year), int(n)) if letter else cls.of_year(int(year))

    @classmethod
    def _numbered(cls, kind: PeriodKind, year: int, n: int) -> "Period":
        if not 1 <= n <= 12 // kind.length:
            raise InvalidPeriod(f"there is no {kind} number {n}")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise InvalidPeriod(f"the year {year} is outside {FIRST_YEAR}-{LAST_YEAR}")
        return cls(date(year, (n - 1) * kind.length + 1, 1), kind)

    @property
    def code(self) -> str:
        """Canonical spelling, the one that ``parse`` reads."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year}-{self.number:02}"
            case PeriodKind.QUARTER:
                return f"{self.year}-K{self.number}"
            case PeriodKind.TERTIAL:
                return f"{self.year}-T{self.number}"
        return str(self.year)

    @property
    def first_day(self) -> date:
        """The first day, the same as ``start``."""
        return self.start

    @property
    def last_day(self) -> date:
        """The last day, inclusive."""
        months = self.start.year * 12 + self.start.month - 1 + self.kind.length
        return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.start.year

    @property
    def number(self) -> int:
        """Number within the year: 1-12, 1-4, 1-3, and 1 for a year."""
        return (self.start.month - 1) // self.kind.length + 1

    @property
    def months(self) -> tuple["Period", ...]:
        """The months inside, in order. A month contains itself."""
        return tuple(Period.month(self.year, self.start.month + offset) for offset in range(self.kind.length))

    @property
    def months_so_far(self) -> tuple["Period", ...]:
        """The months from January to the end of this period: «hittil i år». The second tertial gives January-August."""
        return tuple(Period.month(self.year, month) for month in range(1, self.start.month + self.kind.length))

    def next(self, n: int = 1) -> "Period":
        """The period n steps later (earlier when n is negative). Raises InvalidPeriod outside the years in use."""
        per_year = 12 // self.kind.length
        index = self.year * per_year + self.number - 1 + n
        return self._numbered(self.kind, index // per_year, index % per_year + 1)

    def previous(self, n: int = 1) -> "Period":
        """The period n steps earlier. Raises InvalidPeriod outside the years in use."""
        return self.next(-n)

    def same_last_year(self) -> "Period":
        """The same period one year before."""
        return self._numbered(self.kind, self.year - 1, self.number)

    def contains(self, other: "Period | date") -> bool:
        """Whether the day, or the whole of the other period, lies inside. A period contains itself."""
        if isinstance(other, Period):
            return self.start <= other.start and other.last_day <= self.last_day
        day = other.date() if isinstance(other, datetime) else other
        return self.start <= day <= self.last_day

    def is_over(self, today: date) -> bool:
        """Whether the last day is before today."""
        return self.last_day < today


def period_range(first: Period, last: Period) -> list[Period]:
    """Every period from first to last, both included; empty when last is before first. Raises InvalidPeriod on two kinds."""
    if first.kind != last.kind:
        raise InvalidPeriod(f"a range needs one kind, not {first.kind} and {last.kind}")
    result = []
    while first <= last:
        result.append(first)
        if first.last_day >= last.last_day:
            break
        first = first.next()
    return result


_MONTH_NAMES = (
    ("januar", "january"),
    ("februar", "february"),
    ("mars", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("desember", "december"),
)
_QUARTER_WORD = r"(?:k|kv|kvt|kvartal|q|quarter)"
_TERTIAL_WORD = r"(?:t|tert|tertial|tertiary)"
_ORDINAL = r"([0-9])(?:\.|st|nd|rd|th)?"
_YEAR = r"([0-9]{4})"
_GAP = r"[ .\-/]*"
_PARTS = [
    (kind, re.compile(pattern))
    for kind, word in ((PeriodKind.QUARTER, _QUARTER_WORD), (PeriodKind.TERTIAL, _TERTIAL_WORD))
    for pattern in (
        rf"(?P<n>{_ORDINAL}){_GAP}{word}{_GAP}(?P<year>{_YEAR})",
        rf"{word}{_GAP}(?P<n>[0-9])[ .\-/]+(?P<year>{_YEAR})",
        rf"(?P<year>{_YEAR}){_GAP}{word}{_GAP}(?P<n>[0-9])",
        rf"(?P<year>{_YEAR})[ .\-/]+(?P<n>{_ORDINAL}){_GAP}{word}",
    )
]
_NAMED_MONTHS = [
    re.compile(r"(?P<name>[a-z]{3,9})[ .\-/]*'?(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(rf"(?P<year>{_YEAR})[ .\-/]*(?P<name>[a-z]{{3,9}})\.?"),
]
_NUMBERED_MONTHS = [
    re.compile(rf"(?P<year>{_YEAR})(?P<month>[0-9]{{2}})"),
    re.compile(rf"(?P<year>{_YEAR}) ?[.\-/] ?(?P<month>[0-9]{{1,2}})"),
    re.compile(rf"(?P<month>[0-9]{{1,2}}) ?[.\-/ ] ?(?P<year>{_YEAR})"),
]
_FIRST_DAYS = [
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-01"),
    re.compile(r"0?1\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"),
]


def parse_period_text(text: str, *, kind: PeriodKind | None = None) -> Period:
    """The period that a person or another system wrote.

    «sep.25», «september 2025», «202509», «09.2025», «2025-09», «3. kvartal 2025», «K3 2025», «1. tertial 2025»,
    «T1 2025», «2025», in Norwegian or English, and the first day as a date (a spreadsheet's own month). With ``kind`` a
    period of another kind is refused; a date then means the period of that kind it begins. Two digits are a year of this
    century. Raises InvalidPeriod.
    """
    wanted = " ".join(text[:200].split()).casefold()
    if len(wanted) > 40 or len(text) > 200:
        raise InvalidPeriod("the text is too long for a period")
    period = _first_day(wanted, kind) or _year(wanted) or _part_of_year(wanted) or _month(wanted)
    if period is None:
        raise InvalidPeriod(f"{wanted!r} is not a period")
    if kind is not None and period.kind != kind:
        raise InvalidPeriod(f"{wanted!r} is a {period.kind}, not a {kind}")
    return period


def _first_day(text: str, kind: PeriodKind | None) -> Period | None:
    for pattern in _FIRST_DAYS:
        if found := pattern.fullmatch(text):
            month = Period.month(int(found["year"]), int(found["month"]))
            return Period(month.start, kind or PeriodKind.MONTH)
    return None


def _year(text: str) -> Period | None:
    return Period.of_year(int(text)) if re.fullmatch(_YEAR, text) else None


def _part_of_year(text: str) -> Period | None:
    for kind, pattern in _PARTS:
        if found := pattern.fullmatch(text):
            make = Period.quarter if kind is PeriodKind.QUARTER else Period.tertial
            return make(int(found["year"]), int(found["n"][0]))
    return None


def _month(text: str) -> Period | None:
    for pattern in _NUMBERED_MONTHS:
        if found := pattern.fullmatch(text):
            return Period.month(int(found["year"]), int(found["month"]))
    for pattern in _NAMED_MONTHS:
        found = pattern.fullmatch(text)
        number = _month_number(found["name"]) if found else None
        if found and number:
            year = int(found["year"])
            return Period.month(year if year >= 100 else 2000 + year, number)
    return None


def _month_number(word: str) -> int | None:
    """1-12 for a month name or its beginning of at least three letters, so that «sep», «sept» and «febr» are read."""
    return next((n for n, names in enumerate(_MONTH_NAMES, 1) if any(name.startswith(word) for name in names)), None)
