"""The strategy map as places on a sheet: a lane for each focus area, a box for each success factor, an arrow for each link.

Only geometry and words; the template draws it. A lane with many factors gets several lines of boxes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from common.marks import STATUSES
from scorecard.queries.strategy import Factor, Lane

WIDTH = 1160
LABEL_WIDTH = 210
PER_LINE = 4
BOX_HEIGHT, LINE_GAP, LANE_PADDING = 92, 34, 26
BOX_GAP = 28
LETTERS_IN_LABEL, LETTERS_IN_BOX = 22, 27
MOST_LINES = 3
TIP_GAP = 4
STYLES = {code: mark.style for code, mark in STATUSES.items()}


@dataclass(frozen=True)
class Box:
    """A success factor. `lines` is its name broken to fit, `mark_x` and `mark_y` the corner of its status mark."""

    factor: Factor
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, float], ...]
    style: str
    icon: str
    word: str
    anchor: str

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def mark_y(self) -> float:
        return self.y + self.height - 30


@dataclass(frozen=True)
class LaneBand:
    """A focus area's strip of the sheet."""

    y: float
    height: float
    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class StrategyMap:
    """Everything that is drawn, and the size of the sheet."""

    width: int
    height: float
    lanes: tuple[LaneBand, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]


def strategy_map(lanes: Sequence[Lane]) -> StrategyMap:
    """Places for lanes in the order given, from the top."""
    bands, boxes, top = [], {}, 0.0
    for lane in lanes:
        count = max(1, -(-len(lane.factors) // PER_LINE))
        height = 2 * LANE_PADDING + count * BOX_HEIGHT + (count - 1) * LINE_GAP
        label = wrapped(lane.name, LETTERS_IN_LABEL)
        bands.append(LaneBand(top, height, _placed(label, top + height / 2 - 11 * (len(label) - 1) + 5, 22)))
        for number, factor in enumerate(lane.factors):
            boxes[factor.id] = _box(factor, number, len(lane.factors), top + LANE_PADDING)
        top += height
    arrows = [_arrow(box, boxes[goal]) for box in boxes.values() for goal in box.factor.goals if goal in boxes]
    return StrategyMap(WIDTH, top, tuple(bands), tuple(boxes.values()), tuple(arrows))


def _box(factor: Factor, number: int, total: int, top: float) -> Box:
    line, place = divmod(number, PER_LINE)
    in_line = min(PER_LINE, total - line * PER_LINE)
    room = WIDTH - LABEL_WIDTH - BOX_GAP
    width = (room - BOX_GAP * (PER_LINE - 1)) / PER_LINE
    # Lines that are not full stand in the middle, so that arrows between lanes stay short.
    left = LABEL_WIDTH + (room - in_line * width - (in_line - 1) * BOX_GAP) / 2
    x, y = left + place * (width + BOX_GAP), top + line * (BOX_HEIGHT + LINE_GAP)
    mark = STATUSES[factor.code]
    return Box(
        factor=factor,
        x=round(x, 1),
        y=round(y, 1),
        width=round(width, 1),
        height=BOX_HEIGHT,
        lines=_placed(wrapped(factor.name, LETTERS_IN_BOX), y + 22, 18),
        style=mark.style,
        icon=mark.icon,
        word=str(mark.word),
        anchor=f"faktor-{factor.id}",
    )


def _placed(lines: Sequence[str], first: float, step: float) -> tuple[tuple[str, float], ...]:
    return tuple((text, round(first + step * number, 1)) for number, text in enumerate(lines))


def wrapped(text: str, letters: int) -> list[str]:
    """The text in at most three lines of so many letters; a longer one ends with an ellipsis, a longer word is cut."""
    lines = [""]
    for word in text.split():
        while len(word) > letters:
            lines.append(word[:letters])
            word = word[letters:]
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    lines = [line for line in lines if line] or [""]
    if len(lines) > MOST_LINES:
        lines = lines[:MOST_LINES]
        lines[-1] = lines[-1][: letters - 1].rstrip() + "…"
    return lines


def _arrow(source: Box, goal: Box) -> str:
    """A line from the edge of one box that faces the other, to that one's nearest edge."""
    if source.y == goal.y:
        return _beside(source, goal)
    up = goal.y < source.y
    start = source.y if up else source.y + source.height
    end = goal.y + goal.height + TIP_GAP if up else goal.y - TIP_GAP
    middle = (start + end) / 2
    return f"M{source.middle:.1f} {start:.1f}C{source.middle:.1f} {middle:.1f} {goal.middle:.1f} {middle:.1f} {goal.middle:.1f} {end:.1f}"


def _beside(source: Box, goal: Box) -> str:
    """To the neighbour straight; past others in a bow above them."""
    right = source.x < goal.x
    start = source.x + source.width if right else source.x
    end = goal.x - TIP_GAP if right else goal.x + goal.width + TIP_GAP
    y = source.y + source.height / 2
    if abs(end - start) <= BOX_GAP:
        return f"M{start:.1f} {y:.1f}H{end:.1f}"
    top = source.y - LINE_GAP / 2
    bow = f"{source.middle:.1f} {top:.1f} {goal.middle:.1f} {top:.1f}"
    return f"M{source.middle:.1f} {source.y:.1f}C{bow} {goal.middle:.1f} {goal.y - TIP_GAP:.1f}"
