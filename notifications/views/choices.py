"""How a person is told, by the person alone."""

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.clock import today
from common.http import Request
from notifications.forms.choices import NO, YES, ChoiceForm
from notifications.queries.choices import choice_of
from notifications.rules.states import Rhythm
from notifications.services.choices import StaleChoice, save_choice


@require_http_methods(["GET", "POST"])
def choices(request: Request) -> HttpResponse:
    """One overview or each deadline; e-mail or not."""
    row = choice_of(request.user.pk)
    initial = {"rhythm": row.rhythm, "by_mail": YES if row.by_mail else NO, "version": row.version}
    form = ChoiceForm(request.POST if request.method == "POST" else None, back=reverse("notifications:box"), initial=initial)
    if form.is_valid():
        found = form.cleaned_data
        try:
            rhythm = Rhythm(found["rhythm"])
            save_choice(user=request.user, rhythm=rhythm, by_mail=form.wants_mail, version=found["version"], today=today())
        except StaleChoice:
            form.add_error(None, _("Du har lagret i et annet vindu i mellomtiden. Se over valgene, og lagre på nytt."))
            form.refresh_version(choice_of(request.user.pk).version)
        else:
            notes.success(request, _("Lagret."))
            return redirect("notifications:choices")
    return render(request, "notifications/choices.html", {"form": form}, status=422 if form.errors else 200)
