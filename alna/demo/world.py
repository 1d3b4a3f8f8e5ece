"""What the parts of the demonstration hand to each other, and how they add rows without touching those that are there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Max, Model
from simple_history.utils import bulk_create_with_history

from alna.demo.plan import Plan
from organisation.models import Unit, User
from reporting.models import MonthlyReport
from scorecard.models import Indicator

Row = TypeVar("Row", bound=Model)


@dataclass
class World:
    """Everything by its code (units, indicators) or name (people). `touched` are the indicators with new figures or targets, `told` the
    reports that were added."""

    plan: Plan
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    told: list[MonthlyReport] = field(default_factory=list)
    added: dict[str, int] = field(default_factory=dict)

    @property
    def district(self) -> Unit:
        return self.units["alna"]

    def count(self, what: str, number: int) -> None:
        self.added[what] = self.added.get(what, 0) + number


def missing(rows: Sequence[Row], *key: str) -> list[Row]:
    """Those whose key is not in the table yet. One SQL statement."""
    if not rows:
        return []
    model: Any = type(rows[0])
    there = set(model.objects.values_list(*key))
    return [row for row in rows if tuple(getattr(row, name) for name in key) not in there]


def add_missing(world: World, rows: Iterable[Row], *key: str) -> list[Row]:
    """Adds the rows whose key is not there; others stay as they are, also where somebody has changed them."""
    new = missing(list(rows), *key)
    if new:
        model: Any = type(new[0])
        model.objects.bulk_create(new, batch_size=500)
        world.count(model._meta.model_name, len(new))
    return new


def add_with_history(world: World, rows: Iterable[Row], *key: str, first_written: str = "") -> list[Row]:
    """As add_missing, for tables that keep their history; a row that is `dated` says when it was first written.

    Where a column says the same, `first_written` names it: the history of thousands of rows is then copied inside the database.
    """
    new = missing(list(rows), *key)
    if not new:
        return new
    model: Any = type(new[0])
    if first_written:
        last = model.objects.aggregate(last=Max("pk"))["last"] or 0
        model.objects.bulk_create(new, batch_size=500)
        _copy_to_history(model, first_written, after=last)
    else:
        bulk_create_with_history(new, model, batch_size=500)
    world.count(model._meta.model_name, len(new))
    return new


def _copy_to_history(model: Any, first_written: str, *, after: int) -> None:
    """One statement. Nothing stands in it but names of our own tables and columns."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in model._meta.concrete_fields)
    source, target = quoted(model._meta.db_table), quoted(model.history.model._meta.db_table)
    written_at, own = quoted(model._meta.get_field(first_written).column), quoted(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {target} ({columns}, history_date, history_type) "  # noqa: S608
            f"SELECT {columns}, {written_at}, '+' FROM {source} WHERE {own} > %s ORDER BY {own}",
            [after],
        )
