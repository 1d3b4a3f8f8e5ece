"""Roles of a person: given, ended, taken by a deputy, handed over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.clock import today
from common.formats import date_short
from organisation.forms.people import DeputyForm, EndRoleForm, HandoverForm, RoleForm, role_label
from organisation.models import RoleAssignment, User
from organisation.queries.people import PersonPage, people_where
from organisation.queries.reach import ever_reached, unit_ever
from organisation.queries.units import unit_choices
from organisation.rules.access import Permission
from organisation.services import roles as services
from organisation.views.pages import access_of, attempt, form_page, people_crumbs, posted
from organisation.views.persons import managed_person


def _people(request: HttpRequest) -> dict[str, User]:
    """Those who can take something over: people with a role where the person may give roles."""
    reached = ever_reached(access_of(request), Permission.MANAGE_ROLES)
    return {person.email: person for person in people_where(reached).filter(is_active=True).order_by("sort_key", "pk")}


def _assignment(request: HttpRequest, person_id: int, assignment_id: int) -> RoleAssignment:
    page = managed_person(request, person_id, whole=False)
    for row in page.present:
        if row.pk == assignment_id and row.unit_id in page.managed:
            row.user = page.person
            return row
    raise Http404


def _role_page(request: HttpRequest, person: User, form: Any, title: str, button: str, lead: str = "", **more: Any) -> HttpResponse:
    here = reverse("organisation:person", args=[person.pk])
    return form_page(
        request,
        form,
        title=title,
        lead=lead or person.name,
        crumbs=people_crumbs((person.name, here), (title, "")),
        cancel=here,
        button=button,
        template="organisation/role_form.html",
        **more,
    )


def _words(row: RoleAssignment) -> str:
    return f"{row.user.name}: {role_label(row.role)}, {row.unit}"


@require_http_methods(["GET", "POST"])
def role_new(request: HttpRequest, person_id: int) -> HttpResponse:
    """One more role, in a unit where the giver may give roles."""
    access = access_of(request)
    person = managed_person(request, person_id, whole=False).person
    form = RoleForm(posted(request), units=unit_choices(access, Permission.MANAGE_ROLES), today=today())

    def act(cleaned: dict[str, Any]) -> None:
        unit = unit_ever(access, Permission.MANAGE_ROLES, cleaned["unit"])
        services.give_role(**cleaned | {"unit": unit}, person=person, actor=request.user)  # type: ignore[arg-type]

    if attempt(form, act):
        messages.success(request, _("Rollen er gitt."))
        return redirect("organisation:person", person.pk)
    return _role_page(request, person, form, _("Gi rolle"), _("Gi rollen"))


@require_http_methods(["GET", "POST"])
def role_end(request: HttpRequest, person_id: int, assignment_id: int) -> HttpResponse:
    """The last day of a role."""
    row = _assignment(request, person_id, assignment_id)
    form = EndRoleForm(posted(request), initial={"last_day": today()})

    def act(cleaned: dict[str, Any]) -> None:
        services.end_role(assignment=row, today=today(), actor=request.user, **cleaned)  # type: ignore[arg-type]

    if attempt(form, act):
        messages.success(request, _("Sluttdatoen er lagret."))
        return redirect("organisation:person", person_id)
    return _role_page(request, row.user, form, _("Avslutt rollen"), _("Avslutt rollen"), lead=_words(row))


@require_http_methods(["GET", "POST"])
def role_deputy(request: HttpRequest, person_id: int, assignment_id: int) -> HttpResponse:
    """Somebody has the role for a time, in this person's place."""
    row = _assignment(request, person_id, assignment_id)
    people = _people(request)
    form = DeputyForm(posted(request), people=people, initial={"valid_from": max(today(), row.valid_from)})

    def act(cleaned: dict[str, Any]) -> None:
        services.give_deputy(assignment=row, actor=request.user, **cleaned)  # type: ignore[arg-type]

    if attempt(form, act):
        messages.success(request, _("Stedfortrederen er lagret."))
        return redirect("organisation:person", person_id)
    return _role_page(request, row.user, form, _("Ny stedfortreder"), _("Lagre"), lead=_words(row), people=people)


def _held_choices(page: PersonPage) -> list[tuple[str, str]]:
    return [
        (
            str(row.pk),
            f"{role_label(row.role)}, {row.unit}" + (f" ({date_short(row.valid_from)}–{date_short(row.valid_to)})" if row.valid_to else ""),
        )
        for row in page.present
        if row.unit_id in page.managed
    ]


@require_http_methods(["GET", "POST"])
def person_handover(request: HttpRequest, person_id: int) -> HttpResponse:
    """Everything a leaving person holds, moved to another in one step."""
    page = managed_person(request, person_id, whole=False)
    people = {email: person for email, person in _people(request).items() if person.pk != person_id}
    form = HandoverForm(posted(request), roles=_held_choices(page), people=people, initial={"on": today()})

    def act(cleaned: dict[str, Any]) -> None:
        chosen = [row for row in page.present if str(row.pk) in cleaned["roles"]]
        for row in chosen:
            row.user = page.person
        services.hand_over(
            person=page.person,
            receiver=cleaned["receiver"],
            assignments=chosen,
            on=cleaned["on"],
            actor=request.user,  # type: ignore[arg-type]
        )

    if attempt(form, act):
        messages.success(request, _("Rollene er overdratt."))
        return redirect("organisation:person", person_id)
    lead = _("Velg det %(name)s har i dag, og hvem som tar over. Stedfortrederne til den som slutter, avsluttes.") % {
        "name": page.person.name
    }
    return _role_page(request, page.person, form, _("Overdra roller"), _("Overdra rollene"), lead=lead, people=people)
