"""Where an administrator says how small a unit may be before its sick leave is shown without details."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common import formats
from common.clock import today
from common.http import Request
from reporting.forms.sick_leave import ShieldForm
from reporting.models import SickLeaveShield
from reporting.queries.setup import token
from reporting.queries.sick_leave import shield_on
from reporting.services.setup_dated import StaleRow, TooEarly
from reporting.services.sick_leave_shield import change_shield
from reporting.views.setup_lists import month_value
from scorecard.views.framing import renew


@require_http_methods(["GET", "POST"])
def setup_sick_leave(request: Request) -> HttpResponse:
    """What counts now, to be changed from a month on."""
    now = shield_on(today())
    seen = token(*SickLeaveShield.objects.order_by("valid_from"))
    initial = {"min_fte": now.min_fte, "min_persons": now.min_persons, "seen": seen, "from_month": month_value(today())}
    form = ShieldForm(request.POST if request.method == "POST" else None, today=today(), initial=initial)
    if form.is_valid() and _saved(request, form):
        messages.success(request, _("Lagret."))
        return redirect("reporting:setup_sick_leave")
    context = {
        "form": form,
        "title": _("Hva som vises av sykefravær"),
        "lead": _("Under en av grensene vises bare fraværet samlet, uten hvem som meldte det og hvor lenge det varte."),
        "back": reverse("reporting:setup_rules"),
        "crumbs": [(_("Regler og frister"), reverse("reporting:setup_rules")), (_("Sykefravær"), "")],
    }
    return render(request, "reporting/setup/form.html", context, status=422 if form.errors else 200)


def _saved(request: Request, form: ShieldForm) -> bool:
    """Whether it was saved; a refusal is told in the form."""
    try:
        change_shield(
            valid_from=form.month().first_day,
            min_fte=form.cleaned_data["min_fte"],
            min_persons=form.cleaned_data["min_persons"],
            seen=form.cleaned_data["seen"],
            actor=request.user,
            today=today(),
        )
    except StaleRow:
        form.add_error(None, _("Noen har endret dette etter at du åpnet siden. Det du skrev, står her. Se over og lagre på nytt."))
        renew(form, "seen", token(*SickLeaveShield.objects.order_by("valid_from")))
        return False
    except TooEarly as refusal:
        month = formats.month_label(refusal.earliest)
        form.add_error("from_month", _("Velg %(month)s eller senere.") % {"month": month})
        return False
    return True
