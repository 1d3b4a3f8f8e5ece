"""Small statements written by hand: the ORM takes ten times as long to build them as the database to answer them.

Whole numbers and short texts only, since the databases give days and decimals back in different ways; what is added up is compared as
text. Nothing but our own names and numbers of rows stands in a statement, everything else is a parameter.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection


def rows(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Every row of one SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def among(column: str, wanted: Collection[object]) -> str:
    """«column IN (%s, %s)» with a place for each of the wanted; true for no row where there are none."""
    return f"{column} IN ({', '.join(['%s'] * len(wanted)) or 'NULL'})"
