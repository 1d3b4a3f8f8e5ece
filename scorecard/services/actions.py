"""An action that is made because of a figure, and remembers which."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from actions.models import Action
from actions.rules.states import EffectKind
from actions.services.actions import create_action
from common.periods import Period
from organisation.models import Unit, User
from organisation.queries import tree as organisation_tree
from scorecard.models import Indicator, IndicatorAction
from scorecard.queries.figures import plain_text
from scorecard.queries.indicator import load_series
from scorecard.queries.masking import shielded_ids
from scorecard.services.agreements import NoFigure


@dataclass(frozen=True)
class Aim:
    """What the figure shall become, and from when; either may be open."""

    expected: Decimal | None = None
    starts: date | None = None


@transaction.atomic
def create_for_figure(
    *,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    title: str,
    owner: User,
    due_on: date,
    aim: Aim,
    actor: User | None,
    now: datetime,
    today: date,
    description: str = "",
) -> Action:
    """An action with the figure of the period as what it starts from. The same sent twice is made once.

    Raises NoFigure where the unit has none for the period, and actions' ActionRefused.
    """
    series = load_series(indicator, unit.pk, organisation_tree.history(), today=today)
    point = next((each for each in (*series.shown, *series.years) if each.period == period and each.value is not None), None)
    if point is None:
        raise NoFigure
    # More people read actions than shielded figures: the text of the action holds none of these.
    shielded = bool(shielded_ids([indicator]))
    action = create_action(
        unit=unit,
        title=title,
        owner=owner,
        due_on=due_on,
        actor=actor,
        now=now,
        today=today,
        description=description,
        effect_kind=EffectKind.INDICATOR,
        effect_from=aim.starts,
        effect_text=indicator.name if shielded or aim.expected is None else f"{indicator.name}: {plain_text(indicator, aim.expected)}",
    )
    found = IndicatorAction(action=action, indicator=indicator, unit=unit, before=point.value, expected=aim.expected)
    found.period = period
    if not IndicatorAction.objects.filter(action=action).exists():
        found.save()
    return action
