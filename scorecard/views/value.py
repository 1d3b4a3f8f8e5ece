"""One figure: what it means, what it is made of, and every version of it."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import formats
from common.clock import today
from common.http import Request
from common.periods import Period
from common.told import told_by_apps
from organisation.rules.access import Permission
from scorecard.charts import contributions, origins, words
from scorecard.charts.points import notes_by_period
from scorecard.charts.tables import missing_word
from scorecard.models import Measurement
from scorecard.queries.figures import bare_text, figure_text, unit_word, with_unit
from scorecard.queries.indicator import Series, load_series
from scorecard.queries.value import Figure, load_figure
from scorecard.rules.rollup import DIVIDED, Method
from scorecard.views.places import Place, period_or_404, place_or_404


@require_GET
def value(request: Request, unit_code: str, code: str, period: str) -> HttpResponse:
    """The figure of one period. 404 where the unit has none."""
    place = place_or_404(request, Permission.SEE_SCORECARD, unit_code, code)
    chosen = period_or_404(period)
    figure = load_figure(place.indicator, place.unit.pk, chosen, place.history)
    if figure is None:
        raise Http404
    series = load_series(place.indicator, place.unit.pk, place.history, today=today())
    return render(request, "scorecard/indicator/value.html", _context(place, chosen, figure, series))


def _context(place: Place, period: Period, figure: Figure, series: Series) -> dict[str, Any]:
    indicator, row = place.indicator, figure.measurement
    limits = series.limits(period)
    units = [(each.unit_id, place.history.by_id[each.unit_id].kind) for each in figure.rows]
    parts = contributions.sum_table(indicator, figure, place.hidden_among(units), _links(place, period, figure))
    return {
        "place": place,
        "unit": place.unit,
        "indicator": indicator,
        "period": period,
        "title": words.heading(period),
        "crumbs": [*place.crumbs, (formats.period_label(period), "")],
        "figure": figure,
        "shown": bare_text(indicator, figure.shown.value, limits, figure.shown.quality),
        "suffix": unit_word(indicator),
        "why": missing_word(figure.shown.quality),
        "status": series.status(figure.shown),
        "goal": words.goal(indicator, limits),
        "facts": _facts(place, figure),
        "source": origins.source_lines(row) if row else [],
        "origin_links": _links_to_origin(place, row),
        "definition": origins.definition(series),
        "notes": notes_by_period(series).get(period, []),
        "versions": contributions.version_lines(figure.versions),
        "parts": parts,
        "window": _window(place, figure.window),
        "predecessors": [place.history.name_of(each.predecessor_id, period.last_day) for each in figure.predecessors],
        "own_beside": _own_beside(place, figure),
        "edit_url": place.address("value_edit", period.code) if row and _may_edit(place) else "",
    }


def _links_to_origin(place: Place, row: Measurement | None) -> list[tuple[str, str]]:
    """(words, address) of where the figure came from, by every app further up that knows one the person may see."""
    if row is None or row.origin not in (Measurement.Origin.FILE, Measurement.Origin.REPORT):
        return []
    return [link for links in told_by_apps("figure_links").values() for link in links(place.access, row)]


def _facts(place: Place, figure: Figure) -> list[tuple[str, str]]:
    """Numerator, denominator, quality and what the source printed."""
    indicator, row, single = place.indicator, figure.measurement, figure.single
    lines = []
    if Method(indicator.rollup) in DIVIDED:
        unknown = _("Ikke oppgitt i kilden")
        lines += [
            (_("Teller"), formats.number(single.numerator) if single.numerator is not None else unknown),
            (_("Nevner"), formats.number(single.denominator) if single.denominator is not None else unknown),
        ]
    if figure.window and single.value is not None:
        lines.append((_("%(period)s for seg") % {"period": words.heading(single.period)}, figure_text(indicator, single.value)))
    if row is not None:
        lines.append((_("Kvalitet"), str(row.get_quality_display())))
        if row.stated is not None:
            lines.append((_("Oppgitt i kilden"), figure_text(indicator, row.stated)))
            lines.append((_("Regnet ut"), with_unit(indicator, words.computed(indicator, single.value))))
        lines.append((_("Versjon"), str(row.version)))
    if not single.own:
        lines.append((_("Lagt sammen fra"), _("%(n)s av %(all)s enheter") % {"n": single.covered, "all": single.expected}))
    return lines


def _may_edit(place: Place) -> bool:
    return not place.indicator.formula and place.access.may_in(Permission.ENTER_VALUES, place.unit.pk)


def _own_beside(place: Place, figure: Figure) -> str:
    """Where the unit has measured itself and the units below come to another figure."""
    if not figure.single.own or not figure.single.quality.has_figure or not figure.total.weight_count:
        return ""
    return _("%(unit)s har sitt eget tall, og det er dette som gjelder. Enhetene under er vist til sammenlikning.") % {
        "unit": place.unit.name
    }


def _links(place: Place, period: Period, figure: Figure) -> dict[int, str]:
    """Where each line of the sum goes on to: the unit's own figure of the same period, where the person may open it."""
    reached = place.access.unit_ids(Permission.SEE_SCORECARD)
    return {
        row.unit_id: reverse("scorecard:value", args=[row.code, place.indicator.code, period.code])
        for row in figure.rows
        if row.unit_id in reached and row.quality
    }


def _window(place: Place, points: Sequence[Any]) -> list[dict[str, Any]]:
    """The periods that are shown together, each with its own page."""
    return [
        {
            "period": formats.period_label(point.period),
            "url": place.value_address(point.period),
            "numerator": formats.number(point.numerator),
            "denominator": formats.number(point.denominator),
            "value": figure_text(place.indicator, point.value, quality=point.quality),
        }
        for point in points
    ]
