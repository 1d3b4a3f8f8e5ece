"""Where an administrator says how long people have: reminders, answers, and taking a report back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.clock import today
from common.http import Request
from reporting.forms.report_times import TimesForm
from reporting.forms.setup_words import begins
from reporting.queries.setup import first_open_month, token
from reporting.queries.times import FIELDS, times_in, times_rows
from reporting.services.report_times import change_times
from reporting.views.setup import form_page
from reporting.views.setup_lists import month_value


@require_http_methods(["GET", "POST"])
def setup_times(request: Request) -> HttpResponse:
    """What counts now, to be changed from a month on."""
    rows = times_rows()
    month = first_open_month(today())
    now = times_in(rows, month)
    initial = {**{name: getattr(now, name) for name in FIELDS}, "seen": token(*rows), "from_month": month_value(today())}
    form = TimesForm(request.POST if request.method == "POST" else None, today=today(), initial=initial)

    def save() -> None:
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        change_times(valid_from=form.month().first_day, fields=fields, seen=form.cleaned_data["seen"], actor=request.user, today=today())

    coming = [begins(row.valid_from) for row in rows if row.valid_from > month]
    lead = _("Når enhetene minnes om rapporten, og hvor lang tid de har til å svare og til å angre. Dager er arbeidsdager.")
    if coming:
        lead = f"{lead} {_('Dette er også endret: %(months)s.') % {'months': ', '.join(coming)}}"
    return form_page(
        request, form, "setup_times", _("Påminnelser, svar og angring"), save=save, seen=lambda: token(*times_rows()), lead=lead
    )
