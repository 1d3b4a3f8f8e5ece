"""Making, following up and ending actions. Who asked for one points at it; this room does not know why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from actions.models import Action, ActionUpdate
from actions.queries.people import owner_ids_in
from actions.rules.demands import Plan, Problem, outcome_problems, plan_problems, status_problems
from actions.rules.states import EffectKind, Outcome, Status
from actions.services.telling import tell_owner
from common.versions import dated
from organisation.models import Unit, User
from organisation.services import audit


class StaleVersion(Exception):
    """Somebody has saved the action since the page was opened."""


class ActionClosed(Exception):
    """The action is done or cancelled, and stays as it is."""


class ActionRefused(Exception):
    """The action cannot be saved like this; `problems` are all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__([problem.value for problem in self.problems])


@dataclass(frozen=True)
class Effect:
    """What is expected to change, how much and from when. `amount` is kroner in the year, always positive."""

    kind: EffectKind = EffectKind.OTHER
    amount: Decimal | None = None
    starts: date | None = None
    text: str = ""


@transaction.atomic
def create_action(
    *,
    unit: Unit,
    title: str,
    owner: User,
    due_on: date,
    actor: User | None,
    now: datetime,
    today: date,
    description: str = "",
    effect_kind: EffectKind = EffectKind.OTHER,
    effect_amount: Decimal | None = None,
    effect_from: date | None = None,
    effect_text: str = "",
) -> Action:
    """A new action, and a message to the owner. The same open action sent twice is made once. Raises ActionRefused."""
    plan = Plan(title, owner.pk, due_on, effect_kind, effect_amount)
    problems = plan_problems(plan, owner_ids=owner_ids_in(unit.pk, today), today=today)
    if problems:
        raise ActionRefused(problems)
    same = Action.objects.filter(
        unit=unit, title=title.strip(), owner=owner, due_on=due_on, created_by=actor, status=Status.NOT_STARTED
    ).first()
    if same is not None:
        return same
    action = Action(
        unit=unit,
        title=title.strip(),
        description=description.strip(),
        owner=owner,
        due_on=due_on,
        effect_kind=effect_kind,
        effect_amount=effect_amount,
        effect_from=effect_from,
        effect_text=effect_text.strip(),
        created_at=now,
        created_by=actor,
    )
    _keep(action, now)
    _log(action, actor, now, "")
    audit.record(actor=actor, action="action.created", target=action, unit=unit, details={"owner": owner.name, "due_on": due_on})
    tell_owner(action=action, actor=actor, now=now)
    return action


@transaction.atomic
def change_action(
    *,
    action: Action,
    version: int,
    title: str,
    owner: User,
    due_on: date,
    actor: User | None,
    now: datetime,
    today: date,
    description: str,
    effect: Effect,
) -> Action:
    """Other words, owner, deadline or effect of an open action. A new deadline may be passed and lifted anew.

    Raises StaleVersion, ActionClosed, ActionRefused.
    """
    row = _claimed(action, version)
    plan = Plan(title, owner.pk, due_on, effect.kind, effect.amount, due_known=row.due_on, owner_known=row.owner_id)
    problems = plan_problems(plan, owner_ids=owner_ids_in(row.unit_id, today), today=today)
    if problems:
        raise ActionRefused(problems)
    wanted: dict[str, Any] = {
        "title": title.strip(),
        "description": description.strip(),
        "owner": owner,
        "due_on": due_on,
        "effect_kind": effect.kind,
        "effect_amount": effect.amount,
        "effect_from": effect.starts,
        "effect_text": effect.text.strip(),
    }
    before = {name: getattr(row, name) for name in wanted}
    changed = [name for name, value in wanted.items() if before[name] != value]
    for name, value in wanted.items():
        setattr(row, name, value)
    if "due_on" in changed:
        row.escalated_at = row.stranded_at = None
    _keep(row, now)
    details: dict[str, object] = {"changed": changed}
    for name in ("owner", "due_on"):
        if name in changed:
            details |= {f"{name}_before": before[name], name: wanted[name]}
    if changed:
        audit.record(actor=actor, action="action.changed", target=row, unit=row.unit_id, details=details)
    if "owner" in changed:
        tell_owner(action=row, actor=actor, now=now)
    return row


@transaction.atomic
def set_status(*, action: Action, status: Status, text: str, version: int, actor: User | None, now: datetime, today: date) -> Action:
    """How far it has come, with what is new in words; cancelling needs the words. Nothing new: nothing is written.

    Raises StaleVersion, ActionClosed, and ActionRefused for «done», which is said by `close_action`.
    """
    problems = status_problems(status, text)
    if problems:
        raise ActionRefused(problems)
    row = _claimed(action, version)
    if row.status == status and not text.strip():
        return row
    before = row.status
    row.status = status
    if status == Status.CANCELLED:
        row.closed_on = today
    _keep(row, now)
    _log(row, actor, now, text)
    act = "action.cancelled" if status == Status.CANCELLED else "action.status_set"
    # The words stand in the action's own log: the trail is read by people who do not read actions.
    details = {"before": before, "after": status.value}
    audit.record(actor=actor, action=act, target=row, unit=row.unit_id, details=details)
    return row


@transaction.atomic
def close_action(
    *,
    action: Action,
    outcome: Outcome | None,
    outcome_amount: Decimal | None,
    outcome_text: str,
    version: int,
    actor: User | None,
    now: datetime,
    today: date,
) -> Action:
    """Done, with what came of it. Raises StaleVersion, ActionClosed, and ActionRefused with all that the evaluation lacks."""
    row = _claimed(action, version)
    problems = outcome_problems(EffectKind(row.effect_kind), outcome, outcome_amount, outcome_text)
    if problems or outcome is None:
        raise ActionRefused(problems)
    row.status = Status.DONE
    row.closed_on = today
    row.outcome = outcome
    # Where nothing came of it the kroner are none, whether somebody wrote 0 or left it open.
    row.outcome_amount = Decimal(0) if outcome == Outcome.NONE and row.effect_kind == EffectKind.AMOUNT else outcome_amount
    row.outcome_text = outcome_text.strip()
    row.evaluated_at = now
    row.evaluated_by = actor
    _keep(row, now)
    _log(row, actor, now, outcome_text)
    details = {"outcome": outcome.value}
    audit.record(actor=actor, action="action.closed", target=row, unit=row.unit_id, details=details)
    return row


def _claimed(action: Action, version: int) -> Action:
    """The open action with its next version, in one conditional update. Raises StaleVersion or ActionClosed."""
    taken = Action.objects.filter(pk=action.pk, version=version, status__in=[status for status in Status if status.is_open])
    claimed = taken.update(version=F("version") + 1)
    row = Action.objects.select_related("unit", "owner").get(pk=action.pk)
    if claimed:
        return row
    if not Status(row.status).is_open:
        raise ActionClosed
    raise StaleVersion


def _keep(action: Action, now: datetime) -> None:
    """Saves the row as a version of that very moment: what a locked month shows is read from the versions."""
    dated(action, now).save()


def _log(action: Action, actor: User | None, now: datetime, text: str) -> None:
    ActionUpdate.objects.create(action=action, at=now, by=actor, status=action.status, text=text.strip()[:500])
