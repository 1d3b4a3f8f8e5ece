"""Compile every catalogue below locale/ from .po to .mo. Babel does it, so gettext need not be installed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogue(source: Path) -> Path:
    """One .po to the .mo beside it. Raises babel's PoFileError on a broken catalogue."""
    with source.open("rb") as readable:
        catalogue = read_po(readable, abort_invalid=True)
    target = source.with_suffix(".mo")
    with target.open("wb") as writable:
        write_mo(writable, catalogue)
    return target


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Compile the named catalogues, or all of them."""
    for source in map(Path, arguments) if arguments else sorted((root / "locale").glob("*/LC_MESSAGES/*.po")):
        compile_catalogue(source)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
