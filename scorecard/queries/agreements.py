"""What people have said about figures: accepted deviations, notes and new limits."""

from collections.abc import Collection, Iterable
from datetime import date

from scorecard.models import AcceptedDeviation, Indicator, LimitReset, PointNote
from scorecard.rules.acceptance import Acceptance
from scorecard.rules.statuses import Direction, Limits

Place = tuple[int, int]


def acceptance_of(row: AcceptedDeviation, direction: Direction) -> Acceptance:
    """A stored acceptance as the rule reads it."""
    interim = None if row.interim_target is None else Limits(direction, target=row.interim_target)
    return Acceptance(row.valid_from, row.valid_to, interim)


def acceptances_on(day: date, *, unit_ids: Collection[int], indicator_ids: Collection[int] | None = None) -> dict[Place, Acceptance]:
    """The acceptances in force that day by (unit, indicator), for `rules.acceptance.apply`. One SQL statement."""
    rows = AcceptedDeviation.objects.filter(unit_id__in=unit_ids, valid_from__lte=day, valid_to__gte=day)
    if indicator_ids is not None:
        rows = rows.filter(indicator_id__in=indicator_ids)
    found = rows.select_related("indicator").order_by("valid_from", "pk")
    return {(row.unit_id, row.indicator_id): acceptance_of(row, Direction(row.indicator.direction)) for row in found}


def in_force(rows: Iterable[AcceptedDeviation], day: date) -> AcceptedDeviation | None:
    """Of several of one unit and indicator the one in force that day."""
    return next((row for row in rows if row.valid_from <= day <= row.valid_to), None)


def acceptances(indicator: Indicator, unit_id: int) -> list[AcceptedDeviation]:
    """Every acceptance of a unit's indicator, the newest first. One SQL statement."""
    rows = AcceptedDeviation.objects.filter(indicator=indicator, unit_id=unit_id).select_related("agreed_by")
    return list(rows.order_by("-valid_from", "-pk"))


def notes(indicator: Indicator, unit_id: int) -> list[PointNote]:
    """Every note on a unit's figures, by period. One SQL statement."""
    rows = PointNote.objects.filter(indicator=indicator, unit_id=unit_id).select_related("author")
    return list(rows.order_by("period_start", "pk"))


def resets(indicator: Indicator, unit_id: int) -> list[LimitReset]:
    """From which periods the limits have been computed anew, oldest first. One SQL statement."""
    rows = LimitReset.objects.filter(indicator=indicator, unit_id=unit_id).select_related("author")
    return list(rows.order_by("period_start", "pk"))
