"""A file of 300 lines is full, a template of 150."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scripts.sources import own_text

MOST_LINES = {".py": 300, ".css": 300, ".js": 300, ".html": 150}


def complaints(root: Path) -> Iterator[str]:
    """Migrations are exempt: Django writes them."""
    for name, text in own_text(root, *MOST_LINES):
        lines = len(text.splitlines())
        if lines > MOST_LINES[name.suffix] and "migrations" not in name.parts:
            yield f"{name}: {lines} lines, at most {MOST_LINES[name.suffix]}"
