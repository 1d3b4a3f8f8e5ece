"""NAV Alna's surveys, sick leave and other yearly figures, with what Oslo and the country had, as the report printed them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from alna.demo.data_files import rows
from alna.demo.figures import Figure, add
from alna.demo.nav_series import UNIT
from alna.demo.people import CONTROLLER
from alna.demo.plan import moment
from alna.demo.world import World, add_with_history
from common.numbers import parse_number, round_half_up
from common.periods import Period
from common.versions import dated
from scorecard.models import Benchmark
from scorecard.rules.statuses import Quality

KNOWN = {
    2011: moment(date(2011, 12, 5), 9, 0),
    2012: moment(date(2013, 1, 10), 9, 0),
    2013: moment(date(2014, 1, 14), 9, 0),
}
STATE_SIDE = "301-STAT"
OSLO_BODIES = 15
MEAN_OF_QUESTIONS, TOTAL, CORE_GROUPS = "nav_bruker_snitt", "nav_medarbeider_snitt_totalt", 10
OTHER_QUESTIONS = "Undersøkelsen i 2012 hadde andre spørsmål og kan ikke sammenliknes."
# Indicator, unit, year, as printed, remark.
YEARLY = (
    ("nav_sykefravaer", UNIT, 2012, "8,31", "Kommunal side."),
    ("nav_sykefravaer", UNIT, 2013, "9,77", "Kommunal side."),
    ("nav_sykefravaer", STATE_SIDE, 2012, "5,82", "Statlig side."),
    ("nav_sykefravaer", STATE_SIDE, 2013, "7,70", "Statlig side."),
    ("nav_nedsatt_arbeidsevne", UNIT, 2012, "39.25", "Snitt fra mars 2012 til februar 2013, året før prosjektet."),
    ("nav_nedsatt_arbeidsevne", UNIT, 2013, "40.70", "Snitt fra mars 2013 til februar 2014, prosjektperioden."),
)


@dataclass(frozen=True)
class Printed:
    """A benchmark as the source printed it."""

    indicator: str
    group: str
    year: int
    text: str
    bodies: int | None = None


def fill(world: World) -> None:
    """The unit's own figures, then what they are compared with."""
    add(world, [*_yearly(world), *_users(world), *_employees(world)], by=world.people[CONTROLLER])
    add_with_history(
        world, [_benchmark(world, printed) for printed in _benchmarks()], "indicator_id", "group", "period_kind", "period_start"
    )


def _read(text: str) -> Decimal:
    value = parse_number(text, decimal_point=True).value
    if value is None:
        raise ValueError(text)
    return value


def _figure(world: World, code: str, unit: str, year: int, text: str, place: str, note: str = "") -> Figure:
    value = _read(text)
    source = world.indicators[code].source
    return Figure(code, unit, Period.of_year(year), KNOWN[year], value=value, source=source, place=place, text=text, note=note)


def _yearly(world: World) -> Iterator[Figure]:
    for code, unit, year, text, note in YEARLY:
        yield _figure(
            world, code, unit, year, text, "Første avsnitt" if code == "nav_sykefravaer" else "Avsnittet om prosjektperioden", note
        )


def _users(world: World) -> Iterator[Figure]:
    questions = [row for row in rows("nav_user_survey") if row["indicator"] != MEAN_OF_QUESTIONS]
    for row in rows("nav_user_survey"):
        code = row["indicator"]
        for year in (2011, 2013):
            figure = _figure(world, code, UNIT, year, row[f"alna_{year}"], f"{row['question']}, NAV Alna {year}"[:120])
            yield _mean_of(figure, [_read(each[f"alna_{year}"]) for each in questions]) if code == MEAN_OF_QUESTIONS else figure
        source = world.indicators[code].source
        unit_year = Period.of_year(2012)
        yield Figure(code, UNIT, unit_year, KNOWN[2012], quality=Quality.NOT_MEASURED, note=OTHER_QUESTIONS, source=source)


def _mean_of(figure: Figure, values: list[Decimal]) -> Figure:
    """What the eight questions come to, with the printed mean beside it."""
    mean = round_half_up(sum(values, Decimal(0)) / len(values), 6)
    return replace(figure, value=mean, stated=figure.value, note="Snittet av de åtte spørsmålene. Kilden har avrundet det.")


def _employees(world: World) -> Iterator[Figure]:
    groups = [_read(row["alna"]) for row in rows("nav_employee_survey_2013")[:CORE_GROUPS]]
    for row in rows("nav_employee_survey_2013"):
        for column, text in row.items():
            if column == "alna" or column.startswith(f"{UNIT}-"):
                unit = UNIT if column == "alna" else column
                figure = _figure(world, row["indicator"], unit, 2013, text, f"{row['group']}, {world.units[unit].name}"[:120])
                yield _total(figure, groups) if row["indicator"] == TOTAL and unit == UNIT else figure


def _total(figure: Figure, groups: list[Decimal]) -> Figure:
    """The total is the mean of all questions, which the report does not print: it is not what the rounded groups come to."""
    mean = round_half_up(sum(groups, Decimal(0)) / len(groups), 2)
    text = str(mean).replace(".", ",")
    note = f"Kilden regner snittet av alle spørsmål. Snittet av de ti avrundede gruppene er {text}."
    return replace(figure, stated=figure.value, note=note)


def _benchmarks() -> Iterator[Printed]:
    for row in rows("nav_user_survey"):
        for year in (2011, 2013):
            yield Printed(row["indicator"], Benchmark.Group.OSLO, year, row[f"oslo_{year}"], OSLO_BODIES)
    for row in rows("nav_employee_survey_2013"):
        for group in (Benchmark.Group.NORWAY, Benchmark.Group.HIGHEST, Benchmark.Group.LOWEST):
            yield Printed(row["indicator"], group, 2013, row[group.value])


def _benchmark(world: World, printed: Printed) -> Benchmark:
    indicator = world.indicators[printed.indicator]
    row = Benchmark(indicator=indicator, group=printed.group, value=_read(printed.text), bodies=printed.bodies, source=indicator.source)
    row.period = Period.of_year(printed.year)
    return dated(row, KNOWN[printed.year])
