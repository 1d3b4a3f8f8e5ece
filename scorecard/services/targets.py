"""Targets: set in a draft, changed in the middle of a year with reason and approver, withdrawn, proposed and decided on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from common.periods import Period, PeriodKind
from organisation.models import Unit, User
from organisation.queries import tree as organisation_tree
from organisation.rules.validity import is_valid
from organisation.services import audit
from scorecard.models import Indicator, PlacedIndicator, Scorecard, Target
from scorecard.queries.target_reading import Terms
from scorecard.rules.lifecycle import State
from scorecard.services import derive
from scorecard.services.editing import NotEditable, StaleVersion


class ChangeRefused(Exception):
    """The date, reason or approver will not do. `codes` are all of: reason_missing, approver_missing, date_outside_year, date_passed,
    date_outside_unit, date_taken, not_on_card."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(codes)
        self.codes = codes


class StaleTargets(StaleVersion):
    """Somebody else has changed these targets (indicator and unit) since they were shown."""

    def __init__(self, places: list[tuple[int, int]]) -> None:
        super().__init__(places)
        self.places = places


@dataclass(frozen=True)
class TargetChange:
    """New terms for an indicator in a unit; None takes the unit's own target away. `seen` is id and version of the own target shown."""

    indicator: Indicator
    unit: Unit
    terms: Terms | None
    seen: tuple[int, int] | None = None

    @property
    def place(self) -> tuple[int, int]:
        return self.indicator.pk, self.unit.pk


@dataclass(frozen=True)
class Grounds:
    """When, why and by whose leave. A draft needs none of it."""

    valid_from: date | None = None
    reason: str = ""
    approver: User | None = None


def strictest_state(scorecard: Scorecard, indicator_ids: Sequence[int], unit_ids: Sequence[int]) -> State:
    """The state that decides: a locked or published card of the same year above or below holds for its indicators too."""
    tree = organisation_tree.tree_on(date(scorecard.year, 12, 31))
    above = {above for unit_id in unit_ids for above in tree.path(unit_id)}
    others = Scorecard.objects.filter(
        year=scorecard.year, unit_id__in=above, areas__factors__placements__indicator_id__in=indicator_ids
    ).values_list("state", flat=True)
    states = {State(scorecard.state), *map(State, others.order_by().distinct())}
    return next(state for state in (State.LOCKED, State.PUBLISHED, State.PROPOSED, State.DRAFT) if state in states)


def first_open_day(today: date) -> date:
    """Months before this one keep the colour they were published with."""
    return today.replace(day=1)


def _day_for(change: TargetChange, scorecard: Scorecard, grounds: Grounds) -> date:
    return grounds.valid_from or max(date(scorecard.year, 1, 1), change.unit.valid_from)


def _problems(scorecard: Scorecard, changes: Sequence[TargetChange], grounds: Grounds, state: State, today: date) -> list[str]:
    codes = []
    placed = set(PlacedIndicator.objects.filter(factor__area__scorecard=scorecard).values_list("indicator_id", flat=True))
    tree = organisation_tree.tree_on(date(scorecard.year, 12, 31))
    below = set(tree.subtree(scorecard.unit_id)) | {scorecard.unit_id}
    if any(change.indicator.pk not in placed or change.unit.pk not in below for change in changes):
        codes.append("not_on_card")
    days = {change.place: _day_for(change, scorecard, grounds) for change in changes}
    if any(day.year != scorecard.year for day in days.values()):
        codes.append("date_outside_year")
    elif any(not is_valid(days[change.place], change.unit.valid_from, change.unit.valid_to) for change in changes):
        codes.append("date_outside_unit")
    if state != State.PUBLISHED:
        return codes
    if grounds.valid_from is None or grounds.valid_from < first_open_day(today):
        codes.append("date_passed")
    if not grounds.reason.strip():
        codes.append("reason_missing")
    return codes


def checked(scorecard: Scorecard, changes: Sequence[TargetChange], grounds: Grounds, today: date) -> State:
    """Raises NotEditable or ChangeRefused."""
    state = strictest_state(scorecard, [change.indicator.pk for change in changes], [change.unit.pk for change in changes])
    if state in (State.LOCKED, State.PROPOSED):
        raise NotEditable(state)
    codes = _problems(scorecard, changes, grounds, state, today)
    if codes:
        raise ChangeRefused(codes)
    return state


