"""Entering figures: all indicators of a unit for a period, or one indicator for a unit and those right below."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.clock import today
from common.http import Request
from scorecard.forms.value_grid import ValueGrid, saved_sentence, units_of
from scorecard.services.values import Source, ValuesRefused, record_values
from scorecard.views.entry_page import EntryPage, entry_page

COMPUTE = "compute"


@require_http_methods(["GET", "POST"])
def values(request: Request, unit_code: str) -> HttpResponse:
    """Nothing is stored before everything can be; what was typed stays on the page."""
    page = entry_page(request, unit_code, today())
    places = page.places()
    if request.method == "GET":
        return _page(request, page, ValueGrid(places, by_unit=page.chosen is not None))
    grid = ValueGrid(places, by_unit=page.chosen is not None, data=request.POST)
    entries = grid.entries(units_of(row.place for row in grid.touched))
    if request.POST.get("do") == COMPUTE or grid.errors:
        return _page(request, page, grid)
    try:
        done = record_values(entries=entries, actor=request.user, source=Source(), now=timezone.now(), today=today())
    except ValuesRefused as refused:
        grid.refuse(refused.refusals)
        return _page(request, page, grid)
    messages.success(request, saved_sentence(done.new, done.corrected))
    return redirect(request.get_full_path())


def _page(request: Request, page: EntryPage, grid: ValueGrid) -> HttpResponse:
    context: dict[str, Any] = {
        "page": page,
        "unit": page.unit,
        "grid": grid,
        "form": grid,
        "views": page.views(),
        "rhythms": page.rhythms(),
        "picker": page.picker(today()),
        "choices": page.choices(),
        "crumbs": [(_("Målekart"), reverse("scorecard:index")), (page.unit.name, ""), (_("Før inn tall"), "")],
        "paste_url": reverse("scorecard:values_paste", args=[page.unit.code]),
    }
    return render(request, "scorecard/values/grid.html", context, status=422 if grid.errors else 200)
