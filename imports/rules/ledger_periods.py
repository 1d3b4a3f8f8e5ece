"""The periods of a ledger: a year and a number from 0 (opening balance) over 1-12 to 13-15 (closing of the year)."""

import calendar
import re
from datetime import date

from common.periods import InvalidPeriod, Period, PeriodKind, parse_period_text

LAST_NUMBER = 15
_PLAIN = re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})[ .\-/]?(?P<number>[0-9]{2})")
_TURNED = re.compile(r"(?P<number>[0-9]{1,2})[ .\-/](?P<year>(?:19|20|21)[0-9]{2})")
_YEAR = r"(?:19|20|21)[0-9]{2}"
_AFTER_WORD = re.compile(r"\b(?:periode|period|per|måned|mnd|pr)\b[ .:=]*(?P<rest>[^;|]{4,40})", re.IGNORECASE)
_SOMEWHERE = re.compile(
    rf"(?<![0-9])(?:{_YEAR}[-_. ]?(?:0[0-9]|1[0-5])|(?:0[1-9]|1[0-2])[-_. ]{_YEAR}|[a-zæøå]{{3,9}}[-_. ]{{0,2}}{_YEAR})(?![0-9])",
    re.IGNORECASE,
)


def parse_ledger_period(text: str) -> tuple[int, int]:
    """(year, number 0-15) of «202509», «202513», «2025-09», «09.2025», «sep.25», «september 2025». Raises InvalidPeriod."""
    wanted = text.strip().removesuffix(",0").removesuffix(".0")
    if found := _PLAIN.fullmatch(wanted) or _TURNED.fullmatch(wanted):
        number = int(found["number"])
        if number > LAST_NUMBER:
            raise InvalidPeriod(f"{text[:40]!r}: there is no period {number}")
        return int(found["year"]), number
    period = parse_period_text(wanted, kind=PeriodKind.MONTH)
    return period.year, period.number


def period_number(text: str) -> int:
    """A period that stands without its year: «9», «09», «13». Raises InvalidPeriod."""
    wanted = text.strip()
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= 2 and int(wanted) <= LAST_NUMBER):
        raise InvalidPeriod(f"{text[:40]!r} is not a period")
    return int(wanted)


def find_in_title(cells: list[str]) -> tuple[int, int] | None:
    """The period that a line above the heading states: «Periode: 202509», «Budsjettoppfølging per september 2025»."""
    for cell in cells:
        for found in _AFTER_WORD.finditer(cell[:400]):
            words = found["rest"].split()
            for count in (3, 2, 1):
                period = _read(" ".join(words[:count]).strip(".,:)"))
                if period:
                    return period
    return None


def find_in_name(name: str) -> tuple[int, int] | None:
    """The period in a file's name: «budsjettoppfolging_202609.csv», «sykefravær september 2025.xlsx»."""
    for found in _SOMEWHERE.finditer(name.rsplit(".", 1)[0]):
        period = _read(found[0].replace("_", "."))
        if period:
            return period
    return None


def last_day(year: int, number: int) -> date:
    """The last day of a ledger period; the closing periods are December, the opening January."""
    month = min(max(number, 1), 12)
    return date(year, month, calendar.monthrange(year, month)[1])


def month_of(year: int, number: int) -> Period:
    """The month a ledger period counts in."""
    return Period.month(year, min(max(number, 1), 12))


def _read(text: str) -> tuple[int, int] | None:
    try:
        return parse_ledger_period(text)
    except InvalidPeriod:
        return None
