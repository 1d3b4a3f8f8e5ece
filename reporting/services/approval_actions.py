"""What the director agrees on with a unit because of its report."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from actions.models import Action
from actions.rules.states import EffectKind
from actions.services.actions import create_action
from organisation.models import User
from reporting.models import MonthlyReport, ReportAction
from reporting.services.approval_steps import note


@dataclass(frozen=True)
class Agreed:
    """What shall be done, by whom and by when. `effect`: kroner that the year ends better by."""

    title: str
    owner: User
    due_on: date
    description: str = ""
    effect: Decimal | None = None


@transaction.atomic
def agree_action(*, report: MonthlyReport, agreed: Agreed, actor: User, now: datetime, today: date) -> Action:
    """An action of the unit that the report remembers. The same sent twice is one. Raises ActionRefused."""
    action = create_action(
        unit=report.unit,
        title=agreed.title,
        owner=agreed.owner,
        due_on=agreed.due_on,
        description=agreed.description,
        effect_kind=EffectKind.OTHER if agreed.effect is None else EffectKind.AMOUNT,
        effect_amount=agreed.effect,
        actor=actor,
        now=now,
        today=today,
    )
    _row, is_new = ReportAction.objects.get_or_create(
        action=action, defaults={"report": report, "part": "actions", "agreed_by_director": True}
    )
    if is_new:
        note(report, actor=actor, act="action_agreed", title=action.title)
    return action
