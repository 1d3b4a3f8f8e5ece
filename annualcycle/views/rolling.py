"""The next year's wheel from this one, looked at before it is done."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annualcycle.forms.wording import due_words, moved_words, stays_words
from annualcycle.queries.report_days import in_year, month_of, report_days
from annualcycle.queries.rolling import Rolled, preview
from annualcycle.rules.rolling import next_period
from annualcycle.services import rolling as services
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
    found = preview(wheel.district, year)
    context = {
        "wheel": wheel,
        "before": before,
        "rows": _lines(found, year),
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


def _lines(found: list[Rolled], year: int) -> list[dict[str, Any]]:
    """In the order of the days that are shown: what follows a report stands on the report's."""
    months = {each.source.pk: month_of(each.source) for each in found}
    days = report_days(month for first in months.values() for month in (first, next_period(first)))
    rows = []
    for each in found:
        month = months[each.source.pk]
        before = in_year(days, month, year - 1)
        after = in_year(days, next_period(month), year)
        rows.append((after or each.due_on, _line(each, before, after)))
    return [line for _day, line in sorted(rows, key=lambda row: row[0])]


def _line(rolled: Rolled, before: date | None, after: date | None) -> dict[str, Any]:
    """`before` and `after`: the report's day, where it follows one."""
    return {
        "title": rolled.title,
        "before": due_words(rolled.source, rolled.source.due_on, before),
        "after": due_words(rolled.source, rolled.due_on, after),
        "notes": _notes(rolled),
    }


def _notes(rolled: Rolled) -> list[str]:
    """What to know about the line before the button is pressed."""
    if rolled.is_there:
        return [_("Står der fra før")]
    notes = []
    if rolled.on_its_own:
        notes.append(_("Får egen dato: aktiviteten dagen regnes fra, følger ikke med"))
    if rolled.is_moved:
        notes.append(moved_words(rolled.rule_day, rolled.due_on))
    if stays := stays_words(rolled.source, rolled.due_on):
        notes.append(stays)
    if rolled.has_nobody:
        notes.append(_("Ingen enheter igjen. Velg nye etterpå"))
    if rolled.heirs:
        notes.append(_("Følger omorganiseringen til %(units)s") % {"units": ", ".join(f"{node.code} {node.name}" for node in rolled.heirs)})
    return notes
