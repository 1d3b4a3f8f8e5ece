"""What the templates of a report are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from actions.queries.people import owners_in
from common import formats
from common.clock import today
from common.http import Request
from organisation.models import RoleAssignment, Unit
from organisation.queries.validity import valid_on
from organisation.rules.access import Permission, roles_with
from reporting.forms.report import QUICK_STATUSES, TEXTS, NewActionForm, figure_name, figure_parts
from reporting.models import Cause, MonthlyReport, ReportReturn
from reporting.queries import accuracy, report_forecast
from reporting.queries.due_steps import due_text
from reporting.queries.known import figure_told
from reporting.queries.report_facts import ReportFacts, facts_of
from reporting.queries.report_page import ReportPage
from reporting.queries.report_sick_leave import SickLeaveWords, in_words
from reporting.queries.report_stamp import ReportStamp, remembered
from reporting.queries.report_words import Lack, target_of
from reporting.queries.times import times_on
from reporting.queries.wording import thousands, told_kroner
from reporting.rules.kinds import CausePart, Duty, RuleKind, Step
from scorecard.models import Measurement
from scorecard.queries.entry import Place
from scorecard.queries.figures import figure_text, unit_word

FAR = 20


@dataclass(frozen=True)
class Conflict:
    """Somebody else's text in a field that was written in at the same time."""

    label: str
    theirs: str


@dataclass
class Shown:
    """What a page shows beside the facts: what was posted and could not be saved, with its reasons."""

    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    lacks: Sequence[Lack] = ()
    conflict: Conflict | None = None
    new_action: NewActionForm | None = None


def report_of(unit: Unit, month: date) -> MonthlyReport:
    """The report as it stands, or one that nobody has begun on: with last month's causes, as it will be made."""
    found = MonthlyReport.objects.filter(unit=unit, month=month).first()
    if found is not None:
        found.unit = unit
    return found or MonthlyReport(unit=unit, month=month, version=0)


def load(
    request: Request, unit: Unit, month: date, report: MonthlyReport | None = None, *, stamp: ReportStamp | None = None
) -> ReportFacts:
    report = report or report_of(unit, month)
    return facts_of(unit=unit, month=month, report=report, access=request.access, today=today(), stamp=stamp)


def page_context(request: Request, facts: ReportFacts, shown: Shown, now: datetime) -> dict[str, Any]:
    """Everything the report's own page says."""
    page = ReportPage(facts)
    report = facts.report
    stamp, unit_id = facts.stamp, facts.unit.pk
    causes = remembered(stamp, "causes", ["causes"], lambda: list(Cause.objects.filter(is_active=True)))
    lacks = {each.field: each.error for each in shown.lacks}
    return {
        "page": page,
        "report": report,
        "unit": facts.unit,
        "month": facts.month,
        "title": title_of(facts.month),
        "person": request.user.pk,
        "deadline": deadline_text(facts, now),
        "regret": remembered(stamp, "times", ["times"], lambda: times_on(facts.month)).regret_minutes,
        "deputies": deputies_line(request, facts.unit, stamp),
        "returns": {each.part: each for each in open_questions(facts)},
        "may": page.editable,
        "full": facts.duty is Duty.FULL,
        "thousands": thousands,
        "revised": thousands(facts.amounts.revised),
        "earmarked": earmarked(facts),
        "months": report_forecast.month_row(facts),
        "last_year": report_forecast.last_year_line(facts),
        "suggested": report_forecast.suggested(facts),
        "others": report_forecast.others(facts),
        "result": report_forecast.result(facts),
        "asks_why": report_forecast.asks_why(facts, report.forecast),
        "change_line": report_forecast.change_line(facts),
        "own": shown.typed.get("own", thousands(report.forecast) if report.forecast is not None and report.method == "own" else ""),
        "timing": shown.typed.get("timing", "" if report.timing is None else thousands(report.timing)),
        "corrected": told_kroner(page.corrected) if page.corrected is not None else "",
        "causes": [each for each in causes if each.part == CausePart.ECONOMY],
        "sick_causes": [each for each in causes if each.part == CausePart.SICK_LEAVE],
        "before": facts.before,
        "before_month": formats.month_name(facts.before.month) if facts.before else "",
        "typed": shown.typed,
        "errors": {**lacks, **shown.errors},
        "lacks": shown.lacks,
        "lack_word": formats.count_word(len(shown.lacks)).capitalize(),
        "problem_lines": [(target_of(name), text) for name, text in shown.errors.items()],
        "texts": {name: shown.typed.get(name, getattr(report, name)) for name in TEXTS},
        "month_name": formats.month_name(facts.month),
        "change_month": formats.month_name(facts.forecast_before.month) if facts.forecast_before else "",
        "accuracy": remembered(stamp, "accuracy", ["accuracy"], lambda: accuracy.remembered(unit_id=unit_id, year=facts.month.year)),
        "accounts_url": accounts_url(request, facts),
        "reds": red_rows(facts),
        "done": done_rows(facts),
        "sick": sick_words(request, facts, page),
        "conflict": shown.conflict,
        "action_rows": action_rows(facts, shown),
        "figures": figure_rows(facts, shown),
        "filled_texts": [(p.indicator.name, measured(p)) for p in facts.places if p.measurement is not None and not is_own(p)],
        "saved_text": saved_text(report),
    }


