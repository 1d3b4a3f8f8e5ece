"""What is done with a file: saved or rejected from its control page, stopped, taken back, and told about."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.clock import today
from common.http import Request
from imports.forms import control
from imports.forms.files import ReasonForm
from imports.importing.reading import read
from imports.models import Batch
from imports.rules.states import BatchState
from imports.services import batches as services
from imports.services import telling
from imports.services.cancelling import cancel as cancel_batch
from imports.tasks import call_worker
from imports.views.batch import control_page
from imports.views.codes import CodeRow, code_rows, decide
from imports.views.framing import WORKER, batch_or_404, check_now_or_later, crumbs, importable_or_404, reach_of, tree_of
from reporting.services.ledger import NotCurrent

CODES_KEPT = lazy("Kodene er lagret. Se over filen på nytt.")


def _back(batch: Batch) -> HttpResponse:
    return redirect("imports:batch", batch.pk)


@require_POST
def decide_file(request: Request, pk: int) -> HttpResponse:
    """The buttons of the control page: save, connect codes and look again, or reject."""
    found = importable_or_404(request, pk)
    if found.state != BatchState.CHECKED:
        messages.info(request, _("Filen er ikke lenger til kontroll. Dette er slik den står nå."))
        return _back(found)
    wanted = request.POST.get("handling", "")
    if wanted == "avvis":
        return _reject(request, found)
    codes = code_rows(reach_of(request), found, tree_of(found), today(), request.POST)
    if [each for each in codes if not each.form.is_valid()]:
        return control_page(request, found, codes=codes, problems=_code_problems(codes))
    reason = _("Valgt da %(file)s ble kontrollert") % {"file": found}
    decided, well = decide(codes, access=request.access, actor=request.user, now=timezone.now(), reason=reason)
    if not well:
        return control_page(request, found, codes=codes, problems=_code_problems(codes))
    if decided and not _again(request, found):
        return _back(found)
    if wanted != "lagre":
        messages.success(request, str(CODES_KEPT))
        return _back(found)
    return _save(request, found, codes_kept=bool(decided))


def _again(request: Request, found: Batch) -> bool:
    """Reads the file with what has been decided; whether it is ready to be saved in this request."""
    try:
        check_now_or_later(request, services.recheck(batch=found, actor=request.user, now=timezone.now()))
    except services.NotWaiting:
        return False
    found.refresh_from_db()
    return found.state == BatchState.CHECKED


def _code_problems(codes: list[CodeRow]) -> list[dict[str, str]]:
    return [
        {"target": str(field.auto_id), "text": f"{each.row.code}: {error}"}
        for each in codes
        for field in each.form
        for error in field.errors
    ]


def _reject(request: Request, found: Batch) -> HttpResponse:
    try:
        services.reject(batch=found, actor=request.user, now=timezone.now())
    except services.NotWaiting:
        messages.info(request, _("Filen er ikke lenger til kontroll. Dette er slik den står nå."))
        return _back(found)
    messages.success(request, _("Filen er avvist. Ingenting ble lagret."))
    return redirect("imports:index")


def _save(request: Request, found: Batch, *, codes_kept: bool) -> HttpResponse:
    """All or nothing. What somebody must have seen first is asked for, and nothing typed is lost: codes keep their units meanwhile."""
    needed = services.needed_for_saving(found)
    seen = control.acknowledged(request.POST.getlist("sett"), needed)
    try:
        services.order_save(batch=found, acknowledged=seen, actor=request.user)
    except services.NotSaveable:
        return control_page(request, found, problems=[{"target": "rader", "text": _("Rett radene i filen og last den opp på nytt.")}])
    except services.NotAccepted:
        if codes_kept:
            messages.success(request, str(CODES_KEPT))
        return control_page(request, found, problems=_unticked(needed, seen))
    except services.NotWaiting:
        messages.info(request, _("Noen andre har tatt filen videre. Dette er slik den står nå."))
        return _back(found)
    if services.is_large(found):
        call_worker()
        return _back(found)
    return _saved(request, found)


def _unticked(needed: tuple[str, ...], seen: set[str]) -> list[dict[str, str]]:
    missing = [(number, text) for number, (key, text) in enumerate(control.ticks(needed)) if key not in seen]
    return [{"target": f"sett-{number}", "text": _("Sett hake: %(text)s.") % {"text": text}} for number, text in missing]


def _saved(request: Request, found: Batch) -> HttpResponse:
    try:
        services.carry_out(batch=found, worker=WORKER, now=timezone.now(), today=today(), read=read)
    except services.FindingsChanged:
        messages.warning(request, _("Filen ga et annet resultat da den ble lest på nytt. Ingenting er lagret. Se over og lagre igjen."))
    except (services.NotWaiting, services.Overtaken):
        messages.info(request, _("Noen andre lagrer filen nå."))
    else:
        _tell_saved(request, found)
    return _back(found)


def _tell_saved(request: Request, found: Batch) -> None:
    if found.state == BatchState.SAME:
        messages.info(request, _("De samme tallene var lagret fra før. Ingenting er endret."))
    elif found.state == BatchState.SAVED:
        rows = ngettext("%(count)s rad lest inn.", "%(count)s rader lest inn.", found.rows_read) % {"count": found.rows_read}
        messages.success(request, _("Filen er lagret. %(rows)s") % {"rows": rows})


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Stops a file that is being read."""
    found = importable_or_404(request, pk)
    try:
        cancel_batch(batch=found, actor=request.user, now=timezone.now())
    except services.NotWaiting:
        messages.info(request, _("Filen var allerede ferdig lest. Dette er slik den står nå."))
        return _back(found)
    messages.success(request, _("Innlesingen er avbrutt. Ingenting ble lagret."))
    return redirect("imports:index")


