"""What a unit's ledger comes to, by function area and account group: added up from the current deliveries, never written by hand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Case, Expression, F, Q, Sum, Value, When
from django.db.models.functions import Cast, Round, Substr
from django.db.models.lookups import In

from organisation.models import Unit
from reporting.models import AccountGroup, Balance, Delivery, EarmarkedProject, FunctionCode, LedgerLine
from reporting.rules.kinds import DeliveryKind
from reporting.rules.ledger import Delivered, Prefixes, counted, is_delivered

TO_DATE = ("budget", "actual")
WHOLE_YEAR = ("original", "revised")
AMOUNTS = (*WHOLE_YEAR, *TO_DATE)
ORE = 100
ROWS_AT_ONCE = 2000
BALANCES_AT_ONCE = 1000
MOST_DIGITS = 16
# The sums of a large ledger fill some thirty megabytes; with less, the server writes most of the lines to disk to add them up.
# It lasts to the end of the transaction, and takes nothing from a server that gives more.
_ROOM_FOR_SUMS = """
SELECT set_config('work_mem', '64MB', true) WHERE pg_size_bytes(current_setting('work_mem')) < pg_size_bytes('64MB')
"""

Key = tuple[int | None, str, str, bool]
# the four amounts in øre
Amounts = Sequence[int | None]
# What deliveries come to, of which that is known already.
KnownSums = Mapping[int, Iterable[tuple[Key, Amounts]]]
Totals = dict[int | None, tuple[Decimal | None, ...]]


@dataclass(frozen=True)
class Classes:
    """How codes of one year become areas, groups and earmarked projects."""

    areas: Prefixes
    groups: Prefixes
    projects: Prefixes


@transaction.atomic
def rebuild_balances(*, district: Unit, months: Collection[date], known: KnownSums | None = None) -> None:
    """Writes the balances of these months anew. A month without a delivery has none."""
    for year in sorted({month.year for month in months}):
        delivered = current_deliveries(district, year)
        classes = classes_of(year)
        for month in sorted(month for month in months if month.year == year):
            Balance.objects.filter(district=district, month=month).delete()
            if is_delivered(delivered, month.month):
                _write(district, month, _sums(counted(delivered, month.month), classes, known or {}))


def current_deliveries(district: Unit, year: int) -> list[Delivered]:
    """The economy deliveries of a year that count."""
    rows = Delivery.objects.filter(kind=DeliveryKind.ECONOMY, district=district, year=year, is_current=True)
    return [Delivered(*row) for row in rows.order_by("number").values_list("pk", "number", "cumulative")]


def classes_of(year: int) -> Classes:
    """Areas and earmarked projects as they are that year; account groups have no years."""
    valid = Q(first_year__lte=year) & (Q(last_year__isnull=True) | Q(last_year__gte=year))
    in_area = Q(area__first_year__lte=year) & (Q(area__last_year__isnull=True) | Q(area__last_year__gte=year))
    areas = FunctionCode.objects.filter(in_area).order_by("area__first_year").values_list("prefix", "area__code")
    groups = {
        prefix.strip(): code for code, prefixes in AccountGroup.objects.values_list("code", "prefixes") for prefix in prefixes.split(",")
    }
    projects = EarmarkedProject.objects.filter(valid).values_list("prefix", flat=True)
    return Classes(Prefixes(dict(areas)), Prefixes(groups), Prefixes(dict.fromkeys(projects, "earmarked")))


def unit_totals(*, district: Unit, months: Collection[date]) -> dict[date, Totals]:
    """Per month and unit what its balances come to: to see whose figures a file changed."""
    found: dict[date, Totals] = defaultdict(dict)
    rows = Balance.objects.filter(district=district, month__in=months).order_by().values_list("month", "unit_id")
    for month, unit_id, *sums in rows.annotate(**{f"sum_{name}": _sum(name) for name in AMOUNTS}):
        found[month][unit_id] = tuple(map(_kroner, sums))
    return dict(found)


def _sums(deliveries: Collection[Delivered], classes: Classes, known: KnownSums) -> dict[Key, list[int | None]]:
    """What the deliveries of a month come to."""
    whole_year = _with_whole_year(deliveries)
    # Which of a delivery's four amounts count: its own to date, and the year's where it is the one that states it.
    counting = {
        each.id: [place for place, name in enumerate(AMOUNTS) if name in TO_DATE or whole_year[name] == each.id] for each in deliveries
    }
    sums: dict[Key, list[int | None]] = {}
    at_hand = ((each.id, key, amounts) for each in deliveries for key, amounts in known.get(each.id, ()))
    asked_for = [each for each in deliveries if each.id not in known]
    for delivery_id, key, amounts in chain(at_hand, _added_up(asked_for, classes) if asked_for else ()):
        so_far = sums.get(key)
        if so_far is None:
            so_far = sums[key] = [None] * len(AMOUNTS)
        for place in counting[delivery_id]:
            amount = amounts[place]
            if amount is not None:
                so_far[place] = amount + (so_far[place] or 0)
    return sums


def _write(district: Unit, month: date, sums: Mapping[Key, Amounts]) -> None:
    """In plain statements: a row of the ORM costs as much as ten lines of a ledger."""
    quoted = connection.ops.quote_name
    names = ", ".join(map(quoted, ("district_id", "month", "unit_id", "area", "group", "earmarked", *AMOUNTS)))
    statement = f"INSERT INTO {quoted(Balance._meta.db_table)} ({names}) VALUES "  # noqa: S608 - names from the model
    of_all = district.pk, connection.ops.adapt_datefield_value(month)
    # Amounts as the ORM would hand them over: one that is too large for its column is refused.
    prepared = connection.ops.adapt_decimalfield_value
    rows: Iterator[tuple[Any, ...]] = (
        (*of_all, *key, *(prepared(_kroner(ore), MOST_DIGITS, 2) for ore in amounts)) for key, amounts in sums.items()
    )
    with connection.cursor() as cursor:
        while piece := list(islice(rows, BALANCES_AT_ONCE)):
            one = f"({', '.join(['%s'] * len(piece[0]))})"
            cursor.execute(statement + ", ".join([one] * len(piece)), list(chain.from_iterable(piece)))


def _with_whole_year(deliveries: Iterable[Delivered]) -> dict[str, int | None]:
    """Per kind of the year's budget the newest delivery that states one."""
    ids = [each.id for each in deliveries]
    if len(ids) == 1:
        return dict.fromkeys(WHOLE_YEAR, ids[0])
    rows = LedgerLine.objects.filter(delivery_id__in=ids).order_by()
    stated = {name: set(rows.filter(**{f"{name}__isnull": False}).values_list("delivery_id", flat=True).distinct()) for name in WHOLE_YEAR}
    return {name: next((pk for pk in reversed(ids) if pk in stated[name]), None) for name in WHOLE_YEAR}


