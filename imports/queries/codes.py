"""Whose a code is on a day: what it means in files of a kind, units by code, cost centres with their days, and names for files that have
nothing else."""

from collections.abc import Collection
from datetime import date

from imports.models import FileCode
from imports.rules.states import SourceKind
from organisation.models import CostCentre
from organisation.queries import tree
from organisation.rules.validity import is_valid
from scorecard.models import Indicator

Spans = dict[str, list[tuple[date, date | None, int]]]


class UnitCodes:
    """Finds the unit of a district by a code of a file. Asks the database once, twice for other files than ledgers."""

    def __init__(self, district_id: int, *, kind: str) -> None:
        self.district_id = district_id
        self.is_ledger = kind == SourceKind.ECONOMY
        self._own: dict[str, list[tuple[date, int]]] = {}
        if not self.is_ledger:
            own = FileCode.objects.filter(district_id=district_id, kind=kind).order_by("-valid_from")
            for code, first, unit_id in own.values_list("code", "valid_from", "unit_id"):
                self._own.setdefault(code, []).append((first, unit_id))
        self._spans: Spans = {}
        for row in CostCentre.objects.values_list("code", "valid_from", "valid_to", "unit_id"):
            self._spans.setdefault(row[0], []).append(row[1:])
        self._history = tree.history()
        self._by_day: dict[date, dict[str, int]] = {}
        self._below: dict[date, frozenset[int]] = {}

    def __call__(self, code: str, day: date) -> int | None:
        """The id of the unit, or None where the code is nobody's in this district on that day."""
        ways = (self._centre, self._unit) if self.is_ledger else (self._meant, self._unit, self._centre)
        return next((found for way in ways if (found := way(code, day)) is not None), None)

    def _meant(self, code: str, day: date) -> int | None:
        """What somebody has said that it means in files of this kind."""
        unit_id = next((unit_id for first, unit_id in self._own.get(code, ()) if first <= day), None)
        return unit_id if unit_id in self._district(day) else None

    def _centre(self, code: str, day: date) -> int | None:
        for first, last, unit_id in self._spans.get(code, ()):
            if is_valid(day, first, last) and unit_id in self._district(day):
                return unit_id
        return None

    def _unit(self, code: str, day: date) -> int | None:
        if day not in self._by_day:
            nodes = self._history.on(day).nodes
            names = {nodes[unit_id].name.casefold(): unit_id for unit_id in self._district(day)}
            self._by_day[day] = names | {nodes[unit_id].code.casefold(): unit_id for unit_id in self._district(day)}
        return self._by_day[day].get(code.strip().casefold())

    def _district(self, day: date) -> frozenset[int]:
        if day not in self._below:
            self._below[day] = frozenset(self._history.on(day).subtree(self.district_id))
        return self._below[day]


def meant_elsewhere(codes: Collection[str], district_ids: Collection[int]) -> dict[tuple[int, str], FileCode]:
    """(district, code) → what it means now in files that are no ledgers: a suggestion for a ledger, and no more. One SQL statement."""
    rows = FileCode.objects.filter(code__in=codes, district_id__in=district_ids).select_related("unit").order_by("valid_from")
    return {(row.district_id, row.code): row for row in rows}


def fillable_indicators() -> dict[str, Indicator]:
    """Indicators a file may fill: those that are not worked out from others."""
    return {row.code: row for row in Indicator.objects.filter(formula="")}
