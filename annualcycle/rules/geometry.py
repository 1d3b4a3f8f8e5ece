"""Where everything in the wheel stands. Pure: days in, numbers of the picture out.

The angle is the deadline and is never moved: 1 January is at the top, the year goes clockwise. Marks that would meet move in radius only;
where a day has more than there is room for, all marks get smaller. Names stand beside the wheel, in the order of their angles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, hypot, pi, sin

from common.deadlines import Lane

CENTRE_X, CENTRE_Y = 810.0, 492.0
RIM = 452.0
LANES = {Lane.REPORT: 284.0, Lane.MEETING: 332.0, Lane.SURVEY: 380.0, Lane.PLAN: 425.0}
# Between the ring of months and the rim.
INNERMOST, OUTERMOST = 266.0, 438.0
# Between the centres of two marks of full size.
APART = 30.0
SCALES = (1.0, 0.8, 0.6, 0.45, 0.3, 0.2)
TOP, BOTTOM, ROW = 24.0, 960.0, 38.0
LEFT_X, RIGHT_X = 326.0, 1294.0
# Room for a name and its day on either side.
NAME_WIDTH = 332.0
# About how wide letters are, in parts of their size.
NARROW, WIDE = frozenset("ijlftr.,:;-–'()|! I"), frozenset("mwMW@%Æ")
WIDTHS = {"narrow": 0.34, "wide": 0.94, "upper": 0.7, "usual": 0.6}
# The names of the lanes: the size of their letters, and how many angles are tried for each.
LANE_LETTERS, LOOKS = 17.0, 144
# How much of a row its letters may fill, and the size they have where there is room.
LETTERS, LARGEST = 0.82, 21.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One mark and its name."""

    x: float
    y: float
    radius: float
    on_right: bool
    label_y: float
    lead: str


