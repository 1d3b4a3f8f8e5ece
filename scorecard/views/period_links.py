"""The period picker: a period, its neighbours, and the others one can go to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from common.formats import period_label, period_short
from common.periods import FIRST_YEAR, LAST_YEAR, InvalidPeriod, Period, PeriodKind

YEARS_BACK = 11
Link = tuple[str, str]


@dataclass(frozen=True)
class Picker:
    """What templates/components/period.html shows."""

    label: str
    previous: Link | None
    following: Link | None
    groups: list[tuple[str, list[tuple[str, str, bool]]]]


def latest_over(kind: PeriodKind, today: date) -> Period:
    """The last period of this kind that is over: the one whose figures are due."""
    return Period.containing(today, kind).previous()


def period_picker(period: Period, url_of: Callable[[Period], str], today: date) -> Picker:
    """The chosen year and the ones around it; years in one row. Nothing after the present period's year."""
    last_year = max(today.year, period.year)
    if period.kind is PeriodKind.YEAR:
        years = range(max(last_year - YEARS_BACK, FIRST_YEAR), last_year + 1)
        groups = [("", [_item(Period.of_year(year), period, url_of, str(year)) for year in years])]
    else:
        around = [year for year in (period.year - 1, period.year, period.year + 1) if FIRST_YEAR <= year <= last_year]
        groups = [(str(year), [_item(each, period, url_of, _short(each)) for each in _of_year(period.kind, year)]) for year in around]
    following = _neighbour(period, 1, url_of) if period.year < last_year or period.first_day <= today else None
    return Picker(period_label(period), _neighbour(period, -1, url_of), following, groups)


def _item(period: Period, chosen: Period, url_of: Callable[[Period], str], label: str) -> tuple[str, str, bool]:
    return label, url_of(period), period == chosen


def _short(period: Period) -> str:
    """Without the year, which stands above."""
    return period_short(period).rsplit(" ", 1)[0]


def _of_year(kind: PeriodKind, year: int) -> list[Period]:
    first = Period.containing(date(year, 1, 1), kind)
    return [first] + [first.next(step) for step in range(1, 12 // kind.length)] if year <= LAST_YEAR else []


def _neighbour(period: Period, step: int, url_of: Callable[[Period], str]) -> Link | None:
    try:
        other = period.next(step)
    except InvalidPeriod:
        return None
    return period_label(other), url_of(other)
