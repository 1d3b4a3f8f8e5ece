"""How a year went."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from annualcycle.forms.wording import day_words
from annualcycle.queries import year_end as queries
from annualcycle.queries.activities import years_of
from annualcycle.rules.year_end import Counts, widths
from annualcycle.views.narrowing import narrowing_or_404
from annualcycle.views.place import wheel_or_404
from annualcycle.views.ways import ways
from common import formats
from common.clock import today
from common.http import Request
from organisation.rules.access import Permission

# The bar's length in its own picture.
WHOLE = 400


@require_GET
def year_end(request: Request, code: str, year: int) -> HttpResponse:
    """What was done on time, late and not at all, by activity and by unit."""
    wheel = wheel_or_404(request.access, Permission.SEE_TASKS, code, year)
    found = queries.year_end(wheel.district, year, access=request.access)
    context = {
        "wheel": wheel,
        "found": found,
        "say": _sentence(found.counts, year),
        "bar": _bar(found.counts),
        "activities": [_activity(each) for each in found.activities],
        "units": [{"end": each, "bar": _bar(each.counts)} for each in found.units],
        "years": [(each, wheel.url("year_end", year=each)) for each in years_of(wheel.district, year)],
        "ways": ways(narrowing_or_404(request, wheel), "year_end", knows_progress=True),
        "is_over": year < today().year,
    }
    return render(request, "annualcycle/year_end.html", context)


def _activity(end: queries.ActivityEnd) -> dict[str, Any]:
    """`add_url`: where what came of it can be said; the task itself where there is one alone."""
    url = reverse("annualcycle:activity", args=[end.activity.pk])
    if len(end.to_link) == 1:
        url = reverse("annualcycle:task", args=end.to_link)
    return {"end": end, "day": day_words(end.due_on), "add_url": url if end.to_link else ""}


def _sentence(counts: Counts, year: int) -> str:
    """«2025: 96 % ble gjort i tide. 31 ble gjort etter fristen, og ingenting står igjen.»"""
    if counts.share is None:
        return _("Ingen frister er passert i %(year)s.") % {"year": year}
    said = _("%(share)s av det som har passert fristen i %(year)s, ble gjort i tide.") % {
        "share": formats.percent(counts.share, 0),
        "year": year,
    }
    return " ".join([said, _late(counts.late), _missed(counts.missed)])


def _late(late: int) -> str:
    if not late:
        return _("Ingenting ble gjort for sent.")
    return ngettext("Én oppgave ble gjort for sent.", "%(n)s oppgaver ble gjort for sent.", late) % {"n": formats.number(late)}


def _missed(missed: int) -> str:
    if not missed:
        return _("Ingenting står igjen.")
    return ngettext("Én er ikke gjort.", "%(n)s er ikke gjort.", missed) % {"n": formats.number(missed)}


def _bar(counts: Counts) -> dict[str, Any] | None:
    """Three parts side by side; none where nothing can be judged."""
    if not counts.over:
        return None
    first, second, third = widths(counts, WHOLE)
    return {"on_time": first, "late_x": first, "late": second, "missed_x": first + second, "missed": third, "whole": WHOLE}
