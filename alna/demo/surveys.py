"""Surveys of users, employees and voluntary organisations, every year since 2019, with the number of answers. All made up."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from alna.demo.chance import Chance
from alna.demo.data_files import rows
from alna.demo.figures import Figure
from alna.demo.plan import Plan
from common.numbers import round_half_up
from common.periods import Period
from scorecard.rules.statuses import Quality

FIRST_YEAR = 2019
PANDEMIC = 2020
USER_SURVEYS = {"brukertilfredshet_samlet": Decimal(0), "brukertilfredshet_respekt": Decimal("0.2")}
EMPLOYEE_SURVEYS = {
    "medarbeidertilfredshet_samlet": Decimal(0),
    "egen_kompetanse": Decimal("0.25"),
    "tilfredshet_med_ledere": Decimal("0.1"),
}
NEW_QUESTION = "ansvar_og_myndighet"
VOLUNTARY = "samarbeid_frivillige"
WITH_AGREEMENTS = {"203": "4.4", "204": "4.7", "404": "4.3", "406": "4.5", "407": "4.8", "501": "4.6"}
# Satisfaction falls as sick leave rises: 5.15 at four percent, 4.15 at fourteen. One unit reaches all its targets.
AT_FOUR_PERCENT, PER_POINT = Decimal("5.15"), Decimal("0.1")
CONTENT = {"103": Decimal("0.2")}
ANSWERS_PER_FTE, SHARE_OF_STAFF = Decimal("1.8"), Decimal("0.9")
LOWEST, HIGHEST = Decimal("3.2"), Decimal("5.6")
LEAST_ANSWERS = 9


def figures(plan: Plan) -> Iterator[Figure]:
    """Every closed year of every unit."""
    closed = [year for year in range(FIRST_YEAR, plan.year + 1) if plan.is_over(Period.of_year(year))]
    for row in rows("units"):
        for year in closed:
            yield from _users(plan, row, year)
            yield from _employees(plan, row, year)
            yield _voluntary(plan, row, year)


def _drifted(latest: Decimal, plan: Plan, year: int, *names: object) -> Decimal:
    """The figure of last year is given; others wander from it, a tenth or two a year."""
    value, step = latest, 1 if year > plan.year - 1 else -1
    for each in range(plan.year - 1, year, step):
        value += Decimal(Chance(*names, plan.year - each, step).between(-12, 10)) / 100 * -step
    return min(max(round_half_up(value, 2), LOWEST), HIGHEST)


def _mean(plan: Plan, indicator: str, unit: str, year: int, value: Decimal, answers: Decimal) -> Figure:
    period = Period.of_year(year)
    count = max(LEAST_ANSWERS, int(answers * Chance("answers", indicator, unit, plan.year - year).around("0.15")))
    return Figure(indicator, unit, period, plan.ready(period), value=value, denominator=Decimal(count))


def _without(plan: Plan, indicator: str, unit: str, year: int, quality: Quality, note: str) -> Figure:
    period = Period.of_year(year)
    return Figure(indicator, unit, period, plan.ready(period), quality=quality, note=note)


def _users(plan: Plan, row: Mapping[str, str], year: int) -> Iterator[Figure]:
    for indicator, above in USER_SURVEYS.items():
        if not row["satisfaction"]:
            yield _without(plan, indicator, row["code"], year, Quality.NOT_RELEVANT, "Enheten har ingen brukere utenfor bydelen.")
        elif year == PANDEMIC:
            yield _without(plan, indicator, row["code"], year, Quality.NOT_MEASURED, "Ikke gjennomført under pandemien.")
        else:
            value = _drifted(Decimal(row["satisfaction"]) + above, plan, year, indicator, row["code"])
            yield _mean(plan, indicator, row["code"], year, value, Decimal(row["fte"]) * ANSWERS_PER_FTE)


def _employees(plan: Plan, row: Mapping[str, str], year: int) -> Iterator[Figure]:
    level = AT_FOUR_PERCENT - (Decimal(row["sick_leave"]) - 4) * PER_POINT + CONTENT.get(row["code"], Decimal(0))
    for indicator, above in EMPLOYEE_SURVEYS.items():
        own = Decimal(Chance(indicator, row["code"]).between(-15, 25)) / 100
        value = _drifted(level + above + own, plan, year, indicator, row["code"])
        yield _mean(plan, indicator, row["code"], year, value, Decimal(row["fte"]) * SHARE_OF_STAFF)
    if year == plan.year - 1:
        yield _without(plan, NEW_QUESTION, row["code"], year, Quality.NOT_MEASURED, "Spørsmålet er nytt og stilles første gang til høsten.")


def _voluntary(plan: Plan, row: Mapping[str, str], year: int) -> Figure:
    code = row["code"]
    if code not in WITH_AGREEMENTS:
        return _without(plan, VOLUNTARY, code, year, Quality.NOT_RELEVANT, "Enheten har ingen avtaler med lag og organisasjoner.")
    value = _drifted(Decimal(WITH_AGREEMENTS[code]), plan, year, VOLUNTARY, code)
    return _mean(plan, VOLUNTARY, code, year, value, Decimal(14))
