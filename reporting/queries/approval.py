"""The director's list as a page shows it: finished texts in groups, sums, what has been delivered, and what one may do in each line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from statistics import median

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import formats
from common.marks import status_mark
from common.memory import Memory
from organisation.models import Unit
from organisation.rules.tree import Node
from reporting.models import MonthlyReport, ReportReturn
from reporting.queries.approval_words import explanation, group_title, moved, percent_told, reading_url, state_told
from reporting.queries.consolidated import DistrictMonth, UnitMonth, district_month, reporting_in
from reporting.queries.delivered import as_delivered
from reporting.queries.month_stamp import MonthStamp
from reporting.queries.wording import thousands
from reporting.rules.consolidation import result_status
from reporting.rules.kinds import ReportState
from reporting.rules.states import figures_changed_since, is_green

S = ReportState
# What of a report the list shows.
SHOWN = (
    *("unit", "month", "state", "version", "revision", "forecast", "is_unconfirmed", "explanation", "change_text", "seconds_spent"),
    *("saved_at", "submitted_at", "approved_at", "figures_changed_at"),
)
LOOK, WAITING, GREEN, DONE, OVER, WITHIN, UNKNOWN = "look", "waiting", "green", "done", "over", "within", "unknown"
OPEN_GROUPS = (LOOK, WAITING, GREEN, DONE)
LOCKED_GROUPS = (OVER, UNKNOWN, WITHIN)


@dataclass(frozen=True)
class Rights:
    """What the reader may do in the district. `own`: reports the reader has delivered, which somebody else approves; `remind`: and the
    month is over."""

    approve: bool
    give_back: bool
    own: frozenset[int] = frozenset()
    remind: bool = False


@dataclass(frozen=True)
class Facts:
    """One unit's month before it is put in words."""

    unit: UnitMonth
    report: MonthlyReport | None
    question: ReportReturn | None
    group: str
    variance: Decimal | None
    figures_changed: bool
    changed_after_lock: bool = False

    @cached_property
    def state(self) -> ReportState:
        return S(self.report.state) if self.report else S.NOT_STARTED

    @property
    def is_counted(self) -> bool:
        """Staff reports, too, but is in no number of units."""
        return self.unit.node.kind == Unit.Kind.RESULT_UNIT.value

    @property
    def was_delivered(self) -> bool:
        return self.report is not None and self.report.submitted_at is not None


@dataclass(frozen=True, slots=True)
class Acts:
    """The ways on from a line; «» where there is none. `is_own`: somebody else approves what the reader has delivered."""

    is_own: bool = False
    read: str = ""
    approve: str = ""
    give_back: str = ""
    remind: str = ""
    waits: bool = False
    agree: str = ""
    open_again: str = ""
    correct: str = ""
    versions: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, as text."""

    code: str
    name: str
    said: str
    before: str
    now: str
    is_confirmed: bool
    variance: str
    told: str
    say: str
    status: SafeString
    changed: str
    is_calm: bool
    acts: Acts


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ApprovalPage:
    """The whole list. `green`: what «Godkjenn alle grønne» is about, as «report:version»."""

    found: DistrictMonth
    groups: tuple[Group, ...]
    green: tuple[str, ...]
    # So many are green, and not the reader's to approve.
    own_green: int
    facts: tuple[Facts, ...]
    minutes: int | None

    @cached_property
    def counted(self) -> tuple[Facts, ...]:
        """The result units."""
        return tuple(fact for fact in self.facts if fact.is_counted)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of units that have never delivered."""
        return tuple(fact.unit.node.name for fact in self.facts if not fact.was_delivered)


_rows: Memory[Row] = Memory(5000)


def reports_of(nodes: Iterable[Node], month: date) -> QuerySet[MonthlyReport]:
    """In no order."""
    return MonthlyReport.objects.filter(unit_id__in=[node.id for node in nodes], month=month).order_by()


def approval_page(*, district_id: int, month: date, rights: Rights, stamp: MonthStamp | None = None) -> ApprovalPage:
    """At most eight SQL statements, whatever the number of units and years: the district's month, its reports, open questions."""
    nodes = reporting_in(district_id, month)
    reports = {report.unit_id: report for report in as_delivered(reports_of(nodes, month).only(*SHOWN))}
    found = district_month(district_id=district_id, month=month, reports=reports.values(), stamp=stamp)
    asked = [report.pk for report in reports.values() if report.state == S.RETURNED]
    open_questions = ReportReturn.objects.filter(report__in=asked, answered_at=None).order_by("at") if asked else ()
    questions = {row.report_id: row for row in open_questions}
    facts = tuple(_facts(unit, reports.get(unit.node.id), questions, found) for unit in found.units)
    groups, language = [], get_language()
    for key in LOCKED_GROUPS if found.is_locked else OPEN_GROUPS:
        members = sorted((fact for fact in facts if fact.group == key), key=_order(key))
        if members:
            rows = tuple(_row(fact, found, rights, language) for fact in members)
            groups.append(Group(key, group_title(key, len(rows)), rows))
    ready = [fact.report for fact in facts if fact.group == GREEN and fact.report]
    green = tuple(f"{report.pk}:{report.version}" for report in ready if report.pk not in rights.own)
    return ApprovalPage(found, tuple(groups), green, len(ready) - len(green), facts, _minutes(reports.values()))


