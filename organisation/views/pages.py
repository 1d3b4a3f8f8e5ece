"""What every page of this app does alike: find the unit or give 404, show a form, do what it says or tell why not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.forms.refusals import SENTENCES, sentence
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.services.versions import StaleVersion
from organisation.views.reach import unit_ever_or_404

Crumbs = list[tuple[str, str]]


def access_of(request: HttpRequest) -> Access:
    """What the person of this request may do."""
    access: Access = request.access  # type: ignore[attr-defined]
    return access


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also an empty POST is an answer, and gets its errors."""
    return request.POST if request.method == "POST" else None


def managed_unit(request: HttpRequest, unit_code: str) -> Unit:
    """The unit, also one that has ended or is to come. Raises Http404 where the person does not manage it."""
    return unit_ever_or_404(access_of(request), Permission.MANAGE_ORGANISATION, unit_code)


def unit_crumbs(unit: Unit | None, *last: str) -> Crumbs:
    """Enheter / 402 Hjemmetjenesten / the page."""
    crumbs = [(_("Enheter"), reverse("organisation:units"))]
    if unit is not None:
        crumbs.append((str(unit), reverse("organisation:unit", args=[unit.code])))
    return crumbs + [(label, "") for label in last]


def people_crumbs(*steps: tuple[str, str]) -> Crumbs:
    """Personer og roller / the person / the page."""
    return [(_("Personer og roller"), reverse("organisation:people")), *steps]


def attempt(
    form: forms.Form, act: Callable[[dict[str, Any]], object], version: Callable[[], int] | None = None, access: Access | None = None
) -> bool:
    """Does what a valid form asks for; a refusal becomes an error of the form, and nothing typed is lost.

    `version` reads the present version after a stale one was refused, so that the next try is made against it.
    `access` is needed where a refusal may be about a unit of somebody else.
    """
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except tuple(SENTENCES) as refusal:
        form.add_error(None, sentence(refusal, access))
        if isinstance(refusal, StaleVersion) and version is not None:
            form.refresh_version(version())  # type: ignore[attr-defined]
        return False
    return True


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    crumbs: Crumbs,
    cancel: str,
    button: str,
    lead: str = "",
    template: str = "organisation/form.html",
    **more: Any,
) -> HttpResponse:
    """The form on a page of its own; 422 where it has errors."""
    context = {"form": form, "title": title, "lead": lead, "crumbs": crumbs, "cancel": cancel, "button": button, **more}
    return render(request, template, context, status=422 if form.errors else 200)