def open_questions(facts: ReportFacts) -> list[ReportReturn]:
    """What the director has asked and nobody has answered."""
    if not facts.report.pk:
        return []
    rows = ReportReturn.objects.filter(report_id=facts.report.pk, answered_at__isnull=True)
    return remembered(facts.stamp, "questions", ["returns"], lambda: list(rows))


def sick_words(request: Request, facts: ReportFacts, page: ReportPage) -> SickLeaveWords | None:
    sees, why = sees_split(request, facts.unit), page.sick_reason
    return remembered(
        facts.stamp,
        "sick words",
        ["sick_leave", "targets", "feeds"],
        lambda: in_words(facts.sick_leave, sees_split=sees, why=why),
        sees,
        why,
    )


def earmarked(facts: ReportFacts) -> dict[str, str] | None:
    found = facts.economy.earmarked
    return None if found.is_empty else {"actual": thousands(found.actual), "budget": thousands(found.revised)}


def title_of(month: date) -> str:
    return _("Rapport for %(month)s") % {"month": formats.month_name(month)}


def saved_text(report: MonthlyReport) -> str:
    return _("Lagret kl. %(clock)s") % {"clock": formats.clock(report.saved_at)} if report.saved_at else ""


def deadline_text(facts: ReportFacts, now: datetime) -> str:
    return due_text(facts.deadlines.get(Step.UNIT_REPORT), facts.today, now)


def deputies_line(request: Request, unit: Unit, stamp: ReportStamp | None = None) -> str:
    """Who may write in whose place these days. One SQL statement."""
    row = remembered(stamp, "deputy", ["roles"], lambda: _deputy(unit), today())
    if row is None or row.deputy_for is None:
        return ""
    words = {"deputy": row.user.name, "leader": row.deputy_for.name, "to": formats.date_long(row.valid_to)}
    if row.user_id == request.user.pk:
        return _("Du er stedfortreder for %(leader)s til og med %(to)s. Rapporten viser at du sender den på vegne av %(leader)s.") % words
    if row.deputy_for_id == request.user.pk:
        return _("%(deputy)s er stedfortreder for deg til og med %(to)s. Begge kan skrive, og rapporten viser hvem som sendte den.") % words
    return _("%(deputy)s er stedfortreder for %(leader)s til og med %(to)s.") % words


def _deputy(unit: Unit) -> RoleAssignment | None:
    rows = RoleAssignment.objects.filter(valid_on(today()), unit=unit, deputy_for__isnull=False)
    return rows.filter(role__in=roles_with(Permission.WRITE_REPORT)).select_related("user", "deputy_for").order_by("valid_from").first()


def new_action_form(facts: ReportFacts, data: Mapping[str, Any] | None = None, *, owner: int | None = None) -> NewActionForm:
    found = remembered(facts.stamp, "owners", ["roles"], lambda: owners_in(facts.unit.pk, facts.today), facts.today)
    owners = [(holder.user_id, holder.name) for holder in found]
    return NewActionForm(data, owners=owners, owner=owner, today=facts.today)


