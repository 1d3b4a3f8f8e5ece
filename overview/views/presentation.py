"""«Bydelen nå» for a wall: big type, one thing at a time, no names of persons. Every step is a page of its own, so links are enough."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.clock import today
from common.http import Request
from common.pages import cached_fragment
from organisation.rules.tree import Node
from overview.queries.lines import Lines, lines_of, units_shown
from overview.queries.now import now_page
from overview.queries.on_a_wall import nameless, small_units
from overview.queries.open_actions import open_actions
from overview.queries.talk import Talk, talks
from overview.views.now import economy_markup, economy_parts, line_markup, unit_of

# So many units fit on a wall without scrolling.
ROWS = 8


@dataclass(frozen=True)
class Step:
    """One page of the presentation. `rows`: which of the units it shows; `talk`: the unit it is about."""

    key: str
    label: str
    rows: tuple[int, int] = (0, 0)
    talk: Talk | None = None


@require_GET
def presentation(request: Request) -> HttpResponse:
    """The step asked for: areas, economy, units, what to talk about, and one page for each unit on that list."""
    access, day = request.access, today()
    unit = unit_of(access, request.GET.get("enhet", ""))
    nodes = units_shown(access, unit)
    money = economy_parts(access, unit, day)
    actions = open_actions(access, nodes)
    lines = lines_of(access=access, unit=unit, day=day, hidden=small_units(nodes, day))
    found = talks(lines=lines, actions=actions, access=access, day=day, money=money)
    found = nameless(found, access.tree.subtree(unit.id))
    economy = cached_fragment(money, lambda: economy_markup(unit, day)) if money else ""
    steps = _steps(lines, found, has_economy=bool(economy))
    keys = [each.key for each in steps]
    asked = request.GET.get("side", keys[0])
    if asked not in keys:
        raise Http404
    place = keys.index(asked)
    step = steps[place]
    about = step.talk.unit.code if step.talk else ""
    page = now_page(unit=unit, lines=lines, answered=actions.answered, sort="enhet", only="alle", base_url=reverse("overview:now"))
    context: dict[str, Any] = {
        "unit": unit,
        "step": step,
        "number": place + 1,
        "steps": [(each, _address(unit, each), each.key == asked) for each in steps],
        "previous": _address(unit, steps[place - 1]) if place else "",
        "next": _address(unit, steps[place + 1]) if place + 1 < len(steps) else "",
        "out": f"{reverse('overview:now')}?{urlencode({'enhet': unit.code})}",
        "page": page,
        "rows": [line_markup(row) for row in page.rows[slice(*step.rows)]],
        "row": next((row for row in page.rows if row.code == about), None),
        "talks": [(talk, _address(unit, each)) for each in steps if (talk := each.talk)],
        "economy": economy,
    }
    return render(request, "overview/presentation.html", context)


def _steps(lines: Lines | None, found: list[Talk], *, has_economy: bool) -> list[Step]:
    steps = [Step("omrader", _("Fokusområdene"))]
    if has_economy:
        steps.append(Step("okonomi", _("Økonomien")))
    steps += _of_units(len(lines.below) if lines else 0)
    if found:
        steps.append(Step("snakk", _("Mest å snakke om")))
    return steps + [Step(f"enhet-{talk.unit.code}", talk.unit.name, talk=talk) for talk in found]


def _of_units(count: int) -> list[Step]:
    """As few pages as the wall has room for, about alike long."""
    if count <= ROWS:
        return [Step("enheter", _("Enhetene"), rows=(0, count))] if count else []
    pages = -(-count // ROWS)
    starts = [count * page // pages for page in range(pages + 1)]
    return [
        Step(
            f"enheter-{page + 1}" if page else "enheter",
            _("Enhetene %(first)s–%(last)s") % {"first": starts[page] + 1, "last": starts[page + 1]},
            rows=(starts[page], starts[page + 1]),
        )
        for page in range(pages)
    ]


def _address(unit: Node, step: Step) -> str:
    return f"{reverse('overview:presentation')}?{urlencode({'enhet': unit.code, 'side': step.key})}"
