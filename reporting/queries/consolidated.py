"""A district's month as figures: every unit's ledger and forecast, and what they come to per function area, month by month."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q

from common.memory import Memory
from common.periods import Period
from organisation.models import Unit
from organisation.queries.tree import history, version_token
from organisation.rules.tree import Node, UnitTree
from reporting.models import Balance, FunctionArea, ReportingMonth
from reporting.models.sums import KronerSum
from reporting.queries.consolidated_reports import SAYS_NOTHING, Told, told_in
from reporting.queries.economy import table_of
from reporting.rules.consolidation import Standing, result_status, split_forecast, standings
from reporting.rules.economy import Amounts
from scorecard.rules.statuses import Status

REPORTING_KINDS = frozenset({Unit.Kind.RESULT_UNIT.value, Unit.Kind.STAFF_UNIT.value})
SUMS = ("original", "revised", "budget", "actual")
NOBODY = Standing(None, False)


@dataclass(frozen=True)
class UnitMonth:
    """One unit's year so far. `economy` and `areas` are ordinary operation; `forecasts` is what counts in each month it existed."""

    node: Node
    economy: Amounts
    areas: Mapping[str, Amounts]
    earmarked: Amounts
    forecasts: Mapping[date, Standing]

    def standing(self, month: date | None) -> Standing:
        return self.forecasts.get(month, NOBODY) if month else NOBODY

    def variance(self, month: date) -> Decimal | None:
        """What the year is expected to end better by than its budget; negative is overspending."""
        return minus(self.economy.revised, self.standing(month).forecast)


@dataclass(frozen=True)
class AreaMonth:
    """One function area, or all of them: the forecasts of each month shown, and the ledger of the last."""

    code: str
    name: str
    forecasts: Mapping[date, Decimal | None]
    amounts: Amounts
    forecast: Decimal | None

    @property
    def variance(self) -> Decimal | None:
        return minus(self.amounts.revised, self.forecast)

    @property
    def status(self) -> Status:
        return result_status(self.forecast, self.amounts.revised)


@dataclass(frozen=True)
class DistrictMonth:
    """Everything in figures. `months` are those with forecasts, the month itself last; `before` is the one before it.

    `unallocated` is what no unit has taken over yet. It counts with its budget as forecast, so that nothing falls out of a sum.
    """

    district: Node
    month: date
    months: tuple[date, ...]
    units: tuple[UnitMonth, ...]
    unallocated: Amounts
    areas: tuple[AreaMonth, ...]
    total: AreaMonth
    earmarked: tuple[tuple[Node, Amounts], ...]
    figures_ready: bool
    setting: ReportingMonth | None
    # A file has said something else about a locked month since; what is shown is what was locked.
    changed_since_lock: bool = False

    @property
    def before(self) -> date | None:
        return self.months[-2] if len(self.months) > 1 else None

    @property
    def is_locked(self) -> bool:
        return self.setting is not None and self.setting.locked_at is not None


_ledgers: "Memory[_Ledger]" = Memory(50)


def month_end(month: date) -> date:
    return Period.month(month.year, month.month).last_day


def reporting_units(tree: UnitTree, district_id: int) -> tuple[Node, ...]:
    """The units that report for themselves: result units and staff, wherever in the district they stand. By code."""
    nodes = (tree.nodes[unit_id] for unit_id in tree.subtree(district_id))
    return tuple(sorted((node for node in nodes if node.kind in REPORTING_KINDS), key=lambda node: node.code))


def year_to(month: date) -> tuple[date, ...]:
    """January to the month."""
    return tuple(date(month.year, number, 1) for number in range(1, month.month + 1))


def ledger_stamp(district_id: int, month: date) -> tuple[object, ...]:
    """Another value as soon as one of the year's balances is another. One SQL statement."""
    rows = Balance.objects.filter(district_id=district_id, month__in=year_to(month))
    return tuple(rows.aggregate(Count("pk"), Max("pk"), KronerSum("actual")).values())


def district_month(*, district_id: int, month: date) -> DistrictMonth:
    """At most six SQL statements, whatever the number of units and of years; the year's balances are read where they are new.

    A locked month has the balances it was locked with.
    """
    past = history()
    year = year_to(month)
    trees = {each: past.on(month_end(each)) for each in year}
    settings = {
        row.month: row for row in ReportingMonth.objects.filter(district_id=district_id, month__in=year).select_related("locked_by")
    }
    setting, told = settings.get(month), told_in(district_id, trees)
    ledger = _ledger_of(district_id, month, trees, settings, told)
    shown = tuple(each for each in year if each == month or any(key[1] == each for key, said in told.items() if said.forecast is not None))
    alive = {each: reporting_units(tree, district_id) for each, tree in trees.items()}
    forecasts = _forecasts(alive, told, ledger)
    units = tuple(
        UnitMonth(
            node=node,
            economy=ledger.whole(node.id, month),
            areas=ledger.areas(node.id, month),
            earmarked=ledger.earmarked(node.id, month),
            forecasts={each: standing for each, by_unit in forecasts.items() if (standing := by_unit.get(node.id))},
        )
        for node in alive[month]
    )
    areas = _areas(month, shown, alive, forecasts, ledger)
    return DistrictMonth(
        district=trees[month].nodes[district_id],
        month=month,
        months=shown,
        units=units,
        unallocated=ledger.whole(None, month),
        areas=areas,
        total=_total(areas, shown, units, month),
        earmarked=tuple((unit.node, unit.earmarked) for unit in units if not unit.earmarked.is_empty),
        figures_ready=ledger.has(month),
        setting=setting,
        changed_since_lock=any(key[1] == month and said.is_newer_than_lock(setting) for key, said in told.items()),
    )


