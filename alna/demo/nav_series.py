"""NAV Alna's monthly figures from January 2012 to January 2014, and the yearly means the report printed beside them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from alna.demo.data_files import rows
from alna.demo.figures import Figure, add, correct
from alna.demo.people import CONTROLLER
from alna.demo.plan import moment
from alna.demo.world import World
from common.numbers import parse_number, round_half_up
from common.periods import Period, PeriodKind
from scorecard.models import Indicator

UNIT = "301"
# The last month came with the report; its decimals were lost the first time.
READ = moment(date(2014, 2, 3), 10, 42)
CORRECTED = moment(date(2014, 2, 4), 9, 10)
LOST_DECIMALS = ("nav_saker_to_uker", "2014-01")
Printed = dict[tuple[str, Period], Decimal]


def fill(world: World) -> None:
    """Months first as they came; years with what the months come to, and what the report says."""
    add(world, _figures(world, first=True), by=world.people[CONTROLLER])


def correct_figures(world: World) -> None:
    """January 2014: 86 became 86.2."""
    for figure in _figures(world, first=False):
        if _is_corrected(figure):
            correct(world, figure, reason="Desimalen falt bort i innlesingen.", by=world.people[CONTROLLER])


def _is_corrected(figure: Figure) -> bool:
    return (figure.indicator, figure.period.code) == LOST_DECIMALS


def _figures(world: World, *, first: bool) -> Iterator[Figure]:
    printed: Printed = {}
    texts = {}
    for row in rows("nav_series"):
        value = parse_number(row["text"].removesuffix(",-"), decimal_point=False).value
        if value is None:
            raise ValueError(row)
        key = row["indicator"], Period.parse(row["period"])
        printed[key], texts[key] = value, row
    for (code, period), value in printed.items():
        row = texts[code, period]
        source = world.indicators[code].source
        figure = Figure(code, UNIT, period, _known(period), value=value, source=source, place=row["place"], text=row["text"])
        if period.kind is PeriodKind.YEAR:
            yield _year(world.indicators[code], figure, printed)
        elif _is_corrected(figure):
            yield replace(figure, value=round_half_up(value, 0)) if first else replace(figure, recorded=CORRECTED)
        else:
            yield figure


def _known(period: Period) -> datetime:
    """On the eighth of the month after; the last with the report itself."""
    after = Period.containing(period.last_day, PeriodKind.MONTH).next().start
    return min(moment(after.replace(day=8)), READ)


def _year(indicator: Indicator, figure: Figure, printed: Printed) -> Figure:
    """What the twelve months come to, with the printed mean beside it; where there are no months, what was printed."""
    months = [printed[indicator.code, month] for month in figure.period.months if (indicator.code, month) in printed]
    if not months:
        return figure
    mean = round_half_up(sum(months, Decimal(0)) / len(months), 6)
    note = "Regnet ut av de tolv månedene. Snittet som kilden oppgir, står ved siden av."
    return replace(figure, value=mean, stated=figure.value, note=note)
