"""The form of an activity as it is opened: blank, or as the activity stands."""

from datetime import date
from typing import Any

from annualcycle.models import Activity
from annualcycle.rules.kinds import DateRule, LinkKind, Moves, Scope
from common.deadlines import Lane

BEFORE, AFTER = "before", "after"
BLANK: dict[str, Any] = {
    "version": 0, "lane": Lane.MEETING, "rule": DateRule.FIXED, "moves": Moves.BEFORE, "scope": Scope.DISTRICT, "direction": AFTER,
    "lead_days": "14, 3", "link_kind": LinkKind.NONE,
}  # fmt: skip


def filled_in(activity: Activity) -> dict[str, Any]:
    """The form as the activity stands."""
    names = (
        "version", "title", "short", "description", "lane", "rule", "day", "moves", "fixed_on", "start_day", "all_year", "responsible",
        "participants", "scope", "escalate_after", "minutes", "link_kind", "is_public", "offset_in_workdays",
    )  # fmt: skip
    texts = ("month", "weekday", "start_month")
    number, offset, period = activity.number, activity.offset, activity.link_period
    return {
        **{name: getattr(activity, name) for name in names},
        **{name: "" if getattr(activity, name) is None else str(getattr(activity, name)) for name in texts},
        "week_number": str(number) if activity.rule == DateRule.WEEK else "",
        "workday_number": str(number) if activity.rule == DateRule.WORKDAY else "",
        "anchor": str(activity.anchor_id or ""),
        "offset_days": None if offset is None else abs(offset),
        "direction": BEFORE if (offset or 0) < 0 else AFTER,
        "units": [str(unit.pk) for unit in activity.units.all()],
        "lead_days": ", ".join(str(days) for days in activity.lead_days),
        "report_month": period.isoformat() if period and activity.link_kind == LinkKind.REPORT else "",
        "scorecard_year": str(period.year) if period and activity.link_kind == LinkKind.SCORECARD else "",
    }


def months_of(year: int) -> list[date]:
    """What can be reported in a year: from December of the year before."""
    return [date(year - 1, 12, 1), *(date(year, number, 1) for number in range(1, 13))]
