"""Units and people from a file: upload, look it over, save all of it or nothing."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from common.clock import today
from common.http import download
from common.tables import CSV_TYPE, XLSX_TYPE, UnreadableFile, read_rows
from organisation.forms.intake import NATIONAL_IDENTITY, UploadForm, person_step, refusal_text, unit_step, unreadable
from organisation.forms.refusals import sentence
from organisation.importing import samples
from organisation.importing.people import read_people
from organisation.importing.reading import Problem, has_national_identity
from organisation.importing.units import read_units
from organisation.models import Unit, UploadedTable
from organisation.queries.reach import ever_reached
from organisation.rules.access import Permission
from organisation.services import uploads
from organisation.services.intake_people import import_people, plan_people
from organisation.services.intake_units import digest, import_units, plan_units
from organisation.services.versions import OrganisationChanged
from organisation.views.pages import Crumbs, access_of, form_page, people_crumbs, posted, unit_crumbs

Kind = UploadedTable.Kind
PERMISSIONS = {Kind.UNITS: Permission.MANAGE_ORGANISATION, Kind.PEOPLE: Permission.MANAGE_ROLES}


@dataclass
class Check:
    """What a look at the rows found. `save` does it, given the digest that was seen."""

    problems: list[Problem]
    warnings: list[Problem]
    changes: list[tuple[int, str]]
    read: int
    seen: str
    rows: list[Any] = field(default_factory=list)


def _crumbs(kind: str) -> Crumbs:
    last = _("Les inn fra fil")
    return unit_crumbs(None, last) if kind == Kind.UNITS else people_crumbs((last, ""))


def _upload(request: HttpRequest, kind: UploadedTable.Kind) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = read_rows(file.read(), file.name)
        except UnreadableFile as error:
            form.add_error("file", unreadable(error))
        else:
            if has_national_identity(rows):
                form.add_error("file", str(NATIONAL_IDENTITY))
            else:
                kept = uploads.keep(kind=kind, file_name=file.name, rows=rows, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
                return redirect("organisation:import_check", kept.pk)
    units = kind is Kind.UNITS
    return form_page(
        request,
        form,
        title=_("Les inn enheter") if units else _("Les inn personer og roller"),
        crumbs=_crumbs(kind),
        cancel=reverse("organisation:units" if units else "organisation:people"),
        button=_("Se over filen"),
        template="organisation/upload.html",
        columns=samples.heads(kind),
        sample=reverse("organisation:units_sample" if units else "organisation:people_sample"),
    )


@require_http_methods(["GET", "POST"])
def units_import(request: HttpRequest) -> HttpResponse:
    """Choose a file of units."""
    return _upload(request, Kind.UNITS)


@require_http_methods(["GET", "POST"])
def people_import(request: HttpRequest) -> HttpResponse:
    """Choose a file of people."""
    return _upload(request, Kind.PEOPLE)


def _checked(request: HttpRequest, upload: UploadedTable) -> Check:
    reached = ever_reached(access_of(request), PERMISSIONS[Kind(upload.kind)])
    if upload.kind == Kind.UNITS:
        unit_rows, sheet = read_units(upload.rows, today())
        outcome = plan_units(rows=unit_rows, reached=reached)
        for row, refusal in outcome.problems:
            key, text = refusal_text(refusal)
            sheet.problems.append(Problem(row.number, sheet.heads.get(key, ""), text))
        changes = [(step.row.number, unit_step(step)) for step in outcome.steps]
        return Check(sheet.problems, [], changes, len(sheet.lines), digest(outcome), unit_rows)
    units = {unit.code: unit for unit in Unit.objects.filter(pk__in=reached)}
    person_rows, sheet = read_people(upload.rows, units)
    found = plan_people(rows=person_rows, actor=request.user, today=today())  # type: ignore[arg-type]
    for person_row, error in found.problems:
        key, text = refusal_text(error)
        sheet.problems.append(Problem(person_row.number, sheet.heads.get(key, ""), text))
    warnings = [Problem(step.row.number, sheet.heads["name"], person_step(step)) for step in found.steps if step.what == "other_name"]
    changes = [(step.row.number, person_step(step)) for step in found.changes]
    return Check(sheet.problems, warnings, changes, len(sheet.lines), found.digest, person_rows)


def _save(request: HttpRequest, upload: UploadedTable, check: Check, seen: str) -> None:
    if upload.kind == Kind.UNITS:
        reached = ever_reached(access_of(request), Permission.MANAGE_ORGANISATION)
        import_units(upload=upload, rows=check.rows, reached=reached, seen=seen, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    else:
        import_people(upload=upload, rows=check.rows, seen=seen, actor=request.user, today=today(), now=timezone.now())  # type: ignore[arg-type]


@require_http_methods(["GET", "POST"])
def import_check(request: HttpRequest, upload_id: int) -> HttpResponse:
    """What the rows would do, and what is wrong with them; a POST does it where nothing is."""
    upload = get_object_or_404(UploadedTable, pk=upload_id, uploaded_by=request.user)
    if not access_of(request).may(PERMISSIONS[Kind(upload.kind)]):
        raise Http404
    back = "organisation:units" if upload.kind == Kind.UNITS else "organisation:people"
    if upload.confirmed_at is not None:
        messages.info(request, _("Filen er lest inn allerede. Ingenting ble endret."))
        return redirect(back)
    check = _checked(request, upload)
    check.problems.sort(key=lambda problem: problem.row)
    status = 200
    if request.method == "POST" and not check.problems:
        try:
            _save(request, upload, check, request.POST.get("seen", ""))
        except OrganisationChanged as refusal:
            messages.error(request, sentence(refusal))
            status = 422
        except uploads.AlreadyConfirmed:
            messages.info(request, _("Filen er lest inn allerede. Ingenting ble endret."))
            return redirect(back)
        else:
            done = ngettext(
                "Filen er lest inn. %(n)s endring er lagret.", "Filen er lest inn. %(n)s endringer er lagret.", len(check.changes)
            )
            messages.success(request, done % {"n": len(check.changes)})
            return redirect(back)
    context = {
        "upload": upload,
        "check": check,
        "crumbs": _crumbs(upload.kind),
        "again": reverse(f"{back}_import"),
        "cancel": reverse(back),
    }
    return render(request, "organisation/import_check.html", context, status=422 if check.problems and request.method == "POST" else status)


def _sample(request: HttpRequest, kind: str) -> HttpResponse:
    if request.GET.get("format") == "xlsx":
        return download(samples.as_xlsx(kind), f"{samples.file_name(kind)}.xlsx", XLSX_TYPE)
    return download(samples.as_csv(kind), f"{samples.file_name(kind)}.csv", CSV_TYPE)


@require_GET
def units_sample(request: HttpRequest) -> HttpResponse:
    """A file to fill in."""
    return _sample(request, Kind.UNITS)


@require_GET
def people_sample(request: HttpRequest) -> HttpResponse:
    """A file to fill in."""
    return _sample(request, Kind.PEOPLE)
