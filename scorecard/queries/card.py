"""A unit's scorecard of a year with figures, statuses and indexes: what the page, its files, the strategy map and the command line show.

For the present year the figures come from the kept cells; for a past year, a day or a moment they are computed by the same rules.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from common.memory import Memory
from common.oslo import OSLO
from organisation.models import User
from organisation.queries import tree as organisation_tree
from organisation.queries.access import Access
from organisation.rules.tree import OrganisationHistory
from scorecard.models import AcceptedDeviation, FocusArea, Indicator, PlacedIndicator, Scorecard, Target
from scorecard.queries.card_rows import Grounds, Moment, Row, row_for
from scorecard.queries.card_stamp import CardStamp, card_stamp, kept_places
from scorecard.queries.checks import placed_on
from scorecard.queries.known import ever_above, versions_at
from scorecard.queries.masking import WIDE_KINDS, masked_ids
from scorecard.queries.standings import Standing, standings_known, standings_now, standings_until
from scorecard.queries.structure import scorecard_for
from scorecard.rules.lifecycle import IN_FORCE
from scorecard.rules.scores import Index, area_status, index_of, with_weights
from scorecard.rules.statuses import Status

TARGET_FIELDS = (
    *("indicator_id", "unit_id", "valid_from", "value", "yellow_limit", "low", "high", "tolerance", "withdrawn"),
    *("reason", "approved_by_id"),
)


_remembered: Memory[dict[int, list[Target]]] = Memory(500)


class UnitLike(Protocol):
    """A Unit, or a node of the tree."""

    @property
    def id(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Area:
    """A focus area: its rows in reading order, its index, and the worst status among them."""

    area: FocusArea
    rows: tuple[Row, ...]
    index: Index
    status: Status


@dataclass(frozen=True)
class Card:
    """What one unit steers by in one year. `scorecard` is None where none is in force. `known_at` is the moment it is read as known."""

    unit_id: int
    unit_code: str
    unit_name: str
    kind: str
    moment: Moment
    scorecard: Scorecard | None
    areas: tuple[Area, ...]
    known_at: datetime | None
    own_targets: bool

    @property
    def year(self) -> int:
        return self.moment.year

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for area in self.areas for row in area.rows)

    @property
    def wide(self) -> bool:
        """A district or a city: nothing above it to inherit from, and its figures are everybody's."""
        return self.kind in WIDE_KINDS


def card_for(
    *,
    unit: UnitLike,
    year: int,
    access: Access | None,
    today: date,
    known_at: datetime | None = None,
    own_targets: bool = True,
    until: date | None = None,
) -> Card:
    """The scorecard of a unit and year, masked for this person; `access` None is the system itself and sees everything.

    Targets are those of the card's year: a result from the year before is held against them too. `until` leaves later periods out.
    `own_targets` False reads the unit against what it would inherit. A fixed number of SQL statements, whatever the size of the card and
    the length of history (8 for the present, 5 where only figures are new; 9 for the past; formulas, and versions at a moment, add a few).
    """
    history = organisation_tree.history()
    moment = _moment(year, today, known_at, until)
    scorecard = scorecard_for(unit.id, year)
    above = ever_above(history, unit.id)
    stamp = card_stamp(scorecard, above, moment.day) if scorecard and known_at is None else None
    placed = _placed(scorecard, stamp)
    indicators = [each.indicator for each in placed]
    grounds = Grounds(
        unit_id=unit.id,
        moment=moment,
        history=history,
        standings=_standings(unit.id, indicators, moment, known_at, history),
        targets=_targets(indicators, above if own_targets or unit.kind in WIDE_KINDS else above - {unit.id}, known_at, stamp),
        acceptances=_acceptances(indicators, unit.id, moment.day, known_at) if known_at or (stamp and stamp.accepted) else {},
        masked=masked_ids(indicators, access, unit.id, unit.kind),
    )
    return Card(
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=history.name_of(unit.id, date(year, 12, 31)),
        kind=unit.kind,
        moment=moment,
        scorecard=scorecard,
        areas=_areas(scorecard, [row_for(each, grounds) for each in placed]),
        known_at=known_at,
        own_targets=own_targets,
    )