@require_http_methods(["GET", "POST"])
def roll_back(request: Request, pk: int) -> HttpResponse:
    """Takes a saved file back whole, with a reason."""
    found = importable_or_404(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if found.state != BatchState.SAVED:
        messages.info(request, _("Filen er ikke lagret, så det er ingenting å angre."))
        return _back(found)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.roll_back(batch=found, reason=reason, actor=request.user, now=timezone.now(), today=today())
        except services.ReasonMissing:
            form.add_error("reason", _("Skriv hvorfor filen angres."))
        except NotCurrent:
            form.add_error(None, _("En nyere fil gjelder i stedet. Angre den først."))
        except services.NotWaiting:
            messages.info(request, _("Filen er allerede angret."))
            return _back(found)
        else:
            messages.success(request, _("Hele filen er angret. Det som gjaldt før, gjelder igjen."))
            return _back(found)
    steps = ((found.file_name, reverse("imports:batch", args=[pk])), (_("Angre hele filen"), ""))
    context: dict[str, Any] = {"batch": found, "form": form, "facts": control.facts(found), "crumbs": crumbs(*steps)}
    return render(request, "imports/roll_back.html", context, status=422 if form.errors else 200)


@require_POST
def tell(request: Request, pk: int) -> HttpResponse:
    """Tells the leaders that the month's figures are ready; whoever has been told is not told again."""
    found = importable_or_404(request, pk)
    try:
        count = telling.tell_leaders(batch=found, actor=request.user, now=timezone.now(), today=today())
    except telling.NothingToTell:
        messages.info(request, _("Filen har ingen månedstall å varsle om."))
    else:
        if count:
            text = ngettext("Én leder er varslet.", "%(count)s ledere er varslet.", count) % {"count": count}
        else:
            text = _("Alle var varslet fra før.")
        messages.success(request, text)
    return _back(found)


@require_POST
def check_again(request: Request, pk: int) -> HttpResponse:
    """Reads a file on its control page once more, for example after its profile was changed."""
    found = importable_or_404(request, pk)
    try:
        check_now_or_later(request, services.recheck(batch=found, actor=request.user, now=timezone.now()))
    except services.NotWaiting:
        messages.info(request, _("Filen er ikke lenger til kontroll. Dette er slik den står nå."))
    return _back(batch_or_404(request, pk))
