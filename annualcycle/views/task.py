"""One unit's task, for those who may finish it. What others may not finish does not exist for them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annualcycle.forms.tasks import AsideForm, FinishForm, Refusable
from annualcycle.forms.wording import day_words
from annualcycle.models import Task
from annualcycle.queries.activity_page import task_for
from annualcycle.rules.kinds import TaskState
from annualcycle.services import tasks as services
from annualcycle.views.activity import cancelled_words, wheel_url
from common.clock import today
from common.http import Request, posted_or_to
from organisation.forms.versioned import VersionedForm


@require_http_methods(["GET", "POST"])
def task(request: Request, task_id: int) -> HttpResponse:
    """Done, with the day and what came of it; the same form corrects what was said."""
    row, day = _task_or_404(request, task_id), today()
    form = FinishForm(request.POST if request.method == "POST" else None, task=row, today=day, back=_back(row))

    def save(found: dict[str, Any]) -> None:
        services.finish(task=row, **found, actor=request.user, now=timezone.now(), today=day)

    if _saved(form, row, save):
        messages.success(request, _("Lagret. %(unit)s er ferdig.") % {"unit": row.unit.name})
        return redirect(_back(row))
    return _page(request, row, form, _("Når er det ferdig?"))


@require_http_methods(["GET", "POST"])
def not_needed(request: Request, task_id: int) -> HttpResponse:
    """It does not concern the unit, and why."""
    row = _task_or_404(request, task_id)
    form = AsideForm(request.POST if request.method == "POST" else None, task=row, back=_back(row))

    def save(found: dict[str, Any]) -> None:
        services.set_aside(task=row, **found, actor=request.user, now=timezone.now())

    if _saved(form, row, save):
        messages.success(request, _("Lagret. Oppgaven gjelder ikke %(unit)s i år.") % {"unit": row.unit.name})
        return redirect(_back(row))
    return _page(request, row, form, _("Gjelder ikke enheten"))


@posted_or_to("annualcycle:task", "task_id")
def open_again(request: Request, task_id: int) -> HttpResponse:
    """To be done after all."""
    row = _task_or_404(request, task_id)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1
    try:
        services.open_again(task=row, version=version, actor=request.user, now=timezone.now())
    except services.StaleTask:
        messages.error(request, _stale_words())
    except services.ActivityCancelled:
        messages.error(request, cancelled_words())
    else:
        messages.success(request, _("Oppgaven er åpnet igjen."))
    return redirect("annualcycle:task", row.pk)


def _task_or_404(request: Request, task_id: int) -> Task:
    try:
        return task_for(request.access, task_id)
    except Task.DoesNotExist:
        raise Http404 from None


def _back(row: Task) -> str:
    return reverse("annualcycle:activity", args=[row.activity_id])


def _stale_words() -> str:
    return _("Noen andre har lagret oppgaven mens du hadde den åpen. Se over det som står nå, og lagre på nytt.")


def _saved(form: Refusable, row: Task, save: Callable[[dict[str, Any]], None]) -> bool:
    """Does what a valid form asks for; a refusal becomes an error of the form, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        save(form.cleaned_data)
    except services.TaskRefused as refusal:
        form.add_flaws(refusal.flaws)
    except services.ActivityCancelled:
        form.add_error(None, cancelled_words())
    except services.StaleTask:
        form.add_error(None, _stale_words())
        row.refresh_from_db()
        if isinstance(form, VersionedForm):
            form.refresh_version(row.version)
    else:
        return True
    return False


def _page(request: Request, row: Task, form: Refusable, title: str) -> HttpResponse:
    activity = row.activity
    context = {
        "task": row,
        "form": form,
        "title": title,
        "lead": _("%(activity)s, %(unit)s. Frist %(day)s.")
        % {"activity": activity.title, "unit": row.unit.name, "day": day_words(activity.due_on)},
        "is_open": row.state == TaskState.OPEN,
        "finishing": isinstance(form, FinishForm),
        "is_cancelled": activity.cancelled_at is not None,
        "crumbs": [(_("Styringshjul"), wheel_url(activity)), (activity.title, _back(row)), (row.unit.name, "")],
    }
    return render(request, "annualcycle/task.html", context, status=422 if form.errors else 200)
