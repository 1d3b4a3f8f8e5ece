"""What stands for a file's period already: a version that it replaces, and reports that were written on its figures."""

from dataclasses import dataclass
from datetime import datetime

from imports.models import Batch
from organisation.queries.tree import history
from reporting.models import Delivery, MonthlyReport
from reporting.rules.ledger import last_day_of, month_of
from reporting.rules.states import HANDED_IN


@dataclass(frozen=True)
class Standing:
    """When the period came last, and the units whose reports are handed in and whose figures become others."""

    delivered_at: datetime | None
    reports: tuple[str, ...]


def standing_of(batch: Batch) -> Standing:
    """At most two SQL statements."""
    if batch.year is None or batch.number is None:
        return Standing(None, ())
    same = Delivery.objects.filter(kind=batch.source.kind, district=batch.source.district, year=batch.year, number=batch.number)
    current = same.filter(is_current=True).exclude(pk=batch.delivery_id or 0).values_list("delivered_at", flat=True).first()
    unit_ids = [each["unit_id"] for each in batch.differences if each["unit_id"] is not None]
    if not unit_ids:
        return Standing(current, ())
    month = month_of(batch.year, batch.number)
    handed_in = MonthlyReport.objects.filter(unit_id__in=unit_ids, month=month, state__in=[state.value for state in HANDED_IN])
    nodes = history().on(last_day_of(batch.year, batch.number)).nodes
    names = (nodes[unit_id].name for unit_id in handed_in.values_list("unit_id", flat=True) if unit_id in nodes)
    return Standing(current, tuple(sorted(names)))
