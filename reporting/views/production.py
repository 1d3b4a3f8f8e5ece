"""Production figures of a unit in a month: which there are, which are missing, and where each came from."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.clock import today
from common.http import Request
from common.periods import Period
from common.sparklines import sparkline
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.views.reach import unit_ever_or_404
from reporting.queries.later import later_figures
from reporting.queries.production import ProductionRow, production_rows
from reporting.views.index import crumb_of_reporting
from scorecard.models import Measurement
from scorecard.queries.figures import figure_text
from scorecard.views.period_links import period_picker


@require_GET
def production_index(request: Request) -> HttpResponse:
    """The person's own unit, and its newest whole month."""
    home = request.access.home_unit_id
    if home is None or not request.access.may_in(Permission.SEE_SCORECARD, home):
        raise Http404
    month = Period.month(today().year, today().month).previous().start
    return redirect("reporting:production", request.access.tree.nodes[home].code, month)


@require_GET
def production(request: Request, unit_code: str, month: date) -> HttpResponse:
    """A missing figure leads to where it is written."""
    access = request.access
    unit = unit_ever_or_404(access, Permission.SEE_SCORECARD, unit_code)
    chosen = Period.month(month.year, month.month)
    sees = access.may_in(Permission.SEE_RESTRICTED, unit.pk)
    rows = production_rows(unit_id=unit.pk, month=month, with_restricted=sees)
    may_enter = access.may_in(Permission.ENTER_VALUES, unit.pk) and chosen.is_over(today())
    context = {
        "unit": unit,
        "period": chosen,
        "picker": period_picker(chosen, lambda period: reverse("reporting:production", args=[unit.code, period.first_day]), today()),
        "rows": [_shown(unit, chosen, row, may_enter) for row in rows],
        "missing": sum(row.is_missing for row in rows),
        "later": [each.told for each in later_figures(unit.pk, month).production if sees or not each.is_restricted],
        "below": _below(access, unit.pk, month),
        "crumbs": [crumb_of_reporting(access), (_("Produksjonstall"), "")],
    }
    return render(request, "reporting/production/production.html", context)


def _below(access: Access, unit_id: int, month: date) -> list[tuple[str, str, str]]:
    """The units of a district, each with its own page."""
    reached = access.unit_ids(Permission.SEE_SCORECARD)
    nodes = [node for node in access.tree.children(unit_id) if node.id in reached]
    return [(node.code, node.name, reverse("reporting:production", args=[node.code, month])) for node in nodes]


def _shown(unit: Unit, period: Period, row: ProductionRow, may_enter: bool) -> dict[str, Any]:
    indicator, span = row.indicator, row.expected
    place = [unit.code, indicator.code, period.code]
    return {
        "name": indicator.name,
        "value": figure_text(indicator, row.now.value, quality=row.now.quality) if row.now else "–",
        "quality": row.now.quality if row.now else "missing",
        "value_url": reverse("scorecard:value", args=place) if row.now else "",
        "enter_url": reverse("scorecard:value_edit", args=place) if may_enter and row.is_missing else "",
        "before": figure_text(indicator, row.before),
        "year_before": figure_text(indicator, row.year_before),
        "span": _("%(low)s til %(high)s") % {"low": figure_text(indicator, span[0]), "high": figure_text(indicator, span[1])}
        if span
        else "",
        "is_unusual": row.is_unusual,
        "is_missing": row.is_missing,
        "source": _source(row.now),
        "spark": sparkline([value for _month, value in row.months]),
        "series_url": reverse("scorecard:indicator", args=place[:2]),
    }


def _source(row: Measurement | None) -> str:
    if row is None:
        return ""
    place = row.source_place if row.source_name else ""
    if place.isdigit():
        place = _("rad %(row)s") % {"row": place}
    return ", ".join(part for part in (row.source_name or row.get_origin_display(), place) if part)
