"""Moving, merging, splitting and closing units: first a plan for people to look at, then the same plan done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from organisation.models import CostCentre, RoleAssignment, ServiceSite, Unit, User
from organisation.queries.impact import Impact, impact_of
from organisation.queries.tree import history, load_history, mark_changed, version_token
from organisation.rules import reorganisation
from organisation.rules.changes import PathChange, path_changes
from organisation.rules.reorganisation import Draft, NewUnit
from organisation.rules.tree import OrganisationHistory
from organisation.services import audit, drafts
from organisation.services.heritage import Heir, hand_on, sum_staffing
from organisation.services.versions import begin

Make = Callable[[OrganisationHistory], Draft]


@dataclass(frozen=True)
class Plan:
    """What will be so from a day, as the organisation was when `token` was read."""

    token: str
    draft: Draft
    changes: tuple[PathChange, ...]
    impact: Impact
    make: Make = field(repr=False)


@dataclass(frozen=True)
class Shares:
    """Which part (by number) of a split each row of the old unit goes to. Roles and codes not named here end; sites go to part 0."""

    children: Mapping[int, int] = field(default_factory=dict)
    sites: Mapping[int, int] = field(default_factory=dict)
    cost_centres: Mapping[int, int] = field(default_factory=dict)
    roles: Mapping[int, int] = field(default_factory=dict)


def plan_move(*, unit: Unit, parent: Unit, on: date) -> Plan:
    """The unit and everything below stands below `parent` from that day. Raises what rules.reorganisation.move raises."""
    return _plan(lambda past: reorganisation.move(past, unit.pk, parent.pk, on))


def plan_merge(*, predecessors: Sequence[Unit], successor: Unit | NewUnit, parent: Unit | None, on: date) -> Plan:
    """All of the predecessors goes into the successor; they end the day before. Raises what rules.reorganisation.merge raises."""
    heir = successor.pk if isinstance(successor, Unit) else successor
    ids, above = [unit.pk for unit in predecessors], parent.pk if parent else None
    return _plan(lambda past: reorganisation.merge(past, ids, heir, above, on))


def plan_split(*, unit: Unit, parts: Sequence[NewUnit], on: date, shares: Shares) -> Plan:
    """The unit ends the day before and the parts carry on. Raises what rules.reorganisation.split raises."""
    return _plan(lambda past: reorganisation.split(past, unit.pk, parts, on, shares.children))


def plan_close(*, unit: Unit, last_day: date) -> Plan:
    """The unit has its last day and nothing carries on. Raises what rules.reorganisation.close raises."""
    return _plan(lambda past: reorganisation.close(past, unit.pk, last_day))


@transaction.atomic
def move_unit(*, plan: Plan, token: str, unit: Unit, actor: User | None, now: datetime) -> None:
    """Does a plan_move. Raises OrganisationChanged where the organisation is not the one of `token` any more."""
    draft, _created = _carry_out(plan, token, now)
    change = next(change for change in plan.changes if change.unit_id == unit.pk)
    details = {"before": " / ".join(change.before or ()), "after": " / ".join(change.after or ()), "from": draft.on}
    audit.record(actor=actor, action="unit.moved", target=unit, unit=unit, details=details)


@transaction.atomic
def merge_units(
    *,
    plan: Plan,
    token: str,
    predecessors: Sequence[Unit],
    successor: Unit | NewUnit,
    roles_follow: bool,
    actor: User | None,
    now: datetime,
) -> Unit:
    """Does a plan_merge: sites, cost centres and full-time equivalents go along, roles where `roles_follow`. The successor.

    Raises OrganisationChanged.
    """
    draft, created = _carry_out(plan, token, now)
    heir = successor if isinstance(successor, Unit) else created[-1]
    total = sum_staffing(draft.closed, heir.pk, draft.on)
    handed = _hand_on(
        draft,
        roles=lambda _unit, _row: heir.pk if roles_follow else None,
        sites=lambda _unit, _row: heir.pk,
        cost_centres=lambda _unit, _row: heir.pk,
    )
    details = {"merged": [str(unit) for unit in predecessors], "from": draft.on, "staffing": total, **handed}
    audit.record(actor=actor, action="unit.merged", target=heir, unit=heir, details=details)
    for unit in predecessors:
        audit.record(actor=actor, action="unit.became", target=unit, unit=unit, details={"successor": str(heir), "from": draft.on})
    return heir


@transaction.atomic
def split_unit(*, plan: Plan, token: str, unit: Unit, shares: Shares, actor: User | None, now: datetime) -> list[Unit]:
    """Does a plan_split. Returns the parts, in their order. Raises OrganisationChanged."""
    draft, created = _carry_out(plan, token, now)
    parts = [created[-1 - number] for number in range(len(created))]

    def heir_by(share: Mapping[int, int], otherwise: int | None) -> Heir:
        def heir(_unit: int, row: int) -> int | None:
            part = share.get(row, otherwise)
            return None if part is None else parts[part].pk

        return heir

    handed = _hand_on(
        draft,
        roles=heir_by(shares.roles, None),
        sites=heir_by(shares.sites, 0),
        cost_centres=heir_by(shares.cost_centres, None),
    )
    details = {"parts": [str(part) for part in parts], "from": draft.on, **handed}
    audit.record(actor=actor, action="unit.split", target=unit, unit=unit, details=details)
    for part in parts:
        audit.record(actor=actor, action="unit.created", target=part, unit=part, details={"predecessor": str(unit), "from": draft.on})
    return parts


@transaction.atomic
def close_unit(*, plan: Plan, token: str, unit: Unit, actor: User | None, now: datetime) -> None:
    """Does a plan_close: roles, sites and cost centres end with the unit. Raises OrganisationChanged."""
    draft, _created = _carry_out(plan, token, now)
    handed = _hand_on(draft, roles=_nobody, sites=_nobody, cost_centres=_nobody)
    details = {"to": draft.after.by_id[unit.pk].valid_to, **handed}
    audit.record(actor=actor, action="unit.closed", target=unit, unit=unit, details=details)


def _nobody(_unit: int, _row: int) -> None:
    return None


def _hand_on(draft: Draft, *, roles: Heir, sites: Heir, cost_centres: Heir) -> dict[str, list[str]]:
    """What went on and what ended, by kind, for the audit trail."""
    handed = {
        "roles": hand_on(RoleAssignment, draft.closed, roles, draft.on),
        "sites": hand_on(ServiceSite, draft.closed, sites, draft.on),
        "cost_centres": hand_on(CostCentre, draft.closed, cost_centres, draft.on),
    }
    went_on = {kind: done.went_on for kind, done in handed.items() if done.went_on}
    return went_on | {f"ended_{kind}": done.ended for kind, done in handed.items() if done.ended}


def _plan(make: Make) -> Plan:
    token = version_token()
    draft = make(history())
    return Plan(token, draft, path_changes(draft), impact_of(draft), make)


def _carry_out(plan: Plan, token: str, now: datetime) -> tuple[Draft, dict[int, Unit]]:
    """Takes the organisation if it still is the one of the token, works the draft out again and writes it."""
    begin(token)
    draft = plan.make(load_history())
    created = drafts.write(draft)
    drafts.ask_for_new_sums(draft, created, now)
    mark_changed()
    return draft, created
