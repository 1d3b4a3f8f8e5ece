"""`make bench`: builds the worlds, measures in one interleaved run, prints ratios of medians and writes them as Markdown.

Variables: ALNA_BENCH_DISTRICTS (15), ALNA_BENCH_MONTHS (120), ALNA_BENCH_ROUNDS (12), ALNA_BENCH_POSTGRES (address of a server
where databases may be made; «none» leaves PostgreSQL out), ALNA_BENCH_FOLDER (var/bench), ALNA_BENCH_ONLY («pages», «files» or
«reminders»); those of files and reminders stand in benchmarks/files.py and benchmarks/reminders.py.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg2
import redis

from benchmarks import files, reminders
from benchmarks.report import Measured, Table, print_report
from benchmarks.sizes import Size

ROOT = Path(__file__).resolve().parent.parent
YEAR = 2026
REDIS = os.environ.get("ALNA_BENCH_REDIS", "redis://127.0.0.1:6379/5")
OVERVIEW, TRIVIAL, HOME, SEARCH = "/bydelen-na/", "/enkel/", "/", "/sok/?q=enhet"
REPORT, LIST, SMALL_LIST = (f"/rapportering/{end}/2026-09/" for end in ("E0001", "godkjenning/B0001", "godkjenning/L0001"))
WHOLE = f"{REPORT}?hele=1"


@dataclass
class World:
    """A running worker on one database."""

    size: Size
    process: subprocess.Popen[str]

    def ask(self, **order: Any) -> Any:
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the worker has no pipes")
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the worker of {self.size.name} ended")
        return json.loads(line)


@contextmanager
def world(size: Size, database: str, folder: Path) -> Iterator[World]:
    """Starts a worker of its own on this database, fills it where needed, and ends it."""
    folder.mkdir(parents=True, exist_ok=True)
    variables = {
        "ALNA_MODE": "demo",
        "ALNA_DEBUG": "false",
        "ALNA_DATA_DIR": str(folder),
        "ALNA_TODAY": "2026-10-09",
        "ALNA_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "alna.settings",
        "DATABASE_URL": database,
    }
    if database.startswith("postgres") and _answers(REDIS):
        variables["ALNA_CACHE_URL"] = REDIS
    environment = {**os.environ, **variables}
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "benchmarks.worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    made = World(size, process)
    try:
        answer = made.ask(do="prepare", size=asdict(size))
        print(f"  {size.name}: {answer['figures']:,} figures, built in {answer['seconds']} s".replace(",", " "), flush=True)
        yield made
    finally:
        if process.stdin is not None:
            process.stdin.close()
        process.wait(timeout=30)


def _answers(address: str) -> bool:
    """Whether a server of caches is there; PostgreSQL is measured with it, as in production."""
    try:
        return bool(redis.Redis.from_url(address, socket_connect_timeout=1).ping())
    except redis.RedisError:
        return False


def measure(worlds: dict[str, World], rounds: int) -> dict[str, Measured]:
    """Every measure a few times in every round, worlds and measures in turn, so that a slow moment of the machine hits all alike."""
    taken: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, (key, order) in plan(worlds).items():
            taken.setdefault(name, []).extend(worlds[key].ask(**order))
    return {name: Measured(statistics.median(times), *_spread(times), len(times)) for name, times in taken.items()}


def _spread(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 20], ordered[-1 - len(ordered) // 20]


def plan(worlds: dict[str, World]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of the measure → which world, which order."""

    def get(url: str, person: str, state: str, unit: str) -> dict[str, Any]:
        return {"do": "get", "url": url, "person": person, "times": 3, "state": state, "unit": unit}

    unit_card = f"/malekart/E0001/{YEAR}/"
    measures = {"trivial": ("main", get(TRIVIAL, "director", "plain", ""))}
    for state in ("fresh", "kept", "unchanged"):
        measures[f"overview {state}"] = ("main", get(OVERVIEW, "director", state, "B0001"))
        measures[f"card {state}"] = ("main", get(unit_card, "leader", state, "E0001"))
    measures["home of the director"] = ("main", get(HOME, "director", "fresh", "B0001"))
    measures["home of a leader"] = ("main", get(HOME, "leader", "fresh", "E0001"))
    measures["search"] = ("main", get(SEARCH, "director", "plain", ""))
    measures["report fresh"] = ("main", get(WHOLE, "leader", "fresh", "E0001"))
    measures["report saved"] = ("main", get(WHOLE, "leader", "saved", "E0001"))
    measures["report kept"] = ("main", get(WHOLE, "leader", "kept", "E0001"))
    measures["list fresh"] = ("main", get(LIST, "director", "saved", "E0001"))
    measures["list unchanged"] = ("main", get(LIST, "director", "unchanged", "B0001"))
    measures["list of one unit fresh"] = ("main", get(SMALL_LIST, "small", "saved", "L0002"))
    measures["top overview fresh"] = ("main", get(OVERVIEW, "top", "fresh", "by"))
    measures["district card fresh"] = ("main", get(f"/malekart/B0001/{YEAR}/", "director", "fresh", "B0001"))
    for key in worlds:
        if key != "main":
            measures[f"overview fresh {key}"] = (key, get(OVERVIEW, "director", "fresh", "B0001"))
            measures[f"card fresh {key}"] = (key, get(unit_card, "leader", "fresh", "E0001"))
            measures[f"home of the director {key}"] = (key, get(HOME, "director", "fresh", "B0001"))
            measures[f"report fresh {key}"] = (key, get(WHOLE, "leader", "fresh", "E0001"))
            measures[f"list fresh {key}"] = (key, get(LIST, "director", "saved", "E0001"))
            measures[f"save {key}"] = (key, {"do": "save", "times": 2})
    measures["save"] = ("main", {"do": "save", "times": 2})
    measures["resum"] = ("main", {"do": "resum", "times": 2})
    return measures


