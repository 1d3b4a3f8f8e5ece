"""Whether a message about a month's report is still true just before its e-mail leaves."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils import translation

from notifications.models import Message
from notifications.queries.checking import day_of
from notifications.rules.checking import Fresh
from organisation.models import Unit
from reporting.models import MonthlyReport
from reporting.queries.due_steps import due_rules
from reporting.queries.notice_words import TELLING_DUE, due_words, notice_on, words_of
from reporting.rules.deadlines import deadlines
from reporting.rules.kinds import ReportState, Step
from reporting.rules.states import HANDED_IN

# What a message is about stands in its key: the month, the unit, the person.
KEY = re.compile(r"report:.+:(?P<year>\d{4})-(?P<month>\d\d):(?P<unit>\d+):\d+")
# Nothing is left of them once the report is delivered; locking a month delivers what is missing.
UNTIL_DELIVERED = frozenset({"figures_ready", "report_before", "report_today", "report_after"})
# Asks for a report, or for the answer to a question about it: both until what was asked for is there.
ASKED, RETURNED = "report_reminder", "report_returned"
KINDS = UNTIL_DELIVERED | {ASKED, RETURNED}


def still_true(messages: Sequence[Message], now: datetime) -> dict[int, Fresh | None]:
    """None for those whose report has been delivered or answered meanwhile; those that waited over a midnight as they read today.

    One SQL statement, none without such; two more for those that waited.
    """
    about = {row.pk: (row.kind, _unit_and_month(key)) for row in messages if row.kind in KINDS and (key := KEY.fullmatch(row.key))}
    if not about:
        return {}
    asked = {place for _kind, place in about.values()}
    reports = MonthlyReport.objects.filter(unit_id__in={unit for unit, _month in asked}, month__in={month for _unit, month in asked})
    states = {(unit, month): ReportState(state) for unit, month, state in reports.values_list("unit_id", "month", "state")}
    stands = {pk: states.get(place, ReportState.NOT_STARTED) for pk, (_kind, place) in about.items()}
    gone: dict[int, Fresh | None] = {pk: None for pk, (kind, _place) in about.items() if _is_settled(kind, stands[pk])}
    waited = [row for row in messages if row.pk in about and row.pk not in gone and stands[row.pk] is not ReportState.RETURNED]
    return gone | _of_today([row for row in waited if row.about and day_of(row, now) > date.fromisoformat(row.about["day"])], now)


def _of_today(messages: Sequence[Message], now: datetime) -> dict[int, Fresh | None]:
    """«Frist i dag» was said yesterday."""
    places = {row.pk: _unit_and_month(key) for row in messages if row.kind in TELLING_DUE and (key := KEY.fullmatch(row.key))}
    names = dict(Unit.objects.filter(pk__in={unit_id for unit_id, _month in places.values()}).values_list("pk", "name")) if places else {}
    rules = due_rules() if places else ()
    steps = {month: deadlines(rules, month).get(Step.UNIT_REPORT) for _unit_id, month in places.values()}
    found: dict[int, Fresh | None] = {}
    for row in messages:
        if row.pk in places:
            unit_id, month = places[row.pk]
            step, day = steps[month], day_of(row, now)
            due = step.at if step else None
            with translation.override(row.recipient.language or settings.LANGUAGE_CODE):
                notice = notice_on(TELLING_DUE[row.kind], due, day)
                found[row.pk] = words_of(notice, names[unit_id], month, {"due": due_words(due, day)})
    return found


def _unit_and_month(key: re.Match[str]) -> tuple[int, date]:
    return int(key["unit"]), date(int(key["year"]), int(key["month"]), 1)


def _is_settled(kind: str, state: ReportState) -> bool:
    if kind == RETURNED:
        return state is not ReportState.RETURNED
    if kind == ASKED:
        return state in HANDED_IN - {ReportState.RETURNED}
    return state in HANDED_IN
