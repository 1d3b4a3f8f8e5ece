"""What «Dette trenger deg» is told from, as plain rows."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from actions.models import OPEN, Action
from common.periods import PeriodKind
from scorecard.models import Cell, Indicator, Scorecard, Target
from scorecard.rules.lifecycle import State


class DueAction(NamedTuple):
    id: int
    title: str
    due_on: date


class UnfinishedCard(NamedTuple):
    """A scorecard that is a draft, or waits for approval; with its unit."""

    unit_id: int
    year: int
    state: str
    code: str
    name: str


class Expected(NamedTuple):
    """An indicator that is reported, and the start of its newest period in the unit; None where it has none."""

    name: str
    kind: PeriodKind
    due_days: int
    minutes: int
    newest: date | None


def due_actions(unit_ids: Collection[int], owner_id: int, until: date) -> list[DueAction]:
    """The person's own open actions in these units that are due by then, the first due first. One SQL statement."""
    found = Action.objects.filter(owner_id=owner_id, due_on__lte=until, status__in=OPEN, unit_id__in=unit_ids).order_by("due_on", "pk")
    return [DueAction(*row) for row in found.values_list(*DueAction._fields)]


def unfinished_cards(unit_ids: Collection[int]) -> list[UnfinishedCard]:
    """Of these units, the latest year first. One SQL statement, none without units."""
    found = Scorecard.objects.filter(unit_id__in=unit_ids, state__in=[State.DRAFT, State.PROPOSED]).order_by("-year", "unit__code")
    return [UnfinishedCard(*row) for row in found.values_list("unit_id", "year", "state", "unit__code", "unit__name")]


def any_proposed_target(unit_ids: Collection[int]) -> bool:
    """Mostly there are none, and to ask that costs half of what it costs to count them. One SQL statement."""
    return Target.objects.filter(confirmed=False, recorded_by__isnull=False, unit_id__in=unit_ids).exists()


def expected_figures(unit_id: int, card_id: int) -> list[Expected]:
    """The indicators of a card that are not computed from others, by name. One SQL statement."""
    newest = Cell.objects.filter(unit_id=unit_id, indicator=OuterRef("pk")).values("newest_start")[:1]
    placed = Indicator.objects.filter(placements__factor__area__scorecard=card_id, formula="").annotate(newest=Subquery(newest))
    found = placed.distinct().order_by("name", "code").values_list("name", "frequency", "due_days", "minutes", "newest")
    return [Expected(name, PeriodKind(kind), *rest) for name, kind, *rest in found]
