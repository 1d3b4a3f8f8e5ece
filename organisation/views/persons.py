"""New people, changed names, closed and opened doors, and the link for making a password."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.clock import today
from organisation.forms.people import NewPersonForm, PersonForm
from organisation.forms.refusals import SENTENCES, sentence
from organisation.models import User
from organisation.queries.people import PersonPage, person_page
from organisation.queries.reach import unit_ever
from organisation.queries.units import unit_choices
from organisation.rules.access import Permission
from organisation.services import people as services
from organisation.views.pages import access_of, attempt, form_page, people_crumbs, posted


def managed_person(request: HttpRequest, person_id: int, *, whole: bool) -> PersonPage:
    """The person where roles may be given; `whole`: only where nothing held lies outside what may be managed. Else 404."""
    try:
        page = person_page(access_of(request), person_id, today())
    except User.DoesNotExist:
        raise Http404 from None
    if not any(row.unit_id in page.managed for row in (*page.present, *page.former)) or (whole and not page.whole):
        raise Http404
    return page


@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """A person with a first role. Nothing is sent."""
    access = access_of(request)
    units = unit_choices(access, Permission.MANAGE_ROLES)
    form = NewPersonForm(posted(request), units=units, today=today(), initial={"unit": request.GET.get("enhet", "")})
    made: list[tuple[User, bool]] = []

    def act(cleaned: dict[str, Any]) -> None:
        unit = unit_ever(access, Permission.MANAGE_ROLES, cleaned["unit"])
        made.append(services.create_person(**cleaned | {"unit": unit}, actor=request.user))  # type: ignore[arg-type]

    if attempt(form, act):
        person, created = made[0]
        if created:
            messages.success(request, _("%(name)s er lagt inn. Send lenken for å lage passord når du er klar.") % {"name": person.name})
        else:
            messages.warning(request, _("Adressen fantes fra før, hos %(name)s. Personen fikk rollen.") % {"name": person.name})
        return redirect("organisation:person", person.pk)
    return form_page(
        request,
        form,
        title=_("Ny person"),
        lead=_("Personen får en første rolle. Ingenting sendes før du ber om det."),
        crumbs=people_crumbs((_("Ny person"), "")),
        cancel=reverse("organisation:people"),
        button=_("Legg inn personen"),
    )


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, person_id: int) -> HttpResponse:
    """Another name or address."""
    person = managed_person(request, person_id, whole=True).person
    form = PersonForm(posted(request), initial={"name": person.name, "email": person.email, "version": person.version})
    name = person.name

    def act(cleaned: dict[str, Any]) -> None:
        services.change_person(person=person, actor=request.user, **cleaned)  # type: ignore[arg-type]

    if attempt(form, act, lambda: User.objects.values_list("version", flat=True).get(pk=person.pk)):
        messages.success(request, _("Opplysningene er lagret."))
        return redirect("organisation:person", person.pk)
    here = reverse("organisation:person", args=[person.pk])
    title = _("Endre navn og adresse")
    return form_page(request, form, title=title, lead=name, crumbs=people_crumbs((name, here), (title, "")), cancel=here, button=_("Lagre"))


@require_http_methods(["GET", "POST"])
def person_deactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    """Closes the door: roles end, and the person cannot sign in."""
    person = managed_person(request, person_id, whole=True).person
    form = forms.Form(posted(request))

    def act(_cleaned: dict[str, Any]) -> None:
        services.deactivate_person(person=person, today=today(), actor=request.user)  # type: ignore[arg-type]

    if attempt(form, act):
        messages.success(request, _("Tilgangen er stengt."))
        return redirect("organisation:person", person.pk)
    here = reverse("organisation:person", args=[person.pk])
    return form_page(
        request,
        form,
        title=_("Steng tilgangen"),
        lead=_("%(name)s kan ikke logge inn lenger, og alle roller og stedfortredere avsluttes fra i dag.") % {"name": person.name},
        crumbs=people_crumbs((person.name, here), (_("Steng tilgangen"), "")),
        cancel=here,
        button=_("Steng tilgangen"),
    )


@require_POST
def person_reactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    """Opens the door again; roles are given anew."""
    person = managed_person(request, person_id, whole=True).person
    try:
        services.reactivate_person(person=person, actor=request.user)  # type: ignore[arg-type]
    except tuple(SENTENCES) as refusal:
        messages.info(request, sentence(refusal))
    else:
        messages.success(request, _("Tilgangen er åpnet. Gi personen de rollene som trengs."))
    return redirect("organisation:person", person.pk)


@require_POST
def person_link(request: HttpRequest, person_id: int) -> HttpResponse:
    """Sends the mail with the link for making a password."""
    person = managed_person(request, person_id, whole=False).person
    form = ResetPasswordForm({"email": person.email})
    if not person.is_active or not form.is_valid():
        messages.error(request, _("Lenken kan ikke sendes. Se om tilgangen er åpen og adressen riktig."))
        return redirect("organisation:person", person.pk)
    form.save(request)
    services.note_link_sent(person=person, actor=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Lenken er sendt til %(email)s.") % {"email": person.email})
    return redirect("organisation:person", person.pk)
