"""From a unit's amounts down to the rows of the file: accounts, lines, and one line with every version of it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from organisation.models import Unit
from organisation.queries.tree import history
from organisation.rules.tree import UnitTree
from reporting.models import Balance, Delivery, LedgerLine
from reporting.models.sums import KronerSum
from reporting.queries.owners import month_end, owner_of
from reporting.rules.economy import NOTHING, Amounts
from reporting.rules.ledger import Delivered

AMOUNTS = ("original", "revised", "budget", "actual")
ClassOf = Callable[[str], str]


@dataclass(frozen=True)
class AccountSum:
    """One account in a unit, from all its lines that count in the month."""

    account: str
    name: str
    group: str
    earmarked: bool
    amounts: Amounts


@dataclass
class GroupSum:
    """A group of accounts with its accounts."""

    code: str
    amounts: Amounts = NOTHING
    accounts: list[AccountSum] = field(default_factory=list)


def nearest_tree(unit: Unit, month: date) -> UnitTree:
    """The tree of the month's last day, or of the nearest day on which the unit exists."""
    past = history()
    row = past.by_id[unit.pk]
    day = max(month_end(month), row.valid_from)
    return past.on(day if row.valid_to is None else min(day, row.valid_to))


def latest_month(district_id: int) -> date | None:
    """The newest month with a ledger. One SQL statement."""
    return Balance.objects.filter(district_id=district_id).order_by("-month").values_list("month", flat=True).first()


def account_sums(*, counted: Sequence[Delivered], unit_ids: Collection[int], group_of: ClassOf, earmark_of: ClassOf) -> list[AccountSum]:
    """Every account of the units, in order. A whole year's budget is the newest delivery's that states one. One SQL statement."""
    rows = _lines(counted, unit_ids).order_by("account", "project")
    found: dict[tuple[str, bool], list[tuple[int, str, Amounts]]] = {}
    sums = {f"sum_{name}": KronerSum(name) for name in AMOUNTS}
    for delivery_id, account, name, project, *amounts in rows.values_list("delivery_id", "account", "account_name", "project").annotate(
        **sums
    ):
        key = (account, bool(project and earmark_of(project)))
        found.setdefault(key, []).append((delivery_id, name, Amounts(*amounts)))
    newest = [one.id for one in reversed(counted)]
    stated = {name: _stating(name, newest, found.values()) for name in ("original", "revised")}
    return [
        AccountSum(account, next((name for _id, name, _a in parts if name), ""), group_of(account), earmarked, _together(parts, stated))
        for (account, earmarked), parts in found.items()
    ]


def _stating(name: str, newest: Iterable[int], found: Iterable[list[tuple[int, str, Amounts]]]) -> int | None:
    there = {delivery_id for parts in found for delivery_id, _name, amounts in parts if getattr(amounts, name) is not None}
    return next((delivery_id for delivery_id in newest if delivery_id in there), None)


def _together(parts: Iterable[tuple[int, str, Amounts]], stated: dict[str, int | None]) -> Amounts:
    total = NOTHING
    for delivery_id, _name, amounts in parts:
        total += Amounts(
            original=amounts.original if delivery_id == stated["original"] else None,
            revised=amounts.revised if delivery_id == stated["revised"] else None,
            budget=amounts.budget,
            actual=amounts.actual,
        )
    return total


def grouped(accounts: Iterable[AccountSum]) -> dict[str, GroupSum]:
    """Accounts by group; the caller orders the groups."""
    groups: dict[str, GroupSum] = {}
    for account in accounts:
        group = groups.setdefault(account.group, GroupSum(account.group))
        group.amounts += account.amounts
        group.accounts.append(account)
    return groups


def lines_of(
    *, counted: Sequence[Delivered], unit_ids: Collection[int], accounts: Collection[str], projects: Collection[str]
) -> QuerySet[LedgerLine]:
    """The lines behind an amount, in the order of the file."""
    rows = _lines(counted, unit_ids).select_related("delivery", "unit")
    return rows.filter(account__in=accounts, project__in=projects).order_by("delivery__number", "delivery_id", "row")


def lines_of_nobody(*, counted: Sequence[Delivered], tree: UnitTree) -> QuerySet[LedgerLine]:
    """The lines behind «Ikke fordelt»: of no unit, and those that stand above every unit that reports."""
    above = [unit_id for unit_id in tree.nodes if owner_of(tree, unit_id) is None]
    rows = LedgerLine.objects.filter(Q(unit__isnull=True) | Q(unit_id__in=above), delivery_id__in=[one.id for one in counted])
    return rows.select_related("delivery", "unit").order_by("delivery__number", "delivery_id", "row")


def codes_in(*, counted: Sequence[Delivered], unit_ids: Collection[int]) -> tuple[list[str], list[str]]:
    """The accounts and projects that the lines have. One SQL statement."""
    pairs = _lines(counted, unit_ids).order_by().values_list("account", "project").distinct()
    accounts, projects = set(), set()
    for account, project in pairs:
        accounts.add(account)
        projects.add(project)
    return sorted(accounts), sorted(projects)


def _lines(counted: Sequence[Delivered], unit_ids: Collection[int]) -> QuerySet[LedgerLine]:
    return LedgerLine.objects.filter(delivery_id__in=[one.id for one in counted], unit_id__in=unit_ids)


@dataclass(frozen=True)
class LineVersion:
    """A line as it stood in one version of the file; without lines where that version had none with the same codes."""

    delivery: Delivery
    amounts: Amounts
    rows: list[int]
    is_shown: bool


def line_at(delivery_id: int, row: int) -> LedgerLine | None:
    lines = LedgerLine.objects.filter(delivery_id=delivery_id, row=row)
    return lines.select_related("delivery__district", "delivery__delivered_by", "unit").first()


def versions_of(line: LedgerLine, reached: Collection[int]) -> list[LineVersion]:
    """The same codes in every version of the file, the newest first. A version in which they were another unit's, whose lines the person
    does not reach, is as one without them. Two SQL statements."""
    shown = line.delivery
    deliveries = Delivery.objects.filter(kind=shown.kind, district_id=shown.district_id, year=shown.year, number=shown.number)
    same = LedgerLine.objects.filter(
        Q(unit_id__in=reached) | Q(unit__isnull=True),
        delivery__in=deliveries,
        number=line.number,
        cost_centre=line.cost_centre,
        account=line.account,
        function=line.function,
        project=line.project,
    ).order_by("row")
    found: dict[int, tuple[Amounts, list[int]]] = {}
    for delivery_id, row, *amounts in same.values_list("delivery_id", "row", *AMOUNTS):
        before, rows = found.get(delivery_id, (NOTHING, []))
        found[delivery_id] = (before + Amounts(*amounts), [*rows, row])
    return [
        LineVersion(delivery, *found.get(delivery.pk, (NOTHING, [])), is_shown=delivery.pk == shown.pk)
        for delivery in deliveries.select_related("delivered_by").order_by("-version")
    ]
