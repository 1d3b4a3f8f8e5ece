"""Fills a database with the demonstration, or adds what a filled one lacks. All of it or nothing."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy

from alna.demo import (
    actions,
    cycle,
    deliveries,
    imported,
    library,
    live_year,
    merger,
    nav_card,
    nav_series,
    nav_surveys,
    people,
    published,
    remarks,
    reports,
    scorecards,
    seed_2009,
    units,
)
from alna.demo.data_files import edition
from alna.demo.plan import Plan
from alna.demo.world import World
from organisation.models import AuditEntry, Unit
from organisation.services import audit
from reporting.services import accuracy
from scorecard.models import Indicator
from scorecard.services import derive

ACTION = "demo.filled"
ACTS = {ACTION: lazy("La inn demodata i")}
DETAILS = {"last_closed": lazy("Siste måned med tall"), "edition": lazy("Utgave")}
# Each stands on those before it; what people say about figures comes when all is derived.
PARTS = (
    units,
    people,
    merger,
    library,
    seed_2009,
    nav_series,
    nav_surveys,
    nav_card,
    scorecards,
    deliveries,
    imported,
    actions,
    reports,
    live_year,
    cycle,
)


class NotInProduction(Exception):
    """Made-up figures and shared passwords have no place beside real ones."""


@dataclass(frozen=True)
class Filled:
    """The live year, its last closed month, and how many rows were added by table; none where all was there."""

    year: int
    last_closed: str
    added: dict[str, int]


@transaction.atomic
def fill(*, today: date) -> Filled:
    """Adds whatever is missing for this day and never changes what is there. Raises NotInProduction."""
    if settings.PRODUCTION:
        raise NotInProduction
    earlier = AuditEntry.objects.filter(action=ACTION).order_by("-pk").values_list("details", flat=True).first() or {}
    plan = Plan(today, int(earlier["year"])) if earlier else Plan.starting(today)
    now = {"year": plan.year, "last_closed": plan.last_closed.code, "edition": edition()}
    if earlier.items() >= now.items():
        return Filled(plan.year, plan.last_closed.code, {})
    world = World(plan)
    for part in PARTS:
        part.fill(world)
    derive.rebuild(indicators=Indicator.objects.filter(code__in=world.touched).order_by("pk"))
    nav_series.correct_figures(world)
    live_year.correct_figures(world)
    reports.measure(world)
    actions.link(world)
    remarks.fill(world)
    imported.tell(world)
    imported.wait(world)
    published.fill(world)
    accuracy.compute_due(now=timezone.now())
    district = Unit.objects.get(code=units.DISTRICT)
    audit.record(actor=None, action=ACTION, target=district, unit=district, details=now)
    return Filled(plan.year, plan.last_closed.code, world.added)
