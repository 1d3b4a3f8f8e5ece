"""The wheel of a year: the picture, what is late, what is one's own, and month for month."""

from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from annualcycle.charts import picture
from annualcycle.forms.wording import moved_words
from annualcycle.queries.activities import years_of
from annualcycle.queries.wheel import Shown, WheelYear, wheel_year
from annualcycle.rules.kinds import Standing
from annualcycle.views.place import EDIT, own_district, wheel_or_404
from annualcycle.views.ways import ways
from common import formats
from common.clock import today
from common.deadlines import Deadline
from common.http import Request
from organisation.forms.people import role_label
from organisation.rules.access import Permission
from organisation.rules.tree import UnitTree


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
        "late": [row_of(each) for each in found.shown if each.standing is Standing.LATE],
        "all_year": [row_of(each) for each in found.all_year],
        "own": [_own(each, request.access.tree) for each in found.own],
        "years": [(each, place.url("wheel", year=each)) for each in years_of(place.district, year)],
        "setup_url": place.url("setup") if request.access.may_in(EDIT, place.district.pk) else "",
        "ways": ways(place, "wheel", knows_progress=found.knows_progress),
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
        listed = [row_of(each) | {"is_dim": each.activity.pk in is_dim} for each in rows]
        months.append({"name": formats.month_name(rows[0].due_on), "count": count, "rows": listed})
    return months


def _day(day: date) -> str:
    """«9. okt»."""
    return f"{day.day}. {formats.month_short(day)}"


def row_of(each: Shown) -> dict[str, Any]:
    """One activity as lists show it."""
    progress = each.progress
    parts = [role_label(each.activity.responsible)]
    if progress and progress.total > 1:
        parts.append(_("%(done)s av %(total)s ferdig") % {"done": progress.done, "total": progress.total})
    if moved := moved_words(each.activity.rule_day, each.activity.due_on) if each.due_on == each.activity.due_on else "":
        parts.append(moved)
    done, total = (progress.done, progress.total) if progress else (0, 0)
    return {
        "activity": each.activity,
        "key": str(each.activity.pk),
        "number": each.due_on.day,
        "month": formats.month_short(each.due_on),
        "over": _when(each.due_on, today()),
        "done": done,
        "total": total,
        "count": _("%(done)s av %(total)s ferdig") % {"done": done, "total": total},
        "share": formats.percent(Decimal(100 * done) / total, 0) if total else "",
        "day": _day(each.due_on),
        "due_on": each.due_on.isoformat(),
        "standing": each.standing.value if progress else "",
        "text": ". ".join(str(part) for part in parts),
        "product_url": progress.product_url if progress else "",
    }


def _own(deadline: Deadline, tree: UnitTree) -> dict[str, Any]:
    """One of the person's own deadlines, with its unit: whoever leads two has the same one twice."""
    node = tree.nodes.get(deadline.unit_id)
    return {
        "deadline": deadline,
        "month": formats.month_short(deadline.due_on),
        "unit": node.name if node else "",
        "when": _when(deadline.due_on, today()),
    }


def _when(due_on: date, day: date) -> str:
    """«Frist i dag», «14 dager igjen», «39 dager over fristen»."""
    left = (due_on - day).days
    if left == 0:
        return _("Frist i dag")
    if left > 0:
        return ngettext("%(n)s dag igjen", "%(n)s dager igjen", left) % {"n": left}
    return ngettext("%(n)s dag over fristen", "%(n)s dager over fristen", -left) % {"n": -left}


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
