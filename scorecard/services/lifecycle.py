"""The life of a scorecard: sent to the director, returned, published, locked. Every step is one conditional update."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from organisation.models import User
from organisation.services import audit
from scorecard.models import Scorecard
from scorecard.queries.checks import findings_of, has_figures
from scorecard.rules.findings import Finding
from scorecard.rules.lifecycle import State, may_follow
from scorecard.services import derive
from scorecard.services.editing import StaleVersion


class WrongState(Exception):
    """The step does not start from the state the scorecard is in now."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


class ProposalRefused(Exception):
    """Something has to be mended first; `findings` are all of it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__([finding.code for finding in findings])
        self.findings = list(findings)


class HasFigures(Exception):
    """Figures of the year are registered, so the scorecard stays published."""


class ReasonMissing(Exception):
    """A step back asks for a reason."""


def _step(scorecard: Scorecard, start: State, then: State, *, version: int, **fields: object) -> None:
    """Raises WrongState or StaleVersion."""
    if not may_follow(start, then):
        raise WrongState(start)
    claimed = Scorecard.objects.filter(pk=scorecard.pk, state=start, version=version).update(state=then, version=F("version") + 1, **fields)
    scorecard.refresh_from_db()
    if not claimed:
        if State(scorecard.state) != start:
            raise WrongState(State(scorecard.state))
        raise StaleVersion
    # A conditional update leaves no history of its own.
    scorecard.save()


def _noted(scorecard: Scorecard, actor: User, action: str, details: Mapping[str, object] | None = None) -> None:
    audit.record(actor=actor, action=f"scorecard.{action}", target=scorecard, unit=scorecard.unit_id, details=details)


@transaction.atomic
def propose(*, scorecard: Scorecard, version: int, actor: User) -> None:
    """Sends a draft to the director. Raises ProposalRefused with every blocking finding, WrongState, StaleVersion."""
    blocking = [finding for finding in findings_of(scorecard) if finding.blocking]
    if blocking and scorecard.state == State.DRAFT:
        raise ProposalRefused(blocking)
    _step(scorecard, State.DRAFT, State.PROPOSED, version=version, proposed_by=actor)
    _noted(scorecard, actor, "proposed")


@transaction.atomic
def return_to_draft(*, scorecard: Scorecard, version: int, reason: str, actor: User) -> None:
    """Gives a proposed scorecard back with a reason. Raises ReasonMissing, WrongState, StaleVersion."""
    if not reason.strip():
        raise ReasonMissing
    _step(scorecard, State.PROPOSED, State.DRAFT, version=version)
    _noted(scorecard, actor, "returned", {"reason": reason.strip()})


@transaction.atomic
def publish(*, scorecard: Scorecard, version: int, actor: User, now: datetime) -> None:
    """Puts a proposed scorecard in force. Whoever proposed it may publish it with both rights; the trail then says so.

    Raises ProposalRefused where something blocks since it was sent, WrongState, StaleVersion.
    """
    blocking = [finding for finding in findings_of(scorecard) if finding.blocking]
    if blocking and scorecard.state == State.PROPOSED:
        raise ProposalRefused(blocking)
    proposer = scorecard.proposed_by_id
    _step(
        scorecard,
        State.PROPOSED,
        State.PUBLISHED,
        version=version,
        published_by=actor,
        published_at=now,
    )
    _noted(scorecard, actor, "published", {"same_person": proposer == actor.pk})
    derive.structure_changed(unit_id=scorecard.unit_id)


@transaction.atomic
def unpublish(*, scorecard: Scorecard, version: int, reason: str, actor: User) -> None:
    """Takes a scorecard out of force again, before the first figure of its year.

    Raises ReasonMissing, HasFigures, WrongState, StaleVersion.
    """
    if not reason.strip():
        raise ReasonMissing
    if scorecard.state == State.PUBLISHED and has_figures(scorecard):
        raise HasFigures
    _step(scorecard, State.PUBLISHED, State.DRAFT, version=version, published_by=None, published_at=None)
    _noted(scorecard, actor, "unpublished", {"reason": reason.strip()})
    derive.structure_changed(unit_id=scorecard.unit_id)


@transaction.atomic
def lock(*, scorecard: Scorecard, version: int, actor: User) -> None:
    """Freezes a year for good. Raises WrongState, StaleVersion."""
    _step(scorecard, State.PUBLISHED, State.LOCKED, version=version)
    _noted(scorecard, actor, "locked")
    derive.structure_changed(unit_id=scorecard.unit_id)
