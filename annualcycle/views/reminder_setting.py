"""What an administrator decides about reminders."""

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annualcycle.forms.reminders import ReminderSettingForm
from annualcycle.queries.reminders import setting
from annualcycle.services.reminders import StaleSetting, save_setting
from common.http import Request

FIELDS = ("digest_weekday", "hour", "escalate_after", "quiet_months")


@require_http_methods(["GET", "POST"])
def reminder_setting(request: Request) -> HttpResponse:
    """Weekday, hour, quiet months, and when the level above is told."""
    form = ReminderSettingForm(request.POST if request.method == "POST" else None, back=reverse("overview:home"), row=setting())
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in FIELDS}
        try:
            save_setting(values=values, version=form.cleaned_data["version"], actor=request.user)
        except StaleSetting:
            form.add_error(None, _("Noen andre har lagret i mellomtiden. Se over tallene, og lagre på nytt."))
            form.refresh_version(setting().version)
        else:
            notes.success(request, _("Lagret."))
            return redirect("annualcycle:reminder_setting")
    return render(request, "annualcycle/reminder_setting.html", {"form": form}, status=422 if form.errors else 200)
