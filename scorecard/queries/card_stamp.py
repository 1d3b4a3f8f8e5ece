"""What a scorecard rests on besides figures, as sums that are others after a change, so that its parts are read again only then."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from common.memory import Memory
from common.sums import COUNT, ROWS, Sums, among, read_sums, sums_of
from organisation.queries.tree import version_token
from scorecard.models import AcceptedDeviation, FocusArea, Indicator, PlacedIndicator, Scorecard, SuccessFactor, Target
from scorecard.queries.checks import placed_on

PLACES = (
    COUNT,
    "max(p.id)",
    "sum(p.weight)",
    "count(CASE WHEN p.critical THEN 1 END)",
    "count(CASE WHEN p.target_confirmed THEN 1 END)",
    'sum(p."order")',
    "sum(p.indicator_id)",
    "sum(p.factor_id)",
    "sum(f.area_id)",
    'sum(f."order")',
    'sum(a."order")',
)
_placed: Memory[tuple[PlacedIndicator, ...]] = Memory(200)


@dataclass(frozen=True)
class CardStamp:
    """`structure`: areas, factors, places and every indicator. `targets`: these, and the targets of the units asked about. `accepted`:
    how many deviations are accepted in these units that day."""

    structure: tuple[object, ...]
    targets: tuple[object, ...]
    accepted: int


def card_stamp(card: Scorecard, unit_ids: Collection[int], day: date) -> CardStamp:
    """One SQL statement. A card's own parts change with its version, the words of an indicator and a target with theirs."""
    units = sorted(unit_ids)
    there = among("unit_id", units)
    today = day.isoformat()
    found = read_sums(
        {
            "structure": [Sums(_placed_rows(), PLACES, "a.scorecard_id = %s", (card.pk,)), sums_of(Indicator, ROWS)],
            "targets": [sums_of(Target, ROWS, there, *units)],
            "accepted": [sums_of(AcceptedDeviation, [COUNT], f"{there} AND valid_from <= %s AND valid_to >= %s", *units, today, today)],
        }
    )
    structure = (version_token(), card.pk, card.version, found["structure"])
    return CardStamp(structure, (*structure, tuple(units), found["targets"]), int(found["accepted"][0]))


def kept_places(card: Scorecard, stamp: CardStamp) -> tuple[PlacedIndicator, ...]:
    """`placed_on`, read again only where the structure is another. Shared between requests, so nobody changes what is in it."""
    places = _placed.get(stamp.structure)
    if places is None:
        places = tuple(placed_on(card))
        _placed.put(stamp.structure, places)
    return places


def _placed_rows() -> str:
    placed, factor, area = (model._meta.db_table for model in (PlacedIndicator, SuccessFactor, FocusArea))
    return f"{placed} p JOIN {factor} f ON f.id = p.factor_id JOIN {area} a ON a.id = f.area_id"
