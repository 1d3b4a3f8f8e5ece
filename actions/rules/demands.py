"""What an action must have to be made, changed and closed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from actions.rules.states import EffectKind, Outcome, Status


class Problem(StrEnum):
    """Why an action cannot be saved like this."""

    TITLE_MISSING = "title_missing"
    DUE_IN_THE_PAST = "due_in_the_past"
    OWNER_HAS_NO_ROLE = "owner_has_no_role"
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    REASON_MISSING = "reason_missing"
    EVALUATION_MISSING = "evaluation_missing"
    OUTCOME_MISSING = "outcome_missing"
    OUTCOME_TEXT_MISSING = "outcome_text_missing"
    OUTCOME_AMOUNT_MISSING = "outcome_amount_missing"


@dataclass(frozen=True)
class Plan:
    """What somebody wants to be done. `due_on` before `today` is refused only where it is new (`due_known`)."""

    title: str
    owner_id: int
    due_on: date
    effect_kind: EffectKind
    effect_amount: Decimal | None
    due_known: date | None = None
    owner_known: int | None = None


def plan_problems(plan: Plan, *, owner_ids: Collection[int], today: date) -> list[Problem]:
    """Everything that keeps the plan from being saved. `owner_ids`: who may have the responsibility in the unit."""
    found = []
    if not plan.title.strip():
        found.append(Problem.TITLE_MISSING)
    if plan.owner_id not in owner_ids and plan.owner_id != plan.owner_known:
        found.append(Problem.OWNER_HAS_NO_ROLE)
    if plan.due_on < today and plan.due_on != plan.due_known:
        found.append(Problem.DUE_IN_THE_PAST)
    if plan.effect_amount is not None and plan.effect_amount <= 0:
        found.append(Problem.AMOUNT_NOT_POSITIVE)
    elif plan.effect_kind == EffectKind.AMOUNT and plan.effect_amount is None:
        found.append(Problem.AMOUNT_MISSING)
    return found


def status_problems(status: Status, text: str) -> list[Problem]:
    """A cancelled action says why, and «done» is only said together with what came of it."""
    if status == Status.DONE:
        return [Problem.EVALUATION_MISSING]
    if status == Status.CANCELLED and not text.strip():
        return [Problem.REASON_MISSING]
    return []


def outcome_problems(kind: EffectKind, outcome: Outcome | None, amount: Decimal | None, text: str) -> list[Problem]:
    """What a done action lacks: how it went, in words, and in kroner where kroner were expected."""
    found = []
    if outcome is None:
        found.append(Problem.OUTCOME_MISSING)
    if kind == EffectKind.AMOUNT and amount is None and outcome != Outcome.NONE:
        found.append(Problem.OUTCOME_AMOUNT_MISSING)
    if not text.strip():
        found.append(Problem.OUTCOME_TEXT_MISSING)
    return found
