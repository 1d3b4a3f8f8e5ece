"""What people say about figures: notes, new limits after a confirmed change, deviations that are accepted for a while."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common import formats
from common.clock import today
from common.http import Request
from common.periods import Period
from organisation.rules.access import Permission
from scorecard.charts import words
from scorecard.charts.verdicts import verdict_text
from scorecard.forms.agreements import AcceptanceForm, NoteForm, ResetForm
from scorecard.queries.indicator import Series, load_series
from scorecard.services import agreements as services
from scorecard.views.places import Place, place_or_404


def _series(place: Place) -> Series:
    return load_series(place.indicator, place.unit.pk, place.history, today=today())


def _shown(request: Request, place: Place, form: object, title: str, **more: object) -> HttpResponse:
    """The form; with errors it says so to the browser too, and keeps what was typed."""
    crumbs = [*place.crumbs, (title, "")]
    context = {"unit": place.unit, "indicator": place.indicator, "form": form, "title": title, "crumbs": crumbs, **more}
    status = 422 if request.method == "POST" else 200
    return render(request, "scorecard/indicator/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def note_add(request: Request, unit_code: str, code: str) -> HttpResponse:
    """A note on one of the unit's figures."""
    place = place_or_404(request, Permission.ANNOTATE, unit_code, code)
    series = _series(place)
    periods = list(dict.fromkeys(point.period for point in (*series.singles, *series.years)))
    back = place.address("indicator")
    form = NoteForm(request.POST if request.method == "POST" else None, periods=periods, back=back, chosen=request.GET.get("periode", ""))
    if form.is_valid():
        period = Period.parse(form.cleaned_data["period"])
        services.add_note(
            indicator=place.indicator,
            unit=place.unit,
            period=period,
            text=form.cleaned_data["text"],
            actor=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Merknaden til %(period)s er lagret.") % {"period": formats.period_label(period)})
        return redirect(back)
    return _shown(request, place, form, _("Legg til merknad"))


@require_http_methods(["GET", "POST"])
def limits_reset(request: Request, unit_code: str, code: str) -> HttpResponse:
    """New limits from the period where a lasting change begins. Without such a change the page says why not."""
    place = place_or_404(request, Permission.ANNOTATE, unit_code, code)
    series = _series(place)
    back = place.address("indicator")
    periods = series.confirmed_changes or [reset.period for reset in series.resets if request.method == "POST"]
    form = ResetForm(request.POST if request.method == "POST" else None, periods=periods, back=back)
    if form.is_valid():
        period = Period.parse(form.cleaned_data["period"])
        try:
            services.reset_limits(
                indicator=place.indicator,
                unit=place.unit,
                period=period,
                note=form.cleaned_data["note"],
                actor=request.user,
                now=timezone.now(),
            )
        except services.NotConfirmed:
            form.add_error("period", _("Ingen varig endring begynner her lenger. Se på figuren og velg på nytt."))
        else:
            messages.success(request, _("Grensene regnes på nytt fra %(period)s.") % {"period": formats.period_label(period)})
            return redirect(back)
    return _shown(request, place, form, _("Regn grensene på nytt"), verdict=verdict_text(series), nothing=not periods, back=back)


@require_http_methods(["GET", "POST"])
def acceptance_add(request: Request, unit_code: str, code: str) -> HttpResponse:
    """Accept that the target is not reached for a while; it ends by itself."""
    place = place_or_404(request, Permission.ACCEPT_DEVIATION, unit_code, code)
    series = _series(place)
    back = place.address("indicator")
    form = AcceptanceForm(request.POST if request.method == "POST" else None, indicator=place.indicator, today=today(), back=back)
    if form.is_valid() and _accepted(request, place, form):
        day = formats.date_long(form.cleaned_data["valid_to"])
        messages.success(request, _("Avviket er akseptert til og med %(day)s.") % {"day": day})
        return redirect(back)
    goal = words.goal(place.indicator, series.state.limits)
    return _shown(request, place, form, _("Aksepter avvik"), goal=goal)


def _accepted(request: Request, place: Place, form: AcceptanceForm) -> bool:
    """Whether it was done; a refusal is put beside its field."""
    given = form.cleaned_data
    try:
        services.accept_deviation(
            indicator=place.indicator,
            unit=place.unit,
            reason=given["reason"],
            interim=given.get("interim"),
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            actor=request.user,
            now=timezone.now(),
        )
    except services.AcceptanceRefused as refusal:
        form.add_problems(refusal.problems)
    except services.AcceptedAlready as refusal:
        text = _("Et avvik er allerede akseptert til og med %(day)s. Avslutt det først.")
        form.add_error("valid_from", text % {"day": formats.date_long(refusal.until)})
    return not form.errors


@require_POST
def acceptance_end(request: Request, unit_code: str, code: str, acceptance: int) -> HttpResponse:
    """Ends an acceptance before its time."""
    place = place_or_404(request, Permission.ACCEPT_DEVIATION, unit_code, code)
    row = next((row for row in _series(place).acceptances if row.pk == acceptance), None)
    if row is None:
        raise Http404
    try:
        services.end_acceptance(acceptance=row, actor=request.user, today=today())
    except services.EndedAlready:
        messages.info(request, _("Avviket var allerede avsluttet."))
    else:
        messages.success(request, _("Avviket er avsluttet. Tallet har fargen sin tilbake."))
    return redirect(place.address("indicator"))
