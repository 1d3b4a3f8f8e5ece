"""What the director has published for politicians: last year, and each tertial of the live year that is over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from alna.demo.people import DIRECTOR
from alna.demo.plan import Plan, moment
from alna.demo.world import World
from common.periods import Period
from scorecard.models import Scorecard, Snapshot
from scorecard.services.snapshots import publish_snapshot


@dataclass(frozen=True)
class Publication:
    """A period of a card's year, with what the director says about it."""

    period: Period
    at: datetime
    title: str
    comment: str


def fill(world: World) -> None:
    """When all figures are derived, since what is published is text."""
    for each in _publications(world.plan):
        if each.at.date() <= world.plan.today:
            _publish(world, each)


def _publications(plan: Plan) -> Iterator[Publication]:
    year = plan.year
    yield Publication(
        Period.of_year(year - 1),
        moment(date(year, 2, 20), 12, 0),
        f"Målekart {year - 1}, året",
        "Brukerne er fornøyde, og økonomien er i balanse. Sykefraværet er høyere enn målet. Demodata.",
    )
    yield Publication(
        Period.tertial(year, 1),
        moment(date(year, 5, 22), 12, 0),
        f"Målekart {year}, 1. tertial",
        "Prognosen er nær budsjettet. Vi følger barnevernet og hjemmetjenesten tett. Demodata.",
    )
    yield Publication(
        Period.tertial(year, 2),
        moment(date(year, 9, 18), 12, 0),
        f"Målekart {year}, 2. tertial",
        "Prognosen er et merforbruk, mest i barnevernet og NAV. Sykefraværet er fortsatt over målet. Demodata.",
    )


def _publish(world: World, each: Publication) -> None:
    card = Scorecard.objects.get(unit=world.district, year=each.period.year)
    there = Snapshot.objects.filter(scorecard=card, period_start=each.period.start, period_kind=each.period.kind.value)
    if there.exists():
        return
    publish_snapshot(
        scorecard=card,
        unit=world.district,
        period=each.period,
        title=each.title,
        comment=each.comment,
        confirmed=True,
        actor=world.people[DIRECTOR],
        now=each.at,
        today=each.at.date(),
    )
    world.count("snapshot", 1)
