"""The målekart of last year (locked), of the live year (published) and of next year (a draft), with their targets."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from alna.demo.cards import Card, Goal, Place, add_card, add_goals, goal
from alna.demo.people import ADMINISTRATOR, DIRECTOR
from alna.demo.plan import moment
from alna.demo.seed_2009 import ARROWS, places, yellow_limit
from alna.demo.units import DISTRICT
from alna.demo.world import World
from scorecard.models import Scorecard, Target
from scorecard.rules.lifecycle import State
from scorecard.services.copying import copy_scorecard

# The source's own spelling stays on the card of 2009.
AREA_NOW = {"Frivillighet og lokalsamfunn utvikling": "Frivillighet og lokalsamfunnsutvikling"}
# By how many years before the live year; surveys always 4.5 and the budget always 100.
SICK_LEAVE = {2: "10.5", 1: "10.2", 0: "9.9"}
INITIATIVES = {2: "85", 1: "90"}
INDICATORS_OF_PRODUCTION = (
    ("sosialsaker_frist", "301", "95", "92"),
    ("sosialhjelp_per_mottaker", "301", "14500", "15000"),
    ("hjemmetjeneste_timer", "402", "95", "92"),
    ("hjemmetjeneste_avtalt_tid", "402", "85", "80"),
    ("barnevern_frist", "202", "95", "90"),
    ("barnehage_belegg", DISTRICT, "97", "94"),
    ("barn_per_arsverk", DISTRICT, "4.4", "4.6"),
    ("forbruk_hittil", DISTRICT, "100", "101"),
)
# Agreed in the yearly letter: indicator, unit, target, yellow limit.
OWN = (
    ("brukertilfredshet_samlet", "107", "4.8", "4.5"),
    ("sykefravaer", "204", "6.5", "7.5"),
    ("sykefravaer", "407", "6", "7"),
)
CHANGED_UNIT = "501"


def fill(world: World) -> None:
    """Cards of three years and the targets they are read against."""
    year = world.plan.year
    by, approved_by = world.people[ADMINISTRATOR], world.people[DIRECTOR]
    add_card(world, _card(year - 1, State.LOCKED), by=by, approved_by=approved_by)
    live = add_card(world, _card(year, State.PUBLISHED), by=by, approved_by=approved_by)
    targets = list(_targets(world))
    for target in targets:
        target.recorded_by, target.approved_by = by, approved_by if target.confirmed else None
    add_goals(world, targets)
    _next_year(world, live)


def _card(year: int, state: State) -> Card:
    now = [Place(AREA_NOW.get(place.area, place.area), place.factor, place.indicator, place.weight) for place in places()]
    note = "Demodata. Tallene er oppdiktet." if state == State.PUBLISHED else "Demodata. Tallene er oppdiktet, og året er låst."
    return Card(DISTRICT, year, f"Målekart {year}", state, moment(date(year, 1, 5), 8, 0), now, ARROWS, note)


def _next_year(world: World, live: Scorecard) -> None:
    """A draft as long as next year has not begun; where it has, its card is in force."""
    year = live.year + 1
    if world.plan.today.year > live.year:
        add_card(world, _card(year, State.PUBLISHED), by=world.people[ADMINISTRATOR], approved_by=world.people[DIRECTOR])
    elif not Scorecard.objects.filter(unit=live.unit, year=year).exists():
        copied = copy_scorecard(source=live, unit=live.unit, year=year, title=f"Målekart {year}", actor=world.people[ADMINISTRATOR])
        copied.scorecard.history.update(history_date=moment(min(date(live.year, 9, 30), world.plan.today)))
        world.count("scorecard", 1)


def _targets(world: World) -> Iterator[Target]:
    yield from _district(world)
    yield from _production(world)
    yield from _own(world)
    yield from _suggestions(world)


def _district(world: World) -> Iterator[Target]:
    year = world.plan.year
    for place in places():
        code = place.indicator
        steps = {"sykefravaer": SICK_LEAVE, "lokale_satsinger": INITIATIVES, "okonomisk_resultat": {2: "100"}}.get(code, {2: "4.5"})
        for ago, text in steps.items():
            value = Decimal(text)
            start = date(year - ago, 1, 1)
            limit = yellow_limit(world.indicators[code], value)
            yield goal(world, Goal(code, DISTRICT, start, _agreed(start), value, limit, f"Målekart {year - ago}"))


def _agreed(start: date) -> datetime:
    """Decided in December before."""
    return moment(date(start.year - 1, 12, 18), 14, 0)


def _production(world: World) -> Iterator[Target]:
    start = date(world.plan.year - 1, 1, 1)
    for code, unit, value, limit in INDICATORS_OF_PRODUCTION:
        yield goal(world, Goal(code, unit, start, _agreed(start), Decimal(value), Decimal(limit), "Årsbrev"))


def _own(world: World) -> Iterator[Target]:
    year = world.plan.year
    start, changed = date(year - 1, 1, 1), date(year, 5, 1)
    for code, unit, value, limit in OWN:
        yield goal(world, Goal(code, unit, start, _agreed(start), Decimal(value), Decimal(limit), "Årsbrev", "Avtalt i årsbrevet."))
    if world.plan.today >= changed:
        reason = "To av satsingene venter på byggestart. Avtalt i årsbrevet."
        recorded = moment(date(year, 4, 28), 15, 10)
        yield goal(world, Goal("lokale_satsinger", CHANGED_UNIT, changed, recorded, Decimal(80), Decimal(70), "Årsbrev", reason))
    withdrawn = Goal(
        "brukertilfredshet_samlet", "106", date(year, 1, 1), _agreed(date(year, 1, 1)), None, reason="Følger bydelens mål igjen."
    )
    yield goal(world, Goal("brukertilfredshet_samlet", "106", start, _agreed(start), Decimal("4.3"), Decimal("4.0"), "Årsbrev"))
    yield goal(world, withdrawn, withdrawn=True)


def _suggestions(world: World) -> Iterator[Target]:
    """Next year's, not confirmed by the director yet. They count for nothing until then."""
    start = date(world.plan.year + 1, 1, 1)
    recorded = moment(date(world.plan.year, 9, 30), 12, 0)
    if world.plan.today > recorded.date():
        for code, text in (("sykefravaer", "9.5"), ("lokale_satsinger", "92")):
            value = Decimal(text)
            wanted = Goal(code, DISTRICT, start, recorded, value, yellow_limit(world.indicators[code], value), "Forslag")
            yield goal(world, wanted, confirmed=False)
