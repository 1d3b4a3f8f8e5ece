"""Words that are searched for: found whatever their case and accents are, in Python and in both databases by the same pattern.

SQLite folds the case of ASCII only, and no database here folds accents; so each letter becomes the class of its variants, both cases.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

FEWEST, LONGEST, MOST_WORDS = 2, 100, 6
VARIANTS = {
    "a": "aàáâãäåā",
    "c": "cç",
    "e": "eèéêë",
    "i": "iìíîï",
    "n": "nñ",
    "o": "oòóôõöø",
    "u": "uùúûü",
    "y": "yýÿ",
}
BASE = {variant: base for base, variants in VARIANTS.items() for variant in variants}
# Two letters that are written as one, and the other way round.
JOINED = {"aa": "å", "ae": "æä"}
DOUBLE = {pair: f"(?:{pair}|[{letters}{letters.upper()}])" for pair, letters in JOINED.items()}
DOUBLE["æ"] = DOUBLE["ae"]


@dataclass(frozen=True)
class Wanted:
    """What somebody wrote in a search field, as words that all must be there."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Wanted":
        """The first words of the text; control characters part them, so that none reaches a database."""
        shown = "".join(character if character.isprintable() else " " for character in unicodedata.normalize("NFC", text)[:LONGEST])
        return cls(tuple(dict.fromkeys(shown.casefold().split()))[:MOST_WORDS])

    @property
    def is_enough(self) -> bool:
        """Whether there is so much of it that an answer says something."""
        return sum(map(len, self.words)) >= FEWEST

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        return tuple(map(pattern_of, self.words))

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern, re.IGNORECASE) for pattern in self.patterns)

    def meets(self, text: str) -> bool:
        """Whether every word is in the text."""
        return all(pattern.search(text) for pattern in self._compiled)

    def where(self, *columns: str) -> Q:
        """The same asked of a database: every word in one of the columns."""
        wanted = Q()
        for pattern in self.patterns:
            one = Q()
            for column in columns:
                one |= Q(**{f"{column}__iregex": pattern})
            wanted &= one
        return wanted

    def distance(self, text: str) -> int:
        """How far the text is from what was written: 0 where it begins so, a little more for each word that is met inside another."""
        folded, total = text.casefold(), 0
        for word, pattern in zip(self.words, self._compiled, strict=True):
            met = pattern.search(text)
            if met is None:
                total += 4
            elif met.start() and text[met.start() - 1].isalnum():
                total += 2
            total += word not in folded
        return 2 * total + (not folded.startswith(self.words[0] if self.words else ""))

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """The text in parts, each with whether it is what was searched for; put together they are the text."""
        if not self.patterns:
            return [(text, False)]
        both = re.compile("|".join(sorted(self.patterns, key=len, reverse=True)), re.IGNORECASE)
        parts, last = [], 0
        for met in both.finditer(text):
            parts += [(text[last : met.start()], False), (met[0], True)]
            last = met.end()
        return [part for part in (*parts, (text[last:], False)) if part[0]]


def pattern_of(word: str) -> str:
    """A regular expression that Python, SQLite and PostgreSQL read alike. Nothing in it repeats, so it is quick on any text."""
    found, place = [], 0
    while place < len(word):
        pair = word[place : place + 2]
        if pair in DOUBLE:
            found.append(DOUBLE[pair])
            place += 2
            continue
        found.append(DOUBLE.get(word[place]) or _letter(word[place]))
        place += 1
    return "".join(found)


def _letter(letter: str) -> str:
    variants = VARIANTS.get(BASE.get(letter, ""))
    if variants:
        return f"[{variants}{''.join(_upper(each) for each in variants)}]"
    if letter.isascii():
        return letter if letter.isalnum() else f"\\{letter}"
    upper = _upper(letter)
    return f"[{letter}{upper}]" if letter.isalnum() and upper != letter else f"[{letter}]"


def _upper(letter: str) -> str:
    """The capital, where it is one letter."""
    upper = letter.upper()
    return upper if len(upper) == 1 else letter
