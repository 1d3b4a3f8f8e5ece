"""Locks say the same on every network, and pages ask no other host for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.sources import own_files, own_text

ADDRESS = re.compile(r"(?:https?:)?//[A-Za-z0-9][\w.-]*\.[a-z]{2,}[^\s\"'<>)]*")
INDEX_OPTION = re.compile(r"^\s*(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host|registry\s*=)\b", re.MULTILINE)
RESOLVED = re.compile(r'"resolved"\s*:')
LOCKS = {"package-lock.json", "package.json"}

# Names of vocabularies, not places anything is fetched from; and pages a person may choose to open.
HARMLESS = (
    "http://www.w3.org/",
    "https://uustatus.no/",
)


def lock_complaints(root: Path) -> Iterator[str]:
    for name in own_files(root):
        if name.parts[0] == "requirements" or name.name in LOCKS or name.name in {".npmrc", "pip.conf"}:
            text = (root / name).read_text(encoding="utf-8")
            if INDEX_OPTION.search(text) or RESOLVED.search(text) or (name.parts[0] == "requirements" and ADDRESS.search(text)):
                yield f"{name}: names a package index by address"


def page_complaints(root: Path) -> Iterator[str]:
    for name, text in own_text(root, ".html", ".css", ".js", ".svg"):
        for number, line in enumerate(text.splitlines(), start=1):
            for found in ADDRESS.finditer(line):
                if not found[0].startswith(HARMLESS):
                    yield f"{name}:{number}: absolute address {found[0]}"
