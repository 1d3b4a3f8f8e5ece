"""A month of the wheel as a calendar, and the year by who is responsible."""

from calendar import Calendar
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from annualcycle.forms.wording import holiday_words
from annualcycle.queries.month import Month, month_of
from annualcycle.queries.wheel import WheelYear, wheel_year
from annualcycle.rules.kinds import Standing
from annualcycle.views.narrowing import Narrowing, narrowing_or_404
from annualcycle.views.others import other_row
from annualcycle.views.place import FIRST_YEAR, LAST_YEAR, wheel_or_404
from annualcycle.views.ways import ways
from annualcycle.views.wheel import row_of
from common import formats
from common.clock import today
from common.http import Request
from common.periods import Period
from common.workdays import is_workday
from organisation.forms.people import role_label
from organisation.queries.access import Access
from organisation.rules.access import Permission


@require_GET
def month(request: Request, code: str, year: int, number: int) -> HttpResponse:
    """One month, week for week."""
    if not 1 <= number <= 12:
        raise Http404
    place = wheel_or_404(request.access, Permission.SEE_CYCLE, code, year)
    narrowing = narrowing_or_404(request, place)
    found = month_of(place.district, year, number, access=request.access, within=narrowing.within)
    context = {
        "wheel": place,
        "narrowing": narrowing,
        "title": formats.month_label(date(year, number, 1)),
        "weeks": _weeks(year, number, found, request.access),
        "is_empty": not found.shown and not found.others,
        "ways": ways(narrowing, "month", knows_progress=found.knows_progress, month=number),
        "before": _beside(narrowing, Period.month(year, number).previous()),
        "after": _beside(narrowing, Period.month(year, number).next()),
    }
    return render(request, "annualcycle/month.html", context)


@require_GET
def roles(request: Request, code: str, year: int) -> HttpResponse:
    """Every role, and what it is responsible for or takes part in, in the order of days."""
    place = wheel_or_404(request.access, Permission.SEE_CYCLE, code, year)
    narrowing = narrowing_or_404(request, place)
    found = wheel_year(place.district, year, access=request.access, within=narrowing.within)
    names = sorted({role for each in found.everything for role in each.roles}, key=role_label)
    context = {
        "wheel": place,
        "narrowing": narrowing,
        "sections": [_section(role, found) for role in names],
        "ways": ways(narrowing, "roles", knows_progress=found.knows_progress),
    }
    return render(request, "annualcycle/roles.html", context)


def _section(role: str, found: WheelYear) -> dict[str, Any]:
    concerned = [each for each in found.everything if role in each.roles]
    done = sum(each.standing is Standing.DONE for each in concerned)
    return {
        "key": role,
        "name": role_label(role),
        "count": _("%(done)s av %(total)s ferdig") % {"done": done, "total": len(concerned)} if found.knows_progress else "",
        "rows": [row_of(each) | {"takes_part": each.activity.responsible != role} for each in concerned],
    }


def _beside(narrowing: Narrowing, period: Period) -> dict[str, str] | None:
    """The month before or after; none beyond the years there are."""
    if not FIRST_YEAR <= period.year <= LAST_YEAR:
        return None
    url = reverse("annualcycle:month", args=[narrowing.wheel.district.code, period.year, period.number])
    return {"url": url + narrowing.query_in(period.year), "label": formats.period_label(period)}


def _weeks(year: int, number: int, found: Month, access: Access) -> list[dict[str, Any]]:
    weeks = Calendar().monthdatescalendar(year, number)
    return [{"number": days[3].isocalendar().week, "days": [_day(day, number, found, access) for day in days]} for days in weeks]


def _day(day: date, number: int, found: Month, access: Access) -> dict[str, Any]:
    inside = day.month == number
    return {
        "day": day,
        "inside": inside,
        "label": formats.date_long(day),
        "holiday": holiday_words(day) if inside else "",
        "is_today": day == today(),
        "is_off": not is_workday(day),
        "rows": [row_of(each) for each in found.shown.get(day, [])] if inside else [],
        "others": [other_row(each, access) for each in found.others.get(day, [])] if inside else [],
    }
