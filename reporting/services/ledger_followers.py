"""What rests on a month's delivered figures, told in the transaction that changed them: measurements and delivered reports."""

from dataclasses import dataclass
from datetime import date, datetime

from organisation.models import Unit, User
from reporting.models import Delivery
from reporting.queries.owners import owners_of, tree_of
from reporting.rules.kinds import FeedKind
from reporting.services import feed, reports


@dataclass(frozen=True, slots=True)
class Change:
    """One month whose figures are others now. `delivery` is the one that counts; None where nothing does any more."""

    district: Unit
    month: date
    kind: FeedKind
    delivery: Delivery | None
    unit_ids: frozenset[int]


def follow(change: Change, *, actor: User | None, now: datetime, today: date) -> None:
    """Measurements follow the figures; reports that were delivered on the earlier ones say so."""
    # Sick notes come late every month: a locked report goes on saying what was known, and nobody is told each time.
    also_locked = change.kind is not FeedKind.SICK_LEAVE
    unit_ids = change.unit_ids | owners_of(tree_of(change.month), change.unit_ids)
    reports.figures_changed(month=change.month, unit_ids=unit_ids, now=now, also_locked=also_locked)
    feed.month_changed(
        district=change.district, month=change.month, kinds=[change.kind], delivery=change.delivery, actor=actor, now=now, today=today
    )
