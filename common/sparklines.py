"""Geometry of small line charts. Plain Python; drawn as SVG on the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

MANY = 7  # from here on only the last point gets a dot


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Ready attribute values. `lines` has one entry per unbroken run of two or more values."""

    width: int
    height: int
    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    goal: str | None


def sparkline(
    values: Sequence[Decimal | None],
    goal: Decimal | None = None,
    *,
    width: int = 120,
    height: int = 32,
) -> Sparkline | None:
    """Points of a line over equal steps; a missing value breaks the line.

    None when fewer than two values are known: one point is no development.
    The goal takes part in the scale, so that its line is always inside.
    """
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return None
    scale = [*known, float(goal)] if goal is not None else known
    low, high = min(scale), max(scale)
    margin = 3.0 if len(values) >= MANY else 6.0

    def across(index: int) -> str:
        return f"{margin + (width - 2 * margin) * index / (len(values) - 1):.1f}"

    def down(value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{height - 3 - (height - 6) * share:.1f}"

    points = [None if value is None else (across(index), down(float(value))) for index, value in enumerate(values)]
    drawn = [point for point in points if point is not None]
    return Sparkline(
        width=width,
        height=height,
        lines=tuple(" ".join(f"{x},{y}" for x, y in run) for run in _runs(points)),
        dots=tuple(drawn if len(values) < MANY else drawn[-1:]),
        goal=None if goal is None else down(float(goal)),
    )


def _runs(points: Sequence[tuple[str, str] | None]) -> list[list[tuple[str, str]]]:
    runs: list[list[tuple[str, str]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


def sparkline_svg(spark: Sparkline | None, label: str, *, cell: bool = False) -> str:
    """The SVG as markup, safe to show. `label` says the development in words and is escaped.

    The caller marks it safe: this module knows no template engine.
    """
    if not spark:
        return ""
    goal = f'<line class="al-spark__goal" x1="0" x2="{spark.width}" y1="{spark.goal}" y2="{spark.goal}"/>' if spark.goal is not None else ""
    lines = "".join(f'<polyline class="al-spark__line" points="{run}"/>' for run in spark.lines)
    dots = "".join(f"M{x} {y}h.01" for x, y in spark.dots)
    words = label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    style = "al-spark al-spark--cell" if cell else "al-spark"
    return (
        f'<svg class="{style}" viewBox="0 0 {spark.width} {spark.height}"'
        f' preserveAspectRatio="none" role="img" aria-label="{words}">{goal}{lines}'
        f'<path class="al-spark__dot" d="{dots}"/></svg>'
    )