@dataclass(frozen=True, slots=True)
class Layout:
    """`scale` is of the marks, `letters` of the names beside them; `today` is None outside the year."""

    spots: tuple[Spot, ...]
    scale: float
    letters: float
    today: Spot | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A piece of a ring where something is drawn, from one angle to another (the same of a mark); `thick` to either side."""

    radius: float
    start: float
    end: float
    thick: float


def angle_of(day: date) -> float:
    """Radians from the top, clockwise, of the middle of the day."""
    first = date(day.year, 1, 1)
    return ((day - first).days + 0.5) / (date(day.year + 1, 1, 1) - first).days * 2 * pi


def point(angle: float, radius: float) -> tuple[float, float]:
    """The place in the picture."""
    return CENTRE_X + radius * sin(angle), CENTRE_Y - radius * cos(angle)


def sector(start: float, end: float, inner: float, outer: float) -> str:
    """The path of a piece of a ring, from one angle to another."""
    (ax, ay), (bx, by) = point(end, inner), point(start, inner)
    back = f"A{inner:g} {inner:g} 0 {int(end - start > pi)} 0 {bx:.1f} {by:.1f}Z"
    return f"{arc(start, end, outer)}L{ax:.1f} {ay:.1f}{back}"


def arc(start: float, end: float, radius: float) -> str:
    """The path of an arc, clockwise."""
    (ax, ay), (bx, by) = point(start, radius), point(end, radius)
    return f"M{ax:.1f} {ay:.1f}A{radius:g} {radius:g} 0 {int(end - start > pi)} 1 {bx:.1f} {by:.1f}"


def layout(items: Sequence[tuple[date, Lane]], today: date | None = None) -> Layout:
    """A place for each, in the order they were given. `today` is a row of its own among the names."""
    radii, scale = _radii(items)
    days = [day for day, _lane in items] + ([today] if today else [])
    angles = [angle_of(day) for day in days]
    right, left = ([index for index, angle in enumerate(angles) if (angle < pi) is side] for side in (True, False))
    rows: dict[int, float] = {}
    for indexes in (right, left):
        ordered = sorted(indexes, key=lambda index: (point(angles[index], RIM)[1], index))
        rows.update(zip(ordered, spread([point(angles[index], RIM)[1] for index in ordered]), strict=True))
    spots = tuple(_spot(angle, radius, rows[index]) for index, (angle, radius) in enumerate(zip(angles, [*radii, RIM], strict=False)))
    room = min(row_of(len(right)), row_of(len(left)))
    return Layout(spots[: len(items)], scale, min(LARGEST, room * LETTERS), spots[-1] if today else None)


def letters_for(text: str, letters: float) -> float:
    """The size of letters with which the words keep within their room; `letters` where they do anyway."""
    wide = width_of(text)
    return min(letters, NAME_WIDTH / wide) if wide else letters


def width_of(text: str) -> float:
    """About how wide words are, in parts of the size of their letters."""
    return sum(_width(letter) for letter in text)


def free_angle(radius: float, width: float, taken: Sequence[Taken], wished: float) -> float | None:
    """Where on a ring words of that width meet nothing, as near as may be to the wished angle; None where there is no such place."""
    half = width / 2 / radius
    near = [each for each in taken if abs(each.radius - radius) < each.thick + LANE_LETTERS / 2]
    for step in range(LOOKS):
        for side in (1, -1):
            angle = (wished + side * step * 2 * pi / LOOKS / 2) % (2 * pi)
            if not any(_meet(angle, half, each) for each in near):
                return angle
    return None


def _meet(angle: float, half: float, each: Taken) -> bool:
    """Whether the words about an angle touch what is taken, also across the turn of the year."""
    middle, reach = (each.start + each.end) / 2, (each.end - each.start) / 2 + each.thick / each.radius
    return abs((angle - middle + pi) % (2 * pi) - pi) < half + reach


def _width(letter: str) -> float:
    if letter in NARROW:
        return WIDTHS["narrow"]
    if letter in WIDE:
        return WIDTHS["wide"]
    return WIDTHS["upper" if letter.isupper() else "usual"]


def row_of(count: int) -> float:
    """The height of one name when so many stand on one side."""
    return min(ROW, (BOTTOM - TOP) / (count - 1)) if count > 1 else ROW


def spread(wished: Sequence[float]) -> list[float]:
    """Heights at least a row apart and within the picture, as near as may be to the wished ones, which are in order."""
    row, placed = row_of(len(wished)), list(wished)
    for index, wish in enumerate(placed):
        lowest = TOP if index == 0 else placed[index - 1] + row
        placed[index] = max(wish, lowest)
    highest = BOTTOM
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], highest)
        highest = placed[index] - row
    return placed


def _radii(items: Sequence[tuple[date, Lane]]) -> tuple[list[float], float]:
    for scale in SCALES:
        found = _radii_at(items, APART * scale)
        if found is not None:
            return found, scale
    return [LANES[lane] for _day, lane in items], SCALES[-1]


def _radii_at(items: Sequence[tuple[date, Lane]], apart: float) -> list[float] | None:
    """None where somebody finds no room."""
    steps = [INNERMOST + 2 * n for n in range(int((OUTERMOST - INNERMOST) / 2) + 1)]
    taken: list[tuple[float, float]] = []
    radii: list[float] = []
    for day, lane in items:
        angle = angle_of(day)
        for radius in sorted([LANES[lane], *steps], key=lambda step: abs(step - LANES[lane])):
            x, y = point(angle, radius)
            if all(hypot(x - other_x, y - other_y) >= apart for other_x, other_y in taken):
                taken.append((x, y))
                radii.append(radius)
                break
        else:
            return None
    return radii


def _spot(angle: float, radius: float, label_y: float) -> Spot:
    x, y = point(angle, radius)
    rim_x, rim_y = point(angle, RIM + 8)
    side = 1 if angle < pi else -1
    end = RIGHT_X - 4 if side > 0 else LEFT_X + 4
    lead = f"M{x:.1f} {y:.1f}L{rim_x:.1f} {rim_y:.1f}L{end - side * 12:.1f} {label_y:.1f}H{end:.1f}"
    return Spot(x, y, radius, side > 0, label_y, lead)
