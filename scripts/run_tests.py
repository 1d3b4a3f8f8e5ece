"""Run all tests that this machine can run, and say plainly which were left out and why.

Three rounds: everything on SQLite, everything that touches the database once more on PostgreSQL, the browser on SQLite.

    python -m scripts.run_tests                        all rounds
    python -m scripts.run_tests tests/scorecard        the rounds, of these tests
    python -m scripts.run_tests --nothing-left-out     fail where something had to be left out
"""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.machine import ROOT, left_out, postgres_url

REPORTS = ROOT / "var" / "test-reports"
NO_TESTS = 5
COMPLETE = "--nothing-left-out"


@dataclass(frozen=True)
class Round:
    """One run of pytest."""

    name: str
    options: list[str]
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def report(self) -> Path:
        return REPORTS / f"{self.name}.xml"


def rounds(missing: dict[str, str]) -> list[Round]:
    """What can run here. The tree of sources is the same on every database, so its tests run once."""
    workers = ["-n", os.environ.get("ALNA_TEST_WORKERS", "2"), "--dist", "loadfile"]
    sqlite = {"ALNA_TEST_DATABASE_URL": ""}
    found = [Round("sqlite", ["-m", "not e2e", *workers], sqlite)]
    if "postgres" not in missing:
        address = {"ALNA_TEST_DATABASE_URL": postgres_url() or ""}
        found.append(Round("postgresql", ["-m", "not e2e", "--ignore=tests/architecture", "--only-database", *workers], address))
    if "e2e" not in missing:
        found.append(Round("browser", ["-m", "e2e", *workers], sqlite))
    return found


def run(wanted: Round, arguments: Sequence[str]) -> int:
    """Exit code of pytest; a round in which no test was chosen is no failure."""
    print(f"\n=== {wanted.name} ===", flush=True)
    wanted.report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={wanted.report}", *wanted.options, *arguments]
    code = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **wanted.environment, "ALNA_TEST_ROUND": wanted.name}, stdin=subprocess.DEVNULL, check=False
    ).returncode
    return 0 if code == NO_TESTS else code


def counted(report: Path) -> Counter[str]:
    """Tests of one round by outcome, from pytest's own report."""
    if not report.exists():
        return Counter(failed=1)
    found: Counter[str] = Counter()
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - a file that pytest wrote a moment ago
        all_tests, failed, skipped = (int(suite.get(key, 0)) for key in ("tests", "failures", "skipped"))
        failed += int(suite.get("errors", 0))
        found.update(passed=all_tests - failed - skipped, failed=failed, skipped=skipped)
    return found


def main(arguments: Sequence[str]) -> int:
    REPORTS.mkdir(parents=True, exist_ok=True)
    missing = left_out()
    wanted = rounds(missing)
    chosen = [argument for argument in arguments if argument != COMPLETE]
    codes = {one.name: run(one, chosen) for one in wanted}
    total: Counter[str] = Counter()
    for one in wanted:
        if codes[one.name] or one.report.exists():
            total += counted(one.report)
    print("\nRan: " + ", ".join(f"{name}{' (FAILED)' if code else ''}" for name, code in codes.items()))
    for reason in missing.values():
        print(f"Left out: {reason}")
    if not missing:
        print("Left out: nothing; this machine has a browser, PostgreSQL and Redis.")
    print(f"tests: {total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if any(codes.values()) or (COMPLETE in arguments and missing) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
