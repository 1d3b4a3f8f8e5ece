"""A report that has been sent: the receipt with its regret, and the report as others read it."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from actions.models import Action
from common import formats
from common.clock import today
from common.http import Request
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.tree import tree_on
from organisation.rules.access import Permission
from organisation.views.reach import unit_ever_or_404
from reporting.models import Cause, MonthlyReport, ReportEvent
from reporting.queries.approval_versions import newest_correction
from reporting.queries.delivered import as_delivered
from reporting.queries.later import later_than_lock
from reporting.queries.own_reports import left_to_others
from reporting.queries.report_facts import ReportFacts
from reporting.queries.report_page import ReportPage
from reporting.queries.report_sick_leave import in_words
from reporting.queries.times import times_on
from reporting.queries.wording import changed_after_lock, figures_after_lock, thousands, told_kroner
from reporting.rules.forecast import forecast_variance
from reporting.rules.kinds import ReportState, Step
from reporting.rules.progress import may_regret, regret_ends
from reporting.rules.states import HANDED_IN, SETTLED, figures_changed_since
from reporting.services import reports
from reporting.views.report import check_month
from reporting.views.report_context import accounts_url, earmarked, load, measured, report_of, sees_split, title_of

STEPS = (ReportState.BEGUN, ReportState.DELIVERED, ReportState.APPROVED, ReportState.LOCKED)


@require_GET
def report_sent(request: Request, unit_code: str, month: date) -> HttpResponse:
    """The receipt; a report that is not sent has none."""
    unit = unit_ever_or_404(request.access, Permission.WRITE_REPORT, unit_code)
    check_month(unit, month)
    report = report_of(unit, month)
    if report.state not in HANDED_IN - {ReportState.RETURNED}:
        return redirect("reporting:report", unit.code, month)
    facts = load(request, unit, month, report)
    return render(request, "reporting/report/sent.html", _sent_context(request, facts, timezone.now()))


@require_POST
def report_undo(request: Request, unit_code: str, month: date) -> HttpResponse:
    """Takes the report back within the minutes there are for it."""
    unit = unit_ever_or_404(request.access, Permission.WRITE_REPORT, unit_code)
    report = report_of(unit, month)
    if report.pk is None:
        raise Http404
    try:
        reports.undo_submit(report=report, actor=request.user, now=timezone.now())
    except reports.TooLate:
        messages.error(request, _("Tiden for å angre er over. Be bydelsdirektøren om å sende rapporten tilbake."))
        return redirect("reporting:report_sent", unit.code, month)
    except reports.NotTheWriter:
        messages.error(request, _("Bare den som sendte rapporten, kan angre."))
        return redirect("reporting:report_sent", unit.code, month)
    messages.success(request, _("Innsendingen er angret. Rapporten er et utkast igjen."))
    return redirect(f"{reverse('reporting:report', args=[unit.code, month])}?hele=1")


@require_GET
def report_read(request: Request, unit_code: str, month: date) -> HttpResponse:
    """The report as it stands, as far as the reader may see it."""
    unit = unit_ever_or_404(request.access, Permission.SEE_REPORT_SUMMARY, unit_code)
    check_month(unit, month)
    report = report_of(unit, month)
    whole = sees_whole(request.access, unit, report)
    if report.pk is None or not (whole or report.state in SETTLED):
        raise Http404
    if not reads_drafts(request.access, unit):
        as_delivered([report])
    facts = load(request, unit, month, report)
    return render(request, "reporting/report/read.html", _read_context(request, facts, whole))


def sees_whole(access: Access, unit: Unit, report: MonthlyReport) -> bool:
    """Own reports always; the leadership and the controller from when it was handed in; everybody else the summary alone."""
    if reads_drafts(access, unit):
        return True
    return report.state in HANDED_IN and access.may_in(Permission.SEE_DELIVERED_REPORT, unit.pk)


def reads_drafts(access: Access, unit: Unit) -> bool:
    """Whether the report is the person's own; others go on reading what was delivered while it is back with the unit."""
    return access.may_in(Permission.SEE_REPORT, unit.pk) or access.may_in(Permission.WRITE_REPORT, unit.pk)


