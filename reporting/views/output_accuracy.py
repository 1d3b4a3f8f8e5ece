"""How well the year's forecasts met, unit by unit, for the director."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.clock import today
from common.http import Request
from organisation.queries.reach import below
from organisation.rules.access import Permission
from organisation.views.reach import district_or_404
from reporting.charts.accuracy_bars import accuracy_plot
from reporting.queries.accuracy import accuracies, judged_years


@require_GET
def accuracy(request: Request, unit_code: str) -> HttpResponse:
    """The newest finished year, or the one asked for with `ar`."""
    district = district_or_404(request.access, Permission.SEE_DELIVERED_REPORT, unit_code)
    tree = request.access.tree
    unit_ids = below(district, today())
    years = judged_years(unit_ids)
    year = _year(request.GET.get("ar", ""), years)
    lines = accuracies(unit_ids=unit_ids, year=year, tree=tree) if year else []
    context = {
        "district": district,
        "plot": accuracy_plot(lines, year) if year else None,
        "year": year,
        "years": [(each, f"?ar={each}", each == year) for each in years],
        "crumbs": [(_("Rapportering"), reverse("reporting:index")), (_("Treffsikkerhet"), None)],
    }
    return render(request, "reporting/output/accuracy.html", context)


def _year(asked: str, years: list[int]) -> int | None:
    if not asked:
        return years[0] if years else None
    chosen = next((year for year in years if str(year) == asked), None)
    if chosen is None:
        raise Http404
    return chosen
