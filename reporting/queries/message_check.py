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
from reporting.queries.notice_words import ASKED, BY_DEADLINE, BY_KIND, READY, RETURNED, asking, due_words, is_over, words_of
from reporting.rules.deadlines import deadlines
from reporting.rules.kinds import ReportState, Step
from reporting.rules.states import HANDED_IN

# What a message is about stands in its key: the month, the unit, the person.
KEY = re.compile(r"report:.+:(?P<year>\d{4})-(?P<month>\d\d):(?P<unit>\d+):\d+")
# Nothing is left of them once the report is delivered; locking a month delivers what is missing.
UNTIL_DELIVERED = frozenset(notice.kind for notice in (READY, *BY_DEADLINE))
KINDS = UNTIL_DELIVERED | {ASKED.kind, RETURNED.kind}
Place = tuple[int, date]


def still_true(messages: Sequence[Message], now: datetime) -> dict[int, Fresh | None]:
    """None for those whose report has been delivered or answered meanwhile; those that waited over a midnight as they read today.

    One SQL statement, none without such; two more where some have waited.
    """
    places = {row.pk: _unit_and_month(key) for row in messages if row.kind in KINDS and (key := KEY.fullmatch(row.key))}
    if not places:
        return {}
    units, months = {unit_id for unit_id, _month in places.values()}, {month for _unit_id, month in places.values()}
    reports = MonthlyReport.objects.filter(unit_id__in=units, month__in=months).order_by()
    states = {(unit, month): ReportState(state) for unit, month, state in reports.values_list("unit_id", "month", "state")}
    found: dict[int, Fresh | None] = {}
    waited: list[tuple[Message, Place, ReportState]] = []
    for row in messages:
        if row.pk in places:
            state = states.get(places[row.pk], ReportState.NOT_STARTED)
            if _is_settled(row.kind, state):
                found[row.pk] = None
            elif row.kind != RETURNED.kind and row.about and day_of(row, now) > date.fromisoformat(row.about["day"]):
                waited.append((row, places[row.pk], state))
    return found | (_of_today(waited, now) if waited else {})


def _of_today(waited: Sequence[tuple[Message, Place, ReportState]], now: datetime) -> dict[int, Fresh | None]:
    """«Frist i dag» was said yesterday. None for a reminder whose day is over: the next one comes by itself."""
    names = dict(Unit.objects.filter(pk__in={unit_id for _row, (unit_id, _month), _state in waited}).values_list("pk", "name"))
    rules, found = due_rules(), dict[int, Fresh | None]()
    steps = {month: deadlines(rules, month).get(Step.UNIT_REPORT) for month in {month for _row, (_unit_id, month), _state in waited}}
    for row, (unit_id, month), state in waited:
        step, day = steps[month], day_of(row, now)
        due = step.at if step else None
        notice = asking(state) if row.kind == ASKED.kind else BY_KIND[row.kind]
        if is_over(notice, due, day):
            found[row.pk] = None
            continue
        with translation.override(row.recipient.language or settings.LANGUAGE_CODE):
            found[row.pk] = words_of(notice, names[unit_id], month, {"due": due_words(due, day)})
    return found


def _unit_and_month(key: re.Match[str]) -> Place:
    return int(key["unit"]), date(int(key["year"]), int(key["month"]), 1)


def _is_settled(kind: str, state: ReportState) -> bool:
    if kind == RETURNED.kind:
        return state is not ReportState.RETURNED
    if kind == ASKED.kind:
        return state in HANDED_IN - {ReportState.RETURNED}
    return state in HANDED_IN
