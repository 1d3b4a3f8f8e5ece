"""An activity that does not take place this year, or that never should have been there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annualcycle.forms.cancelling import CancelForm
from annualcycle.forms.wording import day_words
from annualcycle.models import Activity
from annualcycle.queries.ending import Ending, Stays, ending_of, stays_because
from annualcycle.services import activities as services
from annualcycle.services.removing import NotRemoved, remove
from annualcycle.views.place import Wheel, activity_or_404
from common.http import Request, posted_or_to
from organisation.forms.versioned import VersionedForm
from organisation.views.pages import posted

BOTH = ["GET", "POST"]


@require_http_methods(BOTH)
def activity_cancel(request: Request, pk: int) -> HttpResponse:
    """It does not take place this year, with the reason; what has been done and what counts from it is said before."""
    activity = activity_or_404(request, pk)
    wheel = Wheel(activity.district, activity.year)
    form = CancelForm(posted(request), initial={"version": activity.version})
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.cancel(activity=activity, reason=given["reason"], version=given["version"], actor=request.user, now=timezone.now())
        except services.StaleVersion:
            form.add_error(None, _("Noen har endret aktiviteten etter at du åpnet siden. Se over og lagre på nytt."))
            activity.refresh_from_db(fields=["version"])
            form.refresh_version(activity.version)
        else:
            messages.success(request, _("Aktiviteten er avlyst i år. Ingen får flere påminnelser om den."))
            return redirect(wheel.url("setup"))
    title = _("Avlys i %(year)s") % {"year": activity.year}
    context = {
        "form": form,
        "title": title,
        "lead": activity.title,
        "activity": activity,
        "points": _points(ending_of(request.access, activity)),
        "may_remove": stays_because(activity) is None,
        "crumbs": _crumbs(wheel, activity, _("Avlys")),
        "back": wheel.url("setup"),
    }
    return render(request, "annualcycle/setup_form.html", context, status=422 if form.errors else 200)


def _crumbs(wheel: Wheel, activity: Activity, last: str) -> list[tuple[str, str]]:
    return wheel.crumbs((activity.title, reverse("annualcycle:activity_edit", args=[activity.pk])), (last, ""))


def _points(ending: Ending) -> list[str]:
    """«Fristen er fredag 30. oktober.», «20 av 22 har gjort det.», «Vernerunde» regnes fra denne …"""
    said = [_("Fristen er %(day)s.") % {"day": day_words(ending.progress.due_on)}]
    if ending.progress.total > 1:
        said.append(_("%(done)s av %(total)s har gjort det.") % {"done": ending.progress.done, "total": ending.progress.total})
    if ending.followers:
        names = ", ".join(f"«{title}»" for title in ending.followers)
        words = ngettext(
            "%(names)s regnes fra denne, og beholder dagen sin.",
            "%(names)s regnes fra denne, og beholder dagene sine.",
            len(ending.followers),
        )
        said.append(words % {"names": names})
    return said


@posted_or_to("annualcycle:activity_edit", "pk")
def activity_restore(request: Request, pk: int) -> HttpResponse:
    """It takes place after all."""
    activity = activity_or_404(request, pk)
    if activity.cancelled_at is not None:
        try:
            services.restore(activity=activity, version=activity.version, actor=request.user, now=timezone.now())
        except services.StaleVersion:
            messages.error(request, _("Noen har endret aktiviteten samtidig. Se over og prøv igjen."))
        except services.ActivityRefused as refusal:
            words = _("Dagen regnes fra «%(name)s» og ville havnet i et annet år. Endre dagen først, og ta så avlysningen tilbake.")
            messages.error(request, words % {"name": refusal.name})
        else:
            messages.success(request, _("Aktiviteten står i hjulet igjen."))
    return redirect(Wheel(activity.district, activity.year).url("setup"))


@require_http_methods(BOTH)
def activity_remove(request: Request, pk: int) -> HttpResponse:
    """Gone, after one more look. What somebody has done something about stays, and says so."""
    activity = activity_or_404(request, pk)
    wheel = Wheel(activity.district, activity.year)
    if request.method == "POST":
        seen = VersionedForm(request.POST)
        try:
            if not seen.is_valid():
                raise services.StaleVersion
            remove(activity=activity, version=seen.cleaned_data["version"], actor=request.user)
        except services.StaleVersion:
            messages.error(request, _("Noen har endret aktiviteten samtidig. Se over og prøv igjen."))
            return redirect("annualcycle:activity_remove", activity.pk)
        except NotRemoved:
            return redirect("annualcycle:activity_remove", activity.pk)
        messages.success(request, _("«%(title)s» er slettet.") % {"title": activity.title})
        return redirect(wheel.url("setup"))
    context = {
        "activity": activity,
        "stays": _stays(activity),
        "fields": [("version", activity.version)],
        "action": reverse("annualcycle:activity_remove", args=[activity.pk]),
        "cancel_url": reverse("annualcycle:activity_cancel", args=[activity.pk]),
        "back": reverse("annualcycle:activity_edit", args=[activity.pk]),
        "crumbs": _crumbs(wheel, activity, _("Slett")),
    }
    return render(request, "annualcycle/remove.html", context)


def _stays(activity: Activity) -> str:
    """Why it cannot be taken away, in words; nothing where it can."""
    words = {
        Stays.BEGUN: _("Noen har sagt noe om oppgaven sin, så aktiviteten blir stående. Du kan avlyse den i år."),
        Stays.FOLLOWED: _("En annen aktivitet regner dagen sin fra denne. Endre den først, eller avlys denne i år."),
    }
    found = stays_because(activity)
    return words[found] if found else ""
