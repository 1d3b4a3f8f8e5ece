"""Targets that unit leaders propose for their own unit: not in force until the director or an administrator says so."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from organisation.models import User
from organisation.services import audit
from scorecard.models import Scorecard, Target
from scorecard.queries.structure import locked_years, scorecard_for
from scorecard.rules.lifecycle import State
from scorecard.services import derive
from scorecard.services.editing import NotEditable, StaleVersion
from scorecard.services.targets import ChangeRefused, Grounds, TargetChange, checked, claim, fill, first_open_day


class AlreadyDecided(Exception):
    """Somebody has confirmed or declined the proposal."""


@transaction.atomic
def propose_target(*, scorecard: Scorecard, change: TargetChange, grounds: Grounds, actor: User, now: datetime, today: date) -> Target:
    """Keeps a proposal; an earlier one of the same day gives way to it. Raises NotEditable, ChangeRefused, StaleTargets."""
    if change.terms is None or not grounds.reason.strip():
        raise ChangeRefused(["reason_missing"])
    checked(scorecard, [change], grounds, today)
    day = grounds.valid_from or max(date(scorecard.year, 1, 1), change.unit.valid_from)
    row = Target.objects.filter(indicator=change.indicator, unit=change.unit, valid_from=day).first()
    if row is not None and row.confirmed:
        raise ChangeRefused(["date_taken"])
    if row is None:
        row = Target(indicator=change.indicator, unit=change.unit, valid_from=day)
    else:
        claim(row)
    fill(row, change.terms)
    row.confirmed, row.reason, row.approved_by = False, grounds.reason.strip(), None
    row.recorded_at, row.recorded_by = now, actor
    row.save()
    audit.record(actor=actor, action="target.proposed", target=row, unit=row.unit_id, details={"value": row.value, "reason": row.reason})
    return row


@transaction.atomic
def confirm_proposal(*, target: Target, version: int, actor: User, now: datetime, today: date) -> Target:
    """Puts a proposal in force; with a published card from this month at the earliest, since earlier months keep their colour.

    Raises AlreadyDecided, StaleVersion, ChangeRefused (date_taken), NotEditable (the year is locked).
    """
    _take(target, version)
    year = target.valid_from.year
    if (target.unit_id, year) in locked_years({target.unit_id}):
        raise NotEditable(State.LOCKED)
    card = scorecard_for(target.unit_id, year)
    if card is not None and card.state == State.PUBLISHED:
        target.valid_from = max(target.valid_from, first_open_day(today))
        if target.valid_from.year != year:
            raise ChangeRefused(["date_outside_year"])
    target.confirmed, target.approved_by = True, actor
    try:
        with transaction.atomic():
            target.save()
    except IntegrityError as error:
        raise ChangeRefused(["date_taken"]) from error
    audit.record(
        actor=actor,
        action="target.confirmed",
        target=target,
        unit=target.unit_id,
        details={"value": target.value, "valid_from": target.valid_from, "at": now.isoformat()},
    )
    derive.targets_changed(indicator_ids=[target.indicator_id], unit_ids=[target.unit_id])
    return target


@transaction.atomic
def decline_proposal(*, target: Target, version: int, reason: str, actor: User) -> None:
    """Takes a proposal away; its text stays in the history. Raises AlreadyDecided, StaleVersion, ChangeRefused (reason_missing)."""
    if not reason.strip():
        raise ChangeRefused(["reason_missing"])
    _take(target, version)
    audit.record(
        actor=actor, action="target.declined", target=target, unit=target.unit_id, details={"value": target.value, "reason": reason.strip()}
    )
    target.delete()


def _take(target: Target, version: int) -> None:
    if Target.objects.filter(pk=target.pk, version=version, confirmed=False).update(version=F("version") + 1):
        target.refresh_from_db()
        return
    if Target.objects.filter(pk=target.pk, confirmed=False).exists():
        raise StaleVersion
    raise AlreadyDecided
