"""What «Dette trenger deg» is told from, as plain rows. Statements by hand: building them cost more than running them."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from actions.models import OPEN, Action
from common.periods import PeriodKind
from organisation.models import Unit
from scorecard.models import Cell, FocusArea, Indicator, PlacedIndicator, Scorecard, SuccessFactor, Target
from scorecard.queries import by_hand
from scorecard.rules.lifecycle import State


class DueAction(NamedTuple):
    id: int
    title: str
    due_on: date


class UnfinishedCard(NamedTuple):
    """A scorecard that is a draft, or waits for approval; with its unit."""

    unit_id: int
    year: int
    state: str
    code: str
    name: str


class Expected(NamedTuple):
    """An indicator that is reported, and the start of its newest period in the unit; None where it has none."""

    name: str
    kind: PeriodKind
    due_days: int
    minutes: int
    newest: date | None


def due_actions(unit_ids: Collection[int], owner_id: int, until: date) -> list[DueAction]:
    """The person's own open actions in these units that are due by then, the first due first. One SQL statement."""
    units = list(unit_ids)
    found = by_hand.rows(
        f"SELECT id, title, CAST(due_on AS text) FROM {Action._meta.db_table} WHERE owner_id = %s AND due_on <= %s "  # noqa: S608
        f"AND {by_hand.among('status', OPEN)} AND {by_hand.among('unit_id', units)} ORDER BY due_on, id",
        [owner_id, until.isoformat(), *OPEN, *units],
    )
    return [DueAction(pk, title, date.fromisoformat(day)) for pk, title, day in found]


def unfinished_cards(unit_ids: Collection[int]) -> list[UnfinishedCard]:
    """Of these units, the latest year first. One SQL statement, none without units."""
    units, states = list(unit_ids), [State.DRAFT.value, State.PROPOSED.value]
    if not units:
        return []
    found = by_hand.rows(
        f"SELECT s.unit_id, s.year, s.state, u.code, u.name FROM {Scorecard._meta.db_table} s "  # noqa: S608
        f"JOIN {Unit._meta.db_table} u ON u.id = s.unit_id "
        f"WHERE {by_hand.among('s.state', states)} AND {by_hand.among('s.unit_id', units)} ORDER BY s.year DESC, u.code",
        [*states, *units],
    )
    return [UnfinishedCard(*row) for row in found]


def any_proposed_target(unit_ids: Collection[int]) -> bool:
    """Mostly there are none, and to ask that costs half of what it costs to count them. One SQL statement."""
    units = list(unit_ids)
    where = f"NOT confirmed AND recorded_by_id IS NOT NULL AND {by_hand.among('unit_id', units)}"
    return bool(by_hand.rows(f"SELECT 1 FROM {Target._meta.db_table} WHERE {where} LIMIT 1", units))  # noqa: S608


def expected_figures(unit_id: int, card_id: int) -> list[Expected]:
    """The indicators of a card that are not computed from others, by name. One SQL statement."""
    tables = (PlacedIndicator, SuccessFactor, FocusArea, Indicator, Cell)
    placed, factor, area, indicator, cell = (model._meta.db_table for model in tables)
    found = by_hand.rows(
        f"SELECT DISTINCT i.name, i.code, i.frequency, i.due_days, i.minutes, CAST(c.newest_start AS text) FROM {placed} p "  # noqa: S608
        f"JOIN {factor} f ON f.id = p.factor_id JOIN {area} a ON a.id = f.area_id JOIN {indicator} i ON i.id = p.indicator_id "
        f"LEFT JOIN {cell} c ON c.indicator_id = i.id AND c.unit_id = %s WHERE a.scorecard_id = %s AND i.formula = '' "
        "ORDER BY i.name, i.code",
        [unit_id, card_id],
    )
    return [
        Expected(name, PeriodKind(kind), due_days, minutes, date.fromisoformat(newest) if newest else None)
        for name, _code, kind, due_days, minutes, newest in found
    ]
