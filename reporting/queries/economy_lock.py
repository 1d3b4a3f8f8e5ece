"""What a locked month says of a unit's ledger, beside lines that go on following the files."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from organisation.models import Unit
from reporting.models import Delivery, ReportingMonth
from reporting.queries.economy import economies
from reporting.rules.economy import NOTHING, Amounts
from reporting.rules.ledger import Delivered


@dataclass(frozen=True)
class LedgerLock:
    """When the month was locked, and the files that came afterwards: their numbers, and their names in order."""

    at: datetime
    later: frozenset[int]
    files: tuple[str, ...]


def lock_of(district: Unit, month: date, counted: Sequence[Delivered]) -> LedgerLock | None:
    """None where the month is open. One SQL statement, two for a locked month."""
    locked = ReportingMonth.objects.filter(district=district, month=month).values_list("locked_at", flat=True).first()
    if locked is None:
        return None
    came = Delivery.objects.filter(pk__in=[one.id for one in counted], delivered_at__gt=locked).order_by("number")
    later = dict(came.values_list("pk", "file_name"))
    return LedgerLock(locked, frozenset(later), tuple(later.values()))


def ordinary_when_locked(unit_ids: Collection[int], month: date) -> Amounts | None:
    """What the units' ordinary operation came to when the month was locked; None where there was nothing. Two SQL statements."""
    found = economies(unit_ids=unit_ids, month=month, as_locked=True)
    return sum((economy.ordinary for economy in found.values()), NOTHING) if found else None
