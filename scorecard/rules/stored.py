"""How exactly a figure is kept, in the database and in what other programs are given."""

from decimal import Decimal
from typing import overload

from common.numbers import round_half_up

PLACES = 6


@overload
def stored(value: Decimal) -> Decimal: ...
@overload
def stored(value: Decimal | None) -> Decimal | None: ...
def stored(value: Decimal | None) -> Decimal | None:
    """The figure as it is kept; None stays None."""
    return None if value is None else round_half_up(value, PLACES)


def plain_number(value: Decimal | None) -> int | float | None:
    """The same as a number of JSON: a whole number without a point, else the shortest spelling that is the figure itself."""
    if value is None:
        return None
    kept = stored(value)
    return int(kept) if kept == kept.to_integral_value() else float(kept)