def _sent_context(request: Request, facts: ReportFacts, now: datetime) -> dict[str, Any]:
    report = facts.report
    variance = forecast_variance(facts.amounts.revised, report.forecast)
    page = ReportPage(facts)
    lines = [
        (_("Prognose"), formats.money(report.forecast)),
        (_("Prognoseavvik"), told_kroner(variance)),
    ]
    if page.cover:
        words = {"effect": formats.money(facts.effect), "over": formats.money(page.overspend)}
        lines.append((_("Tiltak"), _("Dekker %(effect)s av %(over)s") % words))
    lines += [(place.indicator.name, measured(place)) for place in facts.places if place.measurement is not None]
    times = times_on(report.month)
    ends = regret_ends(report.submitted_at, times) if report.submitted_at else None
    is_mine = report.submitted_by_id == request.user.pk and report.state == ReportState.DELIVERED
    may = is_mine and may_regret(report.submitted_at, now, times)
    sent = _("Sendt kl. %(sent)s.") % {"sent": formats.clock(report.submitted_at)}
    return {
        "page": page,
        "report": report,
        "unit": facts.unit,
        "month": facts.month,
        "month_name": formats.month_name(facts.month),
        "crumbs": [(_("Rapportering"), reverse("reporting:index")), (facts.unit.name, "")],
        "receipt": f"{sent} {_('Du kan angre til kl. %(ends)s.') % {'ends': formats.clock(ends)}}" if may else sent,
        "may_undo": may,
        "behalf": behalf_line(report),
        "steps": steps_of(facts),
        "lines": lines,
    }


def behalf_line(report: MonthlyReport) -> str:
    if report.on_behalf_of is None or report.submitted_by is None:
        return ""
    words = {"deputy": report.submitted_by.name, "leader": report.on_behalf_of.name}
    return _("Rapporten er sendt av %(deputy)s på vegne av %(leader)s.") % words


def steps_of(facts: ReportFacts) -> list[dict[str, str]]:
    """How far the report has come, with when each step was taken or is due. One SQL statement."""
    events = list(ReportEvent.objects.filter(report_id=facts.report.pk)) if facts.report.pk else []
    taken = {event.to_state: event.at for event in events}
    labels = dict(MonthlyReport.StateChoices)
    place = STEPS.index(ReportState(facts.report.state)) if facts.report.state in STEPS else 0
    found = []
    for number, state in enumerate(STEPS):
        text = formats.moment(taken[state]) if state in taken and number <= place else ""
        if not text and state is ReportState.LOCKED and Step.LOCK in facts.deadlines:
            text = formats.date_long(facts.deadlines[Step.LOCK].at.date())
        stand = "done" if number < place else "now" if number == place else ""
        found.append({"title": str(labels[state]), "text": text, "state": stand})
    return found


def _read_context(request: Request, facts: ReportFacts, whole: bool) -> dict[str, Any]:
    report = facts.report
    labels = dict(Cause.objects.values_list("code", "label"))
    page = ReportPage(facts)
    leading = _leading(request, report)
    may_see_actions = request.access.may_in(Permission.SEE_ACTIONS, facts.unit.pk)
    sees = request.access.may_in(Permission.SEE_RESTRICTED, facts.unit.pk)
    return {
        "page": page,
        "report": report,
        "unit": facts.unit,
        "title": title_of(facts.month),
        "crumbs": [(_("Rapportering"), reverse("reporting:index")), *_way_to_all(leading), (facts.unit.name, "")],
        "whole": whole,
        "reading": True,
        "leading": leading,
        "behalf": behalf_line(report),
        "state": report.get_state_display(),
        "put_right": _put_right_line(report) if whole else "",
        "changed": changed_line(report),
        "correct_url": correct_url(request, report),
        "sent": formats.moment(report.submitted_at) if report.submitted_at else "",
        "forecast": thousands(report.forecast),
        "revised": thousands(facts.amounts.revised),
        "variance": told_kroner(forecast_variance(facts.amounts.revised, report.forecast)),
        "causes": [labels.get(code, code) for code in report.causes],
        "sick_causes": [labels.get(code, code) for code in report.sick_causes] if whole else [],
        "action_rows": [_action_row(action, report, may_see_actions) for action in facts.actions],
        "corrected": told_kroner(page.corrected) if page.corrected is not None else "",
        "month_name": formats.month_name(facts.month),
        "accounts_url": accounts_url(request, facts) if whole else "",
        "earmarked": earmarked(facts),
        "sick": in_words(facts.sick_leave, sees_split=sees_split(request, facts.unit)) if whole else None,
        "later_note": figures_after_lock(),
        "later": later_than_lock(report, facts.unit).told(whole=whole, sees_restricted=sees),
        "figures": [(place.indicator.name, measured(place)) for place in facts.places if place.measurement is not None],
        "known_on": formats.date_long(facts.known.at) if facts.known else "",
    }


