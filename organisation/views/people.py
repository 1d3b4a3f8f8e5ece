"""People and what they are: the list, one person, and the list as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.clock import today
from common.http import download
from common.tables import CSV_TYPE, XLSX_TYPE, Column, to_csv, to_xlsx
from organisation.forms.people import role_choices, role_label
from organisation.models import User
from organisation.queries.people import PeopleFilter, people_page, person_page
from organisation.queries.reach import below
from organisation.queries.units import unit_choices
from organisation.rules.access import Permission
from organisation.views.pages import access_of, people_crumbs
from organisation.views.reach import unit_ever_or_404


def _wanted(request: HttpRequest) -> PeopleFilter:
    """The filter of the address; what it does not understand it leaves out, and an unknown unit is 404."""
    query = request.GET
    unit_ids = None
    if code := query.get("enhet", ""):
        unit_ids = below(unit_ever_or_404(access_of(request), Permission.SEE_ROLES, code), today())
    role = query.get("rolle", "")
    after = query.get("etter", "")
    return PeopleFilter(
        text=query.get("q", "").replace("\x00", "")[:100],
        role=role if role in dict(role_choices()) else "",
        unit_ids=unit_ids,
        deputies=query.get("stedfortredere") == "1",
        former=query.get("sluttet") == "1",
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 16 else None,
    )


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a role the person may see, by name."""
    access = access_of(request)
    wanted = _wanted(request)
    page = people_page(access, wanted, today())
    query = {name: request.GET.get(name, "") for name in ("q", "rolle", "enhet", "stedfortredere", "sluttet")}
    kept = {name: value for name, value in query.items() if value}
    context: dict[str, Any] = {
        "page": page,
        "query": query,
        "kept": urlencode(kept),
        "filtered": bool(kept),
        "next_url": f"?{urlencode(kept | {'etter': page.next_after})}" if page.next_after else None,
        "roles": role_choices(),
        "units": unit_choices(access, Permission.SEE_ROLES),
        "may_manage": access.may(Permission.MANAGE_ROLES),
    }
    return render(request, "organisation/people.html", context)


@require_GET
def people_export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a file: one row for each role."""
    page = people_page(access_of(request), _wanted(request), today(), size=None)
    columns = [
        Column("name", _("Navn")),
        Column("email", _("E-post")),
        Column("role", _("Rolle")),
        Column("unit_code", _("Enhetskode"), "code"),
        Column("unit", _("Enhet")),
        Column("valid_from", _("Fra"), "date"),
        Column("valid_to", _("Til"), "date"),
        Column("deputy_for", _("Stedfortreder for")),
    ]
    rows = [
        {
            "name": line.person.name,
            "email": line.person.email,
            "role": role_label(role.role),
            "unit_code": role.unit.code,
            "unit": role.unit.name,
            "valid_from": role.valid_from,
            "valid_to": role.valid_to,
            "deputy_for": role.deputy_for.email if role.deputy_for else None,
        }
        for line in page.lines
        for role in line.roles
    ]
    name = _("personer og roller %(day)s") % {"day": today().isoformat()}
    if request.GET.get("format") == "xlsx":
        return download(to_xlsx(columns, rows, title=_("Personer og roller")), f"{name}.xlsx", XLSX_TYPE)
    return download(to_csv(columns, rows), f"{name}.csv", CSV_TYPE)


@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: roles now, before and to come, and who is a deputy."""
    try:
        page = person_page(access_of(request), person_id, today())
    except User.DoesNotExist:
        raise Http404 from None
    context = {
        "page": page,
        "person": page.person,
        "may_manage": bool(page.managed),
        "is_self": page.person.pk == request.user.pk,
        "today": today(),
        "list_url": reverse("organisation:people"),
        "crumbs": people_crumbs((page.person.name, "")),
    }
    return render(request, "organisation/person.html", context)
