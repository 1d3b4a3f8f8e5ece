"""The closed list of what may stand in an app's folder, and what rules may not touch."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from scripts.sources import APPS, own_files, own_text

ROOMS = {
    "urls", "views", "management", "forms", "importing", "charts", "tasks", "services", "queries", "models", "rules",
    "__init__", "apps", "migrations", "templatetags",
}  # fmt: skip
# These two have no rows of their own: alna is wiring, common is tools. Their rooms are nouns, but these are no nouns.
WITHOUT_LIST = {"alna", "common"}
DRAWERS = {"utils", "util", "helpers", "helper", "tools", "misc", "stuff", "extras", "lib"}
CLOCK = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time"), ("timezone", "now")}

OUTSIDE = {"tests", "benchmarks", "scripts"}
SIGNALS = {"django.dispatch", "django.db.models.signals"}


def complaints(root: Path) -> Iterator[str]:
    yield from _names(root)
    yield from _clocks_in_rules(root)
    yield from _imports(root)


def _names(root: Path) -> Iterator[str]:
    for name in own_files(root):
        if name.parts[0] not in APPS or name.suffix != ".py":
            continue
        room = name.parts[1].removesuffix(".py")
        if name.parts[0] not in WITHOUT_LIST and room not in ROOMS:
            yield f"{name}: '{room}' is no room of an app (see docs/architecture.md)"
        for part in name.with_suffix("").parts[1:]:
            if part in DRAWERS:
                yield f"{name}: '{part}' is a drawer that takes anything; name it after what is in it"


def _clocks_in_rules(root: Path) -> Iterator[str]:
    for name, text in own_text(root, ".py", below=APPS):
        if len(name.parts) > 1 and name.parts[1].removesuffix(".py") == "rules":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _clock(node.func):
                    yield f"{name}:{node.lineno}: a rule has no clock; take the time as an argument"


def _clock(function: ast.Attribute) -> bool:
    owner = function.value
    last = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return (last, function.attr) in CLOCK


def _imports(root: Path) -> Iterator[str]:
    for name, text in own_text(root, ".py", below=APPS):
        for line, module in _imported(ast.parse(text)):
            if module.split(".")[0] in OUTSIDE:
                yield f"{name}:{line}: the application does not import {module}"
            if module in SIGNALS:
                yield f"{name}:{line}: no signals between our apps; call the service"


def _imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of every imported module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
