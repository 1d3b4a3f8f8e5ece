"""Figures that may betray persons: whose own figures are shown to whom."""

from collections.abc import Collection

from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.rules.access import Permission
from scorecard.models import Indicator, Measurement
from scorecard.queries.formula_parts import named_by, rests_on

# So many people stand behind a figure of these that it tells of nobody.
WIDE_KINDS = frozenset({Unit.Kind.DISTRICT, Unit.Kind.CITY})


def shielded_ids(indicators: Collection[Indicator]) -> frozenset[int]:
    """Restricted indicators, and formulas that rest on one: the result would give the figure away. No SQL without formulas."""
    named = named_by(indicators)
    restricted = {code for code, indicator in named.items() if indicator.restricted}
    return frozenset(
        indicator.pk for indicator in indicators if indicator.restricted or (indicator.formula and restricted & rests_on(indicator, named))
    )


def may_unshield(indicator: Indicator, access: Access) -> bool:
    """Whether the person sees every figure the shield of this indicator hides, of units that have ended too. At most two SQL statements."""
    narrow = Measurement.objects.filter(indicator=indicator).exclude(unit__kind__in=WIDE_KINDS)
    return set(narrow.order_by().values_list("unit_id", flat=True).distinct()) <= ever_reached(access, Permission.SEE_RESTRICTED)


def masked_places(indicators: Collection[Indicator], access: Access | None, unit_ids: Collection[int]) -> frozenset[tuple[int, int]]:
    """(indicator, unit) of everything among these units that is not for this person; a unit that does not exist today is."""
    nodes = {} if access is None else access.tree.nodes
    found = set()
    for unit_id in unit_ids:
        kind = nodes[unit_id].kind if unit_id in nodes else ""
        found |= {(indicator_id, unit_id) for indicator_id in masked_ids(indicators, access, unit_id, kind)}
    return frozenset(found)


def masked_ids(indicators: Collection[Indicator], access: Access | None, unit_id: int, kind: str) -> frozenset[int]:
    """Those whose figures this person may not see in this unit. Without `access` (the system itself) nothing is hidden.

    The figure of a district or city as a whole is everybody's; a unit's own is for those who answer for it.
    """
    if access is None or kind in WIDE_KINDS or access.may_in(Permission.SEE_RESTRICTED, unit_id):
        return frozenset()
    return shielded_ids(indicators)
