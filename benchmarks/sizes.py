"""How large a world is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """City – districts – result units – departments; departments carry the figures."""

    districts: int
    months: int
    units: int = 22
    departments: int = 5
    indicators: int = 40

    @property
    def name(self) -> str:
        return f"{self.districts}x{self.units}x{self.departments}_{self.indicators}i_{self.months}m"

    @property
    def figures(self) -> int:
        return self.districts * self.units * self.departments * self.indicators * self.months
