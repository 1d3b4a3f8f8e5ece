"""What a morning of reminders costs: 50 000 people with 500 000 open deadlines, on PostgreSQL, each run in a process of its own.

Variables: ALNA_BENCH_REMINDED_DISTRICTS (20), ALNA_BENCH_REMINDED_UNITS (2 500 in each), ALNA_BENCH_REMINDER_ROUNDS (3).
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DISTRICTS = int(os.environ.get("ALNA_BENCH_REMINDED_DISTRICTS", "20"))
UNITS = int(os.environ.get("ALNA_BENCH_REMINDED_UNITS", "2500"))
ROUNDS = int(os.environ.get("ALNA_BENCH_REMINDER_ROUNDS", "3"))
ACTIVITIES = 10
# Seconds for the whole morning, and how much more memory all districts may take than a tenth of them.
MOST_SECONDS, MOST_GROWTH = 60, 1.2


def measure(folder: Path, postgres: str | None) -> list[str]:
    """Takes all measures and gives the section of the report; nothing without PostgreSQL."""
    if postgres is None:
        print("Reminders: left out, no server answers")
        return []
    folder.mkdir(parents=True, exist_ok=True)
    _run(folder, postgres, [sys.executable, "manage.py", "migrate", "--verbosity", "0"])
    built = _ask(folder, postgres, do="build", districts=DISTRICTS, units=UNITS, activities=ACTIVITIES)
    print(f"Reminders: {built['people']:,} people, {built['tasks']:,} tasks, built in {built['seconds']} s".replace(",", " "), flush=True)
    few = DISTRICTS - max(1, DISTRICTS // 10)
    runs: dict[int, list[dict[str, Any]]] = {0: [], few: []}
    for _ in range(ROUNDS):
        for told, taken in runs.items():
            taken.append(_ask(folder, postgres, do="morning", told=told))
            print(f"  {DISTRICTS - told} districts: {taken[-1]['messages']} messages in {taken[-1]['seconds']:.1f} s", flush=True)
    return _section(built, runs[0], runs[few])


def _section(built: dict[str, Any], whole: list[dict[str, Any]], some: list[dict[str, Any]]) -> list[str]:
    seconds = statistics.median(each["seconds"] for each in whole)
    growth = max(each["memory"] for each in whole) / max(1.0, *(each["memory"] for each in some))
    flat = "reached" if growth <= MOST_GROWTH else "missed"
    return [
        "### Reminders",
        "",
        f"{built['people']:,} people, {built['tasks']:,} open deadlines; {DISTRICTS} districts".replace(",", " "),
        "",
        "| what | value | aim | |",
        "|---|---|---|---|",
        f"| decided and queued, seconds | {seconds:.1f} | ≤ {MOST_SECONDS} | {'reached' if seconds <= MOST_SECONDS else 'missed'} |",
        f"| memory of all districts / of a tenth of them | {growth:.2f} | ≤ {MOST_GROWTH} | {flat} |",
        "",
        "| run | messages | seconds | of these at work in Python | asked again, ms | MiB on top of the process |",
        "|---|---|---|---|---|---|",
        *(_line(name, runs) for name, runs in (("all districts", whole), ("a tenth", some))),
        "",
    ]


def _line(name: str, runs: list[dict[str, Any]]) -> str:
    messages = f"{runs[0]['messages']:,}".replace(",", " ")
    seconds, cpu, again = (statistics.median(each[key] for each in runs) for key in ("seconds", "cpu", "again"))
    return f"| {name} | {messages} | {seconds:.1f} | {cpu:.1f} | {again * 1000:.0f} | {max(each['memory'] for each in runs):.0f} |"


def _ask(folder: Path, postgres: str, **order: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run(folder, postgres, [sys.executable, "-m", "benchmarks.reminder_worker", json.dumps(order)]))
    return found


def _run(folder: Path, postgres: str, command: list[str]) -> str:
    variables = {
        "ALNA_MODE": "development",
        "ALNA_DEBUG": "false",
        "ALNA_DATA_DIR": str(folder / "reminders"),
        "ALNA_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "alna.settings",
        "DATABASE_URL": postgres,
    }
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout
