"""Words: unfinished work, texts that gettext has not seen, and names of real people in the material the project grew from."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from scripts.sources import APPS, own_text

FINGERPRINTS = frozenset(line for line in Path(__file__).with_name("names.txt").read_text().splitlines() if not line.startswith("#"))
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|TB" r"D|NotImplemented" r"Error|lorem ips" r"um)\b")
TEXT_FILES = (".py", ".html", ".css", ".js", ".md", ".txt", ".toml", ".yml", ".yaml", ".json", ".po", ".csv", ".svg", ".sh", "")
NORWEGIAN = re.compile(
    r"[æøåÆØÅ]|\b(?:og|ikke|er|må|fra|til|skal|som|på|av|ved|eller|har|kan|ble|velg|lagre|avbryt|navn|enhet|mål|feil|skriv|ny|nytt)\b",
    re.IGNORECASE,
)
# A language is named in itself, for the person who looks for it.
LANGUAGES = {"Bokmål", "Nynorsk"}
TRANSLATING = {
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
}
WORD = re.compile(r"[^\W\d_]+")
TELEPHONE = re.compile(r"(?<!\d)\d(?: ?\d){7}(?!\d)")


def unfinished_complaints(root: Path) -> Iterator[str]:
    """What is left for later belongs in an issue, not in the source."""
    for name, text in own_text(root, ".py", ".html", ".css", ".js", ".md"):
        for number, line in enumerate(text.splitlines(), start=1):
            if found := UNFINISHED.search(line):
                yield f"{name}:{number}: {found[0]}"


def name_complaints(root: Path) -> Iterator[str]:
    """Names and telephone numbers are kept as fingerprints, so that the guard itself names nobody."""
    for path, text in own_text(root, *TEXT_FILES):
        if path.parts[0] == "requirements" or path.name == "package-lock.json":
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if any(_fingerprint(words) in FINGERPRINTS for words in _candidates(line)):
                yield f"{path}:{number}: the name or telephone number of a real person"


def _candidates(line: str) -> Iterator[str]:
    words = WORD.findall(line.lower())
    yield from words
    yield from map(" ".join, pairwise(words))
    yield from (found[0].replace(" ", "") for found in TELEPHONE.finditer(line))


@cache
def _fingerprint(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def untranslated_complaints(root: Path) -> Iterator[str]:
    """Norwegian text in Python that does not pass through gettext."""
    for name, text in own_text(root, ".py", below=APPS):
        if not _holds_data(name):
            for line, words in _bare_texts(ast.parse(text)):
                yield f"{name}:{line}: not translated: {words[:60]!r}"


def _holds_data(name: Path) -> bool:
    """Migrations repeat what models said, rules read Norwegian but never speak, demonstration and sample data are data."""
    return bool({"migrations", "rules", "demo", "seeds"} & set(name.parts)) or name.stem.startswith(("demo", "rules", "samples"))


def _bare_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    harmless = _translated(tree) | _documentation(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in harmless and _is_norwegian(node.value):
            yield node.lineno, node.value


def _is_norwegian(text: str) -> bool:
    """One lower-case word is a code or a part of an address; anything else that looks Norwegian is meant for a reader."""
    return text not in LANGUAGES and bool(NORWEGIAN.search(text)) and (" " in text or not text.islower())


def _translated(tree: ast.Module) -> set[int]:
    names = TRANSLATING | {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in TRANSLATING
    }
    return {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _name(node.func) in names
        for argument in node.args
        for inner in ast.walk(argument)
    }


def _documentation(tree: ast.Module) -> set[int]:
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
