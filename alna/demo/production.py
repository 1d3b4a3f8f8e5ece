"""Production figures of kindergartens, home care, child welfare and NAV for three years. All made up."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from alna.demo.chance import Chance
from alna.demo.data_files import rows
from alna.demo.figures import Figure
from alna.demo.plan import Plan
from common.numbers import round_half_up
from common.periods import Period
from scorecard.models import Measurement

YEARS = 3
KINDERGARTENS = ("101", "102", "103", "104", "105", "106", "107")
HOME_CARE, CHILD_WELFARE, NAV = "402", "202", "301"
PLACES_PER_FTE, BASIC_STAFF = Decimal("3.6"), Decimal("0.82")
# Visits at the agreed time: another level since new routes were made last year.
NEW_ROUTES_MONTH = 8
# More cases in child welfare than it finishes in time.
MORE_CASES_MONTH = 1
# Rents went up in July of the live year, and with them what each recipient gets.
RENT_MONTH = 7
USERS_IN_SEPTEMBER = 1512
COUNTED_BY_LEADER = "hjemmetjeneste_brukere"
# Row of the first figure: below the headings.
FIRST_ROW = 2


def figures(plan: Plan) -> Iterator[Figure]:
    """Every closed month, as the file of the month has it, and what the leader of the unit counts. The newest is not counted yet."""
    for period in plan.months(years_ago=YEARS - 1):
        yield from of_month(plan, period)
        if not plan.is_in_progress(period):
            yield from (each for each in _home_care(plan, period) if each.indicator == COUNTED_BY_LEADER)


def of_month(plan: Plan, period: Period) -> Iterator[Figure]:
    """The rows of one file."""
    counted = [*_kindergartens(plan, period), *_home_care(plan, period), _child_welfare(plan, period), *_nav(plan, period)]
    for number, each in enumerate(each for each in counted if each.indicator != COUNTED_BY_LEADER):
        yield replace(each, source=file_name(period), place=f"rad {number + FIRST_ROW}", origin=Measurement.Origin.FILE)


def file_name(period: Period) -> str:
    return f"produksjonstall_{period.year}_{period.number:02}.csv"


def _kindergartens(plan: Plan, period: Period) -> Iterator[Figure]:
    for code in KINDERGARTENS:
        yield from _kindergarten(plan, code, period)


def _months_away(plan: Plan, period: Period) -> int:
    """0 in September of the live year, negative before."""
    return (period.year - plan.year) * 12 + period.number - 9


def _part(plan: Plan, indicator: str, unit: str, period: Period, numerator: Decimal, denominator: Decimal) -> Figure:
    return Figure(indicator, unit, period, plan.ready(period), numerator=numerator, denominator=denominator)


def _kindergarten(plan: Plan, code: str, period: Period) -> Iterator[Figure]:
    fte = next(Decimal(row["fte"]) for row in rows("units") if row["code"] == code)
    chance = Chance("kindergarten", code, plan.year - period.year, period.number)
    places = round_half_up(fte * PLACES_PER_FTE, 0)
    empty = chance.between(0, 6) + (6 if period.number == 8 else 0)
    children = places - empty
    yield _part(plan, "barnehage_belegg", code, period, children, places)
    yield _part(plan, "barn_per_arsverk", code, period, children, round_half_up(fte * BASIC_STAFF, 1))


def _home_care(plan: Plan, period: Period) -> Iterator[Figure]:
    chance = Chance("home care", plan.year - period.year, period.number)
    away = _months_away(plan, period)
    users = USERS_IN_SEPTEMBER + 2 * away + (chance.between(-12, 12) if away else 0)
    yield Figure("hjemmetjeneste_brukere", HOME_CARE, period, plan.ready(period), value=Decimal(users))
    hours = Decimal(users * 24 + chance.between(-300, 300))
    share = (Decimal(95) + chance.between(-15, 15) / Decimal(10)) / 100
    yield _part(plan, "hjemmetjeneste_timer", HOME_CARE, period, round_half_up(hours * share, 0), hours)
    visits = Decimal(users * 42 + chance.between(-900, 900))
    level = Decimal("84.3") if period >= plan.month(NEW_ROUTES_MONTH, years_ago=1) else Decimal(78)
    in_time = visits * (level + chance.between(-15, 15) / Decimal(10)) / 100
    yield _part(plan, "hjemmetjeneste_avtalt_tid", HOME_CARE, period, round_half_up(in_time, 0), visits)


def _child_welfare(plan: Plan, period: Period) -> Figure:
    chance = Chance("child welfare", plan.year - period.year, period.number)
    finished = chance.between(34, 52)
    late = chance.between(1, 3) + (chance.between(4, 7) if period >= plan.month(MORE_CASES_MONTH) else 0)
    return _part(plan, "barnevern_frist", CHILD_WELFARE, period, Decimal(finished - late), Decimal(finished))


def _nav(plan: Plan, period: Period) -> Iterator[Figure]:
    chance = Chance("nav", plan.year - period.year, period.number)
    away = _months_away(plan, period)
    recipients = 468 + away + chance.between(-18, 18)
    yield Figure("sosialhjelp_mottakere", NAV, period, plan.ready(period), value=Decimal(recipients))
    each = 13900 + 18 * away + chance.between(-260, 260)
    if period >= plan.month(RENT_MONTH):
        each += 1350
    yield _part(plan, "sosialhjelp_per_mottaker", NAV, period, Decimal(recipients * each), Decimal(recipients))
    cases = chance.between(480, 560)
    late = chance.between(18, 44)
    yield _part(plan, "sosialsaker_frist", NAV, period, Decimal(cases - late), Decimal(cases))
