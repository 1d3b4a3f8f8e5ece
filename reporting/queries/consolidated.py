"""A district's month as figures: every unit's ledger and forecast, and what they come to per function area, month by month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from common.memory import Memory
from organisation.queries.tree import history, version_token
from organisation.rules.tree import Node, UnitTree
from reporting.models import FunctionArea, MonthlyReport, ReportingMonth
from reporting.queries.consolidated_reports import SAYS_NOTHING, Told, told_in
from reporting.queries.district_ledger import Ledger, ledger_of
from reporting.queries.month_stamp import MonthStamp, remembered
from reporting.queries.owners import REPORTING_KINDS, month_end
from reporting.rules.consolidation import Standing, result_status, split_forecast, standing
from reporting.rules.economy import Amounts
from scorecard.rules.statuses import Status

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


def reporting_units(tree: UnitTree, district_id: int) -> tuple[Node, ...]:
    """The units that report for themselves: result units and staff, wherever in the district they stand. By code."""
    nodes = (tree.nodes[unit_id] for unit_id in tree.subtree(district_id))
    return tuple(sorted((node for node in nodes if node.kind in REPORTING_KINDS), key=lambda node: node.code))


_reporting: Memory[tuple[Node, ...]] = Memory(500)


def reporting_in(district_id: int, month: date) -> tuple[Node, ...]:
    """The units that report for a month; found once for each version of the organisation."""
    key = (version_token(), district_id, month)
    nodes = _reporting.get(key)
    if nodes is None:
        nodes = reporting_units(history().on(month_end(month)), district_id)
        _reporting.put(key, nodes)
    return nodes


def year_to(month: date) -> tuple[date, ...]:
    """January to the month."""
    return tuple(date(month.year, number, 1) for number in range(1, month.month + 1))


def district_month(
    *, district_id: int, month: date, reports: Iterable[MonthlyReport] | None = None, stamp: MonthStamp | None = None
) -> DistrictMonth:
    """At most six SQL statements, whatever the number of units and of years; the year's balances are read where they are new. With a
    stamp of the month so is all that stands in it. `reports`: the month's own as delivered, from whoever has read them already.

    A locked month has the balances it was locked with.
    """
    past = history()
    year = year_to(month)
    trees = {each: past.on(month_end(each)) for each in year}
    # The tree is mostly the same one all year.
    by_tree = {key: reporting_units(tree, district_id) for key, tree in {id(tree): tree for tree in trees.values()}.items()}
    alive = {each: by_tree[id(tree)] for each, tree in trees.items()}
    settings = {
        row.month: row for row in ReportingMonth.objects.filter(district_id=district_id, month__in=year).select_related("locked_by")
    }
    setting, told = settings.get(month), told_in(month, alive, reports, stamp)
    ledger = ledger_of(district_id, month, trees, settings, told, stamp)
    with_forecast = {each for (_unit_id, each), said in told.items() if said.forecast is not None}
    shown = tuple(each for each in year if each == month or each in with_forecast)
    forecasts = _forecasts(month, alive, told, ledger, stamp)
    units = tuple(
        UnitMonth(
            node=node,
            economy=ledger.whole(node.id, month),
            areas=ledger.areas(node.id, month),
            earmarked=ledger.earmarked(node.id, month),
            forecasts={each: stood for each, by_unit in forecasts.items() if (stood := by_unit.get(node.id))},
        )
        for node in alive[month]
    )
    names = stamp.area_names(month.year) if stamp else _area_names(month.year)
    areas = _areas(month, shown, alive, forecasts, ledger, names, stamp)
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


def _forecasts(
    month: date, alive: Mapping[date, tuple[Node, ...]], told: Mapping[tuple[int, date], Told], ledger: Ledger, stamp: MonthStamp | None
) -> dict[date, dict[int, Standing]]:
    """What counts for every unit in each month in which it exists. With a stamp the months before this one are remembered."""
    before = [each for each in alive if each != month]

    def make() -> tuple[dict[date, dict[int, Standing]], dict[int, Standing]]:
        found = _standing_in(before, alive, told, ledger, {})
        return found, {unit_id: stood for each in before for unit_id, stood in found[each].items()}

    earlier, last = remembered("forecasts before", month, (ledger.key, stamp.earlier), make) if stamp else make()
    return {**earlier, **_standing_in([month], alive, told, ledger, last)}


def _standing_in(
    months: Iterable[date],
    alive: Mapping[date, tuple[Node, ...]],
    told: Mapping[tuple[int, date], Told],
    ledger: Ledger,
    last: Mapping[int, Standing],
) -> dict[date, dict[int, Standing]]:
    """Month by month, from what stood `last`."""
    found: dict[date, dict[int, Standing]] = {}
    standing_of = dict(last)
    for month in months:
        for node in alive[month]:
            said = told.get((node.id, month), SAYS_NOTHING)
            budget = ledger.whole(node.id, month).revised
            standing_of[node.id] = standing(said.forecast, standing_of.get(node.id), budget, is_confirmed=said.is_confirmed)
        found[month] = {node.id: standing_of[node.id] for node in alive[month]}
    return found


def _areas(
    month: date,
    shown: Sequence[date],
    alive: Mapping[date, tuple[Node, ...]],
    forecasts: Mapping[date, Mapping[int, Standing]],
    ledger: Ledger,
    names: Mapping[str, str],
    stamp: MonthStamp | None,
) -> tuple[AreaMonth, ...]:
    """Every area that has a budget or a booking in the month, in the order an administrator gave them."""

    def by_area(each: date) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for node in alive[each]:
            # Where a month's ledger is not there, its forecast stands in the areas of today.
            own = ledger.areas(node.id, each) or ledger.areas(node.id, month)
            parts = split_forecast(forecasts[each].get(node.id, NOBODY).forecast, own)
            for code, share in parts.items():
                sums[code] += share or Decimal(0)
        for code, amounts in ledger.areas(None, each).items():
            sums[code] += amounts.revised or Decimal(0)
        return sums

    *before, _now = shown
    earlier = (
        [by_area(each) for each in before]
        if stamp is None
        else remembered("areas before", month, (tuple(before), ledger.key, stamp.earlier), lambda: [by_area(each) for each in before])
    )
    by_month = dict(zip(shown, (*earlier, by_area(month)), strict=True))
    amounts_of: dict[str, Amounts] = defaultdict(Amounts)
    for unit_id in (*(node.id for node in alive[month]), None):
        for code, amounts in ledger.areas(unit_id, month).items():
            amounts_of[code] += amounts
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
