"""The wheel of a year: the picture, what is late, what is one's own, and month for month."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from annualcycle.charts import picture
from annualcycle.forms.wording import left_words, moved_words
from annualcycle.queries.activities import years_of
from annualcycle.queries.own import matters_of
from annualcycle.queries.wheel import Shown, WheelYear, wheel_year
from annualcycle.rules.kinds import Standing
from annualcycle.rules.standing import share_of
from annualcycle.views.narrowing import Narrowing, narrowing_or_404
from annualcycle.views.others import other_row
from annualcycle.views.own import own_lines
from annualcycle.views.place import EDIT, own_district, wheel_or_404
from annualcycle.views.ways import ways
from common import formats
from common.clock import today
from common.documents import pdf_is_available
from common.http import Request
from common.pdf_answers import pdf_answer
from organisation.forms.people import role_label
from organisation.queries.access import Access
from organisation.rules.access import Permission


@require_GET
def index(request: Request) -> HttpResponse:
    """This year of one's own district."""
    return redirect("annualcycle:wheel", own_district(request.access, Permission.SEE_CYCLE).code, today().year)


@require_GET
def wheel(request: Request, code: str, year: int) -> HttpResponse:
    """One district's year, or one unit's (`enhet`). `rolle` dims in the picture what is not for that role, and leaves it out of the lists;
    a role that is not there is none.
    """
    shown = year_shown(request, code, year, with_own=True)
    place, narrowing, found, role = shown["wheel"], shown["narrowing"], shown["found"], shown["role"]
    listed = found.of_role(role) if role else found
    context = shown | {
        "roles": _roles(shown["role_names"], role, narrowing),
        "all_url": narrowing.query(role="") or "?",
        "listed": listed,
        # The legend says that the list has them, and the list of one role has not.
        "picture": shown["picture"] | ({"ticks": []} if role else {}),
        "late": [row_of(each) for each in listed.shown if each.standing is Standing.LATE],
        "late_total": sum(each.standing is Standing.LATE for each in found.shown),
        "months": _months(listed, frozenset(), request.access),
        "all_year": [row_of(each) for each in listed.all_year],
        "own": own_lines(matters_of(request.access, found.own), today()),
        "years": [(each, place.url("wheel", year=each) + narrowing.query_in(each)) for each in years_of(place.district, year)],
        "setup_url": place.url("setup") if request.access.may_in(EDIT, place.district.pk) else "",
        "print_url": place.url("print") + narrowing.query() if pdf_is_available() else "",
        "ways": ways(narrowing, "wheel", knows_progress=found.knows_progress),
    }
    return render(request, "annualcycle/wheel.html", context)


@require_GET
def paper(request: Request, code: str, year: int) -> HttpResponse:
    """The same on paper: the wheel on one sheet, the list on the next."""
    shown = year_shown(request, code, year)
    place, narrowing = shown["wheel"], shown["narrowing"]
    found = shown["found"]
    context = shown | {
        "role_label": role_label(shown["role"]) if shown["role"] else "",
        "made_on": today(),
        "months": _months(found, shown["is_dim"], request.access),
        "all_year": [row_of(each) for each in found.all_year],
    }
    name = "-".join(["styringshjul", place.district.code, str(year), *([narrowing.unit.code] if narrowing.unit else [])])
    return pdf_answer(request, render_to_string("annualcycle/paper/year.html", context), name)


def year_shown(request: Request, code: str, year: int, *, with_own: bool = False) -> dict[str, Any]:
    """What screen and paper have in common: the picture, and what is chosen. Raises Http404."""
    place = wheel_or_404(request.access, Permission.SEE_CYCLE, code, year)
    narrowing = narrowing_or_404(request, place)
    found = wheel_year(place.district, year, access=request.access, within=narrowing.within, with_own=with_own)
    names = sorted({role for each in found.everything for role in each.roles}, key=role_label)
    role = narrowing.role if narrowing.role in names else ""
    is_dim = {each.activity.pk for each in found.shown if role and role not in each.roles}
    return {
        "wheel": place,
        "narrowing": narrowing,
        "found": found,
        "role_names": names,
        "role": role,
        "say": _sentence(found),
        "picture": picture(found, year, today(), is_dim),
        "is_dim": is_dim,
    }


