"""Scorecards as plain descriptions, and how they become rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from alna.demo.world import World, add_with_history
from common.versions import dated
from organisation.models import User
from scorecard.models import FactorLink, FocusArea, PlacedIndicator, Scorecard, SuccessFactor, Target
from scorecard.rules.lifecycle import State


@dataclass(frozen=True)
class Place:
    """An indicator under a success factor of a focus area."""

    area: str
    factor: str
    indicator: str
    weight: Decimal


@dataclass(frozen=True)
class Card:
    """A scorecard of a unit and year. `arrows` are pairs of success factors, by name."""

    unit: str
    year: int
    title: str
    state: State
    published: datetime | None
    places: Sequence[Place]
    arrows: Sequence[tuple[str, str]] = ()
    source_note: str = ""


@dataclass(frozen=True)
class Goal:
    """A target from a day on; `fields` are those of a relative or unconfirmed one."""

    indicator: str
    unit: str
    valid_from: date
    recorded: datetime
    value: Decimal | None
    yellow_limit: Decimal | None = None
    source: str = ""
    reason: str = ""


def add_card(world: World, card: Card, *, by: User, approved_by: User) -> Scorecard:
    """The card with everything below it, unless the unit has one of that year."""
    unit = world.units[card.unit]
    found = Scorecard.objects.filter(unit=unit, year=card.year).first()
    if found is not None:
        return found
    in_force = card.published is not None
    row = Scorecard(
        unit=unit,
        year=card.year,
        title=card.title,
        state=card.state,
        source_note=card.source_note,
        proposed_by=by if in_force else None,
        published_by=approved_by if in_force else None,
        published_at=card.published,
    )
    add_with_history(world, [dated(row, card.published) if card.published else row], "unit_id", "year")
    row = Scorecard.objects.get(unit=unit, year=card.year)
    factors = _add_parts(world, row, card.places)
    FactorLink.objects.bulk_create([FactorLink(source=factors[source], goal=factors[goal]) for source, goal in card.arrows])
    return row


def _add_parts(world: World, row: Scorecard, places: Sequence[Place]) -> dict[str, SuccessFactor]:
    areas: dict[str, FocusArea] = {}
    factors: dict[str, SuccessFactor] = {}
    for place in places:
        if place.area not in areas:
            areas[place.area] = FocusArea.objects.create(scorecard=row, name=place.area, short_name=_short(place.area), order=len(areas))
        if place.factor not in factors:
            area = areas[place.area]
            factors[place.factor] = SuccessFactor.objects.create(area=area, name=place.factor, order=len(factors))
    PlacedIndicator.objects.bulk_create(
        PlacedIndicator(factor=factors[place.factor], indicator=world.indicators[place.indicator], order=order, weight=place.weight)
        for order, place in enumerate(places)
    )
    return factors


def _short(area: str) -> str:
    """What fits above a column: «Brukere», «Ansatte», «Organisasjon», «Frivillighet»."""
    return area.split(" ", 1)[0]


def goal(world: World, wanted: Goal, *, by: User | None = None, **fields: object) -> Target:
    """A target as a row. `fields` are those of a relative, withdrawn or unconfirmed one."""
    row = Target(
        indicator=world.indicators[wanted.indicator],
        unit=world.units[wanted.unit],
        valid_from=wanted.valid_from,
        value=wanted.value,
        yellow_limit=wanted.yellow_limit,
        source=wanted.source,
        reason=wanted.reason,
        recorded_at=wanted.recorded,
        recorded_by=by,
        **fields,
    )
    return dated(row, wanted.recorded)


def add_goals(world: World, rows: Sequence[Target]) -> None:
    """Adds the targets that are not there; marks their indicators."""
    new = add_with_history(world, rows, "indicator_id", "unit_id", "valid_from")
    codes = {indicator.pk: code for code, indicator in world.indicators.items()}
    world.touched.update(codes[row.indicator_id] for row in new)
