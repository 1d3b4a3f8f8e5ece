"""The forecasts of a year as a line against the budget, drawn on the server for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from common.sparklines import sparkline
from reporting.queries.wording import thousands

WIDTH, HEIGHT = 340, 64


@dataclass(frozen=True)
class ForecastLine:
    """Ready attribute values. `words` says the development; `marks` are months below the points: place, anchor, name."""

    width: int
    height: int
    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    budget: str | None
    marks: tuple[tuple[str, str, str], ...]
    words: str


def forecast_line(history: Sequence[tuple[str, Decimal | None]], revised: Decimal | None) -> ForecastLine | None:
    """None where fewer than two months have a forecast: one point is no development."""
    drawn = sparkline([amount for _month, amount in history], revised, width=WIDTH, height=HEIGHT)
    if drawn is None:
        return None
    told = ", ".join(f"{month} {thousands(amount)}" for month, amount in history if amount is not None)
    return ForecastLine(
        width=WIDTH,
        height=HEIGHT,
        lines=drawn.lines,
        dots=drawn.dots,
        budget=drawn.goal,
        marks=_marks([month for month, _amount in history]),
        words=_("Prognose for året, måned for måned, i 1000 kr: %(told)s. Budsjett %(budget)s.")
        % {"told": told, "budget": thousands(revised)},
    )


def _marks(months: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """Place, anchor and name of the first month and the last; the words below name them all."""
    return (("0", "start", months[0]), (str(WIDTH), "end", months[-1]))
