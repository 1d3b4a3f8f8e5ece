"""Actions as lists and sums: plain values, in a fixed number of SQL statements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from actions.models import OPEN, Action, ActionUpdate
from actions.rules.states import EffectKind, Status
from organisation.models import AuditEntry


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as lists show it."""

    id: int
    title: str
    unit_id: int
    unit_code: str
    unit_name: str
    owner_id: int
    owner_name: str
    due_on: date
    status: Status
    effect_kind: EffectKind
    effect_amount: Decimal | None
    effect_from: date | None
    effect_text: str
    outcome: str
    outcome_amount: Decimal | None
    closed_on: date | None
    version: int

    @property
    def is_open(self) -> bool:
        return self.status.is_open

    def days_over(self, day: date) -> int:
        """How many days the deadline has been passed; 0 in time, and for what is closed."""
        return max(0, (day - self.due_on).days) if self.is_open else 0

    @property
    def effect_year(self) -> int:
        """The year whose result it betters: from when it works, else when it shall be done."""
        return (self.effect_from or self.due_on).year


FIELDS = (
    *("id", "title", "unit_id", "unit__code", "unit__name", "owner_id", "owner__name", "due_on", "status"),
    *("effect_kind", "effect_amount", "effect_from", "effect_text", "outcome", "outcome_amount", "closed_on", "version"),
)


def _rows(found: QuerySet[Action]) -> list[ActionRow]:
    rows = []
    for values in found.values_list(*FIELDS):
        named = list(values)
        named[8], named[9] = Status(named[8]), EffectKind(named[9])
        rows.append(ActionRow(*named))
    return rows


def actions_in(*, unit_ids: Collection[int], open_only: bool = True, owner_id: int | None = None) -> list[ActionRow]:
    """Actions of these units, the first due first; of one owner where one is named. One SQL statement."""
    found = Action.objects.filter(unit_id__in=unit_ids)
    if open_only:
        found = found.filter(status__in=OPEN)
    if owner_id is not None:
        found = found.filter(owner_id=owner_id)
    return _rows(found.order_by("due_on", "pk"))


def actions_by_id(action_ids: Collection[int]) -> dict[int, ActionRow]:
    """These actions by key. One SQL statement."""
    return {row.id: row for row in _rows(Action.objects.filter(pk__in=action_ids).order_by())}


def deadlines(*, unit_ids: Collection[int], first: date, last: date) -> list[ActionRow]:
    """Open actions due from one day to another, both included. One SQL statement."""
    found = Action.objects.filter(unit_id__in=unit_ids, status__in=OPEN, due_on__gte=first, due_on__lte=last)
    return _rows(found.order_by("due_on", "pk"))


def effect_of(row: ActionRow) -> Decimal:
    """What an action counts with, in kroner: what it has come to once that is known, else what is expected; nothing when cancelled."""
    if row.status == Status.CANCELLED or row.effect_kind != EffectKind.AMOUNT:
        return Decimal(0)
    known = row.outcome_amount if row.status == Status.DONE else row.effect_amount
    return known or Decimal(0)


def effect_sums(*, unit_ids: Collection[int], year: int) -> dict[int, Decimal]:
    """By unit, the kroner of its own actions that better that year's result; 0 where there are none. One SQL statement."""
    sums: dict[int, Decimal] = defaultdict(Decimal, {unit_id: Decimal(0) for unit_id in unit_ids})
    of_year = Q(effect_from__year=year) | Q(effect_from__isnull=True, due_on__year=year)
    counted = Action.objects.filter(of_year, unit_id__in=unit_ids, effect_kind=EffectKind.AMOUNT).exclude(status=Status.CANCELLED)
    for row in _rows(counted.order_by()):
        sums[row.unit_id] += effect_of(row)
    return dict(sums)


# One line of an action's log: what was said of it with which status, or what was changed in it.
LogLine = ActionUpdate | AuditEntry


def log_of(action: Action) -> list[LogLine]:
    """Newest first: the action's own log, and changes of title, owner, deadline and effect from the trail. Two SQL statements."""
    changes = AuditEntry.objects.filter(
        target_type=Action._meta.label_lower, target_id=str(action.pk), action__in=("action.changed", "action.lifted")
    )
    lines: list[LogLine] = [*action.updates.select_related("by"), *changes]
    return sorted(lines, key=lambda line: (line.at, line.pk), reverse=True)
