"""What the reports of a district's year say, as far as they were handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from organisation.rules.tree import UnitTree
from reporting.models import MonthlyReport, ReportingMonth
from reporting.queries.delivered import delivered
from reporting.rules.kinds import ReportState
from reporting.rules.states import HANDED_IN


@dataclass(frozen=True, slots=True)
class Told:
    """What a report that was handed in says of the year, and whether its unit stands behind it."""

    forecast: Decimal | None
    is_confirmed: bool
    revision: int = 1
    figures_changed_at: datetime | None = None

    def is_newer_than_lock(self, setting: ReportingMonth | None) -> bool:
        if setting is None or setting.locked_at is None or self.figures_changed_at is None:
            return False
        return self.figures_changed_at > setting.locked_at


SAYS_NOTHING = Told(None, False)


def told_in(district_id: int, trees: Mapping[date, UnitTree]) -> dict[tuple[int, date], Told]:
    """Per unit and month. One SQL statement, and one more where a report is back with its unit."""
    unit_ids = {unit_id for tree in trees.values() for unit_id in tree.subtree(district_id)}
    rows = (
        MonthlyReport.objects.filter(Q(unit_id__in=unit_ids), month__in=list(trees), state__in=HANDED_IN)
        .order_by()
        .values("id", "unit_id", "month", "state", "forecast", "is_unconfirmed", "revision", "figures_changed_at")
    )
    said = delivered([row["id"] for row in rows if row["state"] == ReportState.RETURNED])
    found = {}
    for row in rows:
        own = said.get(row["id"]) or {"forecast": row["forecast"], "is_unconfirmed": row["is_unconfirmed"]}
        told = Told(own["forecast"], not own["is_unconfirmed"], row["revision"], row["figures_changed_at"])
        found[row["unit_id"], row["month"]] = told
    return found
