"""What there is to mend in a scorecard before it is sent on, and the work it causes."""

from datetime import date
from decimal import Decimal

from django.db.models import Count

from common.periods import Period
from organisation.queries import tree as organisation_tree
from scorecard.models import FocusArea, Measurement, PlacedIndicator, Scorecard
from scorecard.queries.targets import targets_by_indicator
from scorecard.rules.findings import Finding
from scorecard.rules.linter import AreaDraft, PlacedDraft, lint_scorecard, reporting_minutes
from scorecard.rules.statuses import Direction
from scorecard.rules.targets import TargetRow, in_force

TIMES_A_YEAR = 12


def placed_on(scorecard: Scorecard) -> list[PlacedIndicator]:
    """Every placed indicator in reading order, with indicator, factor and area. One SQL statement."""
    return list(
        PlacedIndicator.objects.filter(factor__area__scorecard=scorecard)
        .select_related("indicator", "factor__area")
        .order_by("factor__area__order", "factor__area_id", "factor__order", "factor_id", "order", "pk")
    )


def units_below(scorecard: Scorecard) -> tuple[int, ...]:
    """The card's unit and everything below it on the year's last day; the unit alone where it did not exist then."""
    tree = organisation_tree.tree_on(date(scorecard.year, 12, 31))
    return tree.subtree(scorecard.unit_id) or (scorecard.unit_id,)


def findings_of(scorecard: Scorecard) -> list[Finding]:
    """The validation list, what blocks first. Three SQL statements besides the tree's."""
    areas = [AreaDraft(pk) for pk in FocusArea.objects.filter(scorecard=scorecard).values_list("pk", flat=True)]
    placed = placed_on(scorecard)
    path = organisation_tree.tree_on(date(scorecard.year, 12, 31)).path(scorecard.unit_id) or (scorecard.unit_id,)
    rows = targets_by_indicator([each.indicator_id for each in placed], path)
    unweighted = {area.area_id for area in areas if not any(each.weight for each in placed if each.factor.area_id == area.area_id)}
    drafts = [_draft(each, rows.get(each.indicator_id, []), path, scorecard.year, unweighted) for each in placed]
    findings = lint_scorecard(areas, drafts, max_per_area=scorecard.max_per_area)
    if not areas:
        findings.insert(0, Finding("empty", True))
    return findings


def _draft(each: PlacedIndicator, rows: list[TargetRow], path: tuple[int, ...], year: int, unweighted: set[int]) -> PlacedDraft:
    indicator = each.indicator
    target = in_force(rows, Period.of_year(year), path)
    return PlacedDraft(
        placed_id=each.pk,
        area_id=each.factor.area_id,
        indicator_id=indicator.pk,
        weight=None if each.factor.area_id in unweighted else each.weight,
        has_method=bool(indicator.method_text.strip()),
        has_source=bool(indicator.source.strip()),
        direction=Direction(indicator.direction),
        limits=target.limits if target else None,
        confirmed=each.target_confirmed,
    )


def has_figures(scorecard: Scorecard) -> bool:
    """Whether any figure of the card's year is registered for its indicators and units."""
    return Measurement.objects.filter(
        indicator__in=[each.indicator_id for each in placed_on(scorecard)],
        unit_id__in=units_below(scorecard),
        period_start__year=scorecard.year,
    ).exists()


def minutes_a_month(scorecard: Scorecard, placed: list[PlacedIndicator] | None = None) -> Decimal:
    """Minutes of reporting the card causes in a month. An indicator nobody has reported yet counts for one unit. One or two statements."""
    placed = placed_on(scorecard) if placed is None else placed
    reported = Measurement.objects.filter(indicator__in=[each.indicator_id for each in placed], unit_id__in=units_below(scorecard))
    units = dict(reported.order_by().values_list("indicator_id").annotate(units=Count("unit_id", distinct=True)))
    return reporting_minutes(
        (
            Decimal(each.indicator.minutes),
            TIMES_A_YEAR // each.indicator.kind.length,
            units.get(each.indicator_id, 1),
        )
        for each in placed
    )
