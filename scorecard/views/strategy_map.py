"""The strategy map of a scorecard."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.http import Request
from common.pages import answer_if_changed, cached_fragment
from scorecard.charts.strategy_map import strategy_map as sheet_of
from scorecard.queries.card_summary import remarks
from scorecard.queries.strategy import lanes_of
from scorecard.views.card_choices import card_url, tabs_of
from scorecard.views.card_reading import Reading, reading_of


@require_GET
def strategy_map(request: Request, unit_code: str, year: int) -> HttpResponse:
    """Which success factor helps which, and how each stands. A day that cannot be read shows the present."""
    reading = reading_of(request, unit_code, year)
    parts = ("strategy", *reading.parts)

    def page() -> HttpResponse:
        crumbs = [(_("Målekart"), card_url(reading.node.code, year)), (_("Strategikart"), "")]
        body = cached_fragment(parts, lambda: _body(reading))
        return render(request, "scorecard/strategy_map.html", {"body": body, "year": year, "unit": reading.node, "crumbs": crumbs})

    return answer_if_changed(request, parts, page)


def _body(reading: Reading) -> str:
    card = reading.card()
    lanes = lanes_of(card)
    names = {factor.id: factor.name for lane in lanes for factor in lane.factors}
    context = {
        "card": card,
        "sheet": sheet_of(lanes),
        "lanes": [(lane, [(factor, [names[goal] for goal in factor.goals if goal in names]) for factor in lane.factors]) for lane in lanes],
        "card_url": card_url(card.unit_code, card.year) + reading.query,
        "tabs": tabs_of(reading, "strategy_map"),
        "remarks": remarks(card),
    }
    return render_to_string("scorecard/_strategy_map.html", context)
