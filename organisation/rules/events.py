"""What happens to units, day by day, read out of the history. Pure."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from organisation.rules.tree import OrganisationHistory


class Happening(StrEnum):
    BEGINS = "begins"
    ENDS = "ends"
    RENAMED = "renamed"
    MOVED = "moved"
    BECOMES = "becomes"


@dataclass(frozen=True, slots=True)
class Event:
    """`to`: the new name, the unit above, or the successor; of ENDS nothing. ENDS stands on the first day without the unit.

    A unit that something carries on from does not end: it becomes.
    """

    day: date
    kind: Happening
    unit_id: int
    to: str = ""


def events_after(history: OrganisationHistory, day: date, unit_ids: Collection[int]) -> dict[int, tuple[Event, ...]]:
    """What happens to these units on later days, in order."""
    found: dict[int, list[Event]] = defaultdict(list)
    wanted = frozenset(unit_ids)
    become = {row.predecessor_id for row in history.successions}
    for unit in history.units:
        if unit.valid_from > day:
            found[unit.id].append(Event(unit.valid_from, Happening.BEGINS, unit.id))
        if unit.valid_to is not None and unit.valid_to >= day and unit.id not in become:
            found[unit.id].append(Event(unit.valid_to + timedelta(days=1), Happening.ENDS, unit.id))
    for name in history.names:
        if name.valid_from > max(day, history.by_id[name.unit_id].valid_from):
            found[name.unit_id].append(Event(name.valid_from, Happening.RENAMED, name.unit_id, name.name))
    for link in history.links:
        if link.valid_from > max(day, history.by_id[link.unit_id].valid_from):
            above = f"{history.by_id[link.parent_id].code} {history.name_of(link.parent_id, link.valid_from)}"
            found[link.unit_id].append(Event(link.valid_from, Happening.MOVED, link.unit_id, above))
    for row in history.successions:
        if row.on > day:
            heir = f"{history.by_id[row.successor_id].code} {history.name_of(row.successor_id, row.on)}"
            found[row.predecessor_id].append(Event(row.on, Happening.BECOMES, row.predecessor_id, heir))
    order = list(Happening)
    return {
        unit_id: tuple(sorted(events, key=lambda event: (event.day, order.index(event.kind), event.to)))
        for unit_id, events in found.items()
        if unit_id in wanted
    }
