"""What units' ledgers come to, read from the balances."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Manager
from django.utils.translation import gettext as _

from reporting.models import AccountGroup, Balance, LockedBalance
from reporting.models.ledger import Sums
from reporting.queries.owners import owned_by, owners_in, tree_of, trees_of
from reporting.rules.economy import NOTHING, Amounts, GroupVariance, UnitEconomy

Names = Mapping[str, tuple[int, str]]


def economies(*, unit_ids: Collection[int], month: date, as_locked: bool = False) -> dict[int, UnitEconomy]:
    """Each unit's own ledger at the end of the month, or as it was when the month was locked; a unit without balances is left out.

    Two SQL statements.
    """
    rows: dict[int, list[Sums]] = defaultdict(list)
    for row in table_of(as_locked=as_locked).filter(unit_id__in=unit_ids, month=month):
        rows[row.unit_id or 0].append(row)
    names = _group_names() if rows else {}
    return {unit_id: _economy(found, names) for unit_id, found in rows.items()}


def whole_economies(*, unit_ids: Collection[int], month: date, as_locked: bool = False) -> dict[int, UnitEconomy]:
    """The same with what stands below each unit that reports, as its report has it. Two SQL statements."""
    owners = owners_in(tree_of(month), unit_ids)
    rows: dict[int, list[Sums]] = defaultdict(list)
    for row in table_of(as_locked=as_locked).filter(unit_id__in=owners, month=month):
        rows[owners[row.unit_id or 0]].append(row)
    names = _group_names() if rows else {}
    return {unit_id: _economy(found, names) for unit_id, found in rows.items()}


def economy_by_month(*, unit_id: int, months: Collection[date], locked: date | None = None) -> dict[date, UnitEconomy]:
    """The ledger of a unit, with what stands below one that reports, at the end of several months; of `locked` as it was then.

    Two SQL statements, three with a locked month.
    """
    owned = {month: owned_by(tree, unit_id) for month, tree in trees_of(months).items()}
    rows: dict[date, list[Sums]] = defaultdict(list)
    for row in Balance.objects.filter(unit_id__in=frozenset[int]().union(*owned.values()), month__in=set(months) - {locked}):
        if row.unit_id in owned[row.month]:
            rows[row.month].append(row)
    if locked is not None:
        rows[locked] = list(table_of(as_locked=True).filter(unit_id__in=owned[locked], month=locked))
    names = _group_names() if rows else {}
    return {month: _economy(found, names) for month, found in rows.items()}


def unallocated(*, district_id: int, month: date) -> Amounts:
    """What no unit has: lines whose cost centre belongs to nobody yet. One SQL statement."""
    return _sum(Balance.objects.filter(district_id=district_id, month=month, unit__isnull=True))


def table_of(*, as_locked: bool) -> "Manager[Any]":
    """Balances that follow the files, or those that were kept when their month was locked."""
    return LockedBalance.objects if as_locked else Balance.objects


def _group_names() -> Names:
    return {code: (place, name) for place, (code, name) in enumerate(AccountGroup.objects.values_list("code", "name"))}


def _economy(rows: Iterable[Sums], names: Names) -> UnitEconomy:
    ordinary, earmarked = NOTHING, NOTHING
    groups: dict[str, Amounts] = {}
    areas: dict[str, Amounts] = {}
    units: dict[int, Amounts] = {}
    for row in rows:
        amounts = amounts_of(row)
        if row.earmarked:
            earmarked += amounts
            continue
        ordinary += amounts
        groups[row.group] = groups.get(row.group, NOTHING) + amounts
        areas[row.area] = areas.get(row.area, NOTHING) + amounts
        units[row.unit_id or 0] = units.get(row.unit_id or 0, NOTHING) + amounts
    ordered = sorted(groups, key=lambda code: (names.get(code, (len(names), ""))[0], code))
    found = tuple(GroupVariance(code, _name(code, names), groups[code]) for code in ordered)
    return UnitEconomy(ordinary, earmarked, found, areas, units if len(units) > 1 else {})


def _name(code: str, names: Names) -> str:
    return names[code][1] if code in names else code or _("Andre kontoer")


def amounts_of(row: Sums) -> Amounts:
    return Amounts(row.original, row.revised, row.budget, row.actual)


def _sum(rows: Iterable[Sums]) -> Amounts:
    return sum((amounts_of(row) for row in rows), NOTHING)
