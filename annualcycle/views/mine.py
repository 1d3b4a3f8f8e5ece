"""«Mine frister»: all one is to do, where the messages about it lead."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from annualcycle.forms.wording import left_words
from annualcycle.queries.own import Matter, own_matters
from common import formats
from common.clock import today
from common.http import Request


@require_GET
def mine(request: Request) -> HttpResponse:
    """What is over first, then today, the week, and what comes after it."""
    found, day = own_matters(request.access), today()
    sunday = day + timedelta(days=6 - day.weekday())
    parts = [
        ("over", _("Over fristen"), [each for each in found if each.due_on < day]),
        ("i-dag", _("I dag"), [each for each in found if each.due_on == day]),
        ("uken", _("Denne uken"), [each for each in found if day < each.due_on <= sunday]),
        ("senere", _("Senere"), [each for each in found if each.due_on > sunday]),
    ]
    sections = [{"id": key, "heading": heading, "items": [_item(each, day) for each in some]} for key, heading, some in parts if some]
    return render(request, "annualcycle/mine.html", {"sections": sections, "total": len(found), "late": len(parts[0][2])})


def _item(matter: Matter, day: date) -> dict[str, Any]:
    """For components/todo.html."""
    n = len(matter.unit_names)
    units = matter.unit_names[0] if n == 1 else ngettext("%(n)s enhet gjenstår", "%(n)s enheter gjenstår", n) % {"n": n}
    pattern = _("%(units)s. Fristen var %(day)s.") if matter.due_on < day else _("%(units)s. Frist %(day)s.")
    left = "" if matter.due_on == day else f"{left_words(matter.due_on, day)}."
    return {
        "title": matter.title,
        "text": pattern % {"units": units, "day": formats.date_long(matter.due_on)},
        "url": matter.url,
        "due": left,
        "minutes": matter.minutes,
    }
