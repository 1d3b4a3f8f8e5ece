"""Scorecards and their trees: focus areas, success factors, placed indicators, weights and arrows. Only drafts are changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.db import IntegrityError, transaction
from django.db.models import Max, Model, QuerySet

from organisation.models import Unit, User
from organisation.services import audit
from scorecard.models import FactorLink, FocusArea, Indicator, PlacedIndicator, Scorecard, SuccessFactor
from scorecard.services.editing import claim_draft

Part = FocusArea | SuccessFactor | PlacedIndicator
Step = Literal["up", "down"]


class AlreadyThere(Exception):
    """The same name, or the same indicator, stands there already."""


class ScorecardExists(Exception):
    """The unit has a scorecard of that year."""


class IndicatorRetired(Exception):
    """An indicator that is out of use is not placed anew."""


class NotInScorecard(Exception):
    """The part belongs to another scorecard."""


@dataclass(frozen=True)
class Weighting:
    """What one placed indicator counts, and whether it must be reached."""

    weight: Decimal
    critical: bool


def _noted(scorecard: Scorecard, actor: User, action: str, **details: object) -> None:
    audit.record(actor=actor, action=f"scorecard.{action}", target=scorecard, unit=scorecard.unit_id, details=details)


def _next_order(rows: "QuerySet[Model]") -> int:
    last = rows.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def create_scorecard(*, unit: Unit, year: int, title: str, actor: User) -> Scorecard:
    """An empty draft. Raises ScorecardExists."""
    try:
        with transaction.atomic():
            scorecard = Scorecard.objects.create(unit=unit, year=year, title=title)
    except IntegrityError as error:
        raise ScorecardExists from error
    _noted(scorecard, actor, "created")
    return scorecard


@transaction.atomic
def change_settings(
    *, scorecard: Scorecard, version: int, title: str, source_note: str, max_per_area: int, min_coverage: Decimal, actor: User
) -> None:
    """Title, note and limits of the card itself. `min_coverage` is a share from 0 to 1. Raises NotEditable, StaleVersion."""
    claim_draft(scorecard, version)
    scorecard.title, scorecard.source_note = title, source_note
    scorecard.max_per_area, scorecard.min_coverage = max_per_area, min_coverage
    scorecard.save(update_fields=["title", "source_note", "max_per_area", "min_coverage"])
    _noted(scorecard, actor, "settings_changed", title=title, max_per_area=max_per_area, min_coverage=min_coverage)


@transaction.atomic
def add_area(*, scorecard: Scorecard, version: int, name: str, short_name: str, actor: User) -> FocusArea:
    """A focus area at the end. Raises AlreadyThere, NotEditable, StaleVersion."""
    claim_draft(scorecard, version)
    if scorecard.areas.filter(name=name).exists():
        raise AlreadyThere
    area = FocusArea.objects.create(scorecard=scorecard, name=name, short_name=short_name, order=_next_order(scorecard.areas.all()))
    _noted(scorecard, actor, "area_added", name=name)
    return area


@transaction.atomic
def change_area(*, area: FocusArea, version: int, name: str, short_name: str, actor: User) -> None:
    """Raises AlreadyThere, NotEditable, StaleVersion."""
    scorecard = area.scorecard
    claim_draft(scorecard, version)
    if scorecard.areas.filter(name=name).exclude(pk=area.pk).exists():
        raise AlreadyThere
    before, area.name, area.short_name = area.name, name, short_name
    area.save(update_fields=["name", "short_name"])
    _noted(scorecard, actor, "area_changed", name=name, before=before)


@transaction.atomic
def add_factor(*, area: FocusArea, version: int, name: str, actor: User) -> SuccessFactor:
    """A success factor at the end of its area. Raises AlreadyThere, NotEditable, StaleVersion."""
    claim_draft(area.scorecard, version)
    if area.factors.filter(name=name).exists():
        raise AlreadyThere
    factor = SuccessFactor.objects.create(area=area, name=name, order=_next_order(area.factors.all()))
    _noted(area.scorecard, actor, "factor_added", name=name, area=area.name)
    return factor


@transaction.atomic
def change_factor(*, factor: SuccessFactor, version: int, name: str, area: FocusArea, actor: User) -> None:
    """A new name, or a place in another area of the same card. Raises AlreadyThere, NotInScorecard, NotEditable, StaleVersion."""
    scorecard = factor.area.scorecard
    if area.scorecard_id != scorecard.pk:
        raise NotInScorecard
    claim_draft(scorecard, version)
    if area.factors.filter(name=name).exclude(pk=factor.pk).exists():
        raise AlreadyThere
    before = {"name": factor.name, "area": factor.area.name}
    if factor.area_id != area.pk:
        factor.order = _next_order(area.factors.all())
    factor.name, factor.area = name, area
    factor.save(update_fields=["name", "area", "order"])
    _noted(scorecard, actor, "factor_changed", name=name, area=area.name, before=before)


@transaction.atomic
def place_indicator(*, factor: SuccessFactor, indicator: Indicator, weighting: Weighting, version: int, actor: User) -> PlacedIndicator:
    """Puts an indicator under a success factor. Raises AlreadyThere (anywhere on the card), IndicatorRetired, NotEditable, StaleVersion."""
    scorecard = factor.area.scorecard
    claim_draft(scorecard, version)
    if indicator.retired_on is not None:
        raise IndicatorRetired
    if PlacedIndicator.objects.filter(factor__area__scorecard=scorecard, indicator=indicator).exists():
        raise AlreadyThere
    placed = PlacedIndicator.objects.create(
        factor=factor,
        indicator=indicator,
        weight=weighting.weight,
        critical=weighting.critical,
        order=_next_order(factor.placements.all()),
    )
    _noted(scorecard, actor, "indicator_placed", name=indicator.name, factor=factor.name, weight=weighting.weight)
    return placed


@transaction.atomic
def change_place(*, placed: PlacedIndicator, factor: SuccessFactor, weighting: Weighting, version: int, actor: User) -> None:
    """Another success factor of the same card, another weight. Raises NotInScorecard, NotEditable, StaleVersion."""
    scorecard = placed.factor.area.scorecard
    if factor.area.scorecard_id != scorecard.pk:
        raise NotInScorecard
    claim_draft(scorecard, version)
    if placed.factor_id != factor.pk:
        placed.order = _next_order(factor.placements.all())
    placed.factor, placed.weight, placed.critical = factor, weighting.weight, weighting.critical
    placed.save(update_fields=["factor", "order", "weight", "critical"])
    _noted(scorecard, actor, "place_changed", name=placed.indicator.name, factor=factor.name, weight=weighting.weight)


@transaction.atomic
def change_weights(*, scorecard: Scorecard, version: int, weights: Mapping[int, Weighting], actor: User) -> int:
    """Weights of many placed indicators by their id; how many were changed. Raises NotInScorecard, NotEditable, StaleVersion."""
    placed = {each.pk: each for each in PlacedIndicator.objects.filter(factor__area__scorecard=scorecard).select_related("indicator")}
    if not weights.keys() <= placed.keys():
        raise NotInScorecard
    changed = [placed[pk] for pk, new in weights.items() if (placed[pk].weight, placed[pk].critical) != (new.weight, new.critical)]
    claim_draft(scorecard, version)
    for each in changed:
        each.weight, each.critical = weights[each.pk].weight, weights[each.pk].critical
    PlacedIndicator.objects.bulk_update(changed, ["weight", "critical"])
    if changed:
        _noted(scorecard, actor, "weights_changed", weights={each.indicator.code: str(each.weight) for each in changed})
    return len(changed)


def _siblings(part: Part) -> Sequence[Part]:
    match part:
        case FocusArea():
            return list(part.scorecard.areas.all())
        case SuccessFactor():
            return list(part.area.factors.all())
        case PlacedIndicator():
            return list(part.factor.placements.select_related("indicator"))


def _scorecard_of(part: Part) -> Scorecard:
    match part:
        case FocusArea():
            return part.scorecard
        case SuccessFactor():
            return part.area.scorecard
        case PlacedIndicator():
            return part.factor.area.scorecard


def _name_of(part: Part) -> str:
    return part.indicator.name if isinstance(part, PlacedIndicator) else part.name


@transaction.atomic
def move(*, part: Part, step: Step, version: int, actor: User) -> bool:
    """One place up or down among its siblings; False where it stands at the end already. Raises NotEditable, StaleVersion."""
    scorecard = _scorecard_of(part)
    claim_draft(scorecard, version)
    rows = list(_siblings(part))
    place = next(number for number, row in enumerate(rows) if row.pk == part.pk)
    other = place - 1 if step == "up" else place + 1
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows):
        if row.order != number:
            row.order = number
            row.save(update_fields=["order"])
    _noted(scorecard, actor, "part_moved", name=_name_of(part), step=step)
    return True


@transaction.atomic
def remove(*, part: Part, version: int, actor: User) -> None:
    """Takes a part with everything below off the draft; indicators and figures stay in the library. Raises NotEditable, StaleVersion."""
    scorecard = _scorecard_of(part)
    claim_draft(scorecard, version)
    _noted(scorecard, actor, "part_removed", name=_name_of(part), kind=part._meta.model_name)
    part.delete()


@transaction.atomic
def change_arrows(*, factor: SuccessFactor, goals: Iterable[SuccessFactor], version: int, actor: User) -> None:
    """The arrows of the strategy map that leave this factor are now these. Raises NotInScorecard, NotEditable, StaleVersion."""
    scorecard = factor.area.scorecard
    wanted = {goal.pk: goal for goal in goals}
    if factor.pk in wanted or any(goal.area.scorecard_id != scorecard.pk for goal in wanted.values()):
        raise NotInScorecard
    claim_draft(scorecard, version)
    present = set(factor.leads_to.values_list("goal_id", flat=True))
    factor.leads_to.exclude(goal_id__in=wanted).delete()
    FactorLink.objects.bulk_create([FactorLink(source=factor, goal=goal) for pk, goal in wanted.items() if pk not in present])
    if present != set(wanted):
        _noted(scorecard, actor, "arrows_changed", name=factor.name, goals=[goal.name for goal in wanted.values()])
