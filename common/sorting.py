"""Norwegian alphabetical order, the same on every database. Pure: no Django."""

import unicodedata

# Behind z in the code table, in this order.
_LAST_LETTERS = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}
_SPELT_OUT = {"đ": "d", "ð": "d", "þ": "th", "ł": "l", "œ": "oe", "ü": "y", "{": "\x01", "|": "\x02", "}": "\x03"}


def norwegian_key(text: str) -> tuple[str, str, str]:
    """Sort key: æ, ø, å last, «aa» as å, capitals and accents only to part what is otherwise equal."""
    exact = unicodedata.normalize("NFC", text)
    folded = exact.casefold()
    letters = "".join(_letter(character) for character in folded.replace("aa", "å"))
    return letters, folded, exact


def _letter(character: str) -> str:
    if character.isascii() and character not in _SPELT_OUT:
        return character
    if known := _LAST_LETTERS.get(character) or _SPELT_OUT.get(character):
        return known
    return "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
