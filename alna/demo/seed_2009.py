"""Bydel Alna's målekart 2009 and the results before it, exactly as the district published them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from alna.demo.cards import Card, Goal, Place, add_card, add_goals, goal
from alna.demo.data_files import rows
from alna.demo.figures import Figure, add
from alna.demo.people import ADMINISTRATOR, CONTROLLER, DIRECTOR
from alna.demo.plan import moment
from alna.demo.units import DISTRICT
from alna.demo.world import World
from common.numbers import Mark, parse_number
from common.periods import Period
from scorecard.models import Indicator, Target
from scorecard.rules.lifecycle import State
from scorecard.rules.statuses import Direction, Quality

SOURCE = "Helhetlig resultatstyring i Bydel Alna"
YEAR = 2009
AGREED = moment(date(2008, 12, 18), 14, 0)
PUBLISHED = moment(date(2009, 1, 5), 8, 0)
# The results of a year were known in February of the next.
KNOWN_DAY = (2, 12)
SURVEY_MARGIN, SICK_LEAVE_MARGIN, ECONOMY_MARGIN, INITIATIVES_MARGIN = Decimal("0.3"), Decimal("1.0"), Decimal(1), Decimal(10)
QUALITIES = {Mark.EXACT: Quality.FINAL, Mark.ESTIMATE: Quality.ESTIMATE, Mark.MISSING: Quality.MISSING}
NOTES = {
    "??": "Kilden skriver «??». Tallet mangler.",
    "Ca 97": "Kilden skriver «Ca 97». Vi merker det som anslag.",
}
ARROWS = (
    ("God ledelse", "Attraktiv arbeidsplass"),
    ("God ledelse", "Myndige medarbeidere"),
    ("Økonomi i balanse", "Tjenester med rett kvalitet"),
    ("Attraktiv arbeidsplass", "Tjenester med rett kvalitet"),
    ("Myndige medarbeidere", "Kontakt med bruker"),
    ("Samarbeid med frivillige lag og organisasjoner", "Aktive lokalsamfunn"),
    ("Aktive lokalsamfunn", "Kontakt med bruker"),
)
HOW_IT_IS_READ = """Sykefravær: Kilden skriver «>9.9 %». Vi leser det som høyst 9,9 %, fordi lavere er bedre.
Brukertilfredshet 2008: Kilden skriver «??». Vi viser at tallet mangler.
Økonomisk resultat 2008: Kilden skriver «Ca 97». Vi merker det som anslag.
Kilden skriver både «4,89» og «4.70». Vi leser komma og punktum likt.
To indikatorer i samme rute, med to mål, er skilt i hver sin rad.
Kolonnen 2009 i resultatoversikten er mål, ikke resultater. Kilden har ingen mål for 2006–2008.
Gulgrensen og vektene står ikke i kilden. «Nesten nådd» er satt til 0,3 under målet i undersøkelser, 1,0 prosentpoeng over målet for \
sykefravær, 1 prosent over budsjettet og 10 prosentpoeng under målet for satsinger."""


def fill(world: World) -> None:
    """The card, its targets and the results of 2004 and 2006–2008. There are no results of 2009."""
    administrator, director = world.people[ADMINISTRATOR], world.people[DIRECTOR]
    card = Card(DISTRICT, YEAR, "Målekart 2009", State.LOCKED, PUBLISHED, places(), ARROWS, HOW_IT_IS_READ)
    add_card(world, card, by=administrator, approved_by=director)
    targets = list(_targets(world))
    for target in targets:
        target.approved_by, target.recorded_by = director, administrator
    add_goals(world, targets)
    add(world, [*_results(), _before_the_turn()], by=world.people[CONTROLLER])


def places() -> list[Place]:
    """The ten indicators in the order of the source."""
    return [Place(row["area"], row["factor"], row["indicator"], Decimal(row["weight"])) for row in rows("scorecard_2009")]


def yellow_limit(indicator: Indicator, target: Decimal) -> Decimal:
    """Where «nearly» begins; the source has no such limit."""
    if indicator.measure == Indicator.Measure.SCALE:
        return target - SURVEY_MARGIN
    margins = {"sykefravaer": SICK_LEAVE_MARGIN, "okonomisk_resultat": ECONOMY_MARGIN, "lokale_satsinger": INITIATIVES_MARGIN}
    margin = margins[indicator.code]
    return target + margin if indicator.direction == Direction.LOWER else target - margin


def _targets(world: World) -> Iterator[Target]:
    for row in rows("scorecard_2009"):
        code, value = row["indicator"], Decimal(row["target"])
        limit = yellow_limit(world.indicators[code], value)
        source = f"{SOURCE}, Målekart: «{row['target_text']}»"
        yield goal(world, Goal(code, DISTRICT, date(YEAR, 1, 1), AGREED, value, limit, source))
        ended = Goal(code, DISTRICT, date(YEAR + 1, 1, 1), AGREED, None, reason="Målekartet i kilden gjelder 2009.")
        yield goal(world, ended, withdrawn=True)


def _results() -> Iterator[Figure]:
    for row in rows("results_2006_2008"):
        read = parse_number(row["text"], decimal_point=True)
        year = int(row["year"])
        yield Figure(
            row["indicator"],
            DISTRICT,
            Period.of_year(year),
            moment(date(year + 1, *KNOWN_DAY), 10, 15),
            value=read.value,
            quality=QUALITIES[read.mark],
            note=NOTES.get(row["text"], ""),
            source=f"{SOURCE}, Oversikt over resultater",
            place=f"{row['row']}, kolonnen {year}",
            text=row["text"],
        )


def _before_the_turn() -> Figure:
    """«Økonomien er snudd fra 3 % merforbruk i 2004»: a rounded figure in the running text."""
    return Figure(
        "okonomisk_resultat",
        DISTRICT,
        Period.of_year(2004),
        moment(date(2005, *KNOWN_DAY), 10, 15),
        value=Decimal(103),
        quality=Quality.ESTIMATE,
        note="Kilden skriver 3 % merforbruk, avrundet i teksten.",
        source=f"{SOURCE}, Dette har vi oppnådd",
        place="Nest siste punkt om økonomien",
        text="3 % merforbruk i 2004",
    )
