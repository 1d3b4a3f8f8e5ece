"""What people say about figures: notes, new limits after a confirmed change, and misses that are accepted for a while."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from common.periods import Period
from organisation.models import Unit, User
from organisation.queries import tree as organisation_tree
from organisation.services import audit
from scorecard.models import AcceptedDeviation, Indicator, LimitReset, PointNote
from scorecard.queries.agreements import acceptance_of
from scorecard.queries.indicator import load_series
from scorecard.queries.masking import shielded_ids
from scorecard.rules.acceptance import Problem, problems
from scorecard.rules.statuses import Direction, Limits
from scorecard.services.stamps import touch_upward


class NoFigure(Exception):
    """The unit has no figure for the period, so there is nothing to write a note on."""


class NotConfirmed(Exception):
    """No lasting change begins in the period, so the limits stay."""


class AcceptanceRefused(Exception):
    """The deviation cannot be accepted like this; `problems` are all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__([problem.value for problem in problems])
        self.problems = tuple(problems)


class AcceptedAlready(Exception):
    """Another acceptance of the same indicator and unit covers some of these days; `until` is its last."""

    def __init__(self, until: date) -> None:
        super().__init__(until)
        self.until = until


class EndedAlready(Exception):
    """The acceptance is over."""


@transaction.atomic
def add_note(*, indicator: Indicator, unit: Unit, period: Period, text: str, actor: User, now: datetime) -> PointNote:
    """Puts a note on a figure. The same person's same words on the same figure are kept once. Raises NoFigure."""
    series = load_series(indicator, unit.pk, organisation_tree.history(), today=now.date())
    if not any(point.period == period for point in (*series.singles, *series.years)):
        raise NoFigure
    text = text.strip()
    same = next((note for note in series.notes if note.period == period and note.text == text and note.author_id == actor.pk), None)
    if same is not None:
        return same
    note = PointNote(indicator=indicator, unit=unit, text=text, author=actor, recorded_at=now)
    note.period = period
    note.save()
    details = {"indicator": indicator.code, "period": period.code, **_open(indicator, text=text)}
    audit.record(actor=actor, action="note.added", target=note, unit=unit, details=details)
    touch_upward([unit.pk])
    return note


@transaction.atomic
def reset_limits(*, indicator: Indicator, unit: Unit, period: Period, note: str, actor: User, now: datetime) -> LimitReset:
    """Computes the limits anew from the period on. Done already: nothing is done again. Raises NotConfirmed."""
    series = load_series(indicator, unit.pk, organisation_tree.history(), today=now.date())
    known = next((reset for reset in series.resets if reset.period == period), None)
    if known is not None:
        return known
    if period not in series.confirmed_changes:
        raise NotConfirmed
    reset = LimitReset(indicator=indicator, unit=unit, note=note.strip(), author=actor, recorded_at=now)
    reset.period = period
    reset.save()
    details = {"indicator": indicator.code, "period": period.code, **_open(indicator, note=note)}
    audit.record(actor=actor, action="limits.reset", target=reset, unit=unit, details=details)
    touch_upward([unit.pk])
    return reset


@transaction.atomic
def accept_deviation(
    *,
    indicator: Indicator,
    unit: Unit,
    reason: str,
    interim: Decimal | None,
    valid_from: date,
    valid_to: date,
    actor: User,
    now: datetime,
) -> AcceptedDeviation:
    """Accepts that the target is not reached from one day to another, both included.

    The same acceptance sent twice is kept once. Raises AcceptanceRefused with every problem, or AcceptedAlready.
    """
    series = load_series(indicator, unit.pk, organisation_tree.history(), today=now.date())
    row = AcceptedDeviation(
        indicator=indicator,
        unit=unit,
        reason=reason.strip(),
        interim_target=interim,
        valid_from=valid_from,
        valid_to=valid_to,
        agreed_by=actor,
        recorded_at=now,
    )
    limits = series.state.limits or Limits(Direction(indicator.direction))
    found = problems(acceptance_of(row, Direction(indicator.direction)), limits, reason=reason)
    if found:
        raise AcceptanceRefused(found)
    for other in series.acceptances:
        if _says_the_same(other, row):
            return other
        if other.valid_from <= valid_to and valid_from <= other.valid_to:
            raise AcceptedAlready(other.valid_to)
    row.save()
    details = {"indicator": indicator.code, **_open(indicator, reason=row.reason, interim=interim), "from": valid_from, "to": valid_to}
    audit.record(actor=actor, action="deviation.accepted", target=row, unit=unit, details=details)
    touch_upward([unit.pk])
    return row


def _says_the_same(a: AcceptedDeviation, b: AcceptedDeviation) -> bool:
    names = ("reason", "interim_target", "valid_from", "valid_to")
    return all(getattr(a, name) == getattr(b, name) for name in names)


@transaction.atomic
def end_acceptance(*, acceptance: AcceptedDeviation, actor: User, today: date) -> None:
    """Ends an acceptance before its time: yesterday was its last day, and one that began today is taken back. Raises EndedAlready."""
    rows = AcceptedDeviation.objects.select_for_update().filter(pk=acceptance.pk, valid_to__gte=today)
    row = rows.select_related("unit", "indicator").first()
    if row is None:
        raise EndedAlready
    details = {"indicator": row.indicator.code, "from": row.valid_from, "to": row.valid_to}
    audit.record(actor=actor, action="deviation.ended", target=row, unit=row.unit, details=details)
    if row.valid_from >= today:
        row.delete()
    else:
        row.valid_to = today - timedelta(days=1)
        row.save()
    touch_upward([row.unit_id])


def _open(indicator: Indicator, **said: object) -> dict[str, object]:
    """What was said, for the trail; nothing where the figures are shielded, since more people read the trail than those."""
    return {} if shielded_ids([indicator]) else said
