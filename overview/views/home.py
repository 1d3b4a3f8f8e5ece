"""«Hjem»: the first page of everybody."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.clock import today
from common.http import Request
from common.memory import Memory
from organisation.rules.access import Permission
from overview.queries.home import Kpi, kpis
from overview.queries.todos import time_text, todos
from scorecard.queries.structure import scorecard_for

MORNING_ENDS = 10
_cards: Memory[SafeString] = Memory(5000)


@require_GET
def home(request: Request) -> HttpResponse:
    """What needs the person, and how the person's unit stands. Those who read published results only start there."""
    access, day, now = request.access, today(), timezone.now()
    if not access.may(Permission.SEE_SCORECARD) and access.may(Permission.SEE_PUBLISHED):
        return redirect("scorecard:snapshots")
    unit_id = access.home_unit_id
    card = scorecard_for(unit_id, day.year) if unit_id else None
    found = todos(access, day, now, card=card)
    context = {
        "greeting": _greeting(request.user.first_name, timezone.localtime(now)),
        "todos": found,
        "time": time_text(found),
        "unit": access.tree.nodes[unit_id] if unit_id else None,
        "kpis": [_card(kpi) for kpi in kpis(access, unit_id, card, day)] if unit_id else [],
        "year": day.year,
        "may_overview": access.may(Permission.SEE_OVERVIEW),
        "may_see_tasks": access.may(Permission.SEE_TASKS),
    }
    return render(request, "overview/home.html", context)


def _card(kpi: Kpi) -> SafeString:
    """The finished card of a number; made once for everybody who is shown just this."""
    key = (kpi, get_language())
    card = _cards.get(key)
    if card is None:
        card = render_to_string("components/kpi.html", {"kpi": kpi})
        _cards.put(key, card)
    return card


def _greeting(first_name: str, now: datetime) -> str:
    pattern = _("God morgen, %(name)s") if now.hour < MORNING_ENDS else _("Hei, %(name)s")
    return pattern % {"name": first_name}