def action_rows(facts: ReportFacts, shown: Shown) -> list[dict[str, Any]]:
    overdue = {action.pk for action in facts.overdue}
    labels = dict(facts.actions[0].StatusChoices) if facts.actions else {}
    return [
        {
            "action": action,
            "amount": thousands(action.effect_amount) if action.effect_amount is not None else "",
            "due": formats.date_long(action.due_on),
            "is_overdue": action.pk in overdue,
            "line": shown.typed.get(f"action_line_{action.pk}", facts.report.action_lines.get(str(action.pk), "")),
            "error": shown.errors.get(f"action_line_{action.pk}") or _lack(shown, f"action_line_{action.pk}"),
            "line_name": f"action_line_{action.pk}",
            "name": f"action_status_{action.pk}",
            "ids": {status.value: f"tiltak-{action.pk}-{status.value}" for status in QUICK_STATUSES},
            "url": reverse("actions:action", args=[action.pk]),
            "close_url": reverse("actions:close", args=[action.pk]),
            "statuses": [(status.value, str(labels[status]), action.status == status) for status in QUICK_STATUSES],
        }
        for action in facts.actions
    ]


def _lack(shown: Shown, name: str) -> str:
    return next((each.error for each in shown.lacks if each.field == name), "")


def is_own(place: Place) -> bool:
    """Whether the figure is the report's: not there yet, or written here."""
    return place.measurement is None or place.measurement.origin == Measurement.Origin.REPORT


def measured(place: Place) -> str:
    return figure_told(place.indicator, place.measurement, place.limits)


def figure_rows(facts: ReportFacts, shown: Shown) -> list[dict[str, Any]]:
    """The figures a leader writes, with what they were last and a word where they are far from it."""
    waiting = {place.key for place in facts.unfilled}
    return [_figure_row(place, shown) for place in facts.places if place.key in waiting or (place.measurement and is_own(place))]


def _figure_row(place: Place, shown: Shown) -> dict[str, Any]:
    row, last, parts = place.measurement, place.last, figure_parts(place.indicator)
    fields = []
    for part in parts:
        name = figure_name(place.indicator, part)
        kept = getattr(row, part) if row is not None else None
        label = {"numerator": place.indicator.numerator_text, "denominator": place.indicator.denominator_text}.get(part) or ""
        error = shown.errors.get(name) or (_lack(shown, name) if part == parts[0] else "")
        value = shown.typed.get(name, "" if kept is None else formats.number(kept))
        fields.append({"name": name, "label": label, "value": value, "error": error})
    value = row.value if row is not None else None
    far = last is not None and last.value and value is not None and abs(value - last.value) * 100 > FAR * abs(last.value)
    words = {"figure": figure_text(place.indicator, last.value), "period": formats.period_label(last.period)} if last else {}
    return {
        "name": place.indicator.name,
        "code": place.indicator.code,
        "unit": unit_word(place.indicator),
        "fields": fields,
        "help": _("%(period)s: %(figure)s") % words if words else "",
        "far": _("Det er mer enn 20 prosent fra sist. Stemmer det, trenger du ikke gjøre noe.") if far else "",
    }


def red_rows(facts: ReportFacts) -> list[dict[str, str]]:
    """Indicators that must have an action, each with the way to make one."""
    rows = []
    for struck in facts.struck:
        if struck.kind is RuleKind.RED_INDICATOR:
            words = {"name": struck.label, "run": struck.params["run"]}
            text = _("«%(name)s» er ikke nådd %(run)s ganger på rad. Da må det være minst ett tiltak.") % words
            url = reverse("scorecard:indicator", args=[facts.unit.code, struck.subject])
            rows.append({"code": struck.subject, "text": text, "url": url})
    return rows


def done_rows(facts: ReportFacts) -> list[tuple[str, str]]:
    """What needs nobody: figures that came by themselves."""
    rows = []
    if not facts.amounts.is_empty:
        rows.append((_("Regnskap og budsjett"), told_kroner(facts.amounts.variance)))
    filled = sum(place.measurement is not None for place in facts.places)
    if facts.places:
        rows.append((_("Produksjonstall"), _("%(filled)s av %(all)s") % {"filled": filled, "all": len(facts.places)}))
    rows.append((_("Åpne tiltak"), str(len(facts.actions))))
    return rows


def sees_split(request: Request, unit: Unit) -> bool:
    return bool(request.access.may_in(Permission.SEE_SICK_LEAVE_SPLIT, unit.pk))


def accounts_url(request: Request, facts: ReportFacts) -> str:
    if not request.access.may_in(Permission.SEE_LEDGER, facts.unit.pk):
        return ""
    return reverse("reporting:economy", args=[facts.unit.code, facts.month])
