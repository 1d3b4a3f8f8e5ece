"""The next year's wheel from this one, looked at before it is done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annualcycle.forms.wording import day_words, moved_words
from annualcycle.services import rolling as services
from annualcycle.services.rolling import Rolled
from annualcycle.views.place import EDIT, FIRST_YEAR, Wheel, tabs, wheel_or_404
from common.http import Request


@require_http_methods(["GET", "POST"])
def roll(request: Request, code: str, year: int) -> HttpResponse:
    """Every activity of the year before with its old and its new day; one button puts those in that are not there."""
    wheel = wheel_or_404(request.access, EDIT, code, year)
    if request.method == "POST":
        added = services.roll(district=wheel.district, year=year, actor=request.user, now=timezone.now())
        messages.success(request, _said(added, year))
        return redirect(wheel.url("setup"))
    before = Wheel(wheel.district, max(year - 1, FIRST_YEAR))
    found = services.preview(wheel.district, year)
    context = {
        "wheel": wheel,
        "before": before,
        "rows": [_line(each) for each in found],
        "new": sum(not each.is_there for each in found),
        "moved": sum(each.is_moved and not each.is_there for each in found),
        "tabs": tabs(before, "roll"),
        "before_url": before.url("setup"),
        "setup_url": wheel.url("setup"),
    }
    return render(request, "annualcycle/roll.html", context)


def _said(added: int, year: int) -> str:
    if not added:
        return _("Alle aktivitetene står i %(year)s fra før. Ingenting er lagt til.") % {"year": year}
    words = ngettext("Én aktivitet er lagt inn i %(year)s.", "%(n)s aktiviteter er lagt inn i %(year)s.", added)
    return words % {"n": added, "year": year}


def _line(rolled: Rolled) -> dict[str, Any]:
    return {
        "title": rolled.title,
        "before": day_words(rolled.source.due_on),
        "after": day_words(rolled.due_on),
        "moved": moved_words(rolled.rule_day, rolled.due_on),
        "is_there": rolled.is_there,
        "on_its_own": rolled.on_its_own,
    }
