"""What a page of the year is narrowed to: one unit, one role. Both stand in the address, and go along to the other ways of showing it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from annualcycle.queries.year_units import YearUnit, year_units
from annualcycle.views.place import Wheel
from common.http import Request
from organisation.queries.access import Access
from organisation.queries.units import INDENT
from organisation.rules.access import Role

ROLES = frozenset(role.value for role in Role)


@dataclass(frozen=True)
class Narrowing:
    """`units` are what the person may choose among; none chosen is the whole district."""

    access: Access
    wheel: Wheel
    units: tuple[YearUnit, ...]
    unit: YearUnit | None
    role: str

    @property
    def within(self) -> frozenset[int] | None:
        return self.unit.unit_ids if self.unit else None

    @property
    def title(self) -> str:
        """«402 Hjemmetjenesten»; nothing where the whole district is shown."""
        return f"{self.unit.code} {self.unit.name}" if self.unit else ""

    def query(self, *, role: str | None = None) -> str:
        """The end of an address that keeps what is chosen: "?enhet=402&rolle=director", or "". `role` stands instead of the one chosen."""
        given = {"enhet": self.unit.code if self.unit else "", "rolle": self.role if role is None else role}
        chosen = {name: value for name, value in given.items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    def query_in(self, year: int) -> str:
        """The same for another year, without a unit that was not there."""
        if self.unit is None or year == self.wheel.year:
            return self.query()
        codes = {unit.code for unit in year_units(self.access, self.wheel.district, year)}
        there = self.unit if self.unit.code in codes else None
        return Narrowing(self.access, self.wheel, (), there, self.role).query()

    def selects(self) -> list[dict[str, Any]]:
        """For components/filter.html."""
        if not self.units:
            return []
        code = self.unit.code if self.unit else ""
        options = [(unit.code, f"{INDENT * (unit.depth - 1)}{unit.code} {unit.name}", unit.code == code) for unit in self.units]
        return [{"id": "enhet", "name": "enhet", "label": _("Vis for"), "options": [("", _("Hele bydelen"), not code), *options]}]

    def kept(self) -> list[tuple[str, str]]:
        """What the form of the units carries along."""
        return [("rolle", self.role)] if self.role else []


def narrowing_or_404(request: Request, wheel: Wheel) -> Narrowing:
    """Of `enhet` and `rolle` in the address. Raises Http404 for a unit that the person may not choose."""
    units = year_units(request.access, wheel.district, wheel.year)
    code = request.GET.get("enhet", "")
    unit = next((each for each in units if each.code == code), None)
    if code and unit is None:
        raise Http404
    role = request.GET.get("rolle", "")
    return Narrowing(request.access, wheel, tuple(units), unit, role if role in ROLES else "")