def _roles(roles: list[str], role: str, narrowing: Narrowing) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is chosen; nothing where there is one role alone."""
    if len(roles) < 2:
        return []
    chips = [("", _("Alle")), *((name, role_label(name)) for name in roles)]
    return [(label, narrowing.query(role=name) or "?", name == role) for name, label in chips]


def _months(found: WheelYear, is_dim: Collection[int], access: Access) -> list[dict[str, Any]]:
    """Every month with something in it: the activities, and below them what other apps have."""
    months = []
    for number in range(1, 13):
        rows = [each for each in found.shown if each.due_on.month == number]
        others = [other_row(each, access) for each in found.others if each.first.due_on.month == number]
        if not rows and not others:
            continue
        done = sum(each.standing is Standing.DONE for each in rows)
        count = _("%(done)s av %(total)s ferdig") % {"done": done, "total": len(rows)} if found.knows_progress and rows else ""
        listed = [row_of(each) | {"is_dim": each.activity.pk in is_dim} for each in rows]
        months.append(
            {"name": formats.month_name(date(2000, number, 1)), "count": count, "rows": listed, "others": others, "beside": _beside(others)}
        )
    return months


def _beside(others: list[dict[str, Any]]) -> str:
    """«5, to av dem over fristen»."""
    late = sum(row["standing"] == Standing.LATE for row in others)
    if not late:
        return str(len(others))
    words = ngettext("én av dem over fristen", "%(n)s av dem over fristen", late) % {"n": formats.count_word(late)}
    return f"{len(others)}, {words}"


def row_of(each: Shown) -> dict[str, Any]:
    """One activity as lists show it."""
    progress = each.progress
    done, total = (progress.done, progress.total) if progress else (0, 0)
    count = _("%(done)s av %(total)s ferdig") % {"done": done, "total": total}
    responsible = role_label(each.activity.responsible) if each.activity.responsible else ""
    moved = moved_words(each.activity.rule_day, each.activity.due_on) if each.due_on == each.activity.due_on else ""
    return {
        "activity": each.activity,
        "key": str(each.activity.pk),
        "number": each.due_on.day,
        "month": formats.month_short(each.due_on),
        "over": left_words(each.due_on, today()),
        "done": done,
        "total": total,
        "count": count,
        "responsible": responsible,
        "moved": moved,
        "share": formats.percent(share_of(done, total), 0) if total else "",
        "day": formats.date_brief(each.due_on),
        "due_on": each.due_on.isoformat(),
        "standing": each.standing.value if progress else "",
        "text": ". ".join(part for part in (responsible, count if total > 1 else "", moved) if part),
        "product_url": progress.product_url if progress else "",
    }


def _sentence(found: WheelYear) -> str:
    """«30 av 45 aktiviteter er ferdige. 2 er over fristen.»"""
    total = len(found.shown)
    if not total:
        return _("Alt gjelder hele året.") if found.all_year else _("Ingen aktiviteter") + "."
    if not found.knows_progress:
        return ngettext("Én aktivitet er åpen for alle.", "%(n)s aktiviteter er åpne for alle.", total) % {"n": total}
    done = sum(each.standing is Standing.DONE for each in found.shown)
    late = sum(each.standing is Standing.LATE for each in found.shown)
    said = _("%(done)s av %(total)s aktiviteter er ferdige.") % {"done": done, "total": total}
    over = {"n": formats.count_word(late).capitalize()}
    return f"{said} {ngettext('Én er over fristen.', '%(n)s er over fristen.', late) % over if late else _('Ingen er over fristen.')}"
