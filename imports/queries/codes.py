"""Whose a code is on a day: units by code, cost centres with their days, and names for files that have nothing else."""

from datetime import date

from organisation.models import CostCentre
from organisation.queries import tree
from organisation.rules.validity import is_valid
from scorecard.models import Indicator

Spans = dict[str, list[tuple[date, date | None, int]]]


class UnitCodes:
    """Finds the unit of a district by a code of a file. Asks the database once; a code is looked up once per day."""

    def __init__(self, district_id: int, *, cost_centres_first: bool) -> None:
        self.district_id = district_id
        self.cost_centres_first = cost_centres_first
        self._spans: Spans = {}
        for row in CostCentre.objects.values_list("code", "valid_from", "valid_to", "unit_id"):
            self._spans.setdefault(row[0], []).append(row[1:])
        self._history = tree.history()
        self._by_day: dict[date, dict[str, int]] = {}
        self._below: dict[date, frozenset[int]] = {}

    def __call__(self, code: str, day: date) -> int | None:
        """The id of the unit, or None where the code is nobody's in this district on that day."""
        found = (self._centre(code, day), self._unit(code, day))
        first, second = found if self.cost_centres_first else reversed(found)
        return second if first is None else first

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


def fillable_indicators() -> dict[str, Indicator]:
    """Indicators a file may fill: those that are not worked out from others."""
    return {row.code: row for row in Indicator.objects.filter(formula="")}