def _put_right_line(report: MonthlyReport) -> str:
    """That what is read is another than what was locked; «» where it is not. One SQL statement for a report that was put right."""
    correction = newest_correction(report)
    if correction is None:
        return ""
    return _("Rettet %(day)s: %(reason)s") % {"day": formats.date_long(correction.at), "reason": correction.comment}


def changed_line(report: MonthlyReport) -> str:
    """That a file came after the report, or after the lock; «» where none did. One SQL statement for a locked report with such a file."""
    if report.figures_changed_at is None:
        return ""
    if report.state == ReportState.LOCKED and _is_newer_than_lock(report):
        return changed_after_lock()
    return _("Tallene er endret etter at rapporten ble sendt. Det står nye tall under.")


def _is_newer_than_lock(report: MonthlyReport) -> bool:
    locked = ReportEvent.objects.filter(report=report, to_state=ReportState.LOCKED).order_by("at").values_list("at", flat=True).first()
    return locked is None or figures_changed_since(locked, report.figures_changed_at)


def correct_url(request: Request, report: MonthlyReport) -> str:
    """Where a locked report is put right, for whoever may."""
    if report.state != ReportState.LOCKED or not request.access.may_in(Permission.APPROVE_REPORT, report.unit_id):
        return ""
    tree = tree_on(report.period.last_day)
    district = tree.district_of(report.unit_id)
    return reverse("reporting:approval_correct", args=[tree.nodes[district].code, report.month, report.unit.code]) if district else ""


def _leading(request: Request, report: MonthlyReport) -> dict[str, str]:
    """The list of all reports and what one may do with this one, for those who read it on behalf of the district."""
    access = request.access
    tree = tree_on(report.period.last_day)
    district = tree.district_of(report.unit_id)
    if district is None or not access.may_in(Permission.SEE_DELIVERED_REPORT, district):
        return {}
    where = [tree.nodes[district].code, report.month]
    list_url, code = reverse("reporting:approval", args=where), report.unit.code
    found = {"list": f"{list_url}#enhet-{code}", "approve_url": reverse("reporting:approval_approve", args=where)}
    if report.state in HANDED_IN and report.revision > 1:
        found["versions"] = reverse("reporting:approval_versions", args=[*where, code])
    if report.state == ReportState.DELIVERED:
        if access.may_in(Permission.APPROVE_REPORT, district):
            if left_to_others(request.user.pk, [report], today()):
                found["own"] = _("Du har levert denne selv. En annen må godkjenne den.")
            else:
                found["approve"] = f"{report.pk}:{report.version}"
        if access.may_in(Permission.RETURN_REPORT, district):
            found["give_back"] = f"{list_url}?returner={code}#returner"
    if access.may_in(Permission.APPROVE_REPORT, district):
        found["agree"] = reverse("reporting:approval_agree", args=[*where, code])
    return found


def _way_to_all(leading: dict[str, str]) -> list[tuple[str, str]]:
    return [(_("Alle rapporter"), leading["list"])] if leading else []


def _action_row(action: Action, report: MonthlyReport, may_see: bool) -> dict[str, str]:
    return {
        "url": reverse("actions:action", args=[action.pk]) if may_see else "",
        "title": action.title,
        "owner": action.owner.name,
        "due": formats.date_long(action.due_on),
        "status": action.get_status_display(),
        "amount": thousands(action.effect_amount) if action.effect_amount is not None else "",
        "line": report.action_lines.get(str(action.pk), ""),
    }
