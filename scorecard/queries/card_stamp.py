"""What a scorecard rests on besides figures, as sums that are others after a change, so that its parts are read again only then."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from common.memory import Memory
from organisation.queries.tree import version_token
from scorecard.models import AcceptedDeviation, FocusArea, Indicator, PlacedIndicator, Scorecard, SuccessFactor, Target
from scorecard.queries import by_hand
from scorecard.queries.checks import placed_on

PLACES = (
    *("count(*)", "max(p.id)", "sum(p.weight)", "count(CASE WHEN p.critical THEN 1 END)", 'sum(p."order")'),
    *(
        "count(CASE WHEN p.target_confirmed THEN 1 END)",
        "sum(p.indicator_id)",
        "sum(p.factor_id)",
        "sum(f.area_id)",
        'sum(f."order")',
        'sum(a."order")',
    ),
)
VERSIONS = ("count(*)", "max(id)", "sum(version)")
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
    there = by_hand.among("unit_id", units)
    (found,) = by_hand.rows(
        f"SELECT * FROM {_places()}, {_sums('i', Indicator, VERSIONS)}, {_sums('t', Target, VERSIONS, there)}, "  # noqa: S608
        f"{_sums('d', AcceptedDeviation, ['count(*)'], f'{there} AND valid_from <= %s AND valid_to >= %s')}",
        [card.pk, *units, *units, day.isoformat(), day.isoformat()],
    )
    split = len(PLACES) + len(VERSIONS)
    structure = (version_token(), card.pk, card.version, *map(str, found[:split]))
    return CardStamp(structure, (*structure, tuple(units), *map(str, found[split:-1])), found[-1])


def kept_places(card: Scorecard, stamp: CardStamp) -> tuple[PlacedIndicator, ...]:
    """`placed_on`, read again only where the structure is another. Shared between requests, so nobody changes what is in it."""
    places = _placed.get(stamp.structure)
    if places is None:
        places = tuple(placed_on(card))
        _placed.put(stamp.structure, places)
    return places


def _places() -> str:
    tables = (PlacedIndicator, SuccessFactor, FocusArea)
    placed, factor, area = (model._meta.db_table for model in tables)
    joined = f"{placed} p JOIN {factor} f ON f.id = p.factor_id JOIN {area} a ON a.id = f.area_id"
    return f"(SELECT {_named('p', PLACES)} FROM {joined} WHERE a.scorecard_id = %s) AS t_p"  # noqa: S608


def _sums(name: str, model: type[Model], sums: Collection[str], where: str = "1 = 1") -> str:
    return f"(SELECT {_named(name, sums)} FROM {model._meta.db_table} WHERE {where}) AS t_{name}"  # noqa: S608


def _named(name: str, sums: Collection[str]) -> str:
    return ", ".join(f"{each} AS {name}{n}" for n, each in enumerate(sums))
