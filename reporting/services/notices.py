"""What people are told about the month, each once by its key, in their own language, without figures."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.lines import one_line
from notifications.services.messages import NewMessage, send
from organisation.models import Unit, User
from organisation.queries.holders import Holder, holders_in
from organisation.rules.access import Permission
from organisation.services import audit
from reporting.models import MonthlyReport, ReportReturn
from reporting.queries.due_steps import deadlines_of
from reporting.queries.notice_words import APPROVED, READY, RETURNED, Notice, asking, due_words, words_of
from reporting.rules.kinds import ReportState, Step
from reporting.rules.states import HANDED_IN


def figures_ready(*, unit_ids: Collection[int], month: date, now: datetime, today: date) -> int:
    """The units' leaders and deputies, once for each month. Gives how many were told."""
    return _tell(READY, dict.fromkeys(unit_ids, "ready"), month, now=now, today=today)


def report_reminder(notice: Notice, *, unit_ids: Collection[int], month: date, due: datetime, now: datetime, today: date) -> int:
    """One of the reminders that come by themselves, once for each month."""
    return _tell(notice, dict.fromkeys(unit_ids, notice.kind), month, due=due, now=now, today=today)


def report_returned(*, asked: ReportReturn, now: datetime, today: date) -> int:
    """The unit's leaders and deputies, once for each question. The question itself is read in the report, not in a letter."""
    report = asked.report
    more = {"answer": lambda: formats.moment(asked.due_at)}
    return _tell(RETURNED, {report.unit_id: f"returned:{asked.pk}"}, report.month, now=now, today=today, more=more)


def report_approved(*, reports: Sequence[MonthlyReport], now: datetime, today: date) -> int:
    """The leaders of the reports' units; by version, since what is opened again may be approved again."""
    keys: dict[date, dict[int, str]] = defaultdict(dict)
    for report in reports:
        keys[report.month][report.unit_id] = f"approved:{report.version}"
    return sum(_tell(APPROVED, by_unit, month, now=now, today=today) for month, by_unit in keys.items())


@transaction.atomic
def remind(*, unit_id: int, month: date, actor: User, now: datetime, today: date) -> bool:
    """Somebody asks for the report: the unit's leaders are told, once a day, and never when it has been delivered."""
    unit = Unit.objects.get(pk=unit_id)
    state = MonthlyReport.objects.filter(unit=unit, month=month).values_list("state", flat=True).first()
    if state in HANDED_IN and state != ReportState.RETURNED:
        return False
    told = _tell(asking(state), {unit_id: f"asked:{today.isoformat()}"}, month, now=now, today=today)
    if told:
        audit.record(actor=actor, action="report.reminded", target=unit, unit=unit, details={"month": formats.month_label(month)})
    return bool(told)


def leadership_list(*, district_id: int, unit_ids: Collection[int], month: date, now: datetime, today: date) -> int:
    """Those who approve the district's reports: which units have not delivered. Once for each month."""
    names = list(Unit.objects.filter(pk__in=unit_ids).order_by("code").values_list("name", flat=True))
    if not names:
        return 0
    district = Unit.objects.get(pk=district_id)
    people = holders_in(Permission.APPROVE_REPORT, [district_id], today).get(district_id, ())
    return send(messages=[_list_message(district, names, month, holder) for holder in people], now=now)


def _list_message(district: Unit, names: Sequence[str], month: date, holder: Holder) -> NewMessage:
    with translation.override(holder.language or settings.LANGUAGE_CODE):
        count = len(names)
        pattern = ngettext("Én enhet har ikke levert for %(month)s", "%(n)s enheter har ikke levert for %(month)s", count)
        return NewMessage(
            key=f"report:leadership:{month:%Y-%m}:{district.pk}:{holder.user_id}",
            kind="report_leadership",
            recipient_id=holder.user_id,
            subject=pattern % {"n": count, "month": formats.month_label(month)},
            text=_("Mangler: %(units)s.") % {"units": ", ".join(map(one_line, names))},
            link=reverse("reporting:approval", args=[district.code, month]),
        )


def _tell(
    notice: Notice,
    keys: Mapping[int, str],
    month: date,
    *,
    now: datetime,
    today: date,
    due: datetime | None = None,
    more: Mapping[str, Callable[[], str]] | None = None,
) -> int:
    """`keys` says for each unit what it is told about. Five SQL statements: deadlines (unless `due` is known), people, units, known keys,
    rows."""
    people = holders_in(Permission.WRITE_REPORT, keys.keys(), today)
    units = Unit.objects.in_bulk(list(people))
    if due is None:
        deadline = deadlines_of(month).get(Step.UNIT_REPORT)
        due = deadline.at if deadline else None
    messages = [
        _message(notice, keys[unit_id], units[unit_id], month, holder, today, facts={"due": lambda: due_words(due, today), **(more or {})})
        for unit_id, holder in _each(people)
    ]
    return send(messages=messages, now=now)


def _each(people: Mapping[int, Iterable[Holder]]) -> Iterable[tuple[int, Holder]]:
    return ((unit_id, holder) for unit_id, holders in people.items() for holder in holders)


def _message(
    notice: Notice, key: str, unit: Unit, month: date, holder: Holder, today: date, *, facts: Mapping[str, Callable[[], str]]
) -> NewMessage:
    with translation.override(holder.language or settings.LANGUAGE_CODE):
        words = words_of(notice, unit.name, month, {name: word() for name, word in facts.items()})
        return NewMessage(
            key=f"report:{key}:{month:%Y-%m}:{unit.pk}:{holder.user_id}",
            kind=notice.kind,
            recipient_id=holder.user_id,
            subject=words.subject,
            text=words.text,
            link=reverse("reporting:report", args=[unit.code, month]),
            mail=notice.mail,
            about={"day": today.isoformat()},
        )