def _ledger_of(
    district_id: int,
    month: date,
    trees: Mapping[date, UnitTree],
    settings: Mapping[date, ReportingMonth],
    told: Mapping[tuple[int, date], Told],
) -> "_Ledger":
    """The year's ledger: remembered where no balance, no lock, no correction and nothing in the organisation is another, else read."""
    locked = {each: row.locked_at for each, row in settings.items() if row.locked_at is not None}
    corrections = sum(said.revision for said in told.values())
    key = (district_id, month, ledger_stamp(district_id, month), tuple(sorted(locked.items())), corrections, version_token())
    ledger = _ledgers.get(key)
    if ledger is None:
        ledger = _Ledger(district_id, trees, locked)
        _ledgers.put(key, ledger)
    return ledger


class _Ledger:
    """The year's balances, added up to the unit that reports for them. What stands with no such unit is nobody's yet."""

    def __init__(self, district_id: int, trees: Mapping[date, UnitTree], locked: Collection[date]) -> None:
        self._found: dict[tuple[int | None, date, bool], dict[str, Amounts]] = defaultdict(dict)
        rows = [*_sums(district_id, trees.keys() - set(locked)), *_sums(district_id, locked, as_locked=True)]
        for unit_id, month, area, earmarked, *sums in rows:
            by_area = self._found[_owner(trees[month], unit_id), month, earmarked]
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


def _owner(tree: UnitTree, unit_id: int | None) -> int | None:
    path = tree.path(unit_id) if unit_id is not None else ()
    return next((each for each in path if tree.nodes[each].kind in REPORTING_KINDS), None)


def _forecasts(
    alive: Mapping[date, tuple[Node, ...]], told: Mapping[tuple[int, date], Told], ledger: _Ledger
) -> dict[date, dict[int, Standing]]:
    """What counts for every unit in each month in which it exists."""
    found: dict[date, dict[int, Standing]] = {month: {} for month in alive}
    months_of: dict[int, list[date]] = defaultdict(list)
    for month, nodes in alive.items():
        for node in nodes:
            months_of[node.id].append(month)
    for unit_id, months in months_of.items():
        said = (told.get((unit_id, month), SAYS_NOTHING) for month in months)
        handed_in = [(each.forecast, each.is_confirmed) for each in said]
        budgets = [ledger.whole(unit_id, month).revised for month in months]
        for month, standing in zip(months, standings(handed_in, budgets), strict=True):
            found[month][unit_id] = standing
    return found


def _areas(
    month: date,
    shown: Iterable[date],
    alive: Mapping[date, tuple[Node, ...]],
    forecasts: Mapping[date, Mapping[int, Standing]],
    ledger: _Ledger,
) -> tuple[AreaMonth, ...]:
    """Every area that has a budget or a booking in the month, in the order an administrator gave them."""
    by_month: dict[date, dict[str, Decimal]] = {each: defaultdict(Decimal) for each in shown}
    for each, sums in by_month.items():
        for node in alive[each]:
            # Where a month's ledger is not there, its forecast stands in the areas of today.
            own = ledger.areas(node.id, each) or ledger.areas(node.id, month)
            parts = split_forecast(forecasts[each].get(node.id, NOBODY).forecast, own)
            for code, share in parts.items():
                sums[code] += share or Decimal(0)
        for code, amounts in ledger.areas(None, each).items():
            sums[code] += amounts.revised or Decimal(0)
    amounts_of: dict[str, Amounts] = defaultdict(Amounts)
    for unit_id in (*(node.id for node in alive[month]), None):
        for code, amounts in ledger.areas(unit_id, month).items():
            amounts_of[code] += amounts
    names = _area_names(month.year)
    order = {code: place for place, code in enumerate(names)}
    return tuple(
        AreaMonth(
            code=code,
            name=names.get(code, ""),
            forecasts={each: sums.get(code) for each, sums in by_month.items()},
            amounts=amounts_of[code],
            forecast=by_month[month].get(code),
        )
        for code in sorted(amounts_of, key=lambda code: (order.get(code, len(order)), code))
    )


def _area_names(year: int) -> dict[str, str]:
    rows = FunctionArea.objects.filter(Q(last_year__isnull=True) | Q(last_year__gte=year), first_year__lte=year)
    return dict(rows.order_by("order", "code", "first_year").values_list("code", "name"))


def _total(areas: Iterable[AreaMonth], shown: Iterable[date], units: Iterable[UnitMonth], month: date) -> AreaMonth:
    """All areas together, and units that report a forecast although no ledger has come."""
    amounts = sum((area.amounts for area in areas), Amounts())
    forecasts = {each: plus(area.forecasts.get(each) for area in areas) for each in shown}
    without = plus(unit.standing(month).forecast for unit in units if not unit.areas)
    if without is not None:
        forecasts[month] = plus((forecasts[month], without))
    return AreaMonth("", "", forecasts, amounts, forecasts[month])


def plus(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what there is; None where there is nothing."""
    there = [value for value in values if value is not None]
    return sum(there, Decimal(0)) if there else None


def minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other
