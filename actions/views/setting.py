"""What an administrator decides about actions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.forms.actions import SettingForm
from actions.services import escalation
from actions.views.editing import form_page
from common.http import Request


@require_http_methods(["GET", "POST"])
def setting(request: Request) -> HttpResponse:
    """After how many working days an overdue action goes up one level."""
    row = escalation.setting()
    initial = {"escalate_after": row.escalate_after, "version": row.version}
    form = SettingForm(request.POST if request.method == "POST" else None, back=reverse("actions:mine"), initial=initial)
    if form.is_valid():
        found = form.cleaned_data
        try:
            escalation.save_setting(escalate_after=found["escalate_after"], version=found["version"], actor=request.user)
        except escalation.StaleSetting:
            form.add_error(None, _("Noen andre har lagret i mellomtiden. Nå står det %(n)s.") % {"n": escalation.setting().escalate_after})
            form.refresh_version(escalation.setting().version)
        else:
            messages.success(request, _("Lagret."))
            return redirect("actions:setting")
    crumbs = [(_("Tiltak"), reverse("actions:mine")), (_("Når tiltak løftes"), "")]
    lead = _("Et tiltak som er over fristen, går ett nivå opp, én gang.")
    return form_page(request, form, title=_("Når tiltak løftes"), lead=lead, crumbs=crumbs)
