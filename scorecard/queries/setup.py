"""What the pages of set-up show: the list of scorecards, the tree of one, its log."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from organisation.models import AuditEntry
from scorecard.models import FocusArea, Indicator, PlacedIndicator, Scorecard, SuccessFactor, Target
from scorecard.queries.checks import findings_of, minutes_a_month, placed_on
from scorecard.rules.findings import Finding

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class AreaRow:
    """A focus area of the tree with its factors, the sum of its weights, and how many indicators it has."""

    area: FocusArea
    factors: list["FactorRow"]
    weight: Decimal
    count: int

    @property
    def weighted(self) -> bool:
        """Without any weight all indicators count alike."""
        return self.weight != 0

    @property
    def missing(self) -> Decimal:
        """What the weights lack of 100; negative when they are too many."""
        return HUNDRED - self.weight


@dataclass(frozen=True)
class FactorRow:
    """A success factor with its placed indicators and the names of the factors its arrows lead to."""

    factor: SuccessFactor
    placed: list[PlacedIndicator]
    goals: list[SuccessFactor]


@dataclass(frozen=True)
class CardSetup:
    """A scorecard as it is edited."""

    scorecard: Scorecard
    areas: list[AreaRow]
    findings: list[Finding]
    minutes: Decimal

    @property
    def count(self) -> int:
        return sum(area.count for area in self.areas)

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.blocking]


def scorecards_of(unit_ids: Collection[int]) -> QuerySet[Scorecard]:
    """Scorecards of these units, newest year first, with unit and number of indicators. One SQL statement."""
    return (
        Scorecard.objects.filter(unit_id__in=unit_ids)
        .select_related("unit")
        .annotate(indicators=Count("areas__factors__placements"))
        .order_by("-year", "unit__code")
    )


def card_setup(scorecard: Scorecard) -> CardSetup:
    """The whole tree with everything to mend. A fixed number of SQL statements, however large the tree."""
    placed = placed_on(scorecard)
    by_factor: dict[int, list[PlacedIndicator]] = {}
    for each in placed:
        by_factor.setdefault(each.factor_id, []).append(each)
    areas = [_area_row(area, by_factor) for area in scorecard.areas.prefetch_related("factors__leads_to__goal")]
    return CardSetup(scorecard, areas, findings_of(scorecard), minutes_a_month(scorecard, placed))


def _area_row(area: FocusArea, by_factor: dict[int, list[PlacedIndicator]]) -> AreaRow:
    factors = [
        FactorRow(factor, by_factor.get(factor.pk, []), [link.goal for link in factor.leads_to.all()]) for factor in area.factors.all()
    ]
    inside = [each for factor in factors for each in factor.placed]
    return AreaRow(area, factors, sum((each.weight for each in inside), Decimal(0)), len(inside))


def free_indicators(scorecard: Scorecard) -> QuerySet[Indicator]:
    """Indicators in use that the card does not have yet."""
    return Indicator.objects.filter(retired_on=None).exclude(placements__factor__area__scorecard=scorecard)


def log_of(scorecard: Scorecard) -> QuerySet[AuditEntry]:
    """Everything that was done with the card, newest first."""
    return AuditEntry.objects.filter(target_type=Scorecard._meta.label_lower, target_id=str(scorecard.pk)).order_by("-at", "-pk")


def proposals(unit_ids: Collection[int]) -> QuerySet[Target]:
    """Targets that unit leaders have proposed in these units and nobody has decided on, oldest first. One SQL statement."""
    return (
        Target.objects.filter(confirmed=False, unit_id__in=unit_ids)
        .select_related("indicator", "unit", "recorded_by")
        .order_by("recorded_at", "pk")
    )