def _facts(unit: UnitMonth, report: MonthlyReport | None, questions: Mapping[int, ReportReturn], found: DistrictMonth) -> Facts:
    variance = unit.variance(found.month)
    changed = report is not None and figures_changed_since(report.submitted_at, report.figures_changed_at)
    question = questions.get(report.pk) if report else None
    locked_at = found.setting.locked_at if found.setting else None
    after_lock = changed and locked_at is not None and figures_changed_since(locked_at, report.figures_changed_at if report else None)
    return Facts(unit, report, question, _group(unit, report, variance, changed, found.is_locked), variance, changed, after_lock)


def _group(unit: UnitMonth, report: MonthlyReport | None, variance: Decimal | None, changed: bool, is_locked: bool) -> str:
    if is_locked:
        return UNKNOWN if variance is None else OVER if variance < 0 else WITHIN
    if report is None or report.state in (S.NOT_STARTED, S.BEGUN, S.RETURNED):
        return WAITING
    if report.state == S.DELIVERED:
        return GREEN if is_green(S.DELIVERED, report.forecast, unit.economy.revised, figures_changed=changed) else LOOK
    return DONE


def _order(key: str) -> Callable[[Facts], tuple[object, ...]]:
    """The largest overspend first where something is to be looked at; elsewhere by code."""
    if key in (LOOK, WAITING, OVER):
        return lambda fact: (fact.variance is None, fact.variance or Decimal(0), fact.unit.node.code)
    return lambda fact: (fact.unit.node.code,)


def _row(fact: Facts, found: DistrictMonth, rights: Rights, language: str | None) -> Row:
    """The line in words: remembered where nothing about the unit is new, else made."""
    unit, report, question = fact.unit, fact.report, fact.question
    told = (report.pk, report.version) if report else None
    asked = (question.pk, question.due_at) if question else None
    key = (
        *(unit.node, unit.economy, unit.standing(found.month), unit.standing(found.before), fact.group, _changed_told(fact), told, asked),
        *(found.district.code, found.month, found.before, rights, language),
    )
    row = _rows.get(key)
    if row is None:
        row = _made(fact, found, rights)
        _rows.put(key, row)
    return row


def _made(fact: Facts, found: DistrictMonth, rights: Rights) -> Row:
    unit, month = fact.unit, found.month
    standing = unit.standing(month)
    income = (unit.economy.revised or Decimal(0)) < 0
    return Row(
        code=unit.node.code,
        name=unit.node.name,
        said=state_told(fact.report, fact.question),
        before=thousands(unit.standing(found.before).forecast),
        now=thousands(standing.forecast),
        is_confirmed=standing.is_confirmed,
        variance=thousands(fact.variance, signed=True),
        told=percent_told(fact.variance, unit.economy.revised, is_income=income),
        say=explanation(fact.report, fact.question, formats.month_name(found.before)),
        status=status_mark(result_status(standing.forecast, unit.economy.revised).value),
        changed=_changed_told(fact),
        is_calm=fact.group in (GREEN, DONE, WITHIN),
        acts=_acts(fact, found, rights),
    )


def _changed_told(fact: Facts) -> str:
    """«» where the figures are those that were reported about, and locked."""
    if fact.changed_after_lock:
        return _("Tallene i regnskapet er endret etter låsing")
    return _("Tallene er endret etter levering") if fact.figures_changed and fact.was_delivered else ""


def _acts(fact: Facts, found: DistrictMonth, rights: Rights) -> Acts:
    report, node = fact.report, fact.unit.node
    where = [found.district.code, found.month, node.code]
    if report is None or report.state in (S.NOT_STARTED, S.BEGUN):
        return Acts(remind=node.code if rights.remind else "")
    token = f"{report.pk}:{report.version}"
    read = reading_url(node.code, found.month)
    agree = reverse("reporting:approval_agree", args=where) if rights.approve else ""
    match S(report.state):
        case S.DELIVERED:
            is_own = report.pk in rights.own
            approve, give_back = token if rights.approve and not is_own else "", node.code if rights.give_back else ""
            return Acts(is_own=is_own, read=read, approve=approve, give_back=give_back, agree=agree)
        case S.RETURNED:
            return Acts(read=read, waits=True, remind=node.code if rights.remind else "", agree=agree)
        case S.APPROVED:
            return Acts(read=read, agree=agree, open_again=token if rights.approve else "")
    correct = reverse("reporting:approval_correct", args=where) if rights.approve else ""
    versions = reverse("reporting:approval_versions", args=where) if report.revision > 1 else ""
    return Acts(read=read if report.submitted_at else "", agree=agree, correct=correct, versions=versions)


def _minutes(reports: Iterable[MonthlyReport]) -> int | None:
    """The median of what the leaders needed, in whole minutes and never less than one."""
    spent = [report.seconds_spent for report in reports if report.submitted_at and report.seconds_spent]
    return max(1, round(median(spent) / 60)) if spent else None


def changed_since_before(found: DistrictMonth) -> str:
    """«550 000 kr mer enn i august»; «» where there is nothing to compare with."""
    before = found.total.forecasts.get(found.before) if found.before else None
    return moved(found.total.forecast, before, formats.month_name(found.before))


def rows_of(page: ApprovalPage) -> Sequence[Facts]:
    """Every unit by code, for files."""
    return sorted(page.facts, key=lambda fact: fact.unit.node.code)
