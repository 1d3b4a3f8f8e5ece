"""What the project «NAV i Alna» should reach, as a scorecard of the unit for 2013."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alna.demo.cards import Card, Goal, Place, add_card, add_goals, goal
from alna.demo.library_nav import REPORT
from alna.demo.nav_series import UNIT
from alna.demo.nav_surveys import STATE_SIDE
from alna.demo.people import ADMINISTRATOR, DIRECTOR
from alna.demo.plan import moment
from alna.demo.world import World
from common.periods import PeriodKind
from scorecard.models import Benchmark, Target
from scorecard.rules.lifecycle import State
from scorecard.rules.targets import Comparison, TargetKind

YEAR = 2013
STARTED, ENDED = date(2013, 3, 1), date(2015, 1, 1)
AGREED = moment(date(2013, 2, 20), 12, 0)
CLOSED = moment(date(2014, 12, 18), 12, 0)
USERS, STAFF, STEERING = "Brukere og tjenester", "Ansatte og arbeidsmiljø", "Organisasjon og styring"
PLACES = (
    Place(USERS, "Rask saksbehandling", "nav_saker_to_uker", Decimal(30)),
    Place(USERS, "Fornøyde brukere", "nav_bruker_snitt", Decimal(30)),
    Place(USERS, "Flere i arbeid", "nav_overgang_til_arbeid", Decimal(20)),
    Place(USERS, "Flere i arbeid", "nav_nedsatt_arbeidsevne", Decimal(20)),
    Place(STAFF, "Helsefremmende arbeidsplass", "nav_sykefravaer", Decimal(50)),
    Place(STAFF, "Godt arbeidsmiljø", "nav_medarbeider_snitt_totalt", Decimal(50)),
    Place(STEERING, "Sosialhjelp innenfor budsjettet", "nav_sosialhjelpsmottakere", Decimal(50)),
    Place(STEERING, "Sosialhjelp innenfor budsjettet", "nav_utbetalt_per_bruker", Decimal(50)),
)
ARROWS = (
    ("Godt arbeidsmiljø", "Fornøyde brukere"),
    ("Helsefremmende arbeidsplass", "Rask saksbehandling"),
    ("Rask saksbehandling", "Fornøyde brukere"),
    ("Flere i arbeid", "Sosialhjelp innenfor budsjettet"),
)
HOW_IT_IS_READ = """Kilden er sluttrapporten for prosjektet «NAV i Alna». Målene gjelder fra mars 2013.
Sykefravær: Målet i kapittel 2.3 er at det ikke øker fra snittet for 2012. Overskriften 3.1.4 skriver 2013. Vi bruker 2012.
Overgang til arbeid: Kilden skriver «økning på 5 %». I kapittel 3.3.2 regner den i prosentpoeng, og det gjør vi også.
Brukerundersøkelse: «10 % bedre enn snitt for Oslo» er snittet 77 ganger 1,10, altså 84,7.
Medarbeiderundersøkelse: Målet «lik resultatet i 2013 eller bedre» har ingen tidligere verdi å sammenlikne med. Det er ikke satt noe mål.
Utbetalt per bruker: Kilden oppgir snittet 10 737 for 2012. De tolv månedene gir 10 797. Målet er det kilden oppgir.
Kilden har flere konklusjoner om samme mål. Alna regner statusen av tallet og målet."""


@dataclass(frozen=True)
class Relative:
    """A target against 2012, in the figure the source printed for it."""

    indicator: str
    unit: str
    base: str
    amount: int
    value: str
    text: str


AGAINST_2012 = (
    Relative("nav_sosialhjelpsmottakere", UNIT, "452", 0, "452", "skal ikke økes"),
    Relative("nav_utbetalt_per_bruker", UNIT, "10737", 0, "10737", "skal ikke øke i 2013 fra gj.snitt som var 10737,- for 2012"),
    Relative("nav_overgang_til_arbeid", UNIT, "49.4", 5, "54.4", "er økt med 5 %"),
    Relative("nav_nedsatt_arbeidsevne", UNIT, "39.25", 5, "44.25", "øke med 5 %"),
    Relative("nav_sykefravaer", UNIT, "8.31", 0, "8.31", "skal ikke være økt i forhold til snitt for 2012"),
    Relative("nav_sykefravaer", STATE_SIDE, "5.82", 0, "5.82", "skal ikke være økt i forhold til snitt for 2012"),
)


def fill(world: World) -> None:
    """The locked card and its targets; they end when the project has been written up."""
    by, approved_by = world.people[ADMINISTRATOR], world.people[DIRECTOR]
    card = Card(UNIT, YEAR, "Målekart 2013, NAV Alna", State.LOCKED, AGREED, PLACES, ARROWS, HOW_IT_IS_READ)
    add_card(world, card, by=by, approved_by=approved_by)
    targets = [*_absolute(world), *_against_2012(world), *_against_oslo(world), *_ended(world)]
    for target in targets:
        target.recorded_by, target.approved_by = by, approved_by
    add_goals(world, targets)


def _source(text: str) -> str:
    return f"{REPORT}, kapittel 2.3: «{text}»"


def _absolute(world: World) -> Iterator[Target]:
    text = _source("Saksbehandlingstid alle saker innen 2 uker – minst 95 %")
    yield goal(world, Goal("nav_saker_to_uker", UNIT, STARTED, AGREED, Decimal(95), Decimal(92), text))
    central = f"{REPORT}, kapittel 3.3.2: sentralt måltall for alle NAV-kontor"
    yield goal(world, Goal("nav_nedsatt_arbeidsevne", UNIT, date(2012, 1, 1), moment(date(2012, 1, 10)), Decimal(45), source=central))


def _against_2012(world: World) -> Iterator[Target]:
    for each in AGAINST_2012:
        reason = "Kilden skriver prosent. Den regner i prosentpoeng." if each.amount else ""
        wanted = Goal(each.indicator, each.unit, STARTED, AGREED, Decimal(each.value), source=_source(each.text), reason=reason)
        yield goal(
            world,
            wanted,
            kind=TargetKind.BASELINE,
            amount=Decimal(each.amount),
            comparison=Comparison.POINTS,
            baseline_start=date(2012, 1, 1),
            baseline_kind=PeriodKind.YEAR,
            baseline_value=Decimal(each.base),
        )


def _against_oslo(world: World) -> Iterator[Target]:
    text = _source("Alna skal levere 10 % bedre resultat enn det som er gjennomsnitt for Oslo")
    yield goal(
        world,
        Goal("nav_bruker_snitt", UNIT, STARTED, AGREED, Decimal("84.7"), source=text),
        kind=TargetKind.BENCHMARK,
        amount=Decimal(10),
        comparison=Comparison.PERCENT,
        baseline_value=Decimal(77),
        benchmark_group=Benchmark.Group.OSLO,
    )


def _ended(world: World) -> Iterator[Target]:
    """Later years are not judged by the project's targets."""
    codes = [("nav_saker_to_uker", UNIT), ("nav_bruker_snitt", UNIT), *((each.indicator, each.unit) for each in AGAINST_2012)]
    for code, unit in codes:
        if world.units[unit].valid_to is None:
            yield goal(world, Goal(code, unit, ENDED, CLOSED, None, reason="Prosjektet er avsluttet."), withdrawn=True)
