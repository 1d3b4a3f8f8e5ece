"""The wheel as a picture: finished numbers and words for the template."""

from datetime import date
from math import pi
from typing import Any

from django.utils.translation import gettext as _

from annualcycle.forms.tasks import STANDINGS
from annualcycle.forms.wording import day_words
from annualcycle.models import Activity
from annualcycle.queries.wheel import Shown
from annualcycle.rules.geometry import LANES, LEFT_X, RIGHT_X, angle_of, arc, layout, point, sector
from common import formats
from common.deadlines import Lane


def picture(shown: tuple[Shown, ...], year: int, today: date, is_dim: set[int]) -> dict[str, Any]:
    """Rings, periods, marks and names. All numbers as text, so that no language writes them in its own way."""
    seen_day = today if today.year == year else None
    found = layout([(each.due_on, Lane(each.activity.lane)) for each in shown], seen_day)
    marks = []
    for each, spot in zip(shown, found.spots, strict=True):
        activity = each.activity
        begins = activity.starts_on
        band = arc(angle_of(begins), angle_of(each.due_on), spot.radius) if begins and begins.year == year and begins < each.due_on else ""
        marks.append(
            {
                "id": f"a{activity.pk}",
                "standing": each.standing.value,
                "at": f"translate({spot.x:.1f} {spot.y:.1f}) scale({found.scale:g})",
                "band": band,
                "lead": spot.lead,
                "x": f"{RIGHT_X if spot.on_right else LEFT_X:g}",
                "y": f"{spot.label_y + found.letters / 3:.1f}",
                "on_right": spot.on_right,
                "short": activity.short,
                "day": f"{each.due_on.day}.{each.due_on.month}.",
                "is_dim": activity.pk in is_dim,
                "name": _name(each),
            }
        )
    return {"marks": marks, "letters": f"{found.letters:.1f}", "today": _today(found.today, seen_day), **_rings(year, today)}


def _name(each: Shown) -> str:
    """«Dialogmøter, tirsdag 30. juni: ferdig, 22 av 22 ferdig»: what the mark says with its shape and colour."""
    said = f"{each.activity.title}, {day_words(each.due_on)}"
    if each.progress is None:
        return said
    said = f"{said}: {str(STANDINGS[each.standing]).lower()}"
    if each.progress.total < 2:
        return said
    return f"{said}, " + _("%(done)s av %(total)s ferdig") % {"done": each.progress.done, "total": each.progress.total}


def _past(year: int, today: date) -> str:
    """The part of the disc that is over: a piece of a ring, or the whole ring as two halves; nothing of a year to come."""
    if today.year < year:
        return ""
    if today.year > year:
        return sector(0, pi, 250, 452) + sector(pi, 2 * pi, 250, 452)
    return sector(0, angle_of(today), 250, 452)


def _lane_names(year: int) -> list[dict[str, str]]:
    """The names of the lanes, on their arcs where most years have room: in the summer, between two reports."""
    found = []
    for lane, label in Activity.LaneChoices:
        first, last = (date(year, 8, 3), date(year, 9, 20)) if lane == Lane.REPORT else (date(year, 7, 3), date(year, 9, 12))
        start, end = angle_of(first), angle_of(last)
        radius = LANES[Lane(lane)] + 7
        (ax, ay), (bx, by) = point(end, radius), point(start, radius)
        found.append({"words": f"M{ax:.1f} {ay:.1f}A{radius:g} {radius:g} 0 0 0 {bx:.1f} {by:.1f}", "text": str(label)})
    return found


def _today(spot: Any, day: date | None) -> dict[str, str] | None:
    if spot is None or day is None:
        return None
    (ax, ay), (bx, by) = point(angle_of(day), 178), point(angle_of(day), 452)
    return {
        "line": f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}",
        "lead": spot.lead,
        "x": f"{RIGHT_X if spot.on_right else LEFT_X:g}",
        "y": f"{spot.label_y + 7:.1f}",
        "anchor": "start" if spot.on_right else "end",
        "text": _("I dag, %(day)s") % {"day": f"{day.day}.{day.month}."},
    }


def _rings(year: int, today: date) -> dict[str, Any]:
    months = [_piece(year, number, 1, 178, 250, 214) for number in range(1, 13)]
    for number, piece in enumerate(months, 1):
        piece["text"] = formats.month_short(date(year, number, 1))
        piece["when"] = (
            "past" if (year, number) < (today.year, today.month) else "now" if (year, number) == (today.year, today.month) else ""
        )
    quarters = [_piece(year, 3 * n + 1, 3, 141, 178, 159) | {"text": _("%(n)s. kvartal") % {"n": n + 1}} for n in range(4)]
    tertials = [_piece(year, 4 * n + 1, 4, 100, 141, 120) | {"text": _("%(n)s. tertial") % {"n": n + 1}} for n in range(3)]
    return {
        "months": months,
        "quarters": quarters,
        "tertials": tertials,
        "lanes": [f"{radius:g}" for radius in LANES.values()],
        "lane_names": _lane_names(year),
        "past": _past(year, today),
    }


def _piece(year: int, month: int, months: int, inner: float, outer: float, middle: float) -> dict[str, Any]:
    """A piece of a ring, and the arc its words stand on: turned in the lower half, so that they are read the right way up."""
    start = angle_of(date(year, month, 1))
    last = month + months
    end = angle_of(date(year, last, 1)) if last <= 12 else 2 * pi + angle_of(date(year, 1, 1))
    upside_down = pi / 2 < (start + end) / 2 < 3 * pi / 2
    size = 7.0
    (ax, ay), (bx, by) = point(end, middle + size), point(start, middle + size)
    turned = f"M{ax:.1f} {ay:.1f}A{middle + size:g} {middle + size:g} 0 {int(end - start > pi)} 0 {bx:.1f} {by:.1f}"
    return {
        "path": sector(start, end, inner, outer),
        "words": turned if upside_down else arc(start, end, middle - size),
        "text": "",
        "when": "",
    }
