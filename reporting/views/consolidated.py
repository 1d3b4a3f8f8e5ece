"""The consolidated report: built from approved reports, written in by those who answer for it, locked with the month."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.http import Request
from organisation.rules.access import Permission
from reporting.forms.approval import TextForm
from reporting.queries.approval_words import reading_url
from reporting.queries.consolidated import DistrictMonth, district_month
from reporting.queries.consolidated_text import DISTRICT, AreaText, area_texts
from reporting.queries.consolidated_view import parts_of, states_of
from reporting.queries.wording import changed_after_lock
from reporting.services import consolidated as services
from reporting.services.approval_steps import StaleVersion
from reporting.views.approval_place import Place, place_or_404

READ, WRITE = Permission.SEE_DELIVERED_REPORT, Permission.CONSOLIDATE
# How the district's own part is called in an address.
WHOLE = "bydelen"


@require_GET
def consolidated(request: Request, district: str, month: date) -> HttpResponse:
    place = place_or_404(request, READ, district, month)
    found = district_month(district_id=place.district.pk, month=month)
    texts = area_texts(found)
    context = {
        "place": place,
        "parts": parts_of(found, texts, slug_of=slug_of),
        "state": states_of(found, texts),
        "changed": changed_after_lock() if found.changed_since_lock else "",
        "may_write": request.access.may_in(WRITE, place.district.pk) and not place.is_locked,
        "crumbs": [*place.crumbs, (_("Samlet rapport"), "")],
    }
    return render(request, "reporting/consolidated/report.html", context)


@require_http_methods(["GET", "POST"])
def consolidated_edit(request: Request, district: str, month: date, area: str) -> HttpResponse:
    """The text of one part, beside what the reports say now."""
    place, found, part = _part(request, district, month, area)
    form = TextForm(request.POST if request.method == "POST" else None, initial={"text": part.text, "version": part.version})
    if request.method == "POST" and form.is_valid() and _saved(request, place, part, form):
        messages.success(request, _("Teksten er lagret."))
        return redirect(f"{_url(place)}#del-{slug_of(part.code)}")
    names = {unit.node.code: unit.node.name for unit in found.units}
    newer = [(names.get(code, code), reading_url(code, month)) for code in part.newer if code]
    context = {
        "place": place,
        "part": part,
        "form": form,
        "title": _title(part),
        "newer": newer,
        "back": f"{_url(place)}#del-{slug_of(part.code)}",
        "crumbs": [*place.crumbs, (_("Samlet rapport"), _url(place)), (_("Skriv"), "")],
    }
    return render(request, "reporting/consolidated/edit.html", context, status=422 if form.errors else 200)


def _saved(request: Request, place: Place, part: AreaText, form: TextForm) -> bool:
    found = form.cleaned_data
    try:
        services.save_text(
            district=place.district,
            month=place.month,
            area=part.code,
            text=found["text"],
            version=found["version"],
            actor=request.user,
            now=timezone.now(),
        )
    except services.MonthLocked:
        form.add_error(None, _("Måneden er låst, så teksten kan ikke endres."))
    except StaleVersion:
        form.add_error(None, _("Noen andre har lagret teksten mens du skrev. Se over det som står nå, og lagre på nytt."))
        form.refresh_version(part.version)
    else:
        return True
    return False


@require_POST
def consolidated_build(request: Request, district: str, month: date, area: str) -> HttpResponse:
    """Takes in what is new in the reports; what somebody has written stays."""
    place, _found, part = _part(request, district, month, area)
    version = request.POST.get("version", "")
    try:
        services.build_again(
            district=place.district,
            month=month,
            area=part.code,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1,
            actor=request.user,
            now=timezone.now(),
        )
    except services.MonthLocked:
        messages.error(request, _("Måneden er låst, så teksten kan ikke endres."))
    except StaleVersion:
        messages.error(request, _("Noen andre har lagret teksten. Se over det som står nå, og prøv igjen."))
    else:
        messages.success(request, _("Teksten er bygd på nytt. Det dere har skrevet, er beholdt."))
    return redirect(f"{_url(place)}#del-{slug_of(part.code)}")


def _part(request: Request, district: str, month: date, area: str) -> tuple[Place, DistrictMonth, AreaText]:
    place = place_or_404(request, WRITE, district, month)
    found = district_month(district_id=place.district.pk, month=month)
    part = next((text for text in area_texts(found) if slug_of(text.code) == area), None)
    if part is None:
        raise Http404
    return place, found, part


def slug_of(code: str) -> str:
    return WHOLE if code == DISTRICT else code


def _url(place: Place) -> str:
    return reverse("reporting:consolidated", args=[place.district.code, place.month])


def _title(part: AreaText) -> str:
    if part.code == DISTRICT:
        return _("Teksten om hele bydelen")
    return _("Teksten om %(area)s") % {"area": f"{part.code} {part.name}".strip()}
