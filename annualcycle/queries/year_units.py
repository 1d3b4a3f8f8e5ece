"""The units of a district in a year, for those who may see how several of them stand."""

from dataclasses import dataclass
from datetime import date

from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.queries.tree import history
from organisation.rules.access import Permission


@dataclass(frozen=True, slots=True)
class YearUnit:
    """A unit as it was called that year. `depth` is 1 right below the district; `unit_ids` are its own and those below it."""

    code: str
    name: str
    depth: int
    unit_ids: frozenset[int]


def year_units(access: Access, district: Unit, year: int) -> list[YearUnit]:
    """In reading order; those that are not there on the day the year is seen from come last, by code.

    Nothing for those who may see one unit alone: there is nothing to choose. One SQL statement.
    """
    reached, past = ever_reached(access, Permission.SEE_TASKS), history()
    first, last = date(year, 1, 1), date(year, 12, 31)
    trees = [past.on(day) for day in (min(max(access.day, first), last), first, last)]
    found: dict[int, YearUnit] = {}
    for tree in trees:
        lines = tree.walk(district.pk) if district.pk in tree.nodes else ()
        for node, depth in sorted(lines, key=lambda line: line[0].code) if found else lines:
            if node.id in reached and node.id not in found and node.id != district.pk:
                below = frozenset(unit_id for each in trees for unit_id in each.subtree(node.id)) & reached
                found[node.id] = YearUnit(node.code, node.name, depth, below)
    return list(found.values()) if len(found) > 1 else []
