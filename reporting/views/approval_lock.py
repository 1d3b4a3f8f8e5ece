"""Locking a month, and what can be done with a locked one: correct, compare, agree on something."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from actions.forms.words import PROBLEMS
from actions.queries.people import owners_in
from actions.services.actions import ActionRefused
from common import formats
from common.clock import today
from common.http import Request
from organisation.models import User
from organisation.queries.holders import holders_in
from organisation.rules.access import Permission
from reporting.forms.approval import AgreeForm, CorrectForm
from reporting.models import MonthlyReport
from reporting.queries.approval import approval_page
from reporting.queries.approval_lock import lock_points
from reporting.queries.approval_versions import versions_of
from reporting.queries.due_steps import deadlines_of
from reporting.queries.later import later_than_lock
from reporting.rules.kinds import ReportState, Step
from reporting.rules.states import HANDED_IN
from reporting.services import approval_actions, lock
from reporting.services.approval_steps import StaleVersion, WrongState
from reporting.views.approval_acts import wrong_state
from reporting.views.approval_place import Place, place_or_404, report_or_404

APPROVE = Permission.APPROVE_REPORT


@require_http_methods(["GET", "POST"])
def approval_lock(request: Request, district: str, month: date) -> HttpResponse:
    """What is missing, and the last look before it is locked."""
    place = place_or_404(request, APPROVE, district, month)
    if request.method == "POST":
        return _locked(request, place)
    page = approval_page(district_id=place.district.pk, month=month, rights=place.rights)
    deadline = deadlines_of(month).get(Step.LOCK)
    points = lock_points(page, is_over=place.is_over)
    context = {
        "place": place,
        "month": formats.month_name(month),
        "points": points,
        "is_blocked": any(point.is_blocking for point in points),
        "deadline": formats.moment(deadline.at) if deadline else "",
        "crumbs": [*place.crumbs, (_("Lås"), "")],
    }
    return render(request, "reporting/approval/lock.html", context)


def _locked(request: Request, place: Place) -> HttpResponse:
    back = reverse("reporting:approval_lock", args=[place.district.code, place.month])
    try:
        found = lock.lock_month(district=place.district, month=place.month, actor=request.user, now=timezone.now(), today=today())
    except lock.Undecided as refusal:
        messages.error(request, _("Godkjenn eller returner først: %(units)s.") % {"units": ", ".join(refusal.units)})
        return redirect(back)
    except lock.MonthNotOver:
        messages.error(request, _("Måneden er ikke over ennå, så den kan ikke låses."))
        return redirect(back)
    except lock.AlreadyLocked:
        messages.info(request, _("Måneden er allerede låst."))
    else:
        words = {"month": formats.month_name(place.month).capitalize(), "count": len(found.reports)}
        messages.success(request, _("%(month)s er låst. %(count)s rapporter er låst med den.") % words)
    return redirect(place.url)


@require_http_methods(["GET", "POST"])
def approval_correct(request: Request, district: str, month: date, unit_code: str) -> HttpResponse:
    """A correction of a locked report: a new version, with the reason."""
    place = place_or_404(request, APPROVE, district, month)
    report = report_or_404(place, unit_code)
    if report.state != ReportState.LOCKED:
        raise Http404
    form = CorrectForm(request.POST if request.method == "POST" else None, report=report, later=later_than_lock(report, report.unit))
    if request.method == "POST" and form.is_valid() and _corrected(request, report, form):
        messages.success(request, _("Rettelsen er lagret som versjon %(number)s.") % {"number": report.revision})
        return redirect(reverse("reporting:approval_versions", args=[place.district.code, month, unit_code]))
    context = {
        "place": place,
        "form": form,
        "title": _("Rett rapporten for %(unit)s") % {"unit": report.unit.name},
        "lead": _("%(month)s er låst. Rettelsen blir en ny versjon, og den gamle kan fortsatt leses.")
        % {"month": place.label.capitalize()},
        "back": place.url,
        "button": _("Lagre rettelsen"),
        "crumbs": [*place.crumbs, (report.unit.name, "")],
    }
    return render(request, "reporting/approval/form.html", context, status=422 if form.errors else 200)


def _corrected(request: Request, report: MonthlyReport, form: CorrectForm) -> bool:
    found = form.cleaned_data
    try:
        lock.correct_after_lock(
            report=report,
            fields=form.wanted,
            takes_figures=form.takes_figures,
            reason=found["reason"],
            version=found["version"],
            actor=request.user,
            now=timezone.now(),
            today=today(),
        )
    except lock.NothingChanged:
        form.add_error(None, _("Du har ikke endret noe. Rett tallet eller teksten først."))
    except StaleVersion:
        form.add_error(None, _("Noen andre har rettet rapporten mens du hadde den åpen. Se over det som står nå, og lagre på nytt."))
        form.refresh_version(report.version)
    except WrongState as refusal:
        form.add_error(None, wrong_state(refusal.state))
    else:
        return True
    return False


@require_GET
def approval_versions(request: Request, district: str, month: date, unit_code: str) -> HttpResponse:
    """What was locked and every correction since, with what changed."""
    place = place_or_404(request, Permission.SEE_DELIVERED_REPORT, district, month)
    report = report_or_404(place, unit_code)
    if report.state not in HANDED_IN or report.revision < 2:
        raise Http404
    context = {
        "place": place,
        "report": report,
        "versions": versions_of(report, sees_restricted=request.access.may_in(Permission.SEE_RESTRICTED, report.unit_id)),
        "crumbs": [*place.crumbs, (_("Versjoner"), "")],
    }
    return render(request, "reporting/approval/versions.html", context)


@require_http_methods(["GET", "POST"])
def approval_agree(request: Request, district: str, month: date, unit_code: str) -> HttpResponse:
    """What the director and the unit agree on: an action with an owner and a deadline."""
    place = place_or_404(request, APPROVE, district, month)
    report = report_or_404(place, unit_code)
    if report.state not in HANDED_IN:
        raise Http404
    day = today()
    leaders = holders_in(Permission.WRITE_REPORT, [report.unit_id], day).get(report.unit_id, ())
    data = request.POST if request.method == "POST" else None
    form = AgreeForm(data, owners=owners_in(report.unit_id, day), first=leaders[0].user_id if leaders else None)
    if data is not None and form.is_valid() and _agreed(request, report, form):
        messages.success(request, _("Tiltaket er avtalt med %(unit)s.") % {"unit": report.unit.name})
        return redirect(f"{place.url}#enhet-{unit_code}")
    context = {
        "place": place,
        "form": form,
        "title": _("Avtal oppfølging med %(unit)s") % {"unit": report.unit.name},
        "lead": _("Avtalen blir et tiltak hos enheten, med ansvarlig og frist."),
        "back": f"{place.url}#enhet-{unit_code}",
        "button": _("Lagre avtalen"),
        "crumbs": [*place.crumbs, (report.unit.name, "")],
    }
    return render(request, "reporting/approval/form.html", context, status=422 if form.errors else 200)


def _agreed(request: Request, report: MonthlyReport, form: AgreeForm) -> bool:
    found = form.cleaned_data
    owner = User.objects.get(pk=int(found["owner"]))
    agreed = approval_actions.Agreed(found["title"], owner, found["due_on"], found["description"], found["effect"])
    try:
        approval_actions.agree_action(report=report, agreed=agreed, actor=request.user, now=timezone.now(), today=today())
    except ActionRefused as refusal:
        for problem in refusal.problems:
            name, text = PROBLEMS[problem]
            form.add_error(name if name in form.fields else None, str(text))
        return False
    return True
