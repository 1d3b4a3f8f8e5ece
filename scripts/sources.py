"""Which files are the project's own: what git knows or would add, or everything below the folder where there is no git."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "alna", "overview", "annualcycle", "imports", "governance", "risks", "reporting", "surveys", "deviations", "qualitydocs",
    "scorecard", "actions", "organisation", "notifications", "common",
)  # fmt: skip
PRODUCED = {
    ".git",
    ".venv",
    "node_modules",
    "var",
    "staticfiles",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".import_linter_cache",
    ".hypothesis",
}
PRODUCED_BELOW = ("static/vendor/",)


@cache
def own_files(root: Path = ROOT) -> tuple[Path, ...]:
    """The project's files as paths relative to the root, sorted."""
    if (root / ".git").exists():
        command = ["git", "-c", f"safe.directory={root}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode().split("\0")
        names = {Path(name) for name in listed if name and (root / name).is_file()}
    else:
        names = {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
    return tuple(sorted(name for name in names if _is_own(name)))


def _is_own(name: Path) -> bool:
    return not PRODUCED.intersection(name.parts) and not name.as_posix().startswith(PRODUCED_BELOW) and name.suffix not in {".pyc", ".mo"}


def own_text(root: Path, *suffixes: str, below: tuple[str, ...] = ()) -> list[tuple[Path, str]]:
    """Path and text of the project's files with one of the suffixes, below one of the top folders (all, when none is named)."""
    return [
        (name, (root / name).read_text(encoding="utf-8"))
        for name in own_files(root)
        if name.suffix in suffixes and (not below or name.parts[0] in below)
    ]
