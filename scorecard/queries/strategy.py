"""The success factors of a scorecard with their live status, and which helps which."""

from dataclasses import dataclass

from scorecard.models import FactorLink, SuccessFactor
from scorecard.queries.card import Card
from scorecard.queries.card_rows import Row
from scorecard.queries.card_summary import tally
from scorecard.rules.scores import worst_status
from scorecard.rules.statuses import Missing, Status


@dataclass(frozen=True)
class Factor:
    """A box of the map. `code` is the status mark: the worst among its indicators; `goals` are ids of the factors it helps."""

    id: int
    name: str
    code: str
    counts: tuple[tuple[str, int], ...]
    goals: tuple[int, ...]


@dataclass(frozen=True)
class Lane:
    """A focus area with its factors, in order."""

    name: str
    factors: tuple[Factor, ...]


def lanes_of(card: Card) -> list[Lane]:
    """The whole map, also factors without indicators and areas without factors. Two SQL statements besides the card's."""
    if card.scorecard is None:
        return []
    rows: dict[int, list[Row]] = {}
    for row in card.rows:
        rows.setdefault(row.placed.factor_id, []).append(row)
    goals: dict[int, list[int]] = {}
    links = FactorLink.objects.filter(source__area__scorecard=card.scorecard).order_by("source", "goal")
    for source, goal in links.values_list("source", "goal"):
        goals.setdefault(source, []).append(goal)
    lanes: dict[int, tuple[str, list[Factor]]] = {}
    factors = SuccessFactor.objects.filter(area__scorecard=card.scorecard).select_related("area")
    for factor in factors.order_by("area__order", "area_id", "order", "pk"):
        found = rows.get(factor.pk, [])
        box = Factor(factor.pk, factor.name, _code(found), tuple(tally(found)), tuple(goals.get(factor.pk, ())))
        lanes.setdefault(factor.area_id, (factor.area.name, []))[1].append(box)
    return [Lane(name, tuple(boxes)) for name, boxes in lanes.values()]


def _code(rows: list[Row]) -> str:
    """The worst status; where nothing can be seen, why."""
    open_rows = [row for row in rows if not row.masked]
    if rows and not open_rows:
        return Missing.MASKED.value
    worst = worst_status(row.status for row in open_rows)
    if worst in (Status.NO_VALUE, Status.NO_TARGET) and open_rows and all(row.missing is Missing.NOT_DUE for row in open_rows):
        return Missing.NOT_DUE.value
    return worst.value
