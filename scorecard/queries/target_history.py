"""Every version of a unit's targets for an indicator: what it said, who wrote it, why."""

from dataclasses import dataclass
from datetime import date, datetime

from organisation.models import User
from scorecard.models import Indicator, Target
from scorecard.queries.target_grid import text_of


@dataclass(frozen=True)
class TargetVersion:
    """One version. `approved_by` and `who` are names, "" where nobody is known. `state`: saved, withdrawn, proposed or declined."""

    at: datetime
    valid_from: date
    text: str
    who: str
    approved_by: str
    reason: str
    state: str


def target_history(indicator: Indicator, unit_id: int) -> list[TargetVersion]:
    """Newest first. Two SQL statements."""
    rows = list(Target.history.filter(indicator_id=indicator.pk, unit_id=unit_id).order_by("-history_date", "-history_id"))
    people = User.objects.in_bulk({pk for row in rows for pk in (row.recorded_by_id, row.approved_by_id, row.history_user_id) if pk})
    names = {pk: user.name for pk, user in people.items()}
    return [
        TargetVersion(
            at=row.history_date,
            valid_from=row.valid_from,
            text=text_of(row.instance, indicator),
            who=names.get(row.history_user_id or row.recorded_by_id, ""),
            approved_by=names.get(row.approved_by_id, ""),
            reason=row.reason,
            state=_state(row),
        )
        for row in rows
    ]


def _state(row: object) -> str:
    if getattr(row, "history_type", "") == "-":
        return "declined"
    if getattr(row, "withdrawn", False):
        return "withdrawn"
    return "saved" if getattr(row, "confirmed", True) else "proposed"
