"""The scorecard of a unit and year."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.clock import today
from common.http import Request
from common.pages import answer_if_changed, cached_fragment
from organisation.rules.access import Permission
from scorecard.queries.card import Card
from scorecard.queries.card_summary import headline, remarks, trend_heading
from scorecard.queries.cards import cards_in_reach
from scorecard.queries.structure import scorecard_for
from scorecard.views.card_choices import actions_of, card_url, choices_of, lock_of, setup_url, tabs_of
from scorecard.views.card_reading import YEARS, Reading, reading_of
from scorecard.views.card_table import areas_of, own_targets_of


@require_GET
def index(request: Request) -> HttpResponse:
    """The filter's choice, else the person's own unit and this year, else everything there is to choose from."""
    access, year = request.access, today().year
    if "enhet" in request.GET or "aar" in request.GET:
        return redirect(_chosen(request, year))
    home, reached = access.home_unit_id, access.unit_ids(Permission.SEE_SCORECARD)
    if home in reached and "alle" not in request.GET and scorecard_for(home, year):
        return redirect("scorecard:card", access.tree.nodes[home].code, year)
    return render(request, "scorecard/card_index.html", {"cards": cards_in_reach(access.tree, reached)})


def _chosen(request: Request, this_year: int) -> str:
    """The address of the choice. Raises Http404 for a unit out of reach or a year that is none."""
    access = request.access
    node = access.tree.by_code.get(request.GET.get("enhet", "")) if "enhet" in request.GET else access.tree.nodes.get(access.home_unit_id)
    typed = request.GET.get("aar", str(this_year))
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    if node is None or year not in YEARS or not access.may_in(Permission.SEE_SCORECARD, node.id):
        raise Http404
    kept = {name: request.GET[name] for name in ("mal", "kjent") if request.GET.get(name)}
    return card_url(node.code, year, **kept)


@require_GET
def card(request: Request, unit_code: str, year: int) -> HttpResponse:
    """The seed's table with figures, statuses and trends. Unchanged since the last visit: 304, else a kept fragment."""
    reading = reading_of(request, unit_code, year)

    def page(body: str) -> HttpResponse:
        context = {"body": body, "year": year, "unit": reading.node, "crumbs": _crumbs(reading)}
        return render(request, "scorecard/card.html", context, status=200 if reading.valid else 422)

    if not reading.valid:
        return page(_body(reading))
    parts = ("card", *reading.parts)
    return answer_if_changed(request, parts, lambda: page(cached_fragment(parts, lambda: _body(reading))))


def _crumbs(reading: Reading) -> list[tuple[str, str]]:
    return [(_("Målekart"), card_url(reading.node.code, reading.today.year)), (reading.node.name, ""), (str(reading.year), "")]


def _body(reading: Reading) -> str:
    """Everything below the crumbs: no message, no token of a form, no name of a person."""
    card = reading.card()
    context = {
        "card": card,
        "headline": headline(card),
        "remarks": remarks(card),
        "choices": choices_of(reading, card),
        "actions": actions_of(reading, card),
        "tabs": tabs_of(reading, "card"),
        "lock": lock_of(reading, card),
        "own_targets": own_targets_of(card),
        "setup_url": setup_url() if reading.may(Permission.EDIT_SCORECARD) else "",
        "source_notes": card.scorecard.source_note.splitlines() if card.scorecard else [],
        "table": _table(card, may_act=reading.present and reading.may(Permission.EDIT_ACTIONS)),
    }
    return render_to_string("scorecard/_card_page.html", context)


def _table(card: Card, *, may_act: bool) -> SafeString:
    """By the engine for big tables; it escapes what is put in."""
    context = {"card": card, "areas": areas_of(card, may_act=may_act), "trend_heading": trend_heading(card)}
    return SafeString(render_to_string("scorecard/_card.html", context, using="tables"))