def _placed(scorecard: Scorecard | None, stamp: CardStamp | None) -> Sequence[PlacedIndicator]:
    if scorecard is None:
        return ()
    return placed_on(scorecard) if stamp is None else kept_places(scorecard, stamp)


def _moment(year: int, today: date, known_at: datetime | None, until: date | None) -> Moment:
    """The day the card is judged on lies in its year; only the present year without a moment or a last day is the present."""
    seen = min(known_at.astimezone(OSLO).date() if known_at else until or today, today)
    day = min(max(seen, date(year, 1, 1)), date(year, 12, 31))
    present = known_at is None and until is None and year >= today.year
    return Moment(year, day, seen, present, min(until or date.max, date(year, 12, 31)))


def _standings(
    unit_id: int, indicators: Collection[Indicator], moment: Moment, known_at: datetime | None, history: OrganisationHistory
) -> dict[int, Standing]:
    if known_at is not None:
        return standings_known(unit_id, indicators, moment.until, known_at, history)
    if moment.present:
        return standings_now(unit_id, indicators)
    return standings_until(unit_id, indicators, moment.until, history)


def _targets(
    indicators: Collection[Indicator], unit_ids: Collection[int], known_at: datetime | None, stamp: CardStamp | None
) -> dict[int, list[Target]]:
    """Confirmed targets of these units, by indicator and oldest first. One SQL statement, none where the present ones are remembered."""
    wanted = {"indicator_id__in": [indicator.pk for indicator in indicators], "unit_id__in": unit_ids}
    if known_at is not None:
        known = [target for target in versions_at(Target.history, known_at, **wanted) if target.confirmed]
        return _by_indicator(sorted(known, key=lambda target: (target.valid_from, target.pk)))
    key = (stamp.targets if stamp else (), tuple(sorted(unit_ids)))
    found = _remembered.get(key)
    if found is None:
        found = _by_indicator(Target.objects.filter(**wanted, confirmed=True).only(*TARGET_FIELDS).order_by("valid_from", "pk"))
        _remembered.put(key, found)
    return found


def _by_indicator(rows: Iterable[Target]) -> dict[int, list[Target]]:
    found: dict[int, list[Target]] = {}
    for target in rows:
        found.setdefault(target.indicator_id, []).append(target)
    return found


def _acceptances(indicators: Collection[Indicator], unit_id: int, day: date, known_at: datetime | None) -> dict[int, AcceptedDeviation]:
    """The acceptances in force that day, by indicator. One SQL statement."""
    wanted = {
        "indicator_id__in": [indicator.pk for indicator in indicators],
        "unit_id": unit_id,
        "valid_from__lte": day,
        "valid_to__gte": day,
    }
    if known_at is not None:
        # An earlier version may have had other days, so only indicator and unit narrow the versions.
        rows = versions_at(AcceptedDeviation.history, known_at, indicator_id__in=wanted["indicator_id__in"], unit_id=unit_id)
        return {row.indicator_id: row for row in rows if row.valid_from <= day <= row.valid_to}
    return {row.indicator_id: row for row in AcceptedDeviation.objects.filter(**wanted).order_by("valid_from", "pk")}


def _areas(scorecard: Scorecard | None, rows: Sequence[Row]) -> tuple[Area, ...]:
    by_area: dict[FocusArea, list[Row]] = {}
    for row in rows:
        by_area.setdefault(row.placed.factor.area, []).append(row)
    return tuple(_area(scorecard, area, inside) for area, inside in by_area.items()) if scorecard else ()


def _area(scorecard: Scorecard, area: FocusArea, rows: Sequence[Row]) -> Area:
    index = index_of(with_weights([row.scored for row in rows]), min_coverage=scorecard.min_coverage)
    return Area(area, tuple(rows), index, area_status(index))


def approvers_of(targets: Iterable[Target]) -> dict[int, str]:
    """Names of those who approved, by id. No SQL statement without any, else one."""
    ids = {target.approved_by_id for target in targets if target.approved_by_id}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def years_of(unit_id: int, year: int) -> list[int]:
    """Years with a scorecard in force at or above the unit, newest first, the year that is shown among them. One or two SQL statements."""
    above = ever_above(organisation_tree.history(), unit_id)
    found = Scorecard.objects.filter(unit_id__in=above, state__in=IN_FORCE).order_by().values_list("year", flat=True)
    return sorted({year, *found}, reverse=True)
