"""A month of the wheel as a calendar, and the year by who is responsible."""

from calendar import Calendar
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from annualcycle.queries.month import Month, Others, month_of
from annualcycle.queries.wheel import wheel_year
from annualcycle.rules.kinds import Standing
from annualcycle.views.place import FIRST_YEAR, LAST_YEAR, Wheel, wheel_or_404
from annualcycle.views.ways import ways
from annualcycle.views.wheel import row_of
from common import formats
from common.clock import today
from common.http import Request
from common.periods import Period
from common.workdays import holiday_name, is_workday
from organisation.forms.people import role_label
from organisation.rules.access import Permission


@require_GET
def month(request: Request, code: str, year: int, number: int) -> HttpResponse:
    """One month, week for week."""
    if not 1 <= number <= 12:
        raise Http404
    place = wheel_or_404(request.access, Permission.SEE_CYCLE, code, year)
    found = month_of(place.district, year, number, access=request.access)
    context = {
        "wheel": place,
        "title": formats.month_label(date(year, number, 1)),
        "weeks": _weeks(year, number, found),
        "is_empty": not found.shown and not found.others,
        "ways": ways(place, "month", knows_progress=found.knows_progress, month=number),
        "before": _beside(place, Period.month(year, number).previous()),
        "after": _beside(place, Period.month(year, number).next()),
    }
    return render(request, "annualcycle/month.html", context)


@require_GET
def roles(request: Request, code: str, year: int) -> HttpResponse:
    """Every role that is responsible for something, and its activities in the order of days."""
    place = wheel_or_404(request.access, Permission.SEE_CYCLE, code, year)
    found = wheel_year(place.district, year, access=request.access)
    sections = []
    for role in sorted({each.activity.responsible for each in found.shown}, key=role_label):
        own = [each for each in found.shown if each.activity.responsible == role]
        done = sum(each.standing is Standing.DONE for each in own)
        count = _("%(done)s av %(total)s ferdig") % {"done": done, "total": len(own)} if found.knows_progress else ""
        sections.append({"key": role, "name": role_label(role), "count": count, "rows": [row_of(each) for each in own]})
    context = {"wheel": place, "sections": sections, "ways": ways(place, "roles", knows_progress=found.knows_progress)}
    return render(request, "annualcycle/roles.html", context)


def _beside(place: Wheel, period: Period) -> dict[str, str] | None:
    """The month before or after; none beyond the years there are."""
    if not FIRST_YEAR <= period.year <= LAST_YEAR:
        return None
    url = reverse("annualcycle:month", args=[place.district.code, period.year, period.number])
    return {"url": url, "label": formats.period_label(period)}


def _weeks(year: int, number: int, found: Month) -> list[dict[str, Any]]:
    weeks = Calendar().monthdatescalendar(year, number)
    return [{"number": days[3].isocalendar().week, "days": [_day(day, number, found) for day in days]} for days in weeks]


def _day(day: date, number: int, found: Month) -> dict[str, Any]:
    inside = day.month == number
    return {
        "day": day,
        "inside": inside,
        "label": formats.date_long(day),
        "holiday": holiday_name(day) if inside else "",
        "is_today": day == today(),
        "is_off": not is_workday(day),
        "rows": [row_of(each) for each in found.shown.get(day, [])] if inside else [],
        "others": [_other(each) for each in found.others.get(day, [])] if inside else [],
    }


def _other(each: Others) -> dict[str, Any]:
    first = each.first
    if each.units > 1:
        text = ngettext("%(n)s enhet", "%(n)s enheter", each.units) % {"n": each.units}
        return {"title": first.title, "url": "", "text": text, "standing": "done" if each.done == each.units else ""}
    standing = "done" if first.is_done else "late" if first.is_late(today()) and first.is_open else ""
    return {"title": first.title, "url": each.url, "text": "", "standing": standing}
