"""Where an administrator says how small a unit may be before its sick leave is shown without details, and how far a file may be off."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.clock import today
from common.http import Request
from reporting.forms.sick_leave import ShieldForm
from reporting.models import SickLeaveShield
from reporting.queries.setup import token
from reporting.queries.sick_leave import shield_on
from reporting.services.sick_leave_shield import change_shield
from reporting.views.setup import form_page
from reporting.views.setup_lists import month_value

FIELDS = ("min_fte", "min_persons", "tolerance")


@require_http_methods(["GET", "POST"])
def setup_sick_leave(request: Request) -> HttpResponse:
    """What counts now, to be changed from a month on."""
    now = shield_on(today())
    initial = {**{name: getattr(now, name) for name in FIELDS}, "seen": _seen(), "from_month": month_value(today())}
    form = ShieldForm(request.POST if request.method == "POST" else None, today=today(), initial=initial)

    def save() -> None:
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        change_shield(valid_from=form.month().first_day, fields=fields, seen=form.cleaned_data["seen"], actor=request.user, today=today())

    title = _("Hva som vises av sykefravær")
    lead = _("Under en av grensene vises bare fraværet samlet, uten hvem som meldte det og hvor lenge det varte.")
    return form_page(request, form, "setup_sick_leave", title, save=save, seen=_seen, lead=lead)


def _seen() -> str:
    return token(*SickLeaveShield.objects.order_by("valid_from"))
