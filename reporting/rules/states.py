"""The life of a report: which state follows which, by whose right, and what of it can be changed meanwhile."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from common.oslo import OSLO
from organisation.rules.access import Permission as P
from reporting.rules.kinds import ReportState as S
from reporting.rules.reminders import moved
from reporting.rules.times import USUAL, Times

# What can be asked about and changed one by one, in the order of the page.
PARTS = ("forecast", "explanation", "actions", "sick_leave", "production")

# Which part of the report a field belongs to. Nothing else can be written by a leader.
PART_OF = {
    "forecast": "forecast",
    "method": "forecast",
    "change_text": "forecast",
    "causes": "explanation",
    "explanation": "explanation",
    "timing": "explanation",
    "timing_text": "explanation",
    "indicator_lines": "actions",
    "action_lines": "actions",
    "sick_causes": "sick_leave",
    "sick_text": "sick_leave",
}
# From state, to state: who holds one of these rights in the unit may take the step.
# From delivered back to begun or returned is also the leader's own regret, within the minutes that a receipt gives.
TRANSITIONS: dict[tuple[S, S], frozenset[P]] = {
    (S.NOT_STARTED, S.BEGUN): frozenset({P.WRITE_REPORT}),
    (S.BEGUN, S.DELIVERED): frozenset({P.WRITE_REPORT}),
    (S.DELIVERED, S.BEGUN): frozenset({P.WRITE_REPORT}),
    (S.DELIVERED, S.RETURNED): frozenset({P.WRITE_REPORT, P.RETURN_REPORT}),
    (S.RETURNED, S.DELIVERED): frozenset({P.WRITE_REPORT}),
    (S.DELIVERED, S.APPROVED): frozenset({P.APPROVE_REPORT}),
    (S.APPROVED, S.DELIVERED): frozenset({P.APPROVE_REPORT}),
    (S.NOT_STARTED, S.LOCKED): frozenset({P.APPROVE_REPORT}),
    (S.BEGUN, S.LOCKED): frozenset({P.APPROVE_REPORT}),
    (S.RETURNED, S.LOCKED): frozenset({P.APPROVE_REPORT}),
    (S.APPROVED, S.LOCKED): frozenset({P.APPROVE_REPORT}),
}

# What others than the unit itself may read.
HANDED_IN = frozenset({S.DELIVERED, S.RETURNED, S.APPROVED, S.LOCKED})
# Ready to be built on: in the consolidated report, and in what is sent out.
SETTLED = frozenset({S.APPROVED, S.LOCKED})


def may_follow(now: S, then: S) -> bool:
    return (now, then) in TRANSITIONS


def may_edit(state: S, open_parts: Collection[str], part: str) -> bool:
    """Whether this part can be changed: all of a draft, what was asked about in a returned report, nothing of any other."""
    if part not in PARTS:
        return False
    if state in {S.NOT_STARTED, S.BEGUN}:
        return True
    return state == S.RETURNED and part in open_parts


def may_approve(person: int, delivered_by: Collection[int], approvers: Collection[int]) -> bool:
    """Nobody approves what they have delivered themselves, as long as somebody else can."""
    return person not in delivered_by or not set(approvers) - {person}


def is_green(state: S, forecast: Decimal | None, revised: Decimal | None, *, figures_changed: bool = False) -> bool:
    """Delivered on the figures that stand, and the year is expected to end within the budget: can be approved without a closer look."""
    return state == S.DELIVERED and not figures_changed and forecast is not None and revised is not None and forecast <= revised


def figures_changed_since(submitted_at: datetime | None, changed_at: datetime | None) -> bool:
    """Whether a file has changed the figures after the report about them was delivered."""
    return changed_at is not None and (submitted_at is None or changed_at > submitted_at)


def answer_due(day: date, times: Times = USUAL) -> date:
    """The day by which a question asked on this day is answered."""
    return moved(day, times.answer_days)


def answer_due_at(day: date, times: Times = USUAL) -> datetime:
    return datetime.combine(answer_due(day, times), times.answer_by, tzinfo=OSLO)
