"""Files to fill in, with made-up rows that can be read in as they are below a unit with the code 100."""

from datetime import date
from decimal import Decimal

from common.tables import Column, to_csv, to_xlsx
from organisation.importing import people, units
from organisation.models import UploadedTable

UNIT_KEYS = ("code", "name", "kind", "parent", "from", "fte")
PEOPLE_KEYS = ("name", "email", "role", "unit", "from", "to", "deputy_for")

UNITS = [
    {
        "code": "0401",
        "name": "Hjemmetjenesten",
        "kind": "Resultatenhet",
        "parent": "100",
        "from": date(2027, 1, 1),
        "fte": Decimal("120.5"),
    },
    {"code": "0401-1", "name": "Hjemmetjenesten natt", "kind": "Avdeling", "parent": "0401", "from": date(2027, 1, 1), "fte": Decimal(20)},
]
PEOPLE = [
    {
        "name": "Kari Eksempel",
        "email": "kari.eksempel@example.test",
        "role": "Resultatenhetsleder",
        "unit": "0401",
        "from": date(2027, 1, 1),
    },
    {
        "name": "Ola Eksempel",
        "email": "ola.eksempel@example.test",
        "role": "Resultatenhetsleder",
        "unit": "0401",
        "from": date(2027, 7, 1),
        "to": date(2027, 7, 31),
        "deputy_for": "kari.eksempel@example.test",
    },
]


def heads(kind: str) -> list[str]:
    """The heads of the columns."""
    return [column.head for column in _columns(kind)]


def file_name(kind: str) -> str:
    """Without the ending."""
    return "enheter-mal" if kind == UploadedTable.Kind.UNITS else "personer-mal"


def as_csv(kind: str) -> bytes:
    """The sample as CSV."""
    return to_csv(_columns(kind), _rows(kind))


def as_xlsx(kind: str) -> bytes:
    """The sample as a workbook."""
    return to_xlsx(_columns(kind), _rows(kind), title=file_name(kind))


def _columns(kind: str) -> list[Column]:
    if kind == UploadedTable.Kind.UNITS:
        return [_column(key, units.column_title(key)) for key in UNIT_KEYS]
    return [_column(key, people.column_title(key)) for key in PEOPLE_KEYS]


def _column(key: str, title: str) -> Column:
    if key in {"code", "parent", "unit"}:
        return Column(key, title, "code")
    if key in {"from", "to"}:
        return Column(key, title, "date")
    return Column(key, title, "number") if key == "fte" else Column(key, title)


def _rows(kind: str) -> list[dict[str, object]]:
    return [dict(row) for row in (UNITS if kind == UploadedTable.Kind.UNITS else PEOPLE)]