def _added_up(deliveries: Iterable[Delivered], classes: Classes) -> Iterator[tuple[int, Key, Amounts]]:
    """The lines, added up by the database to what the classes look at: only the beginnings of codes. Amounts in øre."""
    rows = (
        LedgerLine.objects.filter(delivery_id__in=[each.id for each in deliveries])
        .order_by()
        .values_list("delivery_id", "unit_id")
        .annotate(
            area_part=_beginning("function", classes.areas.length),
            group_part=_beginning("account", classes.groups.length),
            earmarked=_earmarked(classes.projects),
            **{f"sum_{name}": _sum(name) for name in AMOUNTS},
        )
    )
    areas, groups = classes.areas.of, classes.groups.of
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_ROOM_FOR_SUMS)
        # As the driver gives them: Django would look at every amount of every sum once more.
        cursor.execute(statement, parameters)
        while found := cursor.fetchmany(ROWS_AT_ONCE):
            for delivery_id, unit_id, area, group, earmarked, *amounts in found:
                yield delivery_id, (unit_id, areas(area), groups(group), earmarked == 1), amounts


def _earmarked(projects: Prefixes) -> Expression:
    """Decided by the database: a ledger has far more projects than kinds of them."""
    by_length: dict[int, list[str]] = {}
    for prefix in projects.classes:
        by_length.setdefault(len(prefix), []).append(prefix)
    if not by_length:
        return Value(0)
    return Case(*(When(In(Substr("project", 1, length), codes), then=Value(1)) for length, codes in by_length.items()), default=Value(0))


def _beginning(column: str, length: int) -> Expression:
    return Substr(column, 1, length) if length else Value("")


def _sum(name: str) -> Expression:
    """In whole øre. SQLite keeps decimals as floating point: made whole before they are added, no sum depends on the order of rows."""
    if connection.vendor == "sqlite":
        return Sum(Cast(Round(F(name) * ORE), BigIntegerField()))
    return Cast(Sum(name) * ORE, BigIntegerField())


def _kroner(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount).scaleb(-2)