def run(title: str, sizes: dict[str, Size], address: dict[str, str], folder: Path, rounds: int) -> Table:
    print(f"{title}: building", flush=True)
    with ExitStack() as stack:
        worlds = {key: stack.enter_context(world(size, address[key], folder / key)) for key, size in sizes.items()}
        measure(worlds, 1)
        print(f"{title}: measuring, {rounds} rounds", flush=True)
        measured = measure(worlds, rounds)
        main = worlds["main"]
        statements = {
            "overview": main.ask(do="statements", url=OVERVIEW, person="director", unit="B0001"),
            "card": main.ask(do="statements", url=f"/malekart/E0001/{YEAR}/", person="leader", unit="E0001"),
            "report": main.ask(do="statements", url=WHOLE, person="leader", unit="E0001"),
            "list": main.ask(do="statements", url=LIST, person="director", unit="E0001", state="saved"),
            "home of the director": main.ask(do="statements", url=HOME, person="director", unit="B0001"),
            "home of a leader": main.ask(do="statements", url=HOME, person="leader", unit="E0001"),
            "search": main.ask(do="statements", url=SEARCH, person="director", unit="B0001"),
            "trivial": main.ask(do="statements", url=TRIVIAL, person="director", unit="B0001"),
        }
        return Table(title, sizes["main"], measured, statements, main.ask(do="memory"), list(sizes))


def postgres_addresses(server: str, sizes: dict[str, Size]) -> dict[str, str] | None:
    """A database for every size on this server, made where it is missing. None where no server answers."""
    found = {key: database(server, f"alna_bench_{size.name}") for key, size in sizes.items()}
    return {key: address for key, address in found.items() if address} if all(found.values()) else None


def database(server: str, name: str) -> str | None:
    """The address of a database on this server, made where it is missing. None where no server answers, or none is wanted."""
    if server == "none":
        return None
    try:
        connection = psycopg2.connect(f"{server}/postgres", connect_timeout=3)
    except psycopg2.OperationalError:
        return None
    connection.autocommit = True
    # Not `with connection`: that opens a transaction, and databases are made outside one.
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}"


def sizes_for(districts: int, months: int) -> dict[str, Size]:
    """The world itself, the same with a tenth of the months, and the same with one district."""
    sizes = {"main": Size(districts, months)}
    if months > 12:
        sizes["12 months"] = Size(districts, 12)
    if districts > 1:
        sizes["1 district"] = Size(1, months)
    return sizes


def main() -> None:
    districts, months = int(os.environ.get("ALNA_BENCH_DISTRICTS", "15")), int(os.environ.get("ALNA_BENCH_MONTHS", "120"))
    rounds = int(os.environ.get("ALNA_BENCH_ROUNDS", "12"))
    folder = Path(os.environ.get("ALNA_BENCH_FOLDER", ROOT / "var" / "bench"))
    server = os.environ.get("ALNA_BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432")
    only = os.environ.get("ALNA_BENCH_ONLY", "")
    folder.mkdir(parents=True, exist_ok=True)
    tables = pages(districts, months, rounds, server, folder) if only in ("", "pages") else []
    about_files = files.measure(folder, database(server, "alna_bench_files")) if only in ("", "files") else []
    about_reminders = reminders.measure(folder, database(server, "alna_bench_reminders")) if only in ("", "reminders") else []
    print_report(tables, [*about_files, *about_reminders], folder / "report.md")
    shutil.copyfile(folder / "report.md", folder / "latest.md")


def pages(districts: int, months: int, rounds: int, server: str, folder: Path) -> list[Table]:
    """What pages and saving a figure cost, on both databases."""
    tables = []
    sizes = sizes_for(districts, months)
    addresses = None if server == "none" else postgres_addresses(server, sizes)
    if addresses is None:
        print("PostgreSQL: left out, no server answers")
    else:
        tables.append(run("PostgreSQL", sizes, addresses, folder / "postgres", rounds))
    small = sizes_for(max(1, districts // 5), max(12, months // 2))
    paths = {key: f"sqlite:///{folder / 'sqlite' / size.name}.sqlite3" for key, size in small.items()}
    (folder / "sqlite").mkdir(parents=True, exist_ok=True)
    tables.append(run("SQLite", small, paths, folder / "sqlite", rounds))
    return tables


if __name__ == "__main__":
    main()
