"""The wheel as a picture: finished numbers and words for the template."""

from datetime import date
from math import degrees, pi
from typing import Any

from django.utils.translation import gettext as _

from annualcycle.forms.tasks import STANDINGS
from annualcycle.forms.wording import day_words
from annualcycle.models import Activity
from annualcycle.queries.others import Others
from annualcycle.queries.wheel import Shown, WheelYear
from annualcycle.rules.geometry import (
    APART,
    LANE_LETTERS,
    LANES,
    LEFT_X,
    RIGHT_X,
    RIM,
    Spot,
    Taken,
    angle_of,
    arc,
    free_angle,
    layout,
    letters_for,
    point,
    sector,
    width_of,
)
from common import formats
from common.deadlines import Lane

# The thickness of the band of an activity that lasts, as in the style sheet.
BAND = 12

# How a mark looks where all one may know is that the day has been.
PAST = "past"


def picture(year_of: WheelYear, year: int, today: date, is_dim: set[int]) -> dict[str, Any]:
    """Rings, periods, marks and names. All numbers as text, so that no language writes them in its own way."""
    shown = year_of.shown
    seen_day = today if today.year == year else None
    found = layout([(each.due_on, Lane(each.activity.lane)) for each in shown], seen_day)
    marks = []
    for each, spot in zip(shown, found.spots, strict=True):
        activity, day = each.activity, f"{each.due_on.day}.{each.due_on.month}."
        begins = _begins(each, year)
        band = arc(angle_of(begins), angle_of(each.due_on), spot.radius) if begins else ""
        marks.append(
            {
                "id": f"a{activity.pk}",
                "standing": PAST if _is_just_past(each, today) else each.standing.value,
                "at": f"translate({spot.x:.1f} {spot.y:.1f}) scale({found.scale:g})",
                "band": band,
                "lead": spot.lead,
                "x": f"{RIGHT_X if spot.on_right else LEFT_X:g}",
                "y": f"{spot.label_y + found.letters / 3:.1f}",
                "on_right": spot.on_right,
                "short": activity.short,
                "day": day,
                "letters": f"{letters_for(f'{day} {activity.short}', found.letters):.1f}",
                "is_dim": activity.pk in is_dim,
                "name": _name(each, today),
            }
        )
    names = _lane_names(year, _taken(list(zip(shown, found.spots, strict=True)), year, found.scale))
    return {
        "marks": marks,
        "lane_names": names,
        "lanes_said": "" if len(names) == len(LANES) else _all_lanes(),
        "letters": f"{found.letters:.1f}",
        "today": _today(found.today, seen_day),
        "ticks": _ticks(year_of.others),
        **_rings(year, today),
    }


def _ticks(others: tuple[Others, ...]) -> list[dict[str, str]]:
    """A small mark on the rim for every day on which other apps have something; the list says what."""
    days: dict[date, list[str]] = {}
    for each in others:
        days.setdefault(each.first.due_on, []).append(each.title)
    ticks = []
    for day, titles in days.items():
        x, y = point(angle_of(day), RIM)
        at = f"translate({x:.1f} {y:.1f}) rotate({degrees(angle_of(day)):.1f})"
        ticks.append({"at": at, "name": f"{day.day}.{day.month}. {', '.join(titles)}"})
    return ticks


def _is_just_past(each: Shown, today: date) -> bool:
    """The day has been, and the reader may not know more."""
    return each.progress is None and each.due_on < today


def _name(each: Shown, today: date) -> str:
    """«Dialogmøter, tirsdag 30. juni: ferdig, 22 av 22 ferdig»: what the mark says with its shape and colour."""
    said = f"{each.activity.title}, {day_words(each.due_on)}"
    if _is_just_past(each, today):
        return _("%(activity)s: dagen har vært") % {"activity": said}
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


def _lane_names(year: int, taken: list[Taken]) -> list[dict[str, str]]:
    """The names of the lanes, each on its arc where nothing is in the way, in the late summer if there is room. One without room is
    left out: the legend names them all.
    """
    found = []
    for lane, label in Activity.LaneChoices:
        radius, wished = LANES[Lane(lane)], angle_of(date(year, 8, 27) if lane == Lane.REPORT else date(year, 8, 8))
        width = width_of(str(label)) * LANE_LETTERS + 8
        angle = free_angle(radius, width, taken, wished)
        if angle is not None:
            half = width / 2 / radius + 0.02
            found.append(_words(angle - half, angle + half, radius, LANE_LETTERS / 3) | {"text": str(label)})
    return found


def _all_lanes() -> str:
    names = " · ".join(str(label) for _lane, label in Activity.LaneChoices)
    return _("Banene, innerst først: %(names)s") % {"names": names}


def _taken(marks: list[tuple[Shown, Spot]], year: int, scale: float) -> list[Taken]:
    """Where marks and bands are."""
    found = []
    for each, spot in marks:
        end = angle_of(each.due_on)
        found.append(Taken(spot.radius, end, end, APART / 2 * scale))
        if begins := _begins(each, year):
            found.append(Taken(spot.radius, angle_of(begins), end, BAND / 2))
    return found


def _begins(each: Shown, year: int) -> date | None:
    """The day a band begins, where there is one in this year."""
    begins = each.activity.starts_on
    return begins if begins and begins.year == year and begins < each.due_on else None


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
        "past": _past(year, today),
    }


def _piece(year: int, month: int, months: int, inner: float, outer: float, middle: float) -> dict[str, Any]:
    """A piece of a ring, and the arc its words stand on: turned in the lower half, so that they are read the right way up."""
    start = angle_of(date(year, month, 1))
    last = month + months
    end = angle_of(date(year, last, 1)) if last <= 12 else 2 * pi + angle_of(date(year, 1, 1))
    return {"path": sector(start, end, inner, outer), **_words(start, end, middle, 7.0), "text": "", "when": ""}


def _words(start: float, end: float, radius: float, half: float) -> dict[str, str]:
    """What words stand on, `half` a letter high: an arc, turned in the lower half so that they are read the right way up; on paper, where
    words do not follow an arc, a straight line across its middle.
    """
    middle = (start + end) / 2
    upside_down = pi / 2 < middle % (2 * pi) < 3 * pi / 2
    (ax, ay), (bx, by) = point(end, radius + half), point(start, radius + half)
    turned = f"M{ax:.1f} {ay:.1f}A{radius + half:g} {radius + half:g} 0 {int(end - start > pi)} 0 {bx:.1f} {by:.1f}"
    x, y = point(middle, radius)
    return {
        "words": turned if upside_down else arc(start, end, radius - half),
        "turn": f"translate({x:.1f} {y:.1f}) rotate({degrees(middle) + (180 if upside_down else 0):.1f})",
    }
