"""Templates: nothing inline, and no word that gettext has not seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from scripts.sources import own_text

COMMENT = re.compile(r"\{#.*?#\}|\{%-?\s*comment\b.*?endcomment\s*-?%\}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(
    r"\{%-?\s*(?:blocktranslate|blocktrans)\b.*?\{%-?\s*end(?:blocktranslate|blocktrans)\s*-?%\}"
    r"|\{%-?\s*trans\s*(?:\w+\s*=.*?)?-?%\}.*?\{%-?\s*endtrans\s*-?%\}",
    re.DOTALL,
)
VERBATIM = re.compile(r"\{%-?\s*(?:verbatim|raw)\b.*?end(?:verbatim|raw)\s*-?%\}", re.DOTALL)
# The sheet of components shows made-up content to developers.
SAMPLES = "templates/components/sheet"
# A block that fills an attribute with names of classes holds no words.
CLASSES = re.compile(r"\{%-?\s*block\s+\w*class\w*\s*-?%\}[^{}]*(?=\{%)")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# Calls that pass words on to a person, and must therefore go through _().
PASSED_WORDS = re.compile(
    r"""\b(?:title|label|text|heading|caption|message|lead|summary|help|hint)=(["'])(?P<words>[^"']*[A-Za-zæøåÆØÅ]{2}[^"']*)\1"""
)

# Words that are the same in every language: names, units and file types.
SAME_EVERYWHERE = set(
    "Alna Bydel Oslo kommune CSV XLSX PDF ICS JSON HTML XmR kr NAV SSB KOSTRA OK PIN nb en Bokmål Nynorsk English AMU HMS ROS".split()  # noqa: SIM905 - reads better than 25 quoted words
)
WORD = re.compile(r"[A-Za-zÆØÅæøå]{2,}")
SPOKEN_ATTRIBUTES = {"title", "alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "data-label", "label"}
INLINE = {
    "script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=[\"'](?:application/json|application/ld\+json)[\"'])", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>{}]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx event attribute": re.compile(r"\shx-on[:\w-]*\s*=|\bjs:", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+(?:off|false)", re.IGNORECASE),
}


def inline_complaints(root: Path) -> Iterator[str]:
    """The content security policy would block these, so they must not be written in the first place."""
    for name, text in own_text(root, ".html"):
        bare = _blank(COMMENT, text)
        for title, pattern in INLINE.items():
            for found in pattern.finditer(bare):
                yield f"{name}:{_line(bare, found.start())}: {title}"


def text_complaints(root: Path) -> Iterator[str]:
    """Text between tags, in attributes that are read aloud, and in words passed to a component."""
    for name, text in own_text(root, ".html"):
        if name.as_posix().startswith(SAMPLES):
            continue
        bare = _blank(COMMENT, text)
        for found in PASSED_WORDS.finditer(" ".join(TAG.findall(bare))):
            if _is_spoken(found["words"]):
                yield f"{name}: passed on without _(): {found['words']!r}"
        reader = _Reader()
        reader.feed(_blank(TAG, _blank(CLASSES, _blank(TRANSLATED, _blank(VERBATIM, bare)))))
        reader.close()
        for line, words in reader.found:
            yield f"{name}:{line}: not translated: {words!r}"


class _Reader(HTMLParser):
    """Collects the words a person would read or hear."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style", "code", "pre"}
        is_button = tag == "input" and dict(attrs).get("type") in {"submit", "button", "reset"}
        for attribute, value in attrs:
            spoken = attribute in SPOKEN_ATTRIBUTES or (attribute == "value" and is_button)
            if spoken and value and _is_spoken(value):
                self.found.append((self.getpos()[0], value))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "code", "pre"}

    def handle_data(self, data: str) -> None:
        if self.silent <= 0 and _is_spoken(data):
            self.found.append((self.getpos()[0], " ".join(data.split())[:60]))


def _is_spoken(words: str) -> bool:
    return any(word not in SAME_EVERYWHERE for word in WORD.findall(words))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with every match replaced by its line breaks, so that line numbers stay true."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
