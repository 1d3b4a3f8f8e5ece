"""The figures that the demonstration is made of, one file per table, in UTF-8 with semicolons."""

import csv
import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of data/<name>.csv as text, by column."""
    with (FOLDER / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def edition() -> str:
    """Changes with every line of the demonstration's code and data, so that a filled database knows whether there is more to add."""
    found = hashlib.sha256()
    for path in sorted([*FOLDER.glob("*.py"), *FOLDER.glob("data/*.csv")]):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]
