"""One process, one task with a file: `python -m benchmarks.file_worker ORDER`. Prints seconds and how much memory it took on top.

A process of its own for each, so that nobody's memory is another's.
"""

import csv
import json
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - the models stand ready only after setup
from python_calamine import CalamineWorkbook  # noqa: E402

from benchmarks.made_files import centres  # noqa: E402
from imports.importing.reading import read  # noqa: E402
from imports.models import Batch, Profile, Source, UnknownCode  # noqa: E402
from imports.rules.rows import Rows  # noqa: E402
from imports.rules.states import BatchState, Way  # noqa: E402
from imports.services import batches  # noqa: E402
from imports.services.reading import prepared  # noqa: E402
from organisation.models import AuditEntry, CostCentre, ParentLink, Unit  # noqa: E402
from organisation.queries.tree import mark_changed  # noqa: E402
from reporting.models import Balance, Delivery, LedgerLine  # noqa: E402
from reporting.services.defaults import install_defaults  # noqa: E402
from reporting.services.ledger_copy import COLUMNS  # noqa: E402

NOW, TODAY, START = datetime(2026, 10, 8, 6, tzinfo=UTC), date(2026, 10, 8), date(2004, 1, 1)
TABLE = LedgerLine._meta.db_table
SAFT_PARTS = {"cost_centre": "A"}


def prepare(profiles: Sequence[str], **_: Any) -> None:
    """A district with units and cost centres, once; and a source for every profile."""
    district, made = Unit.objects.get_or_create(code="bench", defaults={"name": "Bench", "kind": "district", "valid_from": START})
    if made:
        units = [
            Unit.objects.create(code=f"b{number}", name=f"Enhet {number}", kind="result_unit", valid_from=START) for number in range(23)
        ]
        ParentLink.objects.bulk_create(ParentLink(unit=unit, parent=district, valid_from=START) for unit in units)
        rows = [CostCentre(code=code, unit=units[place // 10], valid_from=START) for place, code in enumerate(centres())]
        CostCentre.objects.bulk_create(rows)
        mark_changed()
        install_defaults(actor=None, now=NOW, today=TODAY)
    for name in profiles:
        definition = json.loads((Path("imports/profiles") / f"{name}.json").read_text(encoding="utf-8"))
        about = {"name": name, "kind": "economy", "definition": definition}
        profile, _made = Profile.objects.update_or_create(code=name, defaults=about)
        Source.objects.get_or_create(
            code=name, defaults={"name": name, "kind": "economy", "district": district, "profile": profile, "folder": name}
        )


def clear() -> None:
    """Nothing of an earlier run: tables as they are when the first file comes."""
    for model in (UnknownCode, Batch, Balance, LedgerLine, AuditEntry):
        # The audit trail refuses to forget, and so it should.
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"TRUNCATE {table} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {table}")
    Delivery.objects.all().delete()


def taken_in(path: str, source: str) -> Batch:
    return batches.receive(
        source=Source.objects.get(code=source), data=Path(path), file_name=Path(path).name, way=Way.COMMAND, actor=None, now=NOW
    )


def whole_import(path: str, source: str, **_: Any) -> Callable[[], int]:
    """Everything saving does: every row read and checked, sums compared, stored, added up, told. The dry run was before."""
    clear()
    batch = batches.check(batch=taken_in(path, source), worker="bench", now=NOW, today=TODAY, read=read)
    if batch.state != BatchState.CHECKED or batch.findings["errors"]:
        raise RuntimeError(f"{batch.state} {batch.refusal} {batch.findings.get('problems')}")
    needed = batches.needed_for_saving(batch)

    def task() -> int:
        saved = batches.save(batch=batch, acknowledged=needed, actor=None, now=NOW, today=TODAY, read=read)
        if saved.delivery is None:
            raise RuntimeError("nothing was saved")
        return saved.delivery.rows

    return task


def dry_run(path: str, source: str, **_: Any) -> Callable[[], int]:
    """The reading and checking before it."""
    clear()
    batch = taken_in(path, source)
    return lambda: batches.check(batch=batch, worker="bench", now=NOW, today=TODAY, read=read).rows_read


def _delivery() -> Delivery:
    district = Unit.objects.get(code="bench")
    return Delivery.objects.create(kind="economy", district=district, year=2026, number=9, file_name="bare", delivered_at=NOW)


def bare_copy(clean: str, **_: Any) -> Callable[[], int]:
    """The same rows, already clean, into the same table with its indexes: nothing but COPY."""
    clear()
    delivery = _delivery()
    columns = ", ".join(COLUMNS[1:])
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN delivery_id SET DEFAULT {delivery.pk}")

    def task() -> int:
        with transaction.atomic(), connection.cursor() as cursor, Path(clean).open("rb") as file:
            cursor.cursor.copy_expert(f"COPY {TABLE} ({columns}) FROM STDIN", file, size=1 << 16)
            return int(cursor.cursor.rowcount)

    return task


def bare_executemany(clean: str, **_: Any) -> Callable[[], int]:
    """The same rows, already clean, into the same SQLite table by the driver's own executemany."""
    clear()
    delivery = _delivery()
    connection.close()
    statement = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"

    def rows() -> Iterator[list[Any]]:
        with Path(clean).open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield [delivery.pk, *(None if cell == "\\N" else cell for cell in row)]

    def task() -> int:
        with sqlite3.connect(connection.settings_dict["NAME"]) as plain:
            plain.execute("PRAGMA synchronous=NORMAL")
            plain.execute("PRAGMA foreign_keys=ON")
            return plain.executemany(statement, rows()).rowcount

    return task


def bare_calamine(path: str, **_: Any) -> Callable[[], int]:
    """Only the cells of the workbook, as Python values."""
    return lambda: len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def bare_xml(path: str, **_: Any) -> Callable[[], int]:
    """Only the parser, with a handler that counts where lines end."""

    def task() -> int:
        found = 0

        def ended(name: str) -> None:
            nonlocal found
            found += name == "Line"

        parser = expat.ParserCreate()
        parser.EndElementHandler = ended
        with Path(path).open("rb") as file:
            parser.ParseFile(file)
        return found

    return task


def write_clean(path: str, source: str, clean: str, **_: Any) -> Callable[[], int]:
    """The rows as reading gives them, in PostgreSQL's text form, for those who do nothing but store."""
    clear()
    batch = taken_in(path, source)

    class Clean:
        def write_many(self, rows: Rows, /) -> None:
            file.writelines("\t".join("\\N" if cell is None else str(cell) for cell in row) + "\n" for row in rows)

    with Path(clean).open("w", encoding="utf-8", newline="") as file:
        rows = prepared(batch=batch, read=read, progress=None, period=None)(Clean()).rows
    return lambda: rows


TASKS: dict[str, Callable[..., Callable[[], int]]] = {
    "import": whole_import,
    "dry_run": dry_run,
    "copy": bare_copy,
    "executemany": bare_executemany,
    "calamine": bare_calamine,
    "xml": bare_xml,
    "clean": write_clean,
}


def memory() -> float:
    """The most this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(order: dict[str, Any]) -> None:
    if order["do"] == "prepare":
        prepare(**order)
        print(json.dumps({}))
        return
    before = memory()
    task = TASKS[order["do"]](**order)
    began = time.perf_counter()
    rows = task()
    print(json.dumps({"seconds": time.perf_counter() - began, "rows": rows, "memory": memory() - before}))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
