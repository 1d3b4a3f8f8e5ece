"""The kroner of actions beside the overspend they shall cover."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actions.queries.actions import effect_sums
from actions.queries.told import covers_of
from actions.rules.evidence import covered_percent
from organisation.queries.access import Access


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One unit: what its actions come to, and the overspend. `counted` is never more than the overspend itself."""

    unit_code: str
    unit_name: str
    effect: Decimal
    overspend: Decimal
    label: str
    url: str

    @property
    def counted(self) -> Decimal:
        return min(self.effect, self.overspend)

    @property
    def lacks(self) -> Decimal:
        return self.overspend - self.counted

    @property
    def percent(self) -> int:
        return covered_percent(self.effect, self.overspend)


def cover_lines(unit_ids: Collection[int], *, access: Access, on: date) -> list[CoverLine]:
    """Units that expect an overspend, the one that lacks most first; actions of units below count with.

    One SQL statement besides those of the apps that know the overspends.
    """
    tree = access.tree
    covers = covers_of(unit_ids, on=on, access=access)
    below = {unit_id: tree.subtree(unit_id) or (unit_id,) for unit_id in covers}
    sums = effect_sums(unit_ids={each for subtree in below.values() for each in subtree}, year=on.year) if covers else {}
    lines = [
        CoverLine(
            tree.nodes[unit_id].code,
            tree.nodes[unit_id].name,
            sum((sums[each] for each in below[unit_id]), Decimal(0)),
            cover.overspend,
            cover.label,
            cover.url,
        )
        for unit_id, cover in covers.items()
        if unit_id in tree.nodes
    ]
    return sorted(lines, key=lambda line: (-line.lacks, line.unit_code))
