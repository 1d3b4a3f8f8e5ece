"""One unit: what it is and was, its name, sites, cost centres and full-time equivalents."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.clock import today
from organisation.forms.acts import act_rows
from organisation.forms.events import event_text
from organisation.forms.units import CostCentreForm, LastDayForm, RenameForm, SiteForm, StaffingForm
from organisation.forms.versioned import VersionedForm
from organisation.models import Unit
from organisation.queries.units import unit_page
from organisation.rules.access import Permission
from organisation.services import holdings
from organisation.services.units import rename_unit
from organisation.views.pages import access_of, attempt, form_page, managed_unit, posted, unit_crumbs


@require_GET
def unit(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Everything about a unit over time."""
    found = managed_unit(request, unit_code)
    page = unit_page(found, today())
    context = {
        "page": page,
        "unit": found,
        "name": page.node.name if page.node else found.name,
        "events": [event_text(event) for event in page.events],
        "log": act_rows(page.log),
        "may_see_people": access_of(request).may(Permission.SEE_ROLES),
        "ended": found.valid_to is not None and found.valid_to < today(),
        "today": today(),
        "crumbs": unit_crumbs(None, str(found)),
    }
    return render(request, "organisation/unit.html", context)


def _holding_page(
    request: HttpRequest,
    unit_code: str,
    make: Callable[[Unit], VersionedForm],
    act: Callable[[Unit, dict[str, Any]], object],
    title: str,
    done: str,
) -> HttpResponse:
    """A small form about one unit: shown, saved, refused with what was typed."""
    found = managed_unit(request, unit_code)
    form = make(found)

    def version() -> int:
        return Unit.objects.values_list("version", flat=True).get(pk=found.pk)

    if attempt(form, lambda cleaned: act(found, cleaned), version, access_of(request)):
        messages.success(request, done)
        return redirect("organisation:unit", found.code)
    cancel = reverse("organisation:unit", args=[found.code])
    return form_page(request, form, title=title, crumbs=unit_crumbs(found, title), cancel=cancel, button=_("Lagre"), lead=str(found))


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Another name from a day."""
    return _holding_page(
        request,
        unit_code,
        lambda found: RenameForm(posted(request), initial={"version": found.version, "name": found.name, "on": today()}),
        lambda found, cleaned: rename_unit(unit=found, actor=request.user, **cleaned),  # type: ignore[arg-type]
        _("Nytt navn"),
        _("Navnet er lagret."),
    )


@require_http_methods(["GET", "POST"])
def site_new(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Another place where the unit gives its service."""
    return _holding_page(
        request,
        unit_code,
        lambda found: SiteForm(posted(request), initial={"version": found.version, "valid_from": today()}),
        lambda found, cleaned: holdings.add_site(unit=found, actor=request.user, **cleaned),  # type: ignore[arg-type]
        _("Nytt sted"),
        _("Stedet er lagt til."),
    )


@require_http_methods(["GET", "POST"])
def site_end(request: HttpRequest, unit_code: str, site_id: int) -> HttpResponse:
    """The last day of a place."""

    def act(_found: Unit, cleaned: dict[str, Any]) -> None:
        holdings.end_site(site=site, actor=request.user, **cleaned)  # type: ignore[arg-type]

    site = get_object_or_404(managed_unit(request, unit_code).sites.select_related("unit"), pk=site_id)
    return _holding_page(
        request,
        unit_code,
        lambda found: LastDayForm(posted(request), initial={"version": found.version, "last_day": today()}),
        act,
        _("Avslutt stedet %(name)s") % {"name": site.name},
        _("Stedet er avsluttet."),
    )


@require_http_methods(["GET", "POST"])
def cost_centre_new(request: HttpRequest, unit_code: str) -> HttpResponse:
    """A ledger code the unit answers for."""
    return _holding_page(
        request,
        unit_code,
        lambda found: CostCentreForm(posted(request), initial={"version": found.version, "valid_from": today()}),
        lambda found, cleaned: holdings.add_cost_centre(unit=found, actor=request.user, **cleaned),  # type: ignore[arg-type]
        _("Nytt ansvar"),
        _("Ansvaret er lagt til."),
    )


@require_http_methods(["GET", "POST"])
def cost_centre_end(request: HttpRequest, unit_code: str, centre_id: int) -> HttpResponse:
    """The last day of a ledger code in this unit."""

    def act(_found: Unit, cleaned: dict[str, Any]) -> None:
        holdings.end_cost_centre(centre=centre, actor=request.user, **cleaned)  # type: ignore[arg-type]

    centre = get_object_or_404(managed_unit(request, unit_code).cost_centres.select_related("unit"), pk=centre_id)
    return _holding_page(
        request,
        unit_code,
        lambda found: LastDayForm(posted(request), initial={"version": found.version, "last_day": today()}),
        act,
        _("Avslutt ansvar %(code)s") % {"code": centre.code},
        _("Ansvaret er avsluttet."),
    )


@require_http_methods(["GET", "POST"])
def staffing(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Full-time equivalents from a day."""
    return _holding_page(
        request,
        unit_code,
        lambda found: StaffingForm(posted(request), initial={"version": found.version, "valid_from": today()}),
        lambda found, cleaned: holdings.set_staffing(unit=found, actor=request.user, **cleaned),  # type: ignore[arg-type]
        _("Årsverk"),
        _("Årsverkene er lagret."),
    )
