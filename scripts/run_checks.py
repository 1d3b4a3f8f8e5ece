"""Every check of the sources, two at a time; says of each whether it holds, and shows what a failed one wrote.

python -m scripts.run_checks                       all
python -m scripts.run_checks types imports         these
python -m scripts.run_checks --format-templates    put the templates in their form
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from scripts.extraction import is_jinja
from scripts.sources import APPS, ROOT, own_files

PYTHON = sys.executable
BIN = Path(sys.executable).parent
PLACES = (*APPS, "tests", "scripts", "benchmarks", "manage.py")
AT_ONCE = 2


@dataclass(frozen=True)
class Check:
    """A name to ask for it by, a title, and the command that decides."""

    name: str
    title: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    check: Check
    passed: bool
    seconds: float
    output: str


def production() -> dict[str, str]:
    """What the smallest honest production is given; `check --deploy` must find nothing to say about it."""
    return {
        "ALNA_MODE": "production",
        "ALNA_SECRET_KEY": secrets.token_urlsafe(60),
        "ALNA_ALLOWED_HOSTS": "alna.example",
        "ALNA_DATA_DIR": str(ROOT / "var" / "check"),
    }


def templates(*, jinja: bool) -> list[str]:
    return [str(name) for name in own_files(ROOT) if name.suffix == ".html" and "templates" in name.parts and is_jinja(name) == jinja]


def checks() -> list[Check]:
    """The slow ones first, so that two cores end together."""
    places = [place for place in PLACES if (ROOT / place).exists()]
    manage = [PYTHON, "manage.py"]
    found = [
        Check("types", "types (mypy)", [PYTHON, "-m", "mypy"]),
        Check("templates", "templates well formed (djlint)", [str(BIN / "djlint"), "--lint", "--quiet", "templates"]),
        Check("deploy", "production settings (check --deploy)", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production()),
        Check("migrations", "migrations up to date", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("translations", "translations complete", [PYTHON, "-m", "scripts.messages", "--check"]),
        Check("imports", "import contracts", [str(BIN / "lint-imports")]),
        Check("guards", "guards of the house", [PYTHON, "-m", "scripts.guards"]),
        Check("lint", "lint (ruff)", [PYTHON, "-m", "ruff", "check", "--quiet", *places]),
        Check("format", "format (ruff)", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", *places]),
    ]
    if written := templates(jinja=False):
        found.append(Check("djade", "format of templates (djade)", [str(BIN / "djade"), "--target-version", "5.2", "--check", *written]))
    return found


def run(check: Check) -> Outcome:
    begun = time.monotonic()
    answer = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**os.environ, **check.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(check, answer.returncode == 0, time.monotonic() - begun, answer.stdout)


def format_templates() -> int:
    written = templates(jinja=False)
    if written:
        subprocess.run([str(BIN / "djade"), "--target-version", "5.2", *written], cwd=ROOT, check=False)
    return 0


def main(arguments: Sequence[str]) -> int:
    if "--format-templates" in arguments:
        return format_templates()
    wanted = [check for check in checks() if not arguments or check.name in arguments]
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for outcome in pool.map(run, wanted):
            print(f"{'ok    ' if outcome.passed else 'FAILED'}  {outcome.check.title}  ({outcome.seconds:.1f} s)", flush=True)
            if not outcome.passed:
                failed.append(outcome)
    for outcome in failed:
        print(f"\n{outcome.check.title} (make check ARGS={outcome.check.name})\n{outcome.output.rstrip()}")
    print(f"\nchecks: {len(wanted) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
