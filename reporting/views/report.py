"""A unit's report: the page, what saves itself, and what the buttons do without a script."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.clock import today
from common.http import Request
from common.pages import cached_fragment
from common.periods import Period
from organisation.models import Unit
from organisation.queries.tree import tree_on, version_token
from organisation.rules.access import Permission
from organisation.views.reach import unit_ever_or_404
from reporting.forms.report import ReportForm
from reporting.models import Cause
from reporting.queries.owners import month_end
from reporting.queries.report_facts import ReportFacts
from reporting.queries.report_forecast import amount_of
from reporting.queries.report_green import green_lines
from reporting.queries.report_stamp import report_stamp
from reporting.queries.report_words import lack
from reporting.rules.kinds import Duty, ForecastMethod, ReportState
from reporting.rules.states import HANDED_IN
from reporting.services import reports
from reporting.views.report_context import Shown, load, page_context, report_of, title_of
from reporting.views.report_parts import whole_report
from reporting.views.report_saving import new_action_of, save
from reporting.views.to_come import is_near, is_over, to_the_reports

READABLE = HANDED_IN - {ReportState.RETURNED}


@require_http_methods(["GET", "POST"])
def report(request: Request, unit_code: str, month: date) -> HttpResponse:
    """The page of whoever writes the report. Looked at again, it is taken from where it was kept."""
    unit = unit_ever_or_404(request.access, Permission.WRITE_REPORT, unit_code)
    if not is_over(month) and is_near(month) and unit.pk in tree_on(today()).nodes:
        return to_the_reports(request, _("Rapporten for %(month)s kan skrives når måneden er over."), month)
    check_month(unit, month)
    found = report_of(unit, month)
    if found.state in READABLE:
        name = "report_sent" if found.state == ReportState.DELIVERED else "report_read"
        return redirect(f"reporting:{name}", unit_code, month)
    if request.method == "POST":
        return _act(request, unit, load(request, unit, month, found))
    now, whole = timezone.now(), "hele" in request.GET
    path = tree_on(month_end(month)).path(unit.pk)
    stamp = report_stamp(unit_ids_upward=path, month=month)
    # The hour is in it for the deadline's sake.
    parts = ("report", unit.pk, month, whole, request.user.pk, request.access.held, today(), f"{now:%d%H}", version_token(), stamp)
    body = cached_fragment(parts, lambda: _body(request, load(request, unit, month, found, stamp=stamp), whole, now))
    return render(request, "reporting/report/report.html", _frame(unit, month, now) | {"body": body})


def _body(request: Request, facts: ReportFacts, whole: bool, now: datetime) -> str:
    """The short report where nothing is out of bounds, else the whole."""
    if is_green(facts) and not whole:
        return render_to_string("reporting/report/_green.html", _green_context(request, facts, now))
    return whole_report(request, facts, Shown(), now)


def _frame(unit: Unit, month: date, now: datetime) -> dict[str, Any]:
    """What stands around the kept page."""
    crumbs = [(_("Rapportering"), reverse("reporting:index")), (unit.name, "")]
    return {"title": title_of(month), "unit": unit, "month": month, "crumbs": crumbs, "opened": int(now.timestamp())}


@require_POST
def report_field(request: Request, unit_code: str, month: date) -> HttpResponse:
    """Saves what was written since last time, and answers with the marks that follow from it; never with the fields themselves."""
    unit, facts = _loaded(request, unit_code, month)
    if facts.report.state in READABLE:
        return HttpResponse(_("Rapporten er sendt. Last siden på nytt."), status=409)
    shown = _saved(request, unit, facts)
    facts = load(request, unit, month)
    context = page_context(request, facts, shown, timezone.now()) | {"swap": True}
    return render(request, "reporting/report/_answer.html", context, status=409 if shown.conflict else 200)


def _act(request: Request, unit: Unit, facts: ReportFacts) -> HttpResponse:
    do = request.POST.get("do", "save")
    if do == "green":
        return _send_green(request, unit, facts)
    shown = _saved(request, unit, facts, use_previous=do == "use_previous")
    facts = load(request, unit, facts.month)
    if do == "add_action" and not shown.errors:
        shown.new_action = new_action_of(request, facts, timezone.now())
    if shown.errors or shown.conflict or (shown.new_action is not None and shown.new_action.errors):
        return _page(request, facts, shown)
    if do == "send":
        return _send(request, facts, shown)
    anchors = {"use_previous": "#forklaring", "add_action": "#tiltak", "compute": "#prognose"}
    if do == "save":
        messages.success(request, _("Utkastet er lagret."))
    return redirect(f"{address_of(facts)}?hele=1{anchors.get(do, '')}")


def _saved(request: Request, unit: Unit, facts: ReportFacts, *, use_previous: bool = False) -> Shown:
    """Saves what was posted, the report itself first made if need be."""
    now = timezone.now()
    standing = facts.report
    if not standing.version:
        try:
            standing = reports.open_report(unit=unit, month=facts.month, actor=request.user, now=_opened(request, now), today=today())
        except reports.MonthLocked:
            raise Http404 from None
    causes = set(Cause.objects.values_list("code", flat=True))
    form = ReportForm(facts, request.POST, causes=causes, sick_causes=causes)
    if use_previous and facts.before is not None:
        form.fields["explanation"] = facts.before.explanation
    return save(request, standing, facts, form, now)


def _opened(request: Request, now: datetime) -> datetime:
    """When the page was made; the minutes are counted from there."""
    text = request.POST.get("opened", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return now
    return min(max(datetime.fromtimestamp(int(text), UTC), now - timedelta(hours=1)), now)


def _send(request: Request, facts: ReportFacts, shown: Shown) -> HttpResponse:
    try:
        reports.submit_report(
            report=facts.report, actor=request.user, now=timezone.now(), today=today(), stands_by=request.POST.getlist("answered")
        )
    except reports.ReportIncomplete as incomplete:
        shown.lacks = tuple(lack(missing) for missing in incomplete.problems)
        return _page(request, facts, shown)
    except (reports.ReportClosed, reports.MonthLocked, reports.NotTheWriter):
        messages.error(request, _("Rapporten ble ikke sendt, for den er endret eller låst i mellomtiden. Se over den her."))
        return redirect(address_of(facts))
    return redirect("reporting:report_sent", facts.unit.code, facts.month)


# The green way: two clicks ------------------------------------------------------


def is_green(facts: ReportFacts) -> bool:
    """Whether nothing would be asked for if the year ends as budgeted, and nobody has said anything else yet."""
    untouched = facts.report.forecast is None and facts.report.state in {ReportState.NOT_STARTED, ReportState.BEGUN}
    if not untouched or facts.duty is not Duty.FULL or facts.amounts.revised is None:
        return False
    return not facts.unfilled and not facts.struck_by(facts.amounts.revised)


def _green_context(request: Request, facts: ReportFacts, now: datetime, error: str = "") -> dict[str, Any]:
    return page_context(request, facts, Shown(), now) | {"green_error": error, "green": green_lines(facts)}


def _send_green(request: Request, unit: Unit, facts: ReportFacts) -> HttpResponse:
    choice = request.POST.get("method", "")
    if choice == "other" or not is_green(facts):
        return redirect(f"{address_of(facts)}?hele=1#prognose")
    if choice != ForecastMethod.BUDGET:
        context = _green_context(request, facts, timezone.now(), _("Velg ja eller nei."))
        return _wrapped(request, facts, render_to_string("reporting/report/_green.html", context))
    now = timezone.now()
    standing = facts.report
    if not standing.version:
        standing = reports.open_report(unit=unit, month=facts.month, actor=request.user, now=_opened(request, now), today=today())
    fields = {"method": ForecastMethod.BUDGET.value, "forecast": amount_of(facts, ForecastMethod.BUDGET)}
    reports.save_fields(report=standing, fields=fields, version=None, actor=request.user, now=now)
    return _send(request, load(request, unit, facts.month), Shown())


# Helpers ------------------------------------------------------------------------


def _loaded(request: Request, unit_code: str, month: date) -> tuple[Unit, ReportFacts]:
    unit = unit_ever_or_404(request.access, Permission.WRITE_REPORT, unit_code)
    check_month(unit, month)
    return unit, load(request, unit, month, report_of(unit, month))


def check_month(unit: Unit, month: date) -> None:
    """A report is about a month that is over, of a unit that was there. Raises Http404."""
    period = Period.month(month.year, month.month)
    if not period.is_over(today()) or unit.pk not in tree_on(period.last_day).nodes:
        raise Http404


def address_of(facts: ReportFacts) -> str:
    return reverse("reporting:report", args=[facts.unit.code, facts.month])


def _page(request: Request, facts: ReportFacts, shown: Shown) -> HttpResponse:
    """The page with what could not be saved or sent."""
    return _wrapped(request, facts, whole_report(request, facts, shown, timezone.now()))


def _wrapped(request: Request, facts: ReportFacts, body: str) -> HttpResponse:
    frame = _frame(facts.unit, facts.month, timezone.now()) | {"body": mark_safe(body), "failed": True}
    return render(request, "reporting/report/report.html", frame, status=422)
