"""The figures of a locked month as they were printed. A copy, since the ledger goes on: files may still correct the month."""

from collections.abc import Collection
from datetime import date

from django.db import connection, transaction

from organisation.models import Unit
from reporting.models import Balance, LockedBalance
from reporting.queries.owners import owned_by, tree_of


@transaction.atomic
def keep_printed(*, district: Unit, months: Collection[date]) -> None:
    """Keeps the balances of these months as they stand."""
    if months:
        LockedBalance.objects.filter(district=district, month__in=months).delete()
        places = ", ".join(["%s"] * len(months))
        _copy(f"district_id = %s AND month IN ({places})", [district.pk, *(month.isoformat() for month in months)])


@transaction.atomic
def print_anew(*, unit_id: int, month: date) -> None:
    """Takes the present balances of a unit, and of what stands below it in its report, into what is printed."""
    unit_ids = sorted(owned_by(tree_of(month), unit_id))
    LockedBalance.objects.filter(unit_id__in=unit_ids, month=month).delete()
    places = ", ".join(["%s"] * len(unit_ids))
    _copy(f"unit_id IN ({places}) AND month = %s", [*unit_ids, month.isoformat()])


def _copy(where: str, values: list[int | str]) -> None:
    """One statement, however many rows. Only names of our own tables and columns are put into it."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in LockedBalance._meta.concrete_fields if not field.primary_key)
    source, target = quoted(Balance._meta.db_table), quoted(LockedBalance._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {target} ({columns}) SELECT {columns} FROM {source} WHERE {where}", values)  # noqa: S608
