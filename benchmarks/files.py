"""What taking files in costs, against the barest way to do the same: in turn, each in a process of its own, ratios of medians.

Variables: ALNA_BENCH_LINES (1 000 000), ALNA_BENCH_SHEET_ROWS (100 000), ALNA_BENCH_SAFT_LINES (200 000), ALNA_BENCH_FILE_ROUNDS (3).
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.made_files import make_csv, make_saft, make_workbook

ROOT = Path(__file__).resolve().parent.parent
LINES = int(os.environ.get("ALNA_BENCH_LINES", "1000000"))
SHEET_ROWS = int(os.environ.get("ALNA_BENCH_SHEET_ROWS", "100000"))
SAFT_LINES = int(os.environ.get("ALNA_BENCH_SAFT_LINES", "200000"))
ROUNDS = int(os.environ.get("ALNA_BENCH_FILE_ROUNDS", "3"))


@dataclass
class Timed:
    """Seconds and MiB of every round."""

    rows: int = 0
    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.rows / statistics.median(self.seconds)


@dataclass(frozen=True)
class Aim:
    """The rate of one task through the rate of another, and what it should at least be."""

    text: str
    ours: str
    bare: str
    least: float


AIMS = (
    Aim("CSV ledger: read, checked, stored and added up / bare COPY of the same rows", "csv", "copy", 1.0),
    Aim("workbook: the same / bare calamine read", "sheet", "calamine", 0.65),
    Aim("SAF-T: the same / parsing alone", "saft", "xml", 0.45),
    Aim("CSV ledger on SQLite / executemany of the same rows", "csv on SQLite", "executemany", 0.7),
)


class Bench:
    """Databases and files of one run."""

    def __init__(self, folder: Path, postgres: str | None) -> None:
        self.folder = folder / "files"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.addresses = {"sqlite": f"sqlite:///{self.folder / 'bench.sqlite3'}"}
        if postgres:
            self.addresses["postgres"] = postgres
        self.timed: dict[str, Timed] = {}

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def file(self, name: str, make: Callable[[Path, int], None], count: int) -> str:
        """The file of so many rows, made where it is missing."""
        path = self.folder / f"{count}-{name}"
        if not path.exists():
            make(path, count)
        return str(path)

    def ask(self, database: str, **order: Any) -> dict[str, Any]:
        answer = self._run(database, [sys.executable, "-m", "benchmarks.file_worker", json.dumps(order)])
        found: dict[str, Any] = json.loads(answer)
        return found

    def migrate(self) -> None:
        for database in self.addresses:
            self._run(database, [sys.executable, "manage.py", "migrate", "--verbosity", "0"])
            self.ask(database, do="prepare", profiles=["ubw", "saft"])

    def time(self, name: str, database: str, **order: Any) -> None:
        answer = self.ask(database, **order)
        timed = self.timed.setdefault(name, Timed())
        timed.rows = answer["rows"]
        timed.seconds.append(answer["seconds"])
        timed.memory.append(answer["memory"])
        print(f"  {name}: {answer['rows'] / answer['seconds']:,.0f} rows/s".replace(",", " "), flush=True)

    def _run(self, database: str, command: list[str]) -> str:
        variables = {
            "ALNA_MODE": "development",
            "ALNA_DEBUG": "false",
            "ALNA_DATA_DIR": str(self.folder / database),
            "ALNA_LOG_LEVEL": "ERROR",
            "ALNA_IMPORT_MAX_MB": "2000",
            "DJANGO_SETTINGS_MODULE": "alna.settings",
            "DATABASE_URL": self.addresses[database],
        }
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout


def measure(folder: Path, postgres: str | None) -> list[str]:
    """Takes all measures and gives the section of the report."""
    bench = Bench(folder, postgres)
    print("Files: building", flush=True)
    bench.migrate()
    ledger = bench.file("ledger.csv", make_csv, LINES)
    small = bench.file("ledger.csv", make_csv, max(1000, LINES // 10))
    sheet = bench.file("ledger.xlsx", make_workbook, SHEET_ROWS)
    saft = bench.file("ledger.xml", make_saft, SAFT_LINES)
    for database in bench.addresses:
        bench.ask(database, do="clean", path=ledger if database == "postgres" else small, source="ubw", clean=bench.path(f"{database}.txt"))
    print(f"Files: measuring, {ROUNDS} rounds", flush=True)
    for _ in range(ROUNDS):
        if postgres:
            bench.time("copy", "postgres", do="copy", clean=bench.path("postgres.txt"))
            bench.time("csv", "postgres", do="import", path=ledger, source="ubw")
            bench.time("csv, a tenth", "postgres", do="import", path=small, source="ubw")
            bench.time("dry run", "postgres", do="dry_run", path=ledger, source="ubw")
        first = next(reversed(bench.addresses))
        bench.time("calamine", first, do="calamine", path=sheet)
        bench.time("sheet", first, do="import", path=sheet, source="ubw")
        bench.time("xml", first, do="xml", path=saft)
        bench.time("saft", first, do="import", path=saft, source="saft")
        bench.time("executemany", "sqlite", do="executemany", clean=bench.path("sqlite.txt"))
        bench.time("csv on SQLite", "sqlite", do="import", path=small, source="ubw")
    return _section(bench.timed)


def _section(timed: dict[str, Timed]) -> list[str]:
    rows = ["### Files", "", "| what | ratio of rates | aim | |", "|---|---|---|---|"]
    for aim in AIMS:
        if aim.ours in timed and aim.bare in timed:
            ratio = timed[aim.ours].rate / timed[aim.bare].rate
            rows.append(f"| {aim.text} | {ratio:.2f} | ≥ {aim.least} | {'reached' if ratio >= aim.least else 'missed'} |")
    rows += ["", "| task | rows | rows/s, median | MiB on top of the process |", "|---|---|---|---|"]
    for name, each in timed.items():
        figures = f"| {each.rows:,} | {each.rate:,.0f} | {max(each.memory):.0f} |".replace(",", " ")
        rows.append(f"| {name} {figures}")
    return [*rows, ""]
