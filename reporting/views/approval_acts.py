"""What the director does with a line of the list: approve, return, open again, remind. Each answers with the list."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from common.clock import today
from common.http import Request
from organisation.rules.access import Permission
from reporting.forms.approval import ReturnForm
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState
from reporting.services import approval as services
from reporting.services import notices
from reporting.services.approval_steps import FiguresChanged, StaleVersion, WrongState
from reporting.views.approval import asking_about, refused, undoable_reports
from reporting.views.approval_place import Place, node_or_404, place_or_404, report_or_404, reports_by_token

APPROVE, RETURN = Permission.APPROVE_REPORT, Permission.RETURN_REPORT


def wrong_state(state: ReportState) -> str:
    label = dict(MonthlyReport.StateChoices)[state]
    return _("Dette går ikke nå: rapporten er «%(state)s».") % {"state": label}


def stale(refusal: StaleVersion) -> str:
    if isinstance(refusal, FiguresChanged):
        return _("Tallene i regnskapet eller sykefraværet er endret siden du åpnet siden. Se over dem, og prøv igjen.")
    return _("Rapporten er endret siden du åpnet siden. Les den på nytt først.")


def own_report(refusal: services.OwnReport) -> str:
    return _("Du har levert denne rapporten selv. En annen må godkjenne den: %(names)s.") % {"names": ", ".join(refusal.names)}


@require_POST
def approval_approve(request: Request, district: str, month: date) -> HttpResponse:
    place, report, version = _one(request, district, month)
    done = _told(
        request,
        lambda: services.approve_report(report=report, version=version, actor=request.user, now=timezone.now(), today=today()),
    )
    # The list says what was approved, beside the way to undo it.
    return redirect(_undo_url(place, report) if done else f"{place.url}#rapportene")


@require_POST
def approval_green(request: Request, district: str, month: date) -> HttpResponse:
    """All that were green on the page and still are."""
    place = place_or_404(request, APPROVE, district, month)
    seen = reports_by_token(place, request.POST.get("sett", "").split(","))
    found = services.approve_all_green(
        district_id=place.district.pk,
        month=month,
        seen=seen,
        unit_ids=request.access.unit_ids(APPROVE),
        actor=request.user,
        now=timezone.now(),
        today=today(),
    )
    if found.left:
        text = ngettext("Én rapport var ikke lenger grønn.", "%(n)s rapporter var ikke lenger grønne.", found.left)
        messages.warning(request, text % {"n": found.left})
    if found.own:
        text = ngettext("Rapporten du har levert selv, er ikke med.", "De %(n)s rapportene du har levert selv, er ikke med.", found.own)
        messages.warning(request, text % {"n": found.own})
    if not found.reports and not found.left and not found.own:
        messages.info(request, _("Det var ingen grønne rapporter å godkjenne."))
    return redirect(_undo_url(place, found.reports[0]) if found.reports else f"{place.url}#rapportene")


@require_POST
def approval_undo(request: Request, district: str, month: date) -> HttpResponse:
    """Opens again what this person approved at one moment."""
    place = place_or_404(request, APPROVE, district, month)
    reports = list(undoable_reports(request, place, request.POST.get("angre", "")))
    count = services.undo_approval(reports=reports, actor=request.user, now=timezone.now(), today=today())
    if count:
        messages.success(request, ngettext("Én rapport er åpnet igjen.", "%(n)s rapporter er åpnet igjen.", count) % {"n": count})
    else:
        messages.info(request, _("Det var ingenting å angre."))
    return redirect(f"{place.url}#rapportene")


@require_POST
def approval_open_again(request: Request, district: str, month: date) -> HttpResponse:
    place, report, version = _one(request, district, month)
    _told(
        request,
        lambda: services.open_again(report=report, version=version, actor=request.user, now=timezone.now(), today=today()),
        _("Rapporten for %(unit)s er åpnet igjen.") % {"unit": report.unit.name},
    )
    return redirect(f"{place.url}#rapportene")


@require_POST
def approval_return(request: Request, district: str, month: date) -> HttpResponse:
    """A question about one part. Without a reason nothing happens, and what was typed is still there."""
    place = place_or_404(request, RETURN, district, month)
    report = report_or_404(place, request.POST.get("enhet", ""))
    form = ReturnForm(request.POST)
    if form.is_valid() and _returned(request, report, form):
        messages.success(request, _("Rapporten er returnert til %(unit)s.") % {"unit": report.unit.name})
        return redirect(f"{place.url}#rapportene")
    asking = asking_about(place, report.unit.code, form)
    if asking is None:
        raise Http404
    return refused(request, place, asking)


def _returned(request: Request, report: MonthlyReport, form: ReturnForm) -> bool:
    found = form.cleaned_data
    try:
        services.return_report(report=report, actor=request.user, now=timezone.now(), today=today(), **found)
    except StaleVersion as refusal:
        form.add_error(None, stale(refusal))
        form.refresh_version(report.version)
        return False
    except WrongState as refusal:
        form.add_error(None, wrong_state(refusal.state))
        return False
    return True


@require_POST
def approval_remind(request: Request, district: str, month: date) -> HttpResponse:
    """One reminder a day to a unit, however often somebody asks."""
    place = place_or_404(request, RETURN, district, month)
    node = node_or_404(place, request.POST.get("enhet", ""))
    if not place.rights.remind:
        messages.error(request, _("Måneden er ikke over ennå, så ingen venter på rapporten."))
        return redirect(place.url)
    told = notices.remind(unit_id=node.id, month=month, actor=request.user, now=timezone.now(), today=today())
    words = {"unit": node.name}
    if told:
        messages.success(request, _("Lederen av %(unit)s er minnet om fristen.") % words)
    else:
        text = _("Ingen ny beskjed er sendt. Lederen av %(unit)s er allerede minnet i dag, eller enheten har ingen leder.")
        messages.info(request, text % words)
    return redirect(f"{place.url}#rapportene")


def _one(request: Request, district: str, month: date) -> tuple[Place, MonthlyReport, int]:
    """The report of the button that was pressed, in a month that the person decides about."""
    place = place_or_404(request, APPROVE, district, month)
    tokens = reports_by_token(place, [request.POST.get("rapport", "")])
    if not tokens:
        raise Http404
    ((pk, version),) = tokens.items()
    return place, MonthlyReport.objects.select_related("unit").get(pk=pk), version


def _told(request: Request, step: Callable[[], object], done: str = "") -> bool:
    """Takes the step; says what happened where it cannot be seen otherwise."""
    try:
        step()
    except services.OwnReport as refusal:
        messages.error(request, own_report(refusal))
    except WrongState as refusal:
        messages.error(request, wrong_state(refusal.state))
    except StaleVersion as refusal:
        messages.error(request, stale(refusal))
    else:
        if done:
            messages.success(request, done)
        return True
    return False


def _undo_url(place: Place, report: MonthlyReport) -> str:
    at = report.approved_at.isoformat() if report.approved_at else ""
    return f"{reverse('reporting:approval', args=[place.district.code, place.month])}?{urlencode({'angre': at})}"
