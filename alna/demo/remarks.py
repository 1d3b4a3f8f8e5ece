"""What people say about figures: notes, a confirmed change, an accepted miss, and what others have."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from alna.demo.people import DIRECTOR
from alna.demo.plan import Plan, moment
from alna.demo.production import NEW_ROUTES_MONTH
from alna.demo.world import World, add_with_history
from common.periods import Period
from common.versions import dated
from scorecard.models import AcceptedDeviation, Benchmark
from scorecard.services.agreements import add_note, reset_limits

AFTER_PROJECT = moment(date(2014, 2, 10), 13, 0)
NAV_LEADER, HOME_CARE_LEADER, WELFARE_LEADER, HEALTH_LEADER = "Berit Lundgaard", "Sunniva Dahle", "Hanne Bråthen", "Yasmin Chaudhry"
ACCEPTED_UNIT, ACCEPTED_INDICATOR = "405", "sykefravaer"


@dataclass(frozen=True)
class Remark:
    """A note on one figure."""

    indicator: str
    unit: str
    period: Period
    author: str
    at: datetime
    text: str


def fill(world: World) -> None:
    """After all figures are derived: a note needs its figure, a confirmed change needs its signal."""
    for remark in (*_from_the_report(), *_live(world.plan)):
        if world.plan.is_over(remark.period) and remark.at.date() <= world.plan.today:
            _add(world, remark)
    _confirm_new_routes(world)
    _accept(world)


def _add(world: World, remark: Remark) -> None:
    add_note(
        indicator=world.indicators[remark.indicator],
        unit=world.units[remark.unit],
        period=remark.period,
        text=remark.text,
        actor=world.people[remark.author],
        now=remark.at,
    )


def _from_the_report() -> Iterator[Remark]:
    """Causes the report gives, put where they show."""
    given = (
        ("nav_saker_to_uker", Period.month(2013, 8), "Planlegging og flytting av kontorplasser begynte i august."),
        ("nav_saker_to_uker", Period.month(2013, 9), "Overgang til nytt datasystem (Oslo felles 2) og flytting av kontorplasser."),
        ("nav_saker_to_uker", Period.month(2014, 1), "Én felles ledelse fra denne måneden."),
        ("nav_utbetalt_per_bruker", Period.month(2013, 10), "Husleieprisene og livsoppholdsnormene har økt i 2013."),
        ("nav_sosialhjelpsmottakere", Period.month(2014, 1), "Utviklingen hittil kan føre til at snittet øker i 2014."),
    )
    for indicator, period, text in given:
        yield Remark(indicator, "301", period, NAV_LEADER, AFTER_PROJECT, text)


def _live(plan: Plan) -> Iterator[Remark]:
    """What the leaders of the story units write about their figures."""
    given = (
        ("sosialhjelp_per_mottaker", "301", 7, NAV_LEADER, "Husleiene steg fra juli. Antall mottakere er som før."),
        ("okonomisk_resultat", "301", 9, NAV_LEADER, "Merforbruket følger av høyere husleier, som enheten ikke rår over."),
        (
            "okonomisk_resultat",
            "202",
            9,
            WELFARE_LEADER,
            "Vi kjøper flere institusjonsplasser enn vi budsjetterte med. Fire tiltak er i gang.",
        ),
        ("okonomisk_resultat", "203", 9, HEALTH_LEADER, "Fire stillinger har stått ledige siden våren."),
        ("okonomisk_resultat", "402", 9, HOME_CARE_LEADER, "Vikarer for sykmeldte gir merforbruket."),
        ("barnevern_frist", "202", 9, WELFARE_LEADER, "Flere og mer sammensatte saker enn i fjor."),
    )
    for indicator, unit, month, author, text in given:
        period = plan.month(month)
        yield Remark(indicator, unit, period, author, plan.ready(period).replace(hour=9, minute=40), text)


def _confirm_new_routes(world: World) -> None:
    """Home care visits come in time more often since the new routes; the leader has confirmed it after eight months."""
    year = world.plan.year
    at = moment(date(year, 4, 16), 11, 5)
    if at.date() <= world.plan.today:
        reset_limits(
            indicator=world.indicators["hjemmetjeneste_avtalt_tid"],
            unit=world.units["402"],
            period=world.plan.month(NEW_ROUTES_MONTH, years_ago=1),
            note="Nye ruter fra august. Endringen er ment å vare.",
            actor=world.people[HOME_CARE_LEADER],
            now=at,
        )


def _accept(world: World) -> None:
    """New rotas take time: the director accepts more sick leave in one unit until New Year."""
    year = world.plan.year
    start = date(year, 3, 1)
    if start > world.plan.today:
        return
    agreed = moment(date(year, 2, 26), 14, 30)
    row = AcceptedDeviation(
        indicator=world.indicators[ACCEPTED_INDICATOR],
        unit=world.units[ACCEPTED_UNIT],
        reason="Ny turnus innføres i tre boliger gjennom året. Vi venter at fraværet går ned fra nyttår.",
        interim_target=Decimal(13),
        valid_from=start,
        valid_to=date(year, 12, 31),
        agreed_by=world.people[DIRECTOR],
        recorded_at=agreed,
    )
    add_with_history(world, [dated(row, agreed)], "indicator_id", "unit_id", "valid_from")


def add_benchmarks(world: World) -> None:
    """What other districts are made to have. Two bodies are too few to be shown."""
    year = world.plan.year - 1
    given = (
        ("sykefravaer", Benchmark.Group.OSLO, "10.1", 15),
        ("sykefravaer", Benchmark.Group.PEERS, "10.4", 4),
        ("brukertilfredshet_samlet", Benchmark.Group.OSLO, "4.45", 15),
        ("medarbeidertilfredshet_samlet", Benchmark.Group.NORWAY, "4.6", 180),
        ("okonomisk_resultat", Benchmark.Group.OSLO, "100.4", 15),
        ("samarbeid_frivillige", Benchmark.Group.PEERS, "4.3", 2),
    )
    rows = []
    for code, group, value, bodies in given:
        row = Benchmark(indicator=world.indicators[code], group=group, value=Decimal(value), bodies=bodies, source="Demodata")
        row.period = Period.of_year(year)
        rows.append(dated(row, moment(date(year + 1, 2, 1), 9, 0)))
    add_with_history(world, rows, "indicator_id", "group", "period_kind", "period_start")
