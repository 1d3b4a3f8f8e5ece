"""A miss that has been accepted for a while: it turns grey, and its colour comes back by itself."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scorecard.rules.statuses import Limits, Status, shortfall, status_of

MISSED = frozenset({Status.NOT_REACHED, Status.NEARLY})


@dataclass(frozen=True)
class Acceptance:
    """Accepted from the first to the last day, both included. `interim` is what must be reached meanwhile; None asks for nothing."""

    valid_from: date
    valid_to: date
    interim: Limits | None = None


class Problem(StrEnum):
    """Why an acceptance cannot be given."""

    REASON_MISSING = "reason_missing"
    ENDS_BEFORE_START = "ends_before_start"
    INTERIM_AGAINST_DIRECTION = "interim_against_direction"
    INTERIM_STRICTER = "interim_stricter"


def apply(status: Status, acceptance: Acceptance | None, *, today: date, value: Decimal | None = None) -> Status:
    """ACCEPTED in place of a miss while the acceptance is valid on `today` and its interim target is reached; else the status itself.

    `today` is the last day of the period when a past period is judged. A missed interim target keeps its colour: what was accepted is the
    interim, not anything at all.
    """
    if acceptance is None or status not in MISSED or not acceptance.valid_from <= today <= acceptance.valid_to:
        return status
    if acceptance.interim is not None and status_of(value, acceptance.interim) != Status.REACHED:
        return status
    return Status.ACCEPTED


def problems(acceptance: Acceptance, limits: Limits | None, *, reason: str) -> list[Problem]:
    """Everything that keeps an acceptance from being given: no reason, a last day before the first, an interim stricter than the target."""
    found = []
    if not reason.strip():
        found.append(Problem.REASON_MISSING)
    if acceptance.valid_to < acceptance.valid_from:
        found.append(Problem.ENDS_BEFORE_START)
    interim = acceptance.interim
    if interim is None or limits is None:
        return found
    if interim.direction != limits.direction:
        found.append(Problem.INTERIM_AGAINST_DIRECTION)
    elif any(shortfall(end, limits) == 0 and end not in _ends(limits) for end in _ends(interim)):
        found.append(Problem.INTERIM_STRICTER)
    return found


def _ends(limits: Limits) -> set[Decimal]:
    return {end for end in (limits.target, limits.low, limits.high) if end is not None}
