"""Whether a message about a month's report is still true just before its e-mail leaves."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from notifications.models import Message
from notifications.rules.checking import Fresh
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState
from reporting.rules.states import HANDED_IN

# What a message is about stands in its key: the month, the unit, the person.
KEY = re.compile(r"report:.+:(?P<year>\d{4})-(?P<month>\d\d):(?P<unit>\d+):\d+")
# Nothing is left of them once the report is delivered; locking a month delivers what is missing.
UNTIL_DELIVERED = frozenset({"figures_ready", "report_before", "report_today", "report_after"})
# Asks for a report, or for the answer to a question about it: both until what was asked for is there.
ASKED, RETURNED = "report_reminder", "report_returned"
KINDS = UNTIL_DELIVERED | {ASKED, RETURNED}


def still_true(messages: Sequence[Message], _now: datetime) -> dict[int, Fresh | None]:
    """None for those whose report has been delivered or answered meanwhile. One SQL statement, none without such."""
    about = {row.pk: (row.kind, _unit_and_month(key)) for row in messages if row.kind in KINDS and (key := KEY.fullmatch(row.key))}
    if not about:
        return {}
    asked = {place for _kind, place in about.values()}
    reports = MonthlyReport.objects.filter(unit_id__in={unit for unit, _month in asked}, month__in={month for _unit, month in asked})
    states = {(unit, month): ReportState(state) for unit, month, state in reports.values_list("unit_id", "month", "state")}
    return {pk: None for pk, (kind, place) in about.items() if _is_settled(kind, states.get(place, ReportState.NOT_STARTED))}


def _unit_and_month(key: re.Match[str]) -> tuple[int, date]:
    return int(key["unit"]), date(int(key["year"]), int(key["month"]), 1)


def _is_settled(kind: str, state: ReportState) -> bool:
    if kind == RETURNED:
        return state is not ReportState.RETURNED
    if kind == ASKED:
        return state in HANDED_IN - {ReportState.RETURNED}
    return state in HANDED_IN
