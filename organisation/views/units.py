"""The tree of a day, and new units."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.clock import today
from common.formats import date_long
from common.http import download
from common.tables import CSV_TYPE, XLSX_TYPE, Column, to_csv, to_xlsx
from organisation.forms.events import event_text
from organisation.forms.units import DayForm, NewUnitForm
from organisation.models import Unit
from organisation.queries.reach import unit_ever
from organisation.queries.units import UnitsPage, unit_choices, units_page
from organisation.rules.access import Permission
from organisation.services.units import create_unit
from organisation.views.pages import access_of, attempt, form_page, posted, unit_crumbs


def _tree(request: HttpRequest, form: DayForm) -> UnitsPage:
    day = (form.cleaned_data["dato"] if form.is_valid() else None) or today()
    try:
        return units_page(access_of(request), day, request.GET.get("enhet", ""))
    except Unit.DoesNotExist:
        raise Http404 from None


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """Units as they stood, stand or will stand on a day, with what is planned."""
    form = DayForm(request.GET)
    page = _tree(request, form)
    day = form.cleaned_data.get("dato") or today()
    context = {
        "form": form,
        "page": page,
        "rows": [(line, [event_text(event) for event in line.events]) for line in page.lines],
        "coming": [(*page.units[event.unit_id], event_text(event)) for event in page.coming],
        "day": day,
        "is_today": day == today(),
        "lead": _("Slik er organisasjonen i dag, med det som er planlagt.")
        if day == today()
        else _("Slik var organisasjonen %(day)s.") % {"day": date_long(day)}
        if day < today()
        else _("Slik blir organisasjonen %(day)s.") % {"day": date_long(day)},
        "crumbs": unit_crumbs(None) if page.top is None else [*unit_crumbs(None), (page.top.name, "")],
    }
    return render(request, "organisation/units.html", context)


@require_GET
def units_export(request: HttpRequest) -> HttpResponse:
    """The same tree as a file."""
    form = DayForm(request.GET)
    page = _tree(request, form)
    day = form.cleaned_data.get("dato") or today()
    labels = dict(Unit.Kind.choices)
    columns = [
        Column("code", _("Enhetskode"), "code"),
        Column("name", _("Navn")),
        Column("kind", _("Type")),
        Column("parent", _("Overordnet"), "code"),
        Column("leader", _("Leder")),
        Column("fte", _("Årsverk"), "number"),
        Column("planned", _("Planlagt")),
    ]
    codes = {line.node.id: line.node.code for line in page.lines}
    rows = [
        {
            "code": line.node.code,
            "name": line.node.name,
            "kind": str(labels[Unit.Kind(line.node.kind)]),
            "parent": codes.get(line.node.parent_id or 0),
            "leader": ", ".join(line.leaders),
            "fte": line.fte,
            "planned": " ".join(event_text(event) for event in line.events),
        }
        for line in page.lines
    ]
    name = _("enheter %(day)s") % {"day": day.isoformat()}
    if request.GET.get("format") == "xlsx":
        return download(to_xlsx(columns, rows, title=_("Enheter")), f"{name}.xlsx", XLSX_TYPE)
    return download(to_csv(columns, rows), f"{name}.csv", CSV_TYPE)


@require_http_methods(["GET", "POST"])
def unit_new(request: HttpRequest) -> HttpResponse:
    """A new unit below one the person manages."""
    access = access_of(request)
    parents = unit_choices(access, Permission.MANAGE_ORGANISATION)
    form = NewUnitForm(posted(request), parents=parents, today=today(), initial={"parent": request.GET.get("under", "")})

    def act(cleaned: dict[str, str]) -> None:
        parent = unit_ever(access, Permission.MANAGE_ORGANISATION, cleaned.pop("parent"))
        create_unit(**cleaned, parent=parent, actor=request.user)  # type: ignore[arg-type]

    if attempt(form, act):
        messages.success(request, _("Enheten er opprettet."))
        return redirect("organisation:unit", form.cleaned_data["code"])
    return form_page(
        request,
        form,
        title=_("Ny enhet"),
        crumbs=unit_crumbs(None, _("Ny enhet")),
        cancel=reverse("organisation:units"),
        button=_("Opprett enheten"),
    )
