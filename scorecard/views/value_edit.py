"""One figure with everything that can be said about it, and its earlier versions beside."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.clock import today
from common.formats import period_label
from common.http import Request
from common.periods import PeriodKind
from organisation.rules.access import Permission
from scorecard.forms.value_grid import ValueGrid, saved_sentence, units_of
from scorecard.forms.values import FullValueForm
from scorecard.forms.versions import version_lines
from scorecard.models import Indicator
from scorecard.queries import entry
from scorecard.services.values import Source, ValuesRefused, record_values
from scorecard.views.entry_page import may_enter, period_or_404
from scorecard.views.reach import access_in, unit_or_404
from scorecard.views.values import COMPUTE


@require_http_methods(["GET", "POST"])
def value_edit(request: Request, unit_code: str, code: str, period: str) -> HttpResponse:
    """A change of a settled figure says why; the earlier one stays readable."""
    place = _place(request, unit_code, code, period)
    data = request.POST if request.method == "POST" else None
    grid = ValueGrid([place], data=data, form_class=FullValueForm)
    entries = [] if place.indicator.formula else grid.entries(units_of([place]))
    if data is None or data.get("do") == COMPUTE or grid.errors:
        return _page(request, place, grid)
    try:
        done = record_values(entries=entries, actor=request.user, source=Source(), now=timezone.now(), today=today())
    except ValuesRefused as refused:
        grid.refuse(refused.refusals)
        return _page(request, place, grid)
    messages.success(request, saved_sentence(done.new, done.corrected))
    return redirect(request.path)


def _place(request: Request, unit_code: str, code: str, period_code: str) -> entry.Place:
    access, period = access_in(request), period_or_404(period_code)
    unit = unit_or_404(access, Permission.ENTER_VALUES, unit_code)
    indicator = Indicator.objects.filter(code=code).first()
    if indicator is None or not may_enter(access, indicator, unit.pk) or period.kind not in (indicator.kind, PeriodKind.YEAR):
        raise Http404
    return entry.places([indicator], entry.units_at(unit.pk, period)[:1], period)[0]


def _page(request: Request, place: entry.Place, grid: ValueGrid) -> HttpResponse:
    row = grid.rows[0]
    list_url = reverse("scorecard:values", args=[place.unit.code])
    context: dict[str, Any] = {
        "place": place,
        "row": row,
        "grid": grid,
        "form": grid,
        "figures": [row.form[name] for name in row.fields],
        "period_label": period_label(place.period),
        "versions": version_lines(entry.versions(place.measurement), place.indicator) if place.measurement else [],
        "list_url": f"{list_url}?periode={place.period.code}",
        "crumbs": [
            (_("Målekart"), reverse("scorecard:index")),
            (place.unit.name, ""),
            (_("Før inn tall"), list_url),
            (place.indicator.name, ""),
        ],
    }
    return render(request, "scorecard/values/edit.html", context, status=422 if grid.errors else 200)
