"""What a page rests on, as sums that are others after a change: many tables looked at in one small statement.

The statement is put together as text, since the ORM takes ten times as long to build it as a database to answer it. Nothing but names
of our own stands in it; whatever comes from a request is a parameter.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice

from django.db import connection
from django.db.models import Model

COUNT = "count(*)"
NEWEST = "max(id)"
VERSIONS = "sum(version)"
# Rows that are made anew have new numbers, and those that are changed have higher versions.
ROWS = (COUNT, NEWEST, VERSIONS)


@dataclass(frozen=True)
class Sums:
    """`figures` of the rows of `source`, a table or several joined, that meet `where`."""

    source: str
    figures: tuple[str, ...]
    where: str = ""
    values: tuple[int | str, ...] = ()


def sums_of(model: type[Model], figures: Sequence[str], where: str = "", *values: int | str) -> Sums:
    """Figures of a model's rows."""
    return Sums(model._meta.db_table, tuple(figures), where, values)


def among(column: str, wanted: Collection[int]) -> str:
    """«column IN (%s, %s)» with a place for each of the wanted; true for no row where there are none."""
    return f"{column} IN ({', '.join(['%s'] * len(wanted)) or 'NULL'})"


def read_sums(asked: Mapping[str, Sequence[Sums]]) -> dict[str, tuple[str, ...]]:
    """By name, one text for each of its sums: figures with commas between them, «-» for one of no row. One SQL statement."""
    order = [each for several in asked.values() for each in several]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(_select, count(), order)), [value for each in order for value in each.values])
        # Nothing promises that they come in the order they were asked for.
        texts = iter([text for _number, text in sorted(cursor.fetchall())])
    return {name: tuple(islice(texts, len(several))) for name, several in asked.items()}


def _select(number: int, asked: Sums) -> str:
    # As text, since databases give days and decimals back in different ways.
    text = " || ',' || ".join(f"coalesce(CAST({figure} AS text), '-')" for figure in asked.figures)
    where = f" WHERE {asked.where}" if asked.where else ""
    return f"SELECT {number}, {text} FROM {asked.source}{where}"  # noqa: S608 - names of our own
