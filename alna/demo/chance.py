"""Chance that is the same every time: each topic and unit has its own sequence, so that adding one changes no other."""

import random
from decimal import Decimal

THOUSAND = Decimal(1000)


class Chance:
    """Draws for one topic, without floating point."""

    def __init__(self, *names: object) -> None:
        self._source = random.Random(" ".join(str(name) for name in names))  # noqa: S311 - made-up figures, no secrets

    def around(self, spread: str) -> Decimal:
        """A factor between 1 - spread and 1 + spread."""
        most = int(Decimal(spread) * THOUSAND)
        return (THOUSAND + self._source.randint(-most, most)) / THOUSAND

    def between(self, low: int, high: int) -> int:
        return self._source.randint(low, high)
