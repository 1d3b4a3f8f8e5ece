"""The days on which monthly reports are due, for whoever sets up the wheel beside them."""

from collections.abc import Iterable
from datetime import date

from annualcycle.models import Activity
from annualcycle.rules.kinds import LinkKind
from reporting.queries.due_steps import due_rules
from reporting.rules.deadlines import deadlines
from reporting.rules.kinds import Duty, Step


def month_of(activity: Activity) -> date | None:
    """The month whose report the activity follows."""
    return activity.link_period if activity.link_kind == LinkKind.REPORT else None


def report_days(months: Iterable[date | None]) -> dict[date, date]:
    """By month; those that ask for no report are left out. One SQL statement, and none where nothing is asked for."""
    wanted = {month for month in months if month is not None}
    if not wanted:
        return {}
    rules = due_rules()
    found = {month: deadlines(rules, month).get(Step.UNIT_REPORT) for month in wanted}
    return {month: due.at.date() for month, due in found.items() if due is not None and due.duty is not Duty.NONE}


def in_year(days: dict[date, date], month: date | None, year: int) -> date | None:
    """The day of that month's report, where the wheel of the year has it too."""
    day = days.get(month) if month else None
    return day if day and day.year == year else None
