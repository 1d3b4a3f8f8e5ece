"""Which units are so small that a figure of theirs can tell of one person."""

from collections.abc import Mapping
from decimal import Decimal


def too_small(fte: Mapping[int, Decimal | None], limit: Decimal) -> frozenset[int]:
    """Those below the limit, and those of unknown size. Never exactly one: it would follow from the sum of the others."""
    small = {unit_id for unit_id, size in fte.items() if size is None or size < limit}
    if len(small) == 1:
        rest = sorted((size, unit_id) for unit_id, size in fte.items() if size is not None and unit_id not in small)
        small.update(unit_id for _size, unit_id in rest[:1])
    return frozenset(small)
