"""The wheel of a year: the picture, what is late, what is one's own, and month for month."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from annualcycle.charts import picture
from annualcycle.queries.activities import years_of
from annualcycle.queries.wheel import Shown, WheelYear, wheel_year
from annualcycle.rules.kinds import Standing
from annualcycle.views.place import EDIT, own_district, wheel_or_404
from common import formats
from common.clock import today
from common.http import Request
from organisation.forms.people import role_label
from organisation.rules.access import Permission


@require_GET
def index(request: Request) -> HttpResponse:
    """This year of one's own district."""
    return redirect("annualcycle:wheel", own_district(request.access, Permission.SEE_CYCLE).code, today().year)


@require_GET
def wheel(request: Request, code: str, year: int) -> HttpResponse:
    """One district's year. `rolle` dims what is not for that role; a role that is not there is none."""
    place = wheel_or_404(request.access, Permission.SEE_CYCLE, code, year)
    found = wheel_year(place.district, year, access=request.access)
    roles = sorted({each.activity.responsible for each in found.shown}, key=role_label)
    wanted = request.GET.get("rolle", "")
    role = wanted if wanted in roles else ""
    is_dim = {each.activity.pk for each in found.shown if role and not _concerns(each, role)}
    context = {
        "wheel": place,
        "found": found,
        "say": _sentence(found),
        "picture": picture(found.shown, year, today(), is_dim),
        "roles": [(name, role_label(name), name == role) for name in roles] if len(roles) > 1 else [],
        "role": role,
        "months": _months(found, is_dim),
        "late": [_row(each) for each in found.shown if each.standing is Standing.LATE],
        "all_year": [_row(each) for each in found.all_year],
        "own": [{"deadline": each, "day": _day(each.due_on), "is_late": each.is_late(today())} for each in found.own],
        "years": [(each, place.url("wheel", year=each)) for each in years_of(place.district, year)],
        "setup_url": place.url("setup") if request.access.may_in(EDIT, place.district.pk) else "",
        "year_end_url": place.url("year_end") if found.knows_progress else "",
    }
    return render(request, "annualcycle/wheel.html", context)


def _concerns(each: Shown, role: str) -> bool:
    return role == each.activity.responsible or role in each.activity.participants


def _months(found: WheelYear, is_dim: set[int]) -> list[dict[str, Any]]:
    months = []
    for _number, group in groupby(found.shown, key=lambda each: each.due_on.month):
        rows = list(group)
        done = sum(each.standing is Standing.DONE for each in rows)
        count = _("%(done)s av %(total)s ferdig") % {"done": done, "total": len(rows)} if found.knows_progress else ""
        listed = [_row(each) | {"is_dim": each.activity.pk in is_dim} for each in rows]
        months.append({"name": formats.month_name(rows[0].due_on), "count": count, "rows": listed})
    return months


def _day(day: date) -> str:
    """«9. okt»."""
    return f"{day.day}. {formats.month_short(day)}"


def _row(each: Shown) -> dict[str, Any]:
    progress = each.progress
    parts = [role_label(each.activity.responsible)]
    if progress and progress.total > 1:
        parts.append(_("%(done)s av %(total)s ferdig") % {"done": progress.done, "total": progress.total})
    return {
        "activity": each.activity,
        "day": _day(each.due_on),
        "due_on": each.due_on.isoformat(),
        "standing": each.standing.value if progress else "",
        "text": ". ".join(str(part) for part in parts),
        "product_url": progress.product_url if progress else "",
    }


def _sentence(found: WheelYear) -> str:
    """«30 av 45 aktiviteter er ferdige. 2 er over fristen.»"""
    total = len(found.shown)
    if not found.knows_progress:
        return ngettext("Én aktivitet er åpen for alle.", "%(n)s aktiviteter er åpne for alle.", total) % {"n": total}
    done = sum(each.standing is Standing.DONE for each in found.shown)
    late = sum(each.standing is Standing.LATE for each in found.shown)
    said = _("%(done)s av %(total)s aktiviteter er ferdige.") % {"done": done, "total": total}
    return " ".join(
        [said, _("Ingen er over fristen.") if not late else ngettext("Én er over fristen.", "%(n)s er over fristen.", late) % {"n": late}]
    )
