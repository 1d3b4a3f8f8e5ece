"""A district's year of balances, added up to the units that report: read once, and again where one of them is another."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Max

from common.memory import Memory
from organisation.queries.tree import version_token
from organisation.rules.tree import UnitTree
from reporting.models import Balance, ReportingMonth
from reporting.models.sums import KronerSum
from reporting.queries.consolidated_reports import Told
from reporting.queries.economy import table_of
from reporting.queries.month_stamp import MonthStamp
from reporting.queries.owners import owner_of
from reporting.rules.economy import Amounts

SUMS = ("original", "revised", "budget", "actual")


_ledgers: "Memory[Ledger]" = Memory(50)


def ledger_stamp(district_id: int, months: Collection[date]) -> tuple[object, ...]:
    """Another value as soon as one of the year's balances is another. One SQL statement."""
    rows = Balance.objects.filter(district_id=district_id, month__in=months)
    return tuple(rows.aggregate(Count("pk"), Max("pk"), KronerSum("actual")).values())


def ledger_of(
    district_id: int,
    month: date,
    trees: Mapping[date, UnitTree],
    settings: Mapping[date, ReportingMonth],
    told: Mapping[tuple[int, date], Told],
    stamp: MonthStamp | None,
) -> "Ledger":
    """The year's ledger: remembered where no balance, no lock, no correction and nothing in the organisation is another, else read."""
    locked = {each: row.locked_at for each, row in settings.items() if row.locked_at is not None}
    corrections = sum(said.revision for said in told.values())
    balances = stamp.balances if stamp else ledger_stamp(district_id, trees.keys())
    key = (district_id, month, balances, tuple(sorted(locked.items())), corrections, version_token())
    ledger = _ledgers.get(key)
    if ledger is None:
        ledger = Ledger(key, district_id, trees, locked)
        _ledgers.put(key, ledger)
    return ledger


class Ledger:
    """The year's balances, added up to the unit that reports for them. What stands with no such unit is nobody's yet."""

    def __init__(self, key: Hashable, district_id: int, trees: Mapping[date, UnitTree], locked: Collection[date]) -> None:
        # Another one where something in it is.
        self.key = key
        self._found: dict[tuple[int | None, date, bool], dict[str, Amounts]] = defaultdict(dict)
        rows = [*_sums(district_id, trees.keys() - set(locked)), *_sums(district_id, locked, as_locked=True)]
        for unit_id, month, area, earmarked, *sums in rows:
            by_area = self._found[owner_of(trees[month], unit_id), month, earmarked]
            by_area[area] = by_area.get(area, Amounts()) + Amounts(*sums)
        self._wholes = {key: sum(by_area.values(), Amounts()) for key, by_area in self._found.items()}

    def has(self, month: date) -> bool:
        return any(key[1] == month for key in self._found)

    def areas(self, unit_id: int | None, month: date) -> dict[str, Amounts]:
        return self._found.get((unit_id, month, False), {})

    def whole(self, unit_id: int | None, month: date) -> Amounts:
        return self._wholes.get((unit_id, month, False), Amounts())

    def earmarked(self, unit_id: int | None, month: date) -> Amounts:
        return self._wholes.get((unit_id, month, True), Amounts())


def _sums(district_id: int, months: Collection[date], *, as_locked: bool = False) -> "Iterable[Any]":
    """Per unit, month, area and purpose. One SQL statement, none for no months."""
    rows = table_of(as_locked=as_locked).filter(district_id=district_id, month__in=months).order_by()
    return rows.values_list("unit_id", "month", "area", "earmarked").annotate(*(KronerSum(name) for name in SUMS))
