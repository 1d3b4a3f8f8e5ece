"""Publishes a district's scorecard for politicians and everybody else, and takes it back. What is published is finished text."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from common.periods import Period
from organisation.models import Unit, User
from organisation.services import audit
from scorecard.models import Scorecard, Snapshot
from scorecard.queries.card import Card, card_for
from scorecard.queries.masking import WIDE_KINDS
from scorecard.queries.snapshots import content_of, unsure_in
from scorecard.rules.lifecycle import IN_FORCE


class NotPublishable(Exception):
    """Only a district as a whole is published, from a scorecard in force, and for a period of its year that is over."""


class Unconfirmed(Exception):
    """Some figures are not final; `unsure` names each. They are published only when somebody has seen the list."""

    def __init__(self, unsure: list[str]) -> None:
        super().__init__(unsure)
        self.unsure = unsure


def card_to_publish(*, unit: Unit, period: Period, today: date) -> Card:
    """The scorecard as it would be published: figures of periods that were over at the end of this one. Read as everybody may."""
    return card_for(unit=unit, year=period.year, access=None, today=today, until=period.last_day)


@transaction.atomic
def publish_snapshot(
    *,
    scorecard: Scorecard,
    unit: Unit,
    period: Period,
    title: str,
    comment: str,
    confirmed: bool,
    actor: User,
    now: datetime,
    today: date,
) -> Snapshot:
    """Keeps the card's text as it is now. Sent twice it is kept once.

    Raises NotPublishable, and Unconfirmed where figures are preliminary, estimated or missing and nobody has confirmed that.
    """
    is_over = period.year == scorecard.year and period.is_over(today)
    if unit.kind not in WIDE_KINDS or scorecard.state not in IN_FORCE or not is_over:
        raise NotPublishable
    card = card_to_publish(unit=unit, period=period, today=today)
    if card.scorecard != scorecard:
        raise NotPublishable
    content = content_of(card)
    unsure = unsure_in(content)
    if unsure and not confirmed:
        raise Unconfirmed(unsure)
    same = _published(scorecard, unit, period).filter(title=title, comment=comment)
    for known in same:
        if known.content == content:
            return known
    snapshot = Snapshot(scorecard=scorecard, unit=unit, title=title, comment=comment, content=content, published_at=now, published_by=actor)
    snapshot.period = period
    snapshot.save()
    details = {"period": period.code, "title": title, "unsure": unsure}
    audit.record(actor=actor, action="snapshot.published", target=snapshot, unit=unit, details=details)
    return snapshot


def _published(scorecard: Scorecard, unit: Unit, period: Period) -> "QuerySet[Snapshot]":
    rows = Snapshot.objects.filter(scorecard=scorecard, unit=unit, period_start=period.start, period_kind=period.kind.value)
    return rows.filter(withdrawn_at=None)


@transaction.atomic
def withdraw_snapshot(*, snapshot: Snapshot, reason: str, actor: User, now: datetime) -> bool:
    """Marks it as withdrawn; it stays readable with the mark. False where it was withdrawn already."""
    claimed = Snapshot.objects.filter(pk=snapshot.pk, withdrawn_at=None).update(withdrawn_at=now)
    if claimed:
        audit.record(actor=actor, action="snapshot.withdrawn", target=snapshot, unit=snapshot.unit_id, details={"reason": reason})
    return bool(claimed)
