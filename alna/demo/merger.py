"""The planned merger of two kindergarten units on 1 July of next year, by the house's own service."""

from datetime import date

from alna.demo.people import ADMINISTRATOR
from alna.demo.plan import moment
from alna.demo.units import DISTRICT
from alna.demo.world import World
from organisation.models import Unit
from organisation.rules.reorganisation import NewUnit
from organisation.services.reorganise import merge_units, plan_merge
from scorecard.services import reorganised

MERGED = NewUnit("108", "Barnehageenhet Furuset og Gran", Unit.Kind.RESULT_UNIT)
MERGING = ("101", "102")


def fill(world: World) -> None:
    """Sites and cost centres go along; roles end with their units."""
    if MERGED.code in world.units:
        return
    year = world.plan.year
    predecessors = [world.units[code] for code in MERGING]
    plan = plan_merge(predecessors=predecessors, successor=MERGED, parent=world.units[DISTRICT], on=date(year + 1, 7, 1))
    merge_units(
        plan=plan,
        token=plan.token,
        predecessors=predecessors,
        successor=MERGED,
        roles_follow=False,
        actor=world.people[ADMINISTRATOR],
        now=moment(min(date(year, 9, 15), world.plan.today), 10, 0),
    )
    # Before the first figure there is nothing to add up again; on a filled database there may be.
    reorganised.catch_up()
    world.units = {unit.code: unit for unit in Unit.objects.all()}
    world.count("unit", 1)