@transaction.atomic
def save_targets(
    *,
    scorecard: Scorecard,
    changes: Sequence[TargetChange],
    grounds: Grounds,
    seen_on: date,
    actor: User,
    now: datetime,
    today: date,
) -> list[Target]:
    """Writes all changes or none; the targets that are others now. A change that is there already is left alone.

    A card in force asks for a day from this month on, a reason and an approver. Raises NotEditable, ChangeRefused, StaleTargets.
    """
    state = checked(scorecard, changes, grounds, today)
    if state == State.PUBLISHED and grounds.approver is None:
        raise ChangeRefused(["approver_missing"])
    current = _own_rows(changes, seen_on)
    # The day counts too: the same figures from another day are another target.
    open_ = [change for change in changes if not _is_done(change, current.get(change.place), _day_for(change, scorecard, grounds))]
    stale = [change.place for change in open_ if _identity(current.get(change.place)) != change.seen]
    if stale:
        raise StaleTargets(stale)
    saved = [_write(change, scorecard, grounds, actor, now) for change in open_]
    if saved:
        own = [change.indicator.pk for change in open_ if change.unit.pk == scorecard.unit_id]
        PlacedIndicator.objects.filter(factor__area__scorecard=scorecard, indicator_id__in=own).update(target_confirmed=True)
        _log(scorecard, saved, grounds, actor)
        derive.targets_changed(indicator_ids={row.indicator_id for row in saved}, unit_ids={row.unit_id for row in saved})
    return saved


def _own_rows(changes: Sequence[TargetChange], day: date) -> dict[tuple[int, int], Target]:
    rows = Target.objects.filter(
        indicator_id__in={change.indicator.pk for change in changes},
        unit_id__in={change.unit.pk for change in changes},
        confirmed=True,
        # A table shows what is in force in the month of the day.
        valid_from__lte=Period.containing(day, PeriodKind.MONTH).last_day,
    )
    return {(row.indicator_id, row.unit_id): row for row in rows.order_by("valid_from", "pk")}


def _identity(row: Target | None) -> tuple[int, int] | None:
    return None if row is None or row.withdrawn else (row.pk, row.version)


def _is_done(change: TargetChange, row: Target | None, day: date) -> bool:
    if change.terms is None:
        return row is None or row.withdrawn
    return row is not None and not row.withdrawn and row.valid_from == day and Terms.of(row) == change.terms


def _write(change: TargetChange, scorecard: Scorecard, grounds: Grounds, actor: User, now: datetime) -> Target:
    day = _day_for(change, scorecard, grounds)
    row = Target.objects.filter(indicator=change.indicator, unit=change.unit, valid_from=day).first()
    if row is None:
        row = Target(indicator=change.indicator, unit=change.unit, valid_from=day)
    else:
        claim(row)
    fill(row, change.terms)
    row.confirmed, row.reason, row.approved_by = True, grounds.reason.strip(), grounds.approver
    row.recorded_at, row.recorded_by = now, actor
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise StaleTargets([change.place]) from error
    return row


def claim(row: Target) -> None:
    if not Target.objects.filter(pk=row.pk, version=row.version).update(version=F("version") + 1):
        raise StaleTargets([(row.indicator_id, row.unit_id)])
    row.version += 1


def fill(row: Target, terms: Terms | None) -> None:
    """Puts terms into a row; None withdraws it and keeps its figures for those who look back."""
    row.withdrawn = terms is None
    if terms is None:
        return
    row.kind, row.value, row.yellow_limit = terms.kind, terms.value, terms.yellow_limit
    row.low, row.high, row.tolerance = terms.low, terms.high, terms.tolerance
    row.amount, row.comparison = terms.amount, terms.comparison or ""
    row.baseline_start = terms.baseline_period.start if terms.baseline_period else None
    row.baseline_kind = terms.baseline_period.kind.value if terms.baseline_period else ""
    row.baseline_value, row.benchmark_group = terms.baseline_value, terms.benchmark_group


def _log(scorecard: Scorecard, saved: list[Target], grounds: Grounds, actor: User) -> None:
    for row in saved:
        audit.record(
            actor=actor,
            action="target.withdrawn" if row.withdrawn else "target.saved",
            target=row,
            unit=row.unit_id,
            details={
                "indicator": row.indicator.code,
                "value": row.value,
                "low": row.low,
                "high": row.high,
                "yellow_limit": row.yellow_limit,
                "valid_from": row.valid_from,
                "reason": row.reason,
                "approved_by": grounds.approver.name if grounds.approver else None,
            },
        )
    audit.record(
        actor=actor,
        action="scorecard.targets_saved",
        target=scorecard,
        unit=scorecard.unit_id,
        details={"count": len(saved), "reason": grounds.reason.strip(), "valid_from": grounds.valid_from},
    )


@transaction.atomic
def confirm_suggestions(*, scorecard: Scorecard, indicator_ids: Sequence[int], actor: User) -> int:
    """Says of copied targets that they hold this year too; how many were confirmed. Raises NotEditable."""
    if scorecard.state not in (State.DRAFT, State.PUBLISHED):
        raise NotEditable(State(scorecard.state))
    placed = PlacedIndicator.objects.filter(factor__area__scorecard=scorecard, indicator_id__in=indicator_ids, target_confirmed=False)
    codes = list(placed.values_list("indicator__code", flat=True))
    if codes:
        placed.update(target_confirmed=True)
        audit.record(
            actor=actor, action="scorecard.targets_confirmed", target=scorecard, unit=scorecard.unit_id, details={"indicators": codes}
        )
    return len(codes)
