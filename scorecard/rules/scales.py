"""Means on different scales, made comparable. A mean on 1-6 is never compared with one on 1-5 directly."""

from decimal import Decimal

HUNDRED = Decimal(100)


def to_hundred(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """A mean on a scale from `low` to `high` as 0-100: 4.5 on 1-6 is 70, 4 on 1-5 is 75. Raises ValueError on a scale without length."""
    if high <= low:
        raise ValueError(f"a scale from {low} to {high} has no length")
    return (value - low) / (high - low) * HUNDRED
