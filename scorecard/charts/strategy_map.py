"""The strategy map as places on a sheet: a lane for each focus area, a box for each success factor, an arrow for each link.

Only geometry and words; the template draws it. A lane with many factors gets several lines of boxes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from common.marks import STATUSES
from scorecard.queries.strategy import Factor, Lane

WIDTH = 1160
LABEL_WIDTH = 240
# To the right of the boxes, for arrows that pass a line of boxes on their way.
CORRIDOR = 56
FEWEST, PER_LINE = 2, 4
BOX_HEIGHT, LINE_GAP, LANE_PADDING = 92, 44, 26
BOX_GAP = 28
LETTERS_IN_LABEL = 22
LETTER_WIDTH = 8.1
MOST_LINES = 3
TIP_GAP = 4


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
    most = max((len(lane.factors) for lane in lanes), default=FEWEST)
    per_line = min(max(most, FEWEST), PER_LINE)
    bands: list[LaneBand] = []
    boxes: dict[int, Box] = {}
    top = 0.0
    for lane in lanes:
        count = max(1, -(-len(lane.factors) // per_line))
        height = 2 * LANE_PADDING + count * BOX_HEIGHT + (count - 1) * LINE_GAP
        label = wrapped(lane.name, LETTERS_IN_LABEL)
        bands.append(LaneBand(top, height, _placed(label, top + height / 2 - 11 * (len(label) - 1) + 5, 22)))
        for number, factor in enumerate(lane.factors):
            boxes[factor.id] = _box(factor, number, per_line, top + LANE_PADDING)
        top += height
    return StrategyMap(WIDTH, top, tuple(bands), tuple(boxes.values()), tuple(_arrows(boxes)))


def _box(factor: Factor, number: int, per_line: int, top: float) -> Box:
    line, place = divmod(number, per_line)
    width = (WIDTH - LABEL_WIDTH - CORRIDOR - BOX_GAP * (per_line - 1)) / per_line
    x, y = LABEL_WIDTH + place * (width + BOX_GAP), top + line * (BOX_HEIGHT + LINE_GAP)
    mark = STATUSES[factor.code]
    return Box(
        factor=factor,
        x=round(x, 1),
        y=round(y, 1),
        width=round(width, 1),
        height=BOX_HEIGHT,
        lines=_placed(wrapped(factor.name, int((width - 24) / LETTER_WIDTH)), y + 22, 18),
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


def _arrows(boxes: Mapping[int, Box]) -> Iterable[str]:
    """Every link as a path: straight to a neighbouring line of boxes, round the others through the corridor."""
    lines = {y: number for number, y in enumerate(sorted({box.y for box in boxes.values()}))}
    passing = 0
    for box in boxes.values():
        for goal in (boxes[goal] for goal in box.factor.goals if goal in boxes):
            steps = abs(lines[box.y] - lines[goal.y])
            if steps == 0:
                yield _beside(box, goal)
            elif steps == 1:
                yield _next_line(box, goal)
            else:
                yield _round(box, goal, passing)
                passing += 1


def _edges(source: Box, goal: Box) -> tuple[float, float]:
    """Where an arrow leaves and arrives: on the edges that face each other."""
    if goal.y < source.y:
        return source.y, goal.y + goal.height + TIP_GAP
    return source.y + source.height, goal.y - TIP_GAP


def _next_line(source: Box, goal: Box) -> str:
    start, end = _edges(source, goal)
    middle = (start + end) / 2
    return f"M{source.middle:.1f} {start:.1f}C{source.middle:.1f} {middle:.1f} {goal.middle:.1f} {middle:.1f} {goal.middle:.1f} {end:.1f}"


def _round(source: Box, goal: Box, number: int) -> str:
    """Out above (or below) the box, along the corridor, and in again; each arrow a little beside the one before."""
    start, end = _edges(source, goal)
    way = -1 if goal.y < source.y else 1
    aside = 6 * (number % 4)
    out, back = start + way * (8 + aside), end - way * (14 + aside)
    corridor = WIDTH - CORRIDOR + 12 + 2 * aside
    leave, arrive = source.x + source.width * 0.8, goal.x + goal.width * 0.8
    return f"M{leave:.1f} {start:.1f}V{out:.1f}H{corridor:.1f}V{back:.1f}H{arrive:.1f}V{end:.1f}"


def _beside(source: Box, goal: Box) -> str:
    """To the neighbour straight; past others in a bow above them."""
    right = source.x < goal.x
    start = source.x + source.width if right else source.x
    end = goal.x - TIP_GAP if right else goal.x + goal.width + TIP_GAP
    y = source.y + source.height / 2
    if abs(end - start) <= BOX_GAP:
        return f"M{start:.1f} {y:.1f}H{end:.1f}"
    top = source.y - LANE_PADDING / 2
    bow = f"{source.middle:.1f} {top:.1f} {goal.middle:.1f} {top:.1f}"
    return f"M{source.middle:.1f} {source.y:.1f}C{bow} {goal.middle:.1f} {goal.y - TIP_GAP:.1f}"
