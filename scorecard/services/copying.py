"""Next year's scorecard begins as a copy of this year's."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from organisation.models import Unit, User
from organisation.services import audit
from scorecard.models import FactorLink, FocusArea, Indicator, PlacedIndicator, Scorecard, SuccessFactor
from scorecard.services.structure import ScorecardExists


@dataclass(frozen=True)
class Copied:
    """The new draft, and the indicators that were left out because they are out of use."""

    scorecard: Scorecard
    left_out: list[Indicator]


@transaction.atomic
def copy_scorecard(*, source: Scorecard, unit: Unit, year: int, title: str, actor: User) -> Copied:
    """A draft with the source's areas, factors, arrows, indicators, weights and limits.

    The targets in force go on into the new year as suggestions: every placed indicator is marked as not confirmed. Raises ScorecardExists.
    """
    try:
        with transaction.atomic():
            scorecard = Scorecard.objects.create(
                unit=unit,
                year=year,
                title=title,
                copied_from=source,
                max_per_area=source.max_per_area,
                min_coverage=source.min_coverage,
            )
    except IntegrityError as error:
        raise ScorecardExists from error
    factors = _copy_factors(source, scorecard)
    _copy_arrows(factors)
    left_out = _copy_places(factors)
    audit.record(
        actor=actor,
        action="scorecard.copied",
        target=scorecard,
        unit=unit,
        details={"source_year": source.year, "source_unit": source.unit_id, "left_out": [indicator.code for indicator in left_out]},
    )
    return Copied(scorecard, left_out)


def _copy_factors(source: Scorecard, scorecard: Scorecard) -> dict[int, SuccessFactor]:
    """The new factor of each old one's id."""
    factors = {}
    for area in source.areas.prefetch_related("factors"):
        copy = FocusArea.objects.create(scorecard=scorecard, name=area.name, short_name=area.short_name, order=area.order)
        for factor in area.factors.all():
            factors[factor.pk] = SuccessFactor.objects.create(area=copy, name=factor.name, order=factor.order)
    return factors


def _copy_arrows(factors: dict[int, SuccessFactor]) -> None:
    links = FactorLink.objects.filter(source_id__in=factors, goal_id__in=factors)
    FactorLink.objects.bulk_create([FactorLink(source=factors[link.source_id], goal=factors[link.goal_id]) for link in links])


def _copy_places(factors: dict[int, SuccessFactor]) -> list[Indicator]:
    placed = list(PlacedIndicator.objects.filter(factor_id__in=factors).select_related("indicator"))
    PlacedIndicator.objects.bulk_create(
        [
            PlacedIndicator(
                factor=factors[each.factor_id],
                indicator=each.indicator,
                order=each.order,
                weight=each.weight,
                critical=each.critical,
                target_confirmed=False,
            )
            for each in placed
            if each.indicator.retired_on is None
        ]
    )
    return [each.indicator for each in placed if each.indicator.retired_on is not None]
