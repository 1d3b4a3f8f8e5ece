"""The identities of sick leave: egenmeldt + legemeldt = sum = short + long, and the printed percent."""

from decimal import Decimal

from common.numbers import round_half_up

_PERCENT_OFF = Decimal("0.05")


def together(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The sum of two parts; None when one of them is missing."""
    return None if one is None or other is None else one + other


def faults(
    *,
    lost: Decimal | None,
    self_certified: Decimal | None,
    certified: Decimal | None,
    short: Decimal | None,
    long: Decimal | None,
    tolerance: Decimal,
) -> list[tuple[str, Decimal, Decimal]]:
    """Each identity that does not hold within the tolerance: its code, what it should be and what it comes to."""
    found = []
    by_type, by_length = together(self_certified, certified), together(short, long)
    if lost is not None and by_type is not None and abs(lost - by_type) > tolerance:
        found.append(("type_is_not_total", lost, by_type))
    if lost is not None and by_length is not None and abs(lost - by_length) > tolerance:
        found.append(("length_is_not_total", lost, by_length))
    if lost is None and by_type is not None and by_length is not None and abs(by_type - by_length) > tolerance:
        found.append(("length_is_not_total", by_type, by_length))
    return found


def percent(lost: Decimal | None, contracted: Decimal | None) -> Decimal | None:
    """Sick leave in percent, unrounded; None without days to be away from."""
    return lost * 100 / contracted if lost is not None and contracted else None


def percent_differs(printed: Decimal, lost: Decimal | None, contracted: Decimal | None) -> Decimal | None:
    """The percent as it should be printed with one decimal, when the printed one is another."""
    value = percent(lost, contracted)
    if value is None or abs(value - printed) <= _PERCENT_OFF + Decimal("0.0001"):
        return None
    return round_half_up(value, 1)
