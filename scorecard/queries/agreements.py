"""What people have said about figures: accepted deviations, notes and new limits."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from scorecard.models import AcceptedDeviation, Indicator, LimitReset, PointNote
from scorecard.rules.acceptance import Acceptance
from scorecard.rules.statuses import Direction, Limits

Place = tuple[int, int]
ACCEPTED = ("unit_id", "indicator_id", "indicator__direction", "valid_from", "valid_to", "interim_target")


def acceptance_of(row: AcceptedDeviation, direction: Direction) -> Acceptance:
    """A stored acceptance as the rule reads it."""
    return _acceptance(row.valid_from, row.valid_to, row.interim_target, direction)


def _acceptance(valid_from: date, valid_to: date, interim_target: Decimal | None, direction: Direction) -> Acceptance:
    interim = None if interim_target is None else Limits(direction, target=interim_target)
    return Acceptance(valid_from, valid_to, interim)


def acceptances_on(day: date, *, unit_ids: Collection[int], indicator_ids: Collection[int] | None = None) -> dict[Place, Acceptance]:
    """The acceptances in force that day by (unit, indicator), for `rules.acceptance.apply`. One SQL statement.

    Few are in force at a time, so those of other indicators are left out here: naming the wanted ones would cost more than the rows.
    """
    rows = AcceptedDeviation.objects.filter(unit_id__in=unit_ids, valid_from__lte=day, valid_to__gte=day).order_by("valid_from", "pk")
    return {
        (unit_id, indicator_id): _acceptance(first, last, interim, Direction(direction))
        for unit_id, indicator_id, direction, first, last, interim in rows.values_list(*ACCEPTED)
        if indicator_ids is None or indicator_id in indicator_ids
    }


def accepted_ids(day: date, unit_id: int) -> set[int]:
    """Indicators whose deviation in the unit is accepted that day. One SQL statement."""
    found = AcceptedDeviation.objects.filter(unit_id=unit_id, valid_from__lte=day, valid_to__gte=day)
    return set(found.order_by().values_list("indicator_id", flat=True))


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
