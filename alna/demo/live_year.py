"""The made-up live year: everything that comes month by month and year by year up to the last closed month."""

from collections.abc import Iterator

from alna.demo import economy, initiatives, production, remarks, sick_leave, surveys
from alna.demo.figures import Figure, add, correct
from alna.demo.people import CONTROLLER
from alna.demo.world import World
from scorecard.models import Measurement

READ = (Measurement.Origin.FILE, Measurement.Origin.REPORT)
SOURCES = (sick_leave, economy, initiatives, production, surveys)


def fill(world: World) -> None:
    """First as they were first recorded; corrections follow when everything is derived."""
    add(world, _figures(world), by=world.people[CONTROLLER])
    remarks.add_benchmarks(world)


def _figures(world: World) -> Iterator[Figure]:
    """What the files of the newest month say has been measured already."""
    for source in SOURCES:
        for figure in source.figures(world.plan):
            if figure.origin not in READ or figure.period != world.plan.last_closed:
                yield figure


def correct_figures(world: World) -> None:
    """A preliminary figure that became final, and period 13 of last year."""
    controller = world.people[CONTROLLER]
    correct(world, sick_leave.correction(world.plan), reason="Sene sykmeldinger er kommet inn. Tallet er endelig.", by=controller)
    for figure in economy.corrections(world.plan):
        correct(world, figure, reason="Periode 13: faktura for langtidsplass, 180 000 kr, hørte til fjoråret.", by=controller)
